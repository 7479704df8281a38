import type { DataAzurermContainerRegistry } from '@cdktf/provider-azurerm/lib/data-azurerm-container-registry';
import { Fn, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { warnOfOtherName } from '../azure/id-and-name';
import { azureNames } from '../azure/azure-names';
import { location as locationRule, regionName } from '../azure/location-rules';
import { registryResourceId } from '../azure/resource-id-rules';
import { registryName, resourceGroupName } from '../azure/resource-name-rules';
import { lookUp } from '../core/names/unique';
import { reportProblems } from '../core/problems/report';
import { loginServer as loginServerRule } from './registry-value-rules';
import { check, checkGiven } from '../core/rules/rule';
import { isText } from '../core/values/known';
import { AcrRegistryBase } from './acr-registry-base';
import { AcrRoleAssignmentMode } from './acr-role-assignment-mode';
import { registryLookups } from './late-bindings';

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
   * The host from which images are pulled, such as "contososhop.azurecr.io".
   *
   * @default - the name of the registry and ".azurecr.io"
   */
  readonly loginServer?: string;
  /**
   * The region of the registry, in which webhooks, agent pools and private endpoints are created unless they specify
   * another.
   *
   * @default - not known
   */
  readonly location?: string;
  /**
   * The scope of the roles on the registry: `az acr show --name <name> --query roleAssignmentMode`.
   *
   * @default AcrRoleAssignmentMode.REGISTRY
   */
  readonly roleAssignmentMode?: AcrRoleAssignmentMode;
}

/** An existing registry, looked up by name when Terraform runs. */
export class ImportedAcrRegistry extends AcrRegistryBase {
  public readonly registryName: string;
  public readonly resourceGroupName: string;
  public readonly roleAssignmentMode: AcrRoleAssignmentMode;
  private readonly resource: DataAzurermContainerRegistry;

  constructor(scope: Construct, id: string, attributes: AcrRegistryNameAttributes) {
    super(scope, id);
    this.roleAssignmentMode = attributes.roleAssignmentMode ?? AcrRoleAssignmentMode.REGISTRY;
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
    this.resourceGroupName = attributes.resourceGroupName;
  }

  public get location(): string {
    return this.resource.location;
  }

  public get registryId(): string {
    return this.resource.id;
  }

  public get loginServer(): string {
    return this.resource.loginServer;
  }
}

/** An existing registry, by its id. */
export class KnownAcrRegistry extends AcrRegistryBase {
  public readonly registryId: string;
  public readonly registryName: string;
  public readonly loginServer: string;
  public readonly resourceGroupName: string;
  public readonly location?: string;
  public readonly roleAssignmentMode: AcrRoleAssignmentMode;

  constructor(scope: Construct, id: string, attributes: AcrRegistryAttributes) {
    super(scope, id);
    this.roleAssignmentMode = attributes.roleAssignmentMode ?? AcrRoleAssignmentMode.REGISTRY;
    const { registryId, registryName: name, loginServer = `${name}.azurecr.io`, location } = attributes;
    reportProblems(this, () => [
      ...checkGiven(registryResourceId, 'registryId', registryId),
      ...checkGiven(registryName, 'registryName', name),
      ...check(loginServerRule, 'loginServer', attributes.loginServer),
      ...check(locationRule, 'location', location),
    ]);
    warnOfOtherName(this, ['registryId', registryId], { registryName: name });
    this.registryName = name;
    this.registryId = registryId;
    this.loginServer = loginServer;
    this.resourceGroupName = groupOf(registryId);
    this.location = location === undefined ? undefined : regionName(location);
  }
}

/** The index of the resource group's name in a resource id. */
const GROUP = 4;

function groupOf(id: string): string {
  return isText(id) ? (id.split('/')[GROUP] ?? '') : Token.asString(Fn.element(Fn.split('/', id), GROUP));
}
