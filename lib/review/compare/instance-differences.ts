import { sameJson } from '../../terraform-json/json';
import { eachOf, instanceOf, MOST_INSTANCES } from '../match/each';
import type { Pair } from '../match/pair';
import { differences, type Difference } from './diff';
import { notIgnored } from './ignored';
import type { Order } from './order';

/** The differences of instances whose values in `for_each` change although the code of the resource does not. */
export function instanceDifferences(pair: Pair, found: readonly Difference[], order: Order): Difference[] {
  const { base, head } = pair;
  if (base === undefined || head === undefined || sameJson(base.meta['for_each'], head.meta['for_each'])) {
    return [];
  }
  const known = new Set(found.map(({ path }) => JSON.stringify(path)));
  const [olds, news] = [eachOf(base.meta['for_each']), eachOf(head.meta['for_each'])];
  const changed = [...(olds ?? [])].filter(([key, value]) => news?.has(key) && !sameJson(value, news.get(key)));
  return changed.slice(0, MOST_INSTANCES).flatMap(([key]) => {
    const [old, now] = [instanceOf(base, key, olds?.get(key)), instanceOf(head, key, news?.get(key))];
    return notIgnored(head, differences(old.attributes, now.attributes, order))
      .filter(({ path }) => !known.has(JSON.stringify(path)))
      .map((difference) => ({ ...difference, path: [{ key }, ...difference.path] }));
  });
}
