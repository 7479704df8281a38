import type { Comparison } from '../compare/compare';
import { parseReference } from '../../terraform-json/expression';
import { withoutMarks } from '../compare/closure';
import { instanceChangeOf } from '../compare/instances';
import { by, canonical, textAt, type JsonObject } from '../../terraform-json/json';
import type { AccessRow, Provenance, Shift } from '../model';
import { labelOf, labelOfText } from '../names/label';
import { present } from '../names/present';
import type { Grant } from './grant';
import { readGrants, readsAccessOf } from './grants';
import { remediesOf } from './remedies';
import { severityOf } from './severity';
import { allows } from './permission';
import type { Resource, Stack } from '../read/program';
import { STRONGEST } from '../knowledge/roles';
import { compareScopes } from './scope';
import { compareSets, opens, shiftOf, type Width } from '../compare/shift';

/** A grant with the queries of the data sources that it refers to. */
interface FoundGrant extends Grant {
  readonly data: ReadonlyMap<string, string>;
}

/** Both versions of the stack. */
interface Sides {
  readonly base: Stack;
  readonly head: Stack;
}

/** The permissions that are granted, revoked or changed. */
export function accessOf(
  comparisons: readonly Comparison[],
  base: Stack,
  head: Stack,
  provenanceOf: (pair: Comparison) => Provenance,
): AccessRow[] {
  // old grants refer to renamed resources by their new addresses.
  const sides = { base: { ...head, resources: new Map([...head.resources, ...base.resources]) }, head };
  const giving = comparisons.filter(
    ({ base: old, head: now, isSettled }) => !isSettled && readsAccessOf((now ?? old)?.type ?? ''),
  );
  return regranted(giving, sides)
    .flatMap((comparison) => rowsOf(comparison, sides, provenanceOf(comparison)))
    .sort(
      by(
        ({ address }) => address,
        ({ who }) => who,
        ({ before }) => before ?? '',
      ),
    );
}

/** Treats a removed and an added grant of the same holder on the same resource as one grant that changes. */
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

/** The holders and scopes of the grants of a resource, regardless of the permissions. */
function holdersOf(resource: Resource, stack: Stack): string {
  const grants = [...grantsOf(resource, stack).values()];
  return JSON.stringify([resource.type, ...grants.map(({ key, who, on }) => [key, who, on])]);
}

function rowsOf(comparison: Comparison, sides: Sides, provenance: Provenance): AccessRow[] {
  const { base, head } = comparison;
  const resource = head ?? base;
  const { address = '', location } = resource ?? {};
  const name = resource === undefined ? '' : labelOf(resource);
  const stack = sides.head;
  // a renamed resource grants the same as before.
  const old = base && head ? { ...base, address } : base;
  const [olds, news] = [grantsOf(old, sides.base), grantsOf(head, stack)];
  const instances = instanceChangeOf(comparison, provenance);
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now, stack, instances.width);
    if (shift === undefined) {
      return [];
    }
    return {
      stack: stack.name,
      address,
      name,
      shift,
      severity: severityOf(shift, now),
      who: whoOf(old, now, sides),
      principal: (now ?? old)?.who ?? '',
      provenance,
      remedies: opens(shift) ? remediesOf(comparison, now, old, stack) : [],
      before: old && textOf(old, sides.base, instances.before),
      after: now && textOf(now, stack, instances.after),
      note: noteOf(now),
      location,
    };
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

/** The query of a data source. If it changes, the same reference may stand for another principal. */
function dataOf(value: string, stack: Stack): JsonObject | undefined {
  const resource = stack.resources.get(parseReference(value)?.address ?? '');
  return resource?.mode === 'data' ? resource.attributes : undefined;
}

/** The name of a role that a data source looks up. */
function lookedUp(right: string, stack: Stack): string {
  return right.startsWith('${data.azurerm_role_definition.') ? (textAt(dataOf(right, stack), 'name') ?? right) : right;
}

function shiftBetween(
  old: FoundGrant | undefined,
  now: FoundGrant | undefined,
  stack: Stack,
  instances: Width,
): Shift | undefined {
  if (old === undefined || now === undefined) {
    return appearance(old ?? now, now !== undefined);
  }
  const [less, more] = old.isGuard ? [now, old] : [old, now];
  const may = compareSets(less.may, more.may, allows);
  const isSameData = [...old.data].every(([text, data]) => (now.data.get(text) ?? data) === data);
  const who: Width = old.who === now.who && isSameData ? 'same' : 'other';
  // reversed, since fewer limits are more access.
  const limits = compareSets(more.limits ?? [], less.limits ?? [], (a, b) => a === b);
  const isNothing = old.may.length === 0 && now.may.length === 0;
  return isNothing
    ? undefined
    : shiftOf(who, may, compareScopes(less.on, more.on, stack), limits, now.isUsual ? 'same' : instances);
}

/** How access changes with an added or removed grant; undefined if it does not. */
function appearance(grant: FoundGrant | undefined, isNew: boolean): Shift | undefined {
  if (grant === undefined || grant.isUsual || grant.may.length === 0) {
    return undefined;
  }
  if (grant.isGuard) {
    return isNew ? 'narrowed' : 'widened';
  }
  return isNew ? 'added' : 'removed';
}

function whoOf(old: Grant | undefined, now: Grant | undefined, { base, head }: Sides): string {
  const names = [old && nameOf(old.who, base), now && nameOf(now.who, head)].filter((name) => name !== undefined);
  return [...new Set(names.map(withoutMarks))].join(' → ');
}

function noteOf(now: Grant | undefined): string | undefined {
  const role = now?.may.find((right) => STRONGEST.includes(right));
  return role && `${role} can grant any permission there, also to itself`;
}

/** The description of a grant. */
function textOf({ may, on, limits = [] }: Grant, stack: Stack, instances: string): string {
  return present(`${may.join(', ') || 'nothing'} on ${nameOf(on, stack)}`, ...limits, instances).join(', ');
}

/** The label of a resource of the program; any other text unchanged. */
function nameOf(value: string, { resources }: Stack): string {
  const resource = resources.get(value);
  return resource === undefined ? labelOfText(value, (address) => resources.get(address)) : labelOf(resource);
}
