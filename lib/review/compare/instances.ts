import { isObject, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import { compareSets, type Width } from './shift';

/** How the instances of a resource compare: more of them, fewer, the same, or others. */
export function compareInstances(before: JsonObject, after: JsonObject): Width {
  if (['count', 'for_each'].every((key) => sameJson(before[key], after[key]))) {
    return 'same';
  }
  const [olds, news] = [keysOf(before['for_each']), keysOf(after['for_each'])];
  if (olds !== undefined && news !== undefined) {
    return compareSets(olds, news, (a, b) => a === b);
  }
  const [old, now] = [numberOf(before), numberOf(after)];
  return old === undefined || now === undefined ? 'other' : old < now ? 'wider' : old > now ? 'narrower' : 'same';
}

/** What is certain or to be feared of a change of instances; undefined if none of them goes. */
export function lossOf(before: JsonObject, after: JsonObject): string | undefined {
  const width = compareInstances(before, after);
  if (width === 'same' || width === 'wider') {
    return undefined;
  }
  const [old, now] = [numberOf(before), numberOf(after)];
  return old === undefined || now === undefined
    ? 'destroys the instances whose keys are gone'
    : `destroys ${old - now} of its instances`;
}

/** The instances in words; empty for a resource that is one. */
export function instancesOf(meta: JsonObject): string {
  const [count, each] = [meta['count'], meta['for_each']];
  const keys = keysOf(each)?.join(', ') ?? (typeof each === 'string' ? each : undefined);
  return keys !== undefined
    ? `for each of ${keys}`
    : count === undefined
      ? ''
      : `${String(count)} ${String(count) === '1' ? 'time' : 'times'}`;
}

/** How many there are, if the code says so: a resource without a number is one, and becomes the first of several. */
function numberOf({ count, for_each: each }: JsonObject): number | undefined {
  const number = count === undefined ? 1 : Number(count);
  return each !== undefined || Number.isNaN(number) ? undefined : number;
}

function keysOf(each: Json | undefined): string[] | undefined {
  return Array.isArray(each) ? each.map(String) : isObject(each) ? Object.keys(each) : undefined;
}
