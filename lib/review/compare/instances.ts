import { sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import { eachOf } from '../match/each';
import type { Pair } from '../match/pair';
import type { Provenance } from '../model';
import { compareSets, widthOf, type Width } from './shift';

/** How the instances of a resource change. */
export interface InstanceChange {
  readonly width: Width;
  /** The instances as a text; empty if they do not change, or if the resource has just one. */
  readonly before: string;
  readonly after: string;
}

/** How the instances of a resource change; a plan already lists them one by one. */
export function instanceChangeOf({ base, head }: Pair, { kind }: Provenance): InstanceChange {
  const width = base && head && kind !== 'plan' ? compareInstances(base.meta, head.meta) : 'same';
  return width === 'same' || base === undefined || head === undefined
    ? { width: 'same', before: '', after: '' }
    : { width, before: instancesText(base.meta), after: instancesText(head.meta) };
}

function compareInstances(before: JsonObject, after: JsonObject): Width {
  if (['count', 'for_each'].every((key) => sameJson(before[key], after[key]))) {
    return 'same';
  }
  const [oldKeys, newKeys] = [keysOf(before['for_each']), keysOf(after['for_each'])];
  if (oldKeys !== undefined && newKeys !== undefined) {
    return compareSets(oldKeys, newKeys, (a, b) => a === b);
  }
  const [old, now] = [numberOf(before), numberOf(after)];
  if (old !== undefined && now !== undefined) {
    return widthOf(old <= now, now <= old);
  }
  return hasNone(before) && hasNone(after) ? 'same' : 'other';
}

/** The instances that a change destroys. */
export interface InstanceLoss {
  /** The text for readers, such as "destroys 2 of its instances". */
  readonly text: string;
  /** Whether the code determines it. */
  readonly isCertain: boolean;
  /** Whether no old instance is left. */
  readonly isAll: boolean;
}

/** The instances that a change destroys, or may destroy; undefined if there are none. */
export function lossOf(before: JsonObject, after: JsonObject): InstanceLoss | undefined {
  const width = compareInstances(before, after);
  if (width === 'same' || width === 'wider') {
    return undefined;
  }
  const [olds, news] = [keysIn(before), keysIn(after)];
  if (olds === undefined || news === undefined) {
    return { text: 'destroys the instances whose keys are gone', isCertain: false, isAll: false };
  }
  const kept = new Set(news);
  const gone = olds.filter((key) => !kept.has(key));
  const isAll = gone.length === olds.length;
  const names = gone.slice(0, MOST_NAMES).join(', ') + (gone.length > MOST_NAMES ? ', …' : '');
  return gone.length === 0
    ? undefined
    : { text: `destroys ${gone.length} of its instances, ${names}`, isCertain: true, isAll };
}

/** The maximum number of instances that are named. */
const MOST_NAMES = 5;

/** The maximum number of instances whose keys are compared. */
const MOST_KEYS = 10_000;

/**
 * The keys of the instances as in addresses, if the code determines them. A single instance has the key that it would get
 * as the first of several.
 */
function keysIn(meta: JsonObject): string[] | undefined {
  if (meta['for_each'] !== undefined) {
    return keysOf(meta['for_each'])?.map((key) => `[${JSON.stringify(key)}]`);
  }
  const number = numberOf(meta);
  const isCounted = number !== undefined && Number.isInteger(number) && number >= 0 && number <= MOST_KEYS;
  return isCounted ? Array.from({ length: number }, (_, i) => `[${i}]`) : undefined;
}

function instancesText({ count, for_each: each }: JsonObject): string {
  const keys = keysOf(each)?.join(', ') ?? each;
  if (typeof keys === 'string') {
    return `for each of ${keys}`;
  }
  const times = String(count) === '1' ? 'time' : 'times';
  return count === undefined ? '' : `${String(count)} ${times}`;
}

/**
 * The number of instances, if the code determines it. Without `count` there is one, which becomes the first of several.
 */
function numberOf({ count, for_each: each }: JsonObject): number | undefined {
  const number = Number(count ?? 1);
  return each !== undefined || Number.isNaN(number) ? undefined : number;
}

/** Whether the code says that there are no instances. */
export function hasNone(meta: JsonObject): boolean {
  return numberOf(meta) === 0 || keysOf(meta['for_each'])?.length === 0;
}

function keysOf(each: Json | undefined): string[] | undefined {
  const values = eachOf(each);
  return values && [...values.keys()];
}
