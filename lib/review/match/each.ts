import { isExpression, pick, resolver, type Lookup } from '../../terraform-json/expression';
import { eachString, isObject, mapStrings, type Json, type JsonObject } from '../../terraform-json/json';
import { referencesIn } from '../../terraform-json/references';
import type { Pair } from './pair';
import type { Resource } from '../read/program';

/** The largest number of instances that are compared one by one. */
export const MOST_INSTANCES = 100;

/** The values of `for_each` by the keys of the instances; undefined if the code does not decide them. */
export function eachOf(each: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (Array.isArray(each)) {
    return new Map(each.map((key) => [String(key), key]));
  }
  if (isObject(each)) {
    return Object.keys(each).some(isExpression) ? undefined : new Map(Object.entries(each));
  }
  const list = typeof each === 'string' ? /^\$\{toset\(\s*\[([^[\]{}]*)\]\s*\)\}$/.exec(each)?.[1] : undefined;
  const items = list?.split(',').map((item) => /^\s*"([^"\\$%]*)"\s*$/.exec(item)?.[1]) ?? [];
  const isPlain = list !== undefined && (list.trim() === '' || items.every((item) => item !== undefined));
  return isPlain ? new Map(items.flatMap((item) => (item === undefined ? [] : [[item, item]]))) : undefined;
}

/** Whether a resource has the instance of an address; undefined if the code does not decide it. */
export function hasInstance(resource: Resource | undefined, address: string): boolean | undefined {
  if (resource === undefined) {
    return false;
  }
  const { count, for_each: each } = resource.meta;
  const key = /\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\]$/.exec(address);
  if (each !== undefined) {
    const keys = eachOf(each);
    return keys && key?.[1] !== undefined && keys.has(key[1].replace(/\\(["\\])/g, '$1'));
  }
  if (count === undefined) {
    return key === null;
  }
  const number = Number(count);
  return Number.isInteger(number) ? key?.[2] !== undefined && Number(key[2]) < number : undefined;
}

/** A pair for each instance, if the code decides the instances; otherwise the pair itself. */
export function instancesOf<T extends Pair>(pair: T): T[] {
  const sides = [pair.base, pair.head].filter((side) => side !== undefined);
  const values = sides.map((side) => eachOf(side.meta['for_each']));
  const areFew = values.every((value) => value !== undefined && value.size <= MOST_INSTANCES);
  if (!areFew || !sides.some(({ attributes }) => mentionsEach(attributes))) {
    return [pair];
  }
  const keys = new Set(values.flatMap((value) => [...(value?.keys() ?? [])]));
  return [...keys].map((key) => {
    const instance = (side: Resource | undefined) => {
      const value = eachOf(side?.meta['for_each']);
      return side !== undefined && value?.has(key) ? instanceOf(side, key, value.get(key)) : undefined;
    };
    return { ...pair, base: instance(pair.base), head: instance(pair.head) };
  });
}

/** One instance of a resource, with its own values. */
export function instanceOf(resource: Resource, key: string, value: Json | undefined): Resource {
  return withValues(resource, JSON.stringify(key), ({ address, path }) => {
    if (address === 'each.key') {
      return key;
    }
    return address === 'each.value' ? pick(value, path) : undefined;
  });
}

/** One instance of a resource with `count`. */
export function numbered(resource: Resource, index: number): Resource {
  return withValues(resource, String(index), ({ address }) => (address === 'count.index' ? index : undefined));
}

function withValues(resource: Resource, key: string, lookup: Lookup): Resource {
  const resolve = resolver(lookup);
  const { address, attributes, meta } = resource;
  return {
    ...resource,
    address: `${address}[${key}]`,
    attributes: mapStrings(attributes, (text) => (isExpression(text) ? resolve(text) : text)) as JsonObject,
    meta: Object.fromEntries(Object.entries(meta).filter(([name]) => name !== 'for_each' && name !== 'count')),
  };
}

/** Whether any argument may differ between the instances. */
export function mentionsEach(attributes: JsonObject): boolean {
  let found = false;
  eachString(attributes, (text) => {
    found ||= text.includes('each.') && referencesIn(text).some(({ address }) => address.startsWith('each.'));
  });
  return found;
}
