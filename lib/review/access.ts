import type { Comparison } from './compare';
import { isExpression, parseReference } from './expression';
import { at, blocks, by, listAt, textAt, type JsonObject } from './json';
import { includes, ROLE_IDS } from './knowledge/roles';
import type { AccessRow, Provenance, Shift } from './model';
import type { Resource, Stack } from './program';
import { compareSets, shiftOf, type Width } from './shift';

/** One right: who may do what, and on what. */
interface Grant {
  /** What makes it the same grant on both sides of a change. */
  readonly key: string;
  readonly who: string;
  /** A role's name, or single permissions. */
  readonly may: readonly string[];
  readonly on: string;
}

type Reader = (attributes: JsonObject, resource: Resource) => Grant[];

/** The rights that each type of resource gives. */
const READERS: Readonly<Record<string, Reader>> = {
  azurerm_role_assignment: (given) => [
    { key: 'role', who: text(given, 'principal_id'), may: [roleOf(given)], on: text(given, 'scope') },
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
  azurerm_key_vault_access_policy: (given) => [
    {
      key: 'policy',
      who: text(given, 'object_id'),
      may: ['key', 'secret', 'certificate', 'storage'].flatMap((kind) =>
        listAt(given, `${kind}_permissions`).map((permission) => `${kind} ${permission}`),
      ),
      on: text(given, 'key_vault_id'),
    },
  ],
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
  head: Stack,
  of: (pair: Comparison) => Provenance,
): AccessRow[] {
  const giving = comparisons.filter(({ base, head: now }) => readsAccessOf((now ?? base)?.type ?? ''));
  return regranted(giving)
    .flatMap((comparison) => rowsOf(comparison, head, of(comparison)))
    .sort(
      by(
        ({ address }) => address,
        ({ who }) => who,
        ({ before }) => before ?? '',
      ),
    );
}

/** What goes while another comes that gives the same holder something on the same is one grant that changes. */
function regranted(comparisons: readonly Comparison[]): Comparison[] {
  const gone = new Map<string, Comparison>(
    comparisons.flatMap((pair) => (pair.base && !pair.head ? [[holdersOf(pair.base), pair]] : [])),
  );
  const used = new Set<Comparison>();
  const paired = comparisons.map((pair) => {
    const old = pair.head && !pair.base ? gone.get(holdersOf(pair.head)) : undefined;
    if (old?.base === undefined || used.has(old)) {
      return pair;
    }
    used.add(old);
    return { ...pair, base: old.base };
  });
  return paired.filter((pair) => !used.has(pair));
}

/** Who gets rights from a resource, and on what, whatever they may do there. */
function holdersOf(resource: Resource): string {
  const grants = [...grantsOf(resource).values()];
  return JSON.stringify([resource.type, ...grants.map(({ key, who, on }) => [key, who, on])]);
}

function rowsOf(comparison: Comparison, stack: Stack, provenance: Provenance): AccessRow[] {
  const { base, head } = comparison;
  const olds = grantsOf(base);
  const news = grantsOf(head);
  const resource = (head ?? base) as Resource;
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now, stack);
    return shift === undefined
      ? []
      : [
          {
            ...{ stack: stack.name, address: resource.address, shift, who: whoOf(old, now, stack), provenance },
            ...(old && { before: show(old, stack) }),
            ...(now && { after: show(now, stack) }),
            ...noteOf(now),
            ...(resource.location && { location: resource.location }),
          },
        ];
  });
}

function grantsOf(resource: Resource | undefined): Map<string, Grant> {
  const grants = (resource && READERS[resource.type]?.(resource.attributes, resource)) ?? [];
  return new Map(grants.map((grant) => [grant.key, grant]));
}

function shiftBetween(old: Grant | undefined, now: Grant | undefined, stack: Stack): Shift | undefined {
  if (old === undefined || now === undefined) {
    return now === undefined ? 'removed' : 'added';
  }
  const who: Width = old.who === now.who ? 'same' : 'other';
  return shiftOf(who, compareSets(old.may, now.may, allows), compareScopes(old.on, now.on, stack));
}

/** Whether one permission allows all that another does. */
function allows(wide: string, narrow: string): boolean {
  const pattern = wide.includes('*') ? wide.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')) : [];
  return (
    wide === narrow ||
    includes(wide, narrow) ||
    (pattern.length > 0 && new RegExp(`^${pattern.join('.*')}$`, 'i').test(narrow))
  );
}

function compareScopes(before: string, after: string, stack: Stack): Width {
  if (before === after) {
    return 'same';
  }
  const [old, now] = [pathOf(before, stack), pathOf(after, stack)];
  const inside = (outer: readonly string[], inner: readonly string[]) =>
    outer.length < inner.length && outer.every((step, i) => step === inner[i]);
  return inside(now, old) ? 'wider' : inside(old, now) ? 'narrower' : 'other';
}

/** A scope as the steps from the subscription down to it, as far as the code tells them. */
function pathOf(scope: string, stack: Stack): readonly string[] {
  if (scope.startsWith('/')) {
    return scope.toLowerCase().split('/').filter(Boolean);
  }
  const [reference, ...rest] = scope.split('}/');
  const found = parseReference(rest.length > 0 ? `${reference}}` : scope);
  const resource = found && stack.resources.get(found.address);
  if (resource === undefined) {
    return [scope];
  }
  const below = rest.join('}/').split('/').filter(Boolean);
  if (/^(data\.)?azurerm_subscription\./.test(resource.address)) {
    return ['subscription', ...below];
  }
  if (resource.type === 'azurerm_resource_group') {
    return ['subscription', `group ${text(resource.attributes, 'name')}`, ...below];
  }
  return ['subscription', `group ${text(resource.attributes, 'resource_group_name')}`, resource.address, ...below];
}

function bindings(given: JsonObject, resource: Resource): Grant[] {
  const role = `${text(given, 'role_ref.kind')} ${text(given, 'role_ref.name')}`;
  const on = resource.type.includes('cluster_role')
    ? 'the whole cluster'
    : `namespace ${textAt(given, 'metadata.namespace') ?? 'default'}`;
  return blocks(given['subject']).map((subject) => {
    const who = [text(subject, 'kind'), textAt(subject, 'namespace'), text(subject, 'name')].filter(Boolean).join(' ');
    return { key: who, who, may: [role], on };
  });
}

function roleOf(given: JsonObject): string {
  const id = textAt(given, 'role_definition_id') ?? '';
  return (
    textAt(given, 'role_definition_name') ?? ROLE_IDS[id.split('/').at(-1)?.toLowerCase() ?? ''] ?? (id || 'a role')
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
function show({ may, on }: Grant, stack: Stack): string {
  return `${may.join(', ')} on ${spoken(on, stack)}`;
}

function spoken(value: string, stack: Stack): string {
  const reference = parseReference(value);
  if (reference === undefined) {
    return value;
  }
  const name = textAt(stack.resources.get(reference.address)?.attributes, 'name');
  const isWhole = reference.path === 'id' || reference.path === '';
  const text = isWhole ? reference.address : value.slice(2, -1);
  return name === undefined || isExpression(name) || !isWhole ? text : `${text} (${name})`;
}

function text(value: JsonObject, path: string): string {
  return textAt(value, path) ?? 'not given';
}
