import type { Comparison } from '../compare/compare';
import { isExpression, parseReference } from '../../terraform-json/expression';
import { compareInstances, instancesOf } from '../compare/instances';
import { by, canonical, textAt, type JsonObject } from '../../terraform-json/json';
import type { AccessRow, Provenance, Shift } from '../model';
import { readGrants, readsAccessOf, type Grant } from './grants';
import { allows } from './permission';
import type { Resource, Stack } from '../read/program';
import { compareScopes } from './scope';
import { compareSets, shiftOf, type Width } from '../compare/shift';

/** A grant, and what the data sources that it refers to look up. */
interface FoundGrant extends Grant {
  readonly data: ReadonlyMap<string, string>;
}

/** Both versions of the stack that is read. */
interface Sides {
  readonly base: Stack;
  readonly head: Stack;
}

/** Who gets access, loses it, or gets more or less of it. */
export function accessOf(
  comparisons: readonly Comparison[],
  base: Stack,
  head: Stack,
  of: (pair: Comparison) => Provenance,
): AccessRow[] {
  const data = [...base.resources].filter(([, { mode }]) => mode === 'data');
  // the old grants have followed the renames: what they refer to is found under its new address.
  const sides = { base: { ...head, resources: new Map([...head.resources, ...data]) }, head };
  const giving = comparisons.filter((pair) => readsAccessOf((pair.head ?? pair.base)?.type ?? ''));
  return regranted(giving, sides)
    .flatMap((comparison) => rowsOf(comparison, sides, of(comparison)))
    .sort(
      by(
        ({ address }) => address,
        ({ who }) => who,
        ({ before }) => before ?? '',
      ),
    );
}

/** What goes while another comes that gives the same holder something on the same is one grant that changes. */
function regranted(comparisons: readonly Comparison[], sides: Sides): Comparison[] {
  const gone = new Map<string, Comparison>(
    comparisons.flatMap((pair) => (pair.base && !pair.head ? [[holdersOf(pair.base, sides.base), pair]] : [])),
  );
  const used = new Set<Comparison>();
  const paired = comparisons.map((pair) => {
    const old = pair.head && !pair.base ? gone.get(holdersOf(pair.head, sides.head)) : undefined;
    if (old?.base === undefined || used.has(old)) {
      return pair;
    }
    used.add(old);
    return { ...pair, base: old.base };
  });
  return paired.filter((pair) => !used.has(pair));
}

/** Who gets rights from a resource, and on what, whatever they may do there. */
function holdersOf(resource: Resource, stack: Stack): string {
  const grants = [...grantsOf(resource, stack).values()];
  return JSON.stringify([resource.type, ...grants.map(({ key, who, on }) => [key, who, on])]);
}

function rowsOf({ base, head }: Comparison, sides: Sides, provenance: Provenance): AccessRow[] {
  const [olds, news] = [grantsOf(base, sides.base), grantsOf(head, sides.head)];
  const stack = sides.head;
  // a plan speaks of each instance on its own.
  const isWhole = base !== undefined && head !== undefined && provenance.kind !== 'plan';
  const times = isWhole ? compareInstances(base.meta, head.meta) : 'same';
  const timesText = (resource: Resource | undefined) =>
    resource && times !== 'same' ? instancesOf(resource.meta) : '';
  const resource = (head ?? base) as Resource;
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now, stack, times);
    return shift === undefined
      ? []
      : [
          {
            ...{ stack: stack.name, address: resource.address, shift, who: whoOf(old, now, stack), provenance },
            ...(old && { before: [show(old, sides.base), timesText(base)].filter(Boolean).join(', ') }),
            ...(now && { after: [show(now, stack), timesText(head)].filter(Boolean).join(', ') }),
            ...noteOf(now),
            ...(resource.location && { location: resource.location }),
          },
        ];
  });
}

function grantsOf(resource: Resource | undefined, stack: Stack): Map<string, FoundGrant> {
  const found = (resource ? readGrants(resource) : []).map((grant) => {
    const may = grant.may.map((right) => lookedUp(right, stack));
    const texts = [grant.who, grant.on, ...may];
    return { ...grant, may, data: new Map(texts.map((text) => [text, canonical(dataOf(text, stack) ?? null)])) };
  });
  return new Map(found.map((grant) => [grant.key, grant]));
}

/** The query of a data source: tomorrow, the same reference to it may stand for another person. */
function dataOf(value: string, stack: Stack): JsonObject | undefined {
  const resource = stack.resources.get(parseReference(value)?.address ?? '');
  return resource?.mode === 'data' ? resource.attributes : undefined;
}

/** The role that a data source looks up by its name. */
function lookedUp(right: string, stack: Stack): string {
  return right.startsWith('${data.azurerm_role_definition.') ? (textAt(dataOf(right, stack), 'name') ?? right) : right;
}

function shiftBetween(
  old: FoundGrant | undefined,
  now: FoundGrant | undefined,
  stack: Stack,
  times: Width,
): Shift | undefined {
  if (old === undefined || now === undefined) {
    return now === undefined ? 'removed' : 'added';
  }
  const may = compareSets(old.may, now.may, allows);
  const isSameData = [...old.data].every(([text, data]) => (now.data.get(text) ?? data) === data);
  const who: Width = old.who === now.who && isSameData ? 'same' : 'other';
  // fewer limits are more access.
  const limits = compareSets(now.limits ?? [], old.limits ?? [], (a, b) => a === b);
  return shiftOf(who, may, compareScopes(old.on, now.on, stack), limits, times);
}

function whoOf(old: Grant | undefined, now: Grant | undefined, stack: Stack): string {
  const names = [...new Set([old, now].flatMap((grant) => (grant ? [spoken(grant.who, stack)] : [])))];
  return names.join(' → ');
}

/** Rights that let their holder take more. */
function noteOf(now: Grant | undefined): { note?: string } {
  const strong = now?.may.find(
    (role) => role === 'Owner' || role === 'User Access Administrator' || role === 'ClusterRole cluster-admin',
  );
  return strong ? { note: `${strong} can grant any permission there, also to itself` } : {};
}

/** A grant in words; a resource of the program is called by its address, and by its name in the cloud where it has one. */
function show({ may, on, limits = [] }: Grant, stack: Stack): string {
  return [`${may.join(', ')} on ${spoken(on, stack)}`, ...limits].join(', ');
}

function spoken(value: string, stack: Stack): string {
  const reference = parseReference(value);
  if (reference === undefined) {
    return value;
  }
  const resource = stack.resources.get(reference.address);
  const isData = resource?.mode === 'data';
  const name =
    textAt(resource?.attributes, 'name') ?? (isData ? textAt(resource.attributes, 'display_name') : undefined);
  const isWhole = reference.path === 'id' || reference.path === '' || isData;
  const text = isWhole ? reference.address : value.slice(2, -1);
  return name === undefined || isExpression(name) || !isWhole ? text : `${text} (${name})`;
}
