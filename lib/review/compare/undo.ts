import { isExpression } from '../../terraform-json/expression';
import { isObject, isScalar, sameJson, type Json } from '../../terraform-json/json';
import { maskValue } from '../mask/mask-value';
import type { Pair } from '../match/pair';
import type { Remedy } from '../model';
import type { Resource } from '../read/program';
import { ownProperty } from './own-property';
import { differences, rulePath, showPath, type Difference } from './diff';
import { orderIn } from './order';

/** The maximum number of differences that are named one by one; if there are more, their parents are named. */
const MOST = 2;

/** No argument of any provider has a longer path. */
const LONGEST_NAME = 300;

/**
 * An argument as its author writes it: the property of a construct of this library, such as clusterName, or the argument
 * of a binding, such as defaultNodePool.vmSize for default_node_pool.vm_size.
 */
export function propertyOf(resource: Resource, attribute: string): string {
  if (resource.path === undefined || attribute.length > LONGEST_NAME) {
    return attribute;
  }
  return (
    ownProperty(resource, attribute)?.property ??
    attribute
      .split(/(\[[^\]]*\])/)
      .map((part) =>
        part.startsWith('[') ? part : part.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase()),
      )
      .join('')
  );
}

/**
 * The remedy that undoes the change of one attribute.
 *
 * @param purpose The purpose, such as "to keep it"
 */
export function setBack(purpose: string, resource: Resource, path: string, before: Json | undefined): Remedy {
  const property = propertyOf(resource, path);
  if (before === undefined) {
    return { text: `${purpose}, leave out`, code: property };
  }
  if (!isScalar(before) || isExpression(before)) {
    return { text: `${purpose}, restore the value of`, code: property };
  }
  const isGiven = resource.path === undefined || (ownProperty(resource, path)?.isGiven ?? true);
  return { text: `${purpose}, set ${property} back to${isGiven ? '' : ' what gives'}`, code: String(before) };
}

/**
 * The remedies that undo the change of a resource, in the arguments that determine something.
 *
 * @param names The ends or steps of the paths of these arguments; undefined for all arguments
 */
export function undone(pair: Pair, names?: readonly string[]): Remedy[] {
  return once(pair, `undone ${names?.join(' ')}`, () => undoneIn(pair, names));
}

/** The remedies of each pair, which all rules of a security group share. */
const known = new WeakMap<object, Map<string, Remedy[]>>();

function once(owner: object, key: string, make: () => Remedy[]): Remedy[] {
  const found = known.get(owner) ?? new Map<string, Remedy[]>();
  known.set(owner, found);
  const remedies = found.get(key) ?? make();
  found.set(key, remedies);
  return remedies;
}

function undoneIn({ base, head }: Pair, names?: readonly string[]): Remedy[] {
  if (base === undefined) {
    return head === undefined ? [] : leftOut(head);
  }
  if (head === undefined) {
    return kept(base);
  }
  const all = differences(base.attributes, head.attributes, orderIn(head.type));
  const found = names === undefined ? all : all.filter((difference) => isAbout(difference, names));
  const [first, ...others] = found;
  if (first === undefined) {
    return instancesBack({ base, head });
  }
  if (others.length === 0) {
    return [setBack('to undo it', head, showPath(first.path), masked(first, head))];
  }
  const paths = found.map(({ path }) => propertyOf(head, showPath(path)));
  const shown = paths.length > MOST ? [...new Set(found.map(({ path }) => propertyOf(head, topOf(path))))] : paths;
  return [{ text: 'to undo it, restore the values of', code: shown.join(', ') }];
}

/**
 * The remedies for what a resource opens, the simplest first.
 *
 * @param names The arguments that determine it, as for `undone`
 * @param less The remedies that narrow it
 */
export function waysBack(pair: Pair, names: readonly string[] | undefined, less: readonly Remedy[]): Remedy[] {
  if (pair.base !== undefined || pair.head === undefined) {
    return asAlternatives([...undone(pair, names), ...less]);
  }
  // a new resource is usually intended, just too open: it stays if it serves other purposes as well.
  const own = argumentLeftOut(pair.head, names ?? []);
  const isAll = names === undefined || (less.length === 0 && own.length === 0);
  return asAlternatives([...less, ...(isAll ? leftOut(pair.head) : own)]);
}

/** Several remedies, each of which suffices. */
function asAlternatives(remedies: readonly Remedy[]): Remedy[] {
  return remedies.map((remedy, i) =>
    i === 0 ? remedy : { ...remedy, text: `or ${remedy.text.replace(PURPOSE, '')}` },
  );
}

const PURPOSE = /^to undo it, /;

/** The top-level argument of a path. */
function topOf(path: Difference['path']): string {
  return showPath(path.slice(0, 1));
}

function masked({ path, before }: Difference, { type }: Resource): Json | undefined {
  return before === undefined ? undefined : maskValue(type, rulePath(path).split('.'), before);
}

function leftOut({ path, address }: Resource): Remedy[] {
  return [
    path === undefined
      ? { text: 'to undo it, leave out', code: address }
      : { text: 'to undo it, leave out the construct', code: path },
  ];
}

function argumentLeftOut(head: Resource, names: readonly string[]): Remedy[] {
  return once(head, names.join(' '), () => {
    const argument = names.flatMap((name) => placesOf(head.attributes, name, '')).at(0);
    return argument === undefined ? [] : [{ text: 'to undo it, leave out', code: propertyOf(head, argument) }];
  });
}

function kept({ path, address }: Resource): Remedy[] {
  return [
    path === undefined
      ? { text: 'to undo it, restore', code: address }
      : { text: 'to undo it, restore the construct', code: path },
  ];
}

function instancesBack({ base, head }: { readonly base: Resource; readonly head: Resource }): Remedy[] {
  return ['count', 'for_each']
    .filter((name) => !sameJson(base.meta[name], head.meta[name]))
    .map((name) => setBack('to undo it', head, name, base.meta[name]));
}

/** Whether a difference is in one of some arguments, or adds or removes a block with one. */
function isAbout({ path, before, after }: Difference, names: readonly string[]): boolean {
  const place = `.${rulePath(path)}.`;
  return names.some((name) => {
    const last = name.slice(name.lastIndexOf('.') + 1);
    return place.includes(`.${name}.`) || hasKey(before, last) || hasKey(after, last);
  });
}

/** The paths of the arguments whose paths end with a name. */
function placesOf(value: Json, name: string, path: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => placesOf(item, name, path));
  }
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return `.${here}`.endsWith(`.${name}`) ? [here] : placesOf(child, name, here);
  });
}

function hasKey(value: Json | undefined, key: string): boolean {
  if (Array.isArray(value)) {
    return value.some((item) => hasKey(item, key));
  }
  return isObject(value) && Object.entries(value).some(([name, child]) => name === key || hasKey(child, key));
}
