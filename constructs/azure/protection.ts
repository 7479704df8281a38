import { TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { resolvedJson } from '../core/names/resolved-text';
import { createAfter } from '../core/order/order';
import { locks } from './late-bindings';

/** Options for keeping a resource from being destroyed by mistake. */
export interface ProtectionOptions {
  /**
   * Makes Terraform refuse every plan that would destroy it, to replace it too. To destroy it on purpose, deploy without this
   * first. Terraform knows it only while the construct is in the program: it destroys what is no longer there.
   *
   * @default false
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
   */
  readonly preventDestroy?: boolean;
  /**
   * Makes Azure refuse whoever deletes it, in the portal or by a command, until the lock is removed. Terraform removes its
   * own lock before it destroys the resource: use `preventDestroy` against that.
   *
   * The lock also covers what is inside and the roles on it: while it is there, Azure refuses to delete the pools of a
   * cluster (which a new VM size needs, too), the subnets and peerings of a network, the credentials of an identity, what
   * belongs to a registry, and to take a role away. Whoever deploys must be Owner or User Access Administrator.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
   */
  readonly deleteLock?: boolean;
}

/** Keeps a resource as its options say. */
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

/**
 * Locks a resource once everything that refers to it is there: in the opposite order Terraform destroys it, and could not take
 * away a role on the resource while the lock is there.
 */
function lockDeletion(scope: Construct, resource: TerraformResource): void {
  const lock = new (locks().ManagementLock)(scope, 'delete-lock', {
    name: 'delete-lock',
    scope: resource.getStringAttribute('id'),
    lockLevel: 'CanNotDelete',
    notes: 'What is deleted here is lost. Its program removes this lock with "deleteLock".',
  });
  createAfter(lock, () => referringTo(resource));
}

/** The resources of Azure in the stack of a resource that refer to it. */
function referringTo(resource: TerraformResource): TerraformResource[] {
  const stack = TerraformStack.of(resource);
  const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}.`;
  return stack.node
    .findAll()
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
    .filter(({ terraformResourceType: type }) => type.startsWith('azurerm_') && type !== 'azurerm_management_lock')
    .filter((one) => one !== resource && TerraformStack.of(one) === stack)
    .filter((one) => resolvedJson(stack, one.toTerraform()).includes(address));
}
