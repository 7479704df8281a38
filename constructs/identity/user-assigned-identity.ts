import type { DataAzurermUserAssignedIdentity } from '@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity';
import type { UserAssignedIdentity as IdentityResource } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { identityName, resourceGroupName } from '../azure/resource-name-rules';
import { uuid } from './identity-rules';
import { regionName } from '../azure/location-rules';
import { azureNames } from '../azure/azure-names';
import { createAfter } from '../core/order/order';
import { identityResourceId } from '../azure/resource-id-rules';
import { checkGiven } from '../core/rules/rule';
import { claimResource, lookUp } from '../core/names/unique';
import type { GrantPrincipal } from './grants';
import { protect, type ProtectionOptions } from '../azure/protection';
import { reportGroup } from '../azure/group-problems';
import type { IResourceGroupRef } from '../azure/resource-group';
import { IUserAssignedIdentity } from './i-user-assigned-identity';
import { identities, identityLookups } from './late-bindings';
import { reportProblems } from '../core/problems/report';

/** Properties of `UserAssignedIdentity`. */
export interface UserAssignedIdentityProps extends ProtectionOptions {
  /** The resource group of the identity. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the identity: 3 to 128 letters, digits, "-" and "_". Changing it replaces the identity. */
  readonly identityName: string;
}

/** Attributes of an existing identity. */
export interface UserAssignedIdentityAttributes {
  /** The Azure resource id of the identity. */
  readonly identityId: string;
  /** The client id. */
  readonly clientId: string;
  /** The object id, which roles are given to. Azure calls it principal id. */
  readonly objectId: string;
}

/** Attributes to look up an existing identity by name. */
export interface UserAssignedIdentityNameAttributes {
  /** The name of the identity. */
  readonly identityName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
}

/**
 * A user-assigned managed identity: it can be created, with its roles, before the resources that use it.
 *
 * @example
 * const identity = new UserAssignedIdentity(stack, 'identity', { resourceGroup, identityName: 'shop-aks' });
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   identity: ClusterIdentity.userAssigned(identity),
 * });
 */
export class UserAssignedIdentity extends Construct implements IUserAssignedIdentity {
  /** An existing identity, by its ids: nothing is looked up when Terraform runs. */
  public static fromUserAssignedIdentityAttributes(
    scope: Construct,
    id: string,
    attributes: UserAssignedIdentityAttributes,
  ): IUserAssignedIdentity {
    return new KnownIdentity(scope, id, attributes);
  }

  /** An existing identity, looked up by name when Terraform runs. */
  public static fromUserAssignedIdentityName(
    scope: Construct,
    id: string,
    attributes: UserAssignedIdentityNameAttributes,
  ): IUserAssignedIdentity {
    return new FoundIdentity(scope, id, attributes);
  }

  private readonly resource: IdentityResource;

  constructor(scope: Construct, id: string, props: UserAssignedIdentityProps) {
    super(scope, id);
    props = declared(this, 'UserAssignedIdentityProps', props);
    // read once: a resource creates a new token each time an attribute is read
    const group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    reportGroup(this, props.resourceGroup);
    reportProblems(this, () => [...checkGiven(identityName, 'identityName', props.identityName)]);
    this.resource = new (identities().UserAssignedIdentity)(this, 'Resource', {
      name: props.identityName,
      resourceGroupName: group.name,
      location: regionName(group.location),
    });
    claimResource(this, 'identityName', this.resource, azureNames.identity(props.identityName, group.name));
    protect(this, this.resource, props);
    createAfter(this.resource, () => []);
  }

  public get identityId(): string {
    return this.resource.id;
  }

  public get clientId(): string {
    return this.resource.clientId;
  }

  public get grantPrincipal(): GrantPrincipal {
    return { objectId: this.resource.principalId, principalType: 'ServicePrincipal' };
  }
}

checkArguments(UserAssignedIdentity);

class KnownIdentity extends Construct implements IUserAssignedIdentity {
  public readonly identityId: string;
  public readonly clientId: string;
  public readonly grantPrincipal: GrantPrincipal;

  constructor(scope: Construct, id: string, attributes: UserAssignedIdentityAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(identityResourceId, 'identityId', attributes.identityId),
      ...checkGiven(uuid, 'clientId', attributes.clientId),
      ...checkGiven(uuid, 'objectId', attributes.objectId),
    ]);
    this.identityId = attributes.identityId;
    this.clientId = attributes.clientId;
    this.grantPrincipal = { objectId: attributes.objectId, principalType: 'ServicePrincipal' };
  }
}

class FoundIdentity extends Construct implements IUserAssignedIdentity {
  private readonly resource: DataAzurermUserAssignedIdentity;

  constructor(scope: Construct, id: string, attributes: UserAssignedIdentityNameAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(identityName, 'identityName', attributes.identityName),
      ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
    ]);
    this.resource = new (identityLookups().DataAzurermUserAssignedIdentity)(this, 'Resource', {
      name: attributes.identityName,
      resourceGroupName: attributes.resourceGroupName,
    });
    lookUp(
      this,
      'identityName',
      this.resource,
      azureNames.identity(attributes.identityName, attributes.resourceGroupName),
    );
  }

  public get identityId(): string {
    return this.resource.id;
  }

  public get clientId(): string {
    return this.resource.clientId;
  }

  public get grantPrincipal(): GrantPrincipal {
    return { objectId: this.resource.principalId, principalType: 'ServicePrincipal' };
  }
}
