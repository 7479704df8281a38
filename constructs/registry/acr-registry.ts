import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import type { DataAzurermContainerRegistry } from '@cdktf/provider-azurerm/lib/data-azurerm-container-registry';
import { Aspects } from 'cdktf';
import type { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { registryName, resourceGroupName } from '../azure/resource-name-rules';
import { location as locationRule, regionName } from '../azure/location-rules';
import { azureNames } from '../azure/azure-names';
import { createAfter } from '../core/order/order';
import { registryResourceId } from '../azure/resource-id-rules';
import { checkGiven } from '../core/rules/rule';
import { claimResource, lookUp } from '../core/names/unique';
import { AcrRegistryBase } from './acr-registry-base';
import { AcrRoleAssignmentMode } from './acr-role-assignment-mode';
import type { IResourceGroupRef } from '../azure/resource-group';
import type { IAcrRegistry } from './i-acr-registry';
import { registryLookups } from './late-bindings';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { violation } from '../core/problems/violation';

/** The price tiers of a registry: storage, throughput and features. */
export enum AcrSku {
  /** The cheapest: 10 GiB. */
  BASIC = 'Basic',
  /** 100 GiB and more throughput. */
  STANDARD = 'Standard',
  /** 500 GiB, replication, private endpoints and more. */
  PREMIUM = 'Premium',
}

/** Properties of `AcrRegistry`. */
export interface AcrRegistryProps {
  /** Where the registry lives. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the registry: 5 to 50 letters and digits, unique in all of Azure. Changing it replaces the registry. */
  readonly registryName: string;
  /**
   * The price tier.
   *
   * @default AcrSku.BASIC
   */
  readonly sku?: AcrSku;
  /**
   * The scope of the roles on the registry. Roles are given accordingly; the registry itself is told by
   * `az acr update --role-assignment-mode`, since version 4.55 of the provider cannot.
   *
   * @default AcrRoleAssignmentMode.REGISTRY
   */
  readonly roleAssignmentMode?: AcrRoleAssignmentMode;
}

/** Attributes to look up an existing registry by name. */
export interface AcrRegistryNameAttributes {
  /** The name of the registry. */
  readonly registryName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
  /**
   * The scope of the roles on the registry: `az acr show --name <name> --query roleAssignmentMode`.
   *
   * @default AcrRoleAssignmentMode.REGISTRY
   */
  readonly roleAssignmentMode?: AcrRoleAssignmentMode;
}

/** Attributes of an existing registry. */
export interface AcrRegistryAttributes {
  /** The Azure resource id of the registry. */
  readonly registryId: string;
  /** The name of the registry. */
  readonly registryName: string;
  /**
   * The host that images are pulled from.
   *
   * @default - the name of the registry and ".azurecr.io"
   */
  readonly loginServer?: string;
  /**
   * The scope of the roles on the registry: `az acr show --name <name> --query roleAssignmentMode`.
   *
   * @default AcrRoleAssignmentMode.REGISTRY
   */
  readonly roleAssignmentMode?: AcrRoleAssignmentMode;
}

/** Options for every registry. */
interface RoleAssignmentOptions {
  readonly roleAssignmentMode?: AcrRoleAssignmentMode;
}

/**
 * A container registry (Azure Container Registry).
 *
 * The admin user is off: its password would stand in the Terraform state, and nobody could tell who used it.
 *
 * @example
 * const registry = new AcrRegistry(stack, 'registry', { resourceGroup, registryName: 'contososhop' });
 * registry.grantPull(cluster);
 * new Workload(stack, 'web', { name: 'web', image: registry.image('web', 'v1'), containerPort: 8080 });
 */
export class AcrRegistry extends AcrRegistryBase {
  /**
   * A registry that exists, found by its name when Terraform runs.
   *
   * Workloads do not wait for grants that another program made.
   */
  public static fromRegistryName(scope: Construct, id: string, attributes: AcrRegistryNameAttributes): IAcrRegistry {
    return new ImportedAcrRegistry(scope, id, attributes);
  }

  /**
   * A registry that exists, by its id: nothing is looked up when Terraform runs.
   *
   * Workloads do not wait for grants that another program made.
   */
  public static fromRegistryAttributes(scope: Construct, id: string, attributes: AcrRegistryAttributes): IAcrRegistry {
    return new KnownAcrRegistry(scope, id, attributes);
  }

  public readonly registryName: string;
  public readonly roleAssignmentMode: AcrRoleAssignmentMode;
  private readonly resource: ContainerRegistry;

  constructor(scope: Construct, id: string, props: AcrRegistryProps) {
    super(scope, id);
    props = declared(this, 'AcrRegistryProps', props);
    this.roleAssignmentMode = modeOf(props);
    // read once: a resource makes a new token for every read of an attribute
    const { name: group, location } = props.resourceGroup;
    reportProblems(this, () => [
      ...checkGiven(registryName, 'registryName', props.registryName),
      ...checkGiven(resourceGroupName, 'resourceGroup.name', group),
      ...checkGiven(locationRule, 'resourceGroup.location', location),
    ]);
    Aspects.of(this).add({ visit: (node) => (node === this ? this._warnOfMissingGrants() : undefined) });

    this.resource = new ContainerRegistry(this, 'Resource', {
      name: props.registryName,
      resourceGroupName: group,
      location: regionName(location),
      sku: props.sku ?? AcrSku.BASIC,
      adminEnabled: false,
      // Azure is making all registries zone-redundant: the day it reports so, a plan would replace the registry
      lifecycle: { ignoreChanges: ['zone_redundancy_enabled'] },
    });
    claimResource(this, 'registryName', this.resource, azureNames.registry(props.registryName));
    createAfter(this.resource, () => []);
    this.registryName = props.registryName;
    if (props.roleAssignmentMode === AcrRoleAssignmentMode.REPOSITORIES) {
      reportWarnings(this, [
        violation(
          'role-assignment-mode-by-hand',
          `'roleAssignmentMode' only chooses the roles here, since version 4.55 of the provider cannot set it: run ` +
            `'az acr update --name ${props.registryName} --role-assignment-mode rbac-abac' when the registry is there`,
        ),
      ]);
    }
  }

  public get registryId(): string {
    return this.resource.id;
  }

  public get loginServer(): string {
    return this.resource.loginServer;
  }
}

checkArguments(AcrRegistry);

class ImportedAcrRegistry extends AcrRegistryBase {
  public readonly registryName: string;
  public readonly roleAssignmentMode: AcrRoleAssignmentMode;
  private readonly resource: DataAzurermContainerRegistry;

  constructor(scope: Construct, id: string, attributes: AcrRegistryNameAttributes) {
    super(scope, id);
    this.roleAssignmentMode = modeOf(attributes);
    reportProblems(this, () => [
      ...checkGiven(registryName, 'registryName', attributes.registryName),
      ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
    ]);
    this.resource = new (registryLookups().DataAzurermContainerRegistry)(this, 'Resource', {
      name: attributes.registryName,
      resourceGroupName: attributes.resourceGroupName,
    });
    lookUp(this, 'registryName', this.resource, azureNames.registry(attributes.registryName));
    this.registryName = attributes.registryName;
  }

  public get registryId(): string {
    return this.resource.id;
  }

  public get loginServer(): string {
    return this.resource.loginServer;
  }
}

class KnownAcrRegistry extends AcrRegistryBase {
  public readonly registryId: string;
  public readonly registryName: string;
  public readonly loginServer: string;
  public readonly roleAssignmentMode: AcrRoleAssignmentMode;

  constructor(scope: Construct, id: string, attributes: AcrRegistryAttributes) {
    super(scope, id);
    this.roleAssignmentMode = modeOf(attributes);
    const { registryId, registryName: name, loginServer = `${name}.azurecr.io` } = attributes;
    reportProblems(this, () => [
      ...checkGiven(registryResourceId, 'registryId', registryId),
      ...checkGiven(registryName, 'registryName', name),
    ]);
    this.registryName = name;
    this.registryId = registryId;
    this.loginServer = loginServer;
  }
}

function modeOf({ roleAssignmentMode = AcrRoleAssignmentMode.REGISTRY }: RoleAssignmentOptions): AcrRoleAssignmentMode {
  return roleAssignmentMode;
}
