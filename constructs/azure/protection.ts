import { TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { resolvedJson } from '../core/names/resolved-text';
import { type FindBefore, implyOrder } from '../core/order/order';
import { locks } from './late-bindings';

/** Options for keeping a resource from being destroyed by mistake. */
export interface ProtectionOptions {
  /**
   * Makes Terraform reject every plan that would destroy or replace it. To destroy it on purpose, deploy without this
   * first. It applies only while the construct is in the program: Terraform destroys resources that are removed from
   * it.
   *
   * @default false
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
   */
  readonly preventDestroy?: boolean;
  /**
   * Makes Azure reject attempts to delete it, in the portal or with a command, until the lock is removed. Terraform
   * removes its own lock before it destroys the resource: use `preventDestroy` against that.
   *
   * The lock also covers nested resources and role assignments: while it exists, Azure refuses to delete the pools of a
   * cluster (which a new VM size requires, too), the subnets and peerings of a network, the credentials of an identity
   * and the parts of a registry, and to remove a role. The deployment needs the role Owner or User Access
   * Administrator.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
   */
  readonly deleteLock?: boolean;
}

/** Protects a resource as the options say. */
export function protect(scope: Construct, resource: TerraformResource, options: ProtectionOptions): void {
  if (options.preventDestroy === true) {
    preventDestroy(resource);
  }
  if (options.deleteLock === true) {
    lockDeletion(scope, resource);
  }
}

export function preventDestroy(resource: TerraformResource): void {
  resource.lifecycle = { ...resource.lifecycle, preventDestroy: true };
}

/** The resource that each lock protects. */
const lockedBy = new WeakMap<TerraformResource, TerraformResource>();

/**
 * Locks a resource after everything that refers to it is created: Terraform destroys in the opposite order, and could
 * not remove a role on the resource while the lock exists.
 */
function lockDeletion(scope: Construct, resource: TerraformResource): void {
  const lock = new (locks().ManagementLock)(scope, 'delete-lock', {
    name: 'delete-lock',
    scope: resource.getStringAttribute('id'),
    lockLevel: 'CanNotDelete',
    notes: 'What is deleted here is lost. Its program removes this lock with "deleteLock".',
  });
  lockedBy.set(lock, resource);
  implyOrder(lock, locksLast);
}

function locksLast(stack: TerraformStack): FindBefore {
  let referring: ReadonlyMap<string, readonly TerraformResource[]> | undefined;
  return (lock) => {
    const resource = lockedBy.get(lock);
    if (resource === undefined) {
      return [];
    }
    // once for all locks, and only if there is one: it takes as long as the synthesis of the stack
    referring ??= referringIn(stack);
    const all = referring.get(`${resource.terraformResourceType}.${resource.friendlyUniqueId}`) ?? [];
    return all.filter((one) => one !== resource);
  };
}

/** The address in a reference to an attribute, anywhere in the JSON of a resource. */
const REFERENCE = /\b(azurerm_\w+\.[\w-]+)\./g;

/** The Azure resources of a stack that refer to another one, by the address of the latter. */
function referringIn(stack: TerraformStack): Map<string, TerraformResource[]> {
  const referring = new Map<string, TerraformResource[]>();
  for (const one of stack.node.findAll()) {
    if (!TerraformResource.isTerraformResource(one) || TerraformStack.of(one) !== stack || !isCovered(one)) {
      continue;
    }
    const json = resolvedJson(stack, one.toTerraform());
    for (const address of new Set([...json.matchAll(REFERENCE)].map(([, found = '']) => found))) {
      referring.set(address, [...(referring.get(address) ?? []), one]);
    }
  }
  return referring;
}

/** Whether a lock covers this resource if it refers to the locked one. */
function isCovered({ terraformResourceType: type }: TerraformResource): boolean {
  return type.startsWith('azurerm_') && type !== 'azurerm_management_lock';
}
