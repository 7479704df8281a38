import { addressesIn, isExpression } from '../../terraform-json/expression';
import { textAt } from '../../terraform-json/json';
import type { Trap } from '../model';
import { labelOf } from '../names/label';
import type { Resource, Stack } from '../read/program';
import type { ResourceChange } from './resource-change';
import { trapAt } from './trap-at';

const LOCK = 'azurerm_management_lock';

/** The arguments that hold the id of the parent of a resource, or the scope of a role: a lock on these covers it. */
const PARENT_IDS = [
  ...['scope', 'parent_id', 'kubernetes_cluster_id', 'container_registry_id', 'key_vault_id', 'storage_account_id'],
  ...['virtual_network_id', 'nat_gateway_id', 'workspace_id', 'user_assigned_identity_id', 'server_id'],
];

/** The arguments that hold the name of the parent, with its type. */
const PARENT_NAMES: Readonly<Record<string, string>> = {
  resource_group_name: 'azurerm_resource_group',
  registry_name: 'azurerm_container_registry',
  container_registry_name: 'azurerm_container_registry',
  virtual_network_name: 'azurerm_virtual_network',
  network_security_group_name: 'azurerm_network_security_group',
  route_table_name: 'azurerm_route_table',
  storage_account_name: 'azurerm_storage_account',
  dns_zone_name: 'azurerm_dns_zone',
  private_dns_zone_name: 'azurerm_private_dns_zone',
};

/** Finds the addresses of the parents of a resource. */
type FindParents = (resource: Resource) => readonly string[];

/** The deletions and rotations below a lock that stays: Azure rejects them, which only the apply shows. */
export function lockTraps(resourceChanges: readonly ResourceChange[], base: Stack): Trap[] {
  const locks = locksThatStay(resourceChanges);
  if (locks.length === 0) {
    return [];
  }
  const parentsOf = parentFinder(base);
  const withLock = new Set(locks.flatMap(parentsOf));
  return resourceChanges.flatMap((change) => {
    const { base: old, head: now } = change.pair;
    const refused = refusedBy(change);
    if (old === undefined || refused === undefined) {
      return [];
    }
    // Terraform removes the lock of a deleted resource first, since the lock depends on it
    const covered = refused.isDeletion ? parentsOf(old) : [old.address];
    const locked = lockedOver(covered, (address) => parentsAt(address, base, parentsOf), withLock);
    return locked === undefined ? [] : [trap(now ?? old, refused, base.resources.get(locked))];
  });
}

function trap(resource: Resource, { text, attribute }: Refused, locked: Resource | undefined): Trap {
  const lock = locked === undefined ? 'there is a lock' : `${labelOf(locked)} is locked`;
  return trapAt(resource, {
    attribute,
    text: `${text}, which Azure rejects while ${lock} (ScopeLocked): the plan succeeds, and the apply fails`,
    remedies: [{ text: 'to apply it, deploy without the lock first, then this change with the lock again' }],
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources',
  });
}

/** The part of a change that a lock forbids. */
interface Refused {
  readonly text: string;
  readonly attribute: string;
  readonly isDeletion: boolean;
}

function refusedBy({ lost, forgotten, pair, prediction }: ResourceChange): Refused | undefined {
  if (forgotten || pair.base?.mode !== 'resource' || pair.base.type === LOCK) {
    return undefined;
  }
  if (lost) {
    return { text: 'this deletes it', attribute: 'deletion', isDeletion: true };
  }
  const cycled = prediction.attributes.find(({ effect }) => effect?.kind === 'rotates');
  return (
    cycled && { text: 'this cycles the nodes and deletes their old pool', attribute: cycled.path, isDeletion: false }
  );
}

/** The locks that exist before and after a change; Terraform removes the others in time. */
function locksThatStay(resourceChanges: readonly ResourceChange[]): Resource[] {
  return resourceChanges.flatMap(({ lost, forgotten, pair: { base, head } }) =>
    base?.type === LOCK && head !== undefined && !lost && !forgotten ? [base] : [],
  );
}

/** The first locked resource among some resources and their direct and indirect parents. */
function lockedOver(
  addresses: readonly string[],
  parentsOf: (address: string) => readonly string[],
  locked: ReadonlySet<string>,
): string | undefined {
  const seen = new Set(addresses);
  // a set that grows during the iteration: added parents are visited as well.
  for (const address of seen) {
    if (locked.has(address)) {
      return address;
    }
    parentsOf(address).forEach((parent) => seen.add(parent));
  }
  return undefined;
}

function parentsAt(address: string, { resources }: Stack, parentsOf: FindParents): readonly string[] {
  const resource = resources.get(address);
  return resource === undefined ? [] : parentsOf(resource);
}

/** Finds the parents of a resource: by ids, which are references, and by names, which are usually literals. */
function parentFinder({ resources }: Stack): FindParents {
  const byName = new Map<string, string>();
  for (const { type, attributes, address } of resources.values()) {
    byName.set(`${type} ${textAt(attributes, 'name')}`, address);
  }
  return ({ type, attributes }) => {
    if (!type.startsWith('azurerm_')) {
      return [];
    }
    const ids = PARENT_IDS.flatMap((argument) => addressesIn(textAt(attributes, argument) ?? ''));
    const names = Object.entries(PARENT_NAMES).flatMap(([argument, parent]) => {
      const name = textAt(attributes, argument) ?? '';
      return isExpression(name) ? addressesIn(name) : (byName.get(`${parent} ${name}`) ?? []);
    });
    return [...ids, ...names];
  };
}
