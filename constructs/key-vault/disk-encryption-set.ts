import type { DiskEncryptionSet as SetResource } from '@cdktf/provider-azurerm/lib/disk-encryption-set';
import { Construct, type IConstruct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { regionName } from '../azure/location-rules';
import { rememberRegion } from '../azure/regions';
import { reportGroup } from '../azure/group-problems';
import type { IResourceGroupRef } from '../azure/resource-group';
import { diskEncryptionSetId } from '../azure/resource-id-rules';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { checkGiven, orExample } from '../core/rules/rule';
import { isText } from '../core/values/known';
import { assignRole } from '../identity/assign-role';
import { ROLE_PROPAGATION_SECONDS, RoleWait } from '../identity/role-wait';
import { UserAssignedIdentity } from '../identity/user-assigned-identity';
import type { IKeyVaultKey } from './i-key-vault-key';
import { diskEncryptionSetName } from './key-vault-rules';

/** A set that encrypts managed disks with a key. */
export interface IDiskEncryptionSet extends IConstruct {
  /** The Azure resource id of the set. */
  readonly diskEncryptionSetId: string;
}

/** Properties of `DiskEncryptionSet`. */
export interface DiskEncryptionSetProps {
  /** The resource group of the set. Its region is that of the disks. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the set: 2 to 80 letters, digits, "_", "-" and ".". Changing it replaces the set. */
  readonly diskEncryptionSetName: string;
  /** The key, in a vault of the same region with purge protection. New versions of it are used automatically. */
  readonly key: IKeyVaultKey;
}

/** Attributes of an existing disk encryption set. */
export interface DiskEncryptionSetAttributes {
  /** The Azure resource id of the set. */
  readonly diskEncryptionSetId: string;
}

/**
 * The customer-managed key of managed disks, with an identity that can use it (Key Vault Crypto Service Encryption User)
 * before the set is created.
 *
 * Disks use a new version of the key within an hour; local disks of nodes, after their pool was scaled to zero and
 * back.
 *
 * @see https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys
 *
 * @example
 * const keyVault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso-shop', resourceGroupName: 'shop' });
 * const key = KeyVaultKey.fromKeyVaultKeyName(stack, 'key', { keyVault, keyName: 'disks' });
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   diskEncryptionSet: new DiskEncryptionSet(stack, 'disks', {
 *     resourceGroup,
 *     diskEncryptionSetName: 'shop-disks',
 *     key,
 *   }),
 * });
 */
export class DiskEncryptionSet extends Construct implements IDiskEncryptionSet {
  /** An existing disk encryption set, by its id. */
  public static fromDiskEncryptionSetAttributes(
    scope: Construct,
    id: string,
    attributes: DiskEncryptionSetAttributes,
  ): IDiskEncryptionSet {
    return new KnownSet(scope, id, attributes);
  }

  private readonly resource: SetResource;

  constructor(scope: Construct, id: string, props: DiskEncryptionSetProps) {
    super(scope, id);
    props = declared(this, 'DiskEncryptionSetProps', props);
    // read once: a resource creates a new token each time an attribute is read
    const group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    rememberRegion(this, props.resourceGroup);
    reportGroup(this, props.resourceGroup);
    reportProblems(this, () => [
      ...checkGiven(diskEncryptionSetName, 'diskEncryptionSetName', props.diskEncryptionSetName),
    ]);
    const identity = new UserAssignedIdentity(this, 'identity', {
      resourceGroup: group,
      identityName: `${withoutDots(orExample(diskEncryptionSetName, props.diskEncryptionSetName))}-identity`,
    });
    const role = assignRole(this, 'key-role', identity.grantPrincipal, ROLE, props.key.keyVault.keyVaultId);
    const wait = new RoleWait(this, 'roles', [role], ROLE_PROPAGATION_SECONDS);
    this.resource = new (encryptionSets().DiskEncryptionSet)(this, 'Resource', {
      name: props.diskEncryptionSetName,
      resourceGroupName: group.name,
      location: regionName(group.location),
      keyVaultKeyId: props.key.versionlessKeyId,
      autoKeyRotationEnabled: true,
      identity: { type: 'UserAssigned', identityIds: [identity.identityId] },
    });
    claimResource(
      this,
      'diskEncryptionSetName',
      this.resource,
      azureNames.diskEncryptionSet(props.diskEncryptionSetName, group.name),
    );
    createAfter(this.resource, () => [role, wait]);
  }

  public get diskEncryptionSetId(): string {
    return this.resource.id;
  }
}

checkArguments(DiskEncryptionSet);

/** A name without the dots that the names of identities must not have. */
function withoutDots(name: string): string {
  return isText(name) ? name.replace(/\./g, '-') : name;
}

/** The role that lets an identity encrypt the keys of disks with a key of a vault. */
const ROLE = 'Key Vault Crypto Service Encryption User';

type EncryptionSets = typeof import('@cdktf/provider-azurerm/lib/disk-encryption-set');

/** A binding that few programs need, loaded on demand. */
const encryptionSets = (): EncryptionSets =>
  require('@cdktf/provider-azurerm/lib/disk-encryption-set') as EncryptionSets;

class KnownSet extends Construct implements IDiskEncryptionSet {
  public readonly diskEncryptionSetId: string;

  constructor(scope: Construct, id: string, attributes: DiskEncryptionSetAttributes) {
    super(scope, id);
    this.diskEncryptionSetId = attributes.diskEncryptionSetId;
    reportProblems(this, () => checkGiven(diskEncryptionSetId, 'diskEncryptionSetId', this.diskEncryptionSetId));
  }
}
