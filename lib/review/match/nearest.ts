import { groupBy } from '../../terraform-json/group';
import type { Resource } from '../read/program';

/** Two resources that are considered to be the same. */
export interface Match {
  readonly old: Resource;
  readonly fresh: Resource;
}

/** The number of steps that are compared at each end of a path. */
const STEPS = 8;

/**
 * Pairs resources with the same configuration by their positions in the construct tree: first those that share the most steps
 * at the start and the end of their paths.
 *
 * There is one pass over all resources for each number of shared steps, so that thousands of equal resources take no longer
 * than thousands of different ones.
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

/** The numbers of steps that two paths share at the start and at the end. */
interface Shared {
  readonly start: number;
  readonly end: number;
}

const COUNTS = Array.from({ length: STEPS + 1 }, (_, count) => count);

/** All numbers of steps that two paths can share, the most first; of the same sum, those with a longer start first. */
const WAYS = COUNTS.flatMap((start) => COUNTS.map((end): Shared => ({ start, end }))).sort(
  (a, b) => b.start + b.end - (a.start + a.end) || b.start - a.start,
);

/** The steps of a path that others may share; a shorter path shares none. */
function keyOf(steps: readonly string[], { start, end }: Shared): string {
  return steps.length < Math.max(start, end)
    ? `${steps.join('/')}//`
    : `${steps.slice(0, start).join('/')}//${steps.slice(steps.length - end).join('/')}`;
}

function withSteps(resource: Resource): [Resource, readonly string[]] {
  return [resource, (resource.path ?? resource.address).split('/')];
}
