import type { Comparison } from '../compare/compare';
import { isExpression, parseReference } from '../../terraform-json/expression';
import { compareInstances, instancesOf } from '../compare/instances';
import { at, blocks, by, canonical, listAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import { ROLE_IDS } from '../knowledge/roles';
import type { AccessRow, Provenance, Shift } from '../model';
import { allows, rulesOf } from './permission';
import type { Resource, Stack } from '../read/program';
import { compareScopes } from './scope';
import { compareSets, shiftOf, type Width } from '../compare/shift';

/** One right: who may do what, and on what. */
interface Grant {
  /** What makes it the same grant on both sides of a change. */
  readonly key: string;
  readonly who: string;
  /** A role's name, or single permissions. */
  readonly may: readonly string[];
  readonly on: string;
  /** What keeps it from being all of that: excluded actions, a condition. */
  readonly limits?: readonly string[];
}

/** A grant, and what the data sources that it refers to look up. */
interface FoundGrant extends Grant {
  readonly data: ReadonlyMap<string, string>;
}

/** Both versions of the stack that is read. */
interface Sides {
  readonly base: Stack;
  readonly head: Stack;
}

type Reader = (attributes: JsonObject, resource: Resource) => Grant[];

/** The rights that each type of resource gives. */
const READERS: Readonly<Record<string, Reader>> = {
  azurerm_role_assignment: (given) => [
    { key: 'role', who: text(given, 'principal_id'), may: [roleOf(given)], on: text(given, 'scope'), ...onlyIf(given) },
  ],
  azurerm_role_definition: (given) => [
    {
      key: 'role',
      who: `whoever holds the role ${text(given, 'name')}`,
      may: blocks(given['permissions']).flatMap((permission) => [
        ...listAt(permission, 'actions'),
        ...listAt(permission, 'data_actions'),
      ]),
      on: text(given, 'scope'),
      limits: blocks(given['permissions']).flatMap((permission) =>
        [...listAt(permission, 'not_actions'), ...listAt(permission, 'not_data_actions')].map((no) => `except ${no}`),
      ),
    },
  ],
  azurerm_federated_identity_credential: (given) => [
    {
      key: 'federation',
      who: `${text(given, 'subject')} of ${text(given, 'issuer')}`,
      may: ['sign in as'],
      on: textAt(given, 'parent_id') ?? text(given, 'user_assigned_identity_id'),
    },
  ],
  azuread_application_federated_identity_credential: (given) => [
    {
      key: 'federation',
      who: `${text(given, 'subject')} of ${text(given, 'issuer')}`,
      may: ['sign in as'],
      on: text(given, 'application_id'),
    },
  ],
  azuread_app_role_assignment: (given) => [
    {
      key: 'role',
      who: text(given, 'principal_object_id'),
      may: [text(given, 'app_role_id')],
      on: text(given, 'resource_object_id'),
    },
  ],
  azuread_group_member: (given) => [
    { key: 'member', who: text(given, 'member_object_id'), may: ['member of'], on: text(given, 'group_object_id') },
  ],
  azuread_group: (given, { address }) =>
    ['members', 'owners'].flatMap((list) =>
      listAt(given, list).map((who) => ({ key: `${list} ${who}`, who, may: [`one of the ${list}`], on: address })),
    ),
  azurerm_container_registry: (given, { address }) => [
    ...when(given, 'admin_enabled', { who: 'anyone with the admin password', may: ['push and pull'], on: address }),
    ...when(given, 'anonymous_pull_enabled', { who: 'anyone, without signing in', may: ['pull'], on: address }),
  ],
  azurerm_container_registry_scope_map: (given) => [
    {
      key: 'map',
      who: `tokens of ${text(given, 'name')}`,
      may: listAt(given, 'actions'),
      on: text(given, 'container_registry_name'),
    },
  ],
  azurerm_kubernetes_cluster: (given, { address }) => [
    ...(textAt(given, 'local_account_disabled') === 'true'
      ? []
      : [
          {
            key: 'local',
            who: 'anyone with the cluster credentials (local accounts)',
            may: ['cluster admin'],
            on: address,
          },
        ]),
    ...(textAt(given, 'role_based_access_control_enabled') === 'false'
      ? [{ key: 'norbac', who: 'everyone in the cluster (no RBAC)', may: ['everything'], on: address }]
      : []),
    ...listAt(given, 'azure_active_directory_role_based_access_control.admin_group_object_ids').map((group) => ({
      ...{ key: `admins ${group}`, who: `group ${group}`, may: ['cluster admin'], on: address },
    })),
  ],
  azurerm_key_vault_access_policy: (given) => [{ key: 'policy', ...policy(given), on: text(given, 'key_vault_id') }],
  azurerm_key_vault: (given, { address }) =>
    blocks(given['access_policy']).map((entry) => ({
      ...{ key: `policy ${text(entry, 'object_id')}`, ...policy(entry), on: address },
    })),
  kubernetes_role: rules,
  kubernetes_role_v1: rules,
  kubernetes_cluster_role: rules,
  kubernetes_cluster_role_v1: rules,
  kubernetes_role_binding: bindings,
  kubernetes_role_binding_v1: bindings,
  kubernetes_cluster_role_binding: bindings,
  kubernetes_cluster_role_binding_v1: bindings,
};

/** Whether the rights that a type of resource gives are read. */
export function readsAccessOf(type: string): boolean {
  return Object.hasOwn(READERS, type);
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
  const grants = (resource && READERS[resource.type]?.(resource.attributes, resource)) ?? [];
  const found = grants.map((grant) => {
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

function rules(given: JsonObject, { type }: Resource): Grant[] {
  const [who, on] = [`whoever is bound to the role ${text(given, 'metadata.name')}`, placeIn(given, type)];
  return [{ key: 'rules', who, may: rulesOf(given), on }];
}

function placeIn(given: JsonObject, type: string): string {
  return type.includes('cluster_role')
    ? 'the whole cluster'
    : `namespace ${textAt(given, 'metadata.namespace') ?? 'default'}`;
}

function policy(given: JsonObject): Pick<Grant, 'who' | 'may'> {
  const may = ['key', 'secret', 'certificate', 'storage'].flatMap((kind) =>
    listAt(given, `${kind}_permissions`).map((permission) => `${kind} ${permission}`),
  );
  return { who: text(given, 'object_id'), may };
}

function onlyIf(given: JsonObject): Pick<Grant, 'limits'> {
  const condition = textAt(given, 'condition');
  return condition === undefined ? {} : { limits: [`only if ${condition}`] };
}

function bindings(given: JsonObject, resource: Resource): Grant[] {
  const role = `${text(given, 'role_ref.kind')} ${text(given, 'role_ref.name')}`;
  const on = placeIn(given, resource.type);
  return blocks(given['subject']).map((subject) => {
    const who = [text(subject, 'kind'), textAt(subject, 'namespace'), text(subject, 'name')].filter(Boolean).join(' ');
    return { key: who, who, may: [role], on };
  });
}

function roleOf(given: JsonObject): string {
  const id = textAt(given, 'role_definition_id') ?? '';
  return (
    textAt(given, 'role_definition_name') ??
    own(ROLE_IDS, id.split('/').at(-1)?.toLowerCase() ?? '') ??
    (id || 'a role')
  );
}

function when(given: JsonObject, name: string, grant: Omit<Grant, 'key'>): Grant[] {
  const value = at(given, name);
  if (isExpression(value)) {
    return [{ ...grant, key: name, may: grant.may.map((right) => `${right}, if ${value}`) }];
  }
  return String(value) === 'true' ? [{ ...grant, key: name }] : [];
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
  return strong ? { note: `${strong} can grant itself and others any right there` } : {};
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

function text(value: JsonObject, path: string): string {
  return textAt(value, path) ?? 'not given';
}
