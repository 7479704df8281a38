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
  if (olds.length <= 1 && news.length <= 1) {
    return olds[0] && news[0] ? [{ old: olds[0], fresh: news[0] }] : [];
  }
  const found: Match[] = [];
  const left = { olds: new Map(olds.map(withSteps)), news: new Map(news.map(withSteps)) };
  for (const shared of waysToShare(
    Math.max(...[...left.olds.values(), ...left.news.values()].map(({ length }) => length)),
  )) {
    const byKey = new Map<string, Resource[]>();
    for (const [resource, steps] of left.news) {
      const key = keyOf(steps, shared);
      const list = byKey.get(key) ?? [];
      byKey.set(key, list);
      list.push(resource);
    }
    byKey.forEach((list) => list.reverse());
    for (const [old, steps] of left.olds) {
      const fresh = byKey.get(keyOf(steps, shared))?.pop();
      if (fresh !== undefined) {
        left.olds.delete(old);
        left.news.delete(fresh);
        found.push({ old, fresh });
      }
    }
    if (left.olds.size === 0 || left.news.size === 0) {
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

/** Every way in which two paths of at most so many steps can share some, the most first. */
function waysToShare(longest: number): Shared[] {
  const most = Math.min(longest, STEPS);
  const ways: Shared[] = [];
  for (let total = 2 * most; total >= 0; total--) {
    for (let start = Math.min(total, most); start >= Math.max(0, total - most); start--) {
      ways.push({ start, end: total - start });
    }
  }
  return ways;
}

/** The shared steps of a path; a path that has fewer shares none. */
function keyOf(steps: readonly string[], { start, end }: Shared): string {
  return steps.length < Math.max(start, end)
    ? `${steps.join('/')}//`
    : `${steps.slice(0, start).join('/')}//${steps.slice(steps.length - end).join('/')}`;
}

function withSteps(resource: Resource): [Resource, readonly string[]] {
  return [resource, (resource.path ?? resource.address).split('/')];
}
