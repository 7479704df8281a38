import { groupBy } from '../../terraform-json/lists';
import type { Resource } from '../read/program';

/** Two resources that are taken for one. */
export interface Match {
  readonly old: Resource;
  readonly fresh: Resource;
}

/** The number of steps at each end of a path that are compared. */
const STEPS = 8;

/**
 * Pairs resources that look the same by their places in the tree of constructs: those first that share the most steps at
 * the beginnings and ends of their paths.
 *
 * Each way to share some steps is one pass over all resources, so that thousands of equal ones take no longer than
 * thousands of different ones.
 */
export function nearest(olds: readonly Resource[], news: readonly Resource[]): Match[] {
  if (olds.length * news.length <= 1) {
    return olds[0] && news[0] ? [{ old: olds[0], fresh: news[0] }] : [];
  }
  const found: Match[] = [];
  const left = { olds: new Map(olds.map(withSteps)), news: new Map(news.map(withSteps)) };
  for (const shared of WAYS) {
    const byKey = groupBy([...left.news].reverse(), ([, steps]) => keyOf(steps, shared));
    for (const [old, steps] of left.olds) {
      const [fresh] = byKey.get(keyOf(steps, shared))?.pop() ?? [];
      if (fresh !== undefined) {
        left.olds.delete(old);
        left.news.delete(fresh);
        found.push({ old, fresh });
      }
    }
    if (found.length === Math.min(olds.length, news.length)) {
      break;
    }
  }
  return found;
}

/** A number of steps at the beginnings and at the ends of two paths. */
interface Shared {
  readonly start: number;
  readonly end: number;
}

const COUNTS = Array.from({ length: STEPS + 1 }, (_, count) => count);

/** Every way in which two paths can share some steps, the most first, and of as many a longer beginning first. */
const WAYS = COUNTS.flatMap((start) => COUNTS.map((end): Shared => ({ start, end }))).sort(
  (a, b) => b.start + b.end - (a.start + a.end) || b.start - a.start,
);

/** The shared steps of a path; a path that has fewer shares none. */
function keyOf(steps: readonly string[], { start, end }: Shared): string {
  return steps.length < Math.max(start, end)
    ? `${steps.join('/')}//`
    : `${steps.slice(0, start).join('/')}//${steps.slice(steps.length - end).join('/')}`;
}

function withSteps(resource: Resource): [Resource, readonly string[]] {
  return [resource, (resource.path ?? resource.address).split('/')];
}
