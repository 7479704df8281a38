import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import type { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { withFreeName } from '../azure/reserved-names';
import { registryName } from '../azure/resource-name-rules';
import { regionName } from '../azure/location-rules';
import { requireGlobalNames } from '../stack-checks/global-names';
import { reportGroup } from '../azure/group-problems';
import { azureNames } from '../azure/azure-names';
import { createAfter } from '../core/order/order';
import { protect } from '../azure/protection';
import { checkGiven } from '../core/rules/rule';
import { claimResource } from '../core/names/unique';
import { AcrRegistryBase } from './acr-registry-base';
import { AcrRoleAssignmentMode } from './acr-role-assignment-mode';
import type { AcrRegistryProps } from './acr-registry-props';
import { AcrSku } from './acr-sku';
import type { IAcrRegistry } from './i-acr-registry';
import {
  type AcrRegistryAttributes,
  type AcrRegistryNameAttributes,
  ImportedAcrRegistry,
  KnownAcrRegistry,
} from './imported-acr-registry';
import { featureProblems, featureWarnings, registryFeatures } from './registry-config';
import { rememberRegistry } from './registry-facts';
import { hasEndpoint } from './registry-prerequisites';
import { reportProblems, reportWarnings, reportWarningsLate } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';

/**
 * A container registry (Azure Container Registry).
 *
 * The admin user is disabled: its password would be in the Terraform state, and its use could not be traced to a
 * person.
 *
 * @example
 * const registry = new AcrRegistry(stack, 'registry', { resourceGroup, registryName: 'contososhop' });
 * registry.grantPull(cluster);
 * new Workload(stack, 'web', { name: 'web', image: registry.image('web', 'v1'), containerPort: 8080 });
 */
export class AcrRegistry extends AcrRegistryBase {
  /**
   * An existing registry, looked up by name when Terraform runs.
   *
   * Workloads do not wait for grants of another program.
   */
  public static fromRegistryName(scope: Construct, id: string, attributes: AcrRegistryNameAttributes): IAcrRegistry {
    return new ImportedAcrRegistry(scope, id, attributes);
  }

  /**
   * An existing registry, by its id: nothing is looked up when Terraform runs.
   *
   * Workloads do not wait for grants of another program.
   */
  public static fromRegistryAttributes(scope: Construct, id: string, attributes: AcrRegistryAttributes): IAcrRegistry {
    return new KnownAcrRegistry(scope, id, attributes);
  }

  public readonly registryName: string;
  public readonly resourceGroupName: string;
  public readonly location?: string;
  public readonly roleAssignmentMode: AcrRoleAssignmentMode;
  private readonly resource: ContainerRegistry;

  constructor(scope: Construct, id: string, props: AcrRegistryProps) {
    super(scope, id);
    props = declared(this, 'AcrRegistryProps', props);
    this.roleAssignmentMode = props.roleAssignmentMode ?? AcrRoleAssignmentMode.REGISTRY;
    // read once: a resource creates a new token each time an attribute is read
    const { name: group, location } = props.resourceGroup;
    reportGroup(this, props.resourceGroup);
    reportProblems(this, () => [
      ...withFreeName(checkGiven(registryName, 'registryName', props.registryName), 'registryName', props.registryName),
      ...featureProblems(props, hasEndpoint(this)),
    ]);

    this.resource = new ContainerRegistry(this, 'Resource', {
      name: props.registryName,
      resourceGroupName: group,
      location: regionName(location),
      sku: props.sku ?? AcrSku.BASIC,
      adminEnabled: false,
      ...registryFeatures(props, () => hasEndpoint(this)),
    });
    claimResource(this, 'registryName', this.resource, azureNames.registry(props.registryName));
    requireGlobalNames(this);
    protect(this, this.resource, props);
    createAfter(this.resource, () => []);
    this.registryName = props.registryName;
    this.resourceGroupName = group;
    this.location = regionName(location);
    rememberRegistry(this, props);
    reportWarnings(this, [...modeWarnings(props), ...featureWarnings(props)]);
    reportWarningsLate(this, () => [
      ...(props.anonymousPull === true ? [] : this._missingGrants()),
      ...reachWarnings(props, hasEndpoint(this)),
    ]);
  }

  public get registryId(): string {
    return this.resource.id;
  }

  public get loginServer(): string {
    return this.resource.loginServer;
  }
}

checkArguments(AcrRegistry);

function modeWarnings({ registryName: name, roleAssignmentMode }: AcrRegistryProps): Violation[] {
  return when(
    roleAssignmentMode === AcrRoleAssignmentMode.REPOSITORIES,
    'role-assignment-mode-by-hand',
    () =>
      `'roleAssignmentMode' only chooses the roles here, since version 4.55 of the provider cannot set it: run ` +
      `'az acr update --name ${name} --role-assignment-mode rbac-abac' after the registry is created`,
  );
}

function reachWarnings({ publicAccess }: AcrRegistryProps, isReached: boolean): Violation[] {
  return when(
    publicAccess?.isPublic === false && !isReached,
    'registry-not-reached',
    () =>
      "'publicAccess' is AcrPublicAccess.none(), but this program creates no private endpoint: unless another program does, the registry is unreachable. Create an AcrPrivateEndpoint",
  );
}
