import type { DataAzurermLogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/data-azurerm-log-analytics-workspace';
import type { LogAnalyticsWorkspace as WorkspaceResource } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { Construct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { location, regionName } from '../azure/location-rules';
import { reportGroup } from '../azure/group-problems';
import type { IResourceGroupRef } from '../azure/resource-group';
import { logAnalyticsWorkspaceId } from '../azure/resource-id-rules';
import { resourceGroupName } from '../azure/resource-name-rules';
import { checkArguments, declared } from '../core/declared';
import { claimResource, lookUp } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { check, checkGiven } from '../core/rules/rule';
import { DailyCap } from './daily-cap';
import type { ILogAnalyticsWorkspace } from './i-log-analytics-workspace';
import { foundLogAnalyticsWorkspaces, logAnalyticsWorkspaces } from './late-bindings';
import { retentionDays, workspaceName } from './workspace-rules';

/** Properties of `LogAnalyticsWorkspace`. */
export interface LogAnalyticsWorkspaceProps {
  /** The resource group of the workspace. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the workspace: 4 to 63 letters, digits and "-". Changing it replaces the workspace with its data. */
  readonly workspaceName: string;
  /**
   * The days that logs are kept, 30 to 730. The first 31 are free, and further days are billed by the gigabyte.
   *
   * @default 30
   */
  readonly retentionDays?: number;
  /**
   * The volume of logs that it ingests per day, such as `DailyCap.none()`.
   *
   * @default DailyCap.gigabytes(1)
   */
  readonly dailyCap?: DailyCap;
}

/** Attributes of an existing Log Analytics workspace. */
export interface LogAnalyticsWorkspaceAttributes {
  /** The Azure resource id of the workspace. */
  readonly workspaceId: string;
  /** Its region, such as "westeurope". */
  readonly workspaceLocation: string;
}

/** Attributes to look up an existing Log Analytics workspace by name. */
export interface LogAnalyticsWorkspaceNameAttributes {
  /** The name of the workspace. */
  readonly workspaceName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
}

/** The days that logs are kept without a charge. */
const FREE_DAYS = 30;

/**
 * A Log Analytics workspace: it stores logs, and is billed by the ingested gigabyte.
 *
 * Its keys are disabled, since anyone with a key could send logs indefinitely: clusters log in with a managed identity.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/cost-logs
 *
 * @example
 * const workspace = new LogAnalyticsWorkspace(stack, 'logs', {
 *   resourceGroup,
 *   workspaceName: 'shop-logs',
 *   retentionDays: 90,
 *   dailyCap: DailyCap.gigabytes(5),
 * });
 */
export class LogAnalyticsWorkspace extends Construct implements ILogAnalyticsWorkspace {
  /** An existing workspace, looked up by name when Terraform runs. */
  public static fromLogAnalyticsWorkspaceName(
    scope: Construct,
    id: string,
    attributes: LogAnalyticsWorkspaceNameAttributes,
  ): ILogAnalyticsWorkspace {
    return new FoundWorkspace(scope, id, attributes);
  }

  /** An existing workspace, by its id: nothing is looked up when Terraform runs. */
  public static fromLogAnalyticsWorkspaceAttributes(
    scope: Construct,
    id: string,
    attributes: LogAnalyticsWorkspaceAttributes,
  ): ILogAnalyticsWorkspace {
    return new KnownWorkspace(scope, id, attributes);
  }

  public readonly workspaceLocation: string;
  /** The volume of logs that it ingests per day. */
  public readonly dailyCap: DailyCap;
  private readonly resource: WorkspaceResource;

  constructor(scope: Construct, id: string, props: LogAnalyticsWorkspaceProps) {
    super(scope, id);
    props = declared(this, 'LogAnalyticsWorkspaceProps', props);
    // read once: a resource creates a new token each time an attribute is read
    const group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    this.workspaceLocation = regionName(group.location);
    this.dailyCap = props.dailyCap ?? DailyCap.gigabytes(1);
    reportGroup(this, props.resourceGroup);
    reportProblems(this, () => [
      ...checkGiven(workspaceName, 'workspaceName', props.workspaceName),
      ...check(retentionDays, 'retentionDays', props.retentionDays),
      ...this.dailyCap._problems('dailyCap'),
    ]);
    this.resource = new (logAnalyticsWorkspaces().LogAnalyticsWorkspace)(this, 'Resource', {
      name: props.workspaceName,
      resourceGroupName: group.name,
      location: this.workspaceLocation,
      sku: 'PerGB2018',
      retentionInDays: props.retentionDays ?? FREE_DAYS,
      dailyQuotaGb: this.dailyCap._quota,
      localAuthenticationEnabled: false,
    });
    claimResource(
      this,
      'workspaceName',
      this.resource,
      azureNames.logAnalyticsWorkspace(props.workspaceName, group.name),
    );
    createAfter(this.resource, () => []);
  }

  public get workspaceId(): string {
    return this.resource.id;
  }
}

checkArguments(LogAnalyticsWorkspace);

class FoundWorkspace extends Construct implements ILogAnalyticsWorkspace {
  private readonly resource: DataAzurermLogAnalyticsWorkspace;

  constructor(
    scope: Construct,
    id: string,
    { workspaceName: name, resourceGroupName: group }: LogAnalyticsWorkspaceNameAttributes,
  ) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(workspaceName, 'workspaceName', name),
      ...checkGiven(resourceGroupName, 'resourceGroupName', group),
    ]);
    this.resource = new (foundLogAnalyticsWorkspaces().DataAzurermLogAnalyticsWorkspace)(this, 'Resource', {
      name,
      resourceGroupName: group,
    });
    lookUp(this, 'workspaceName', this.resource, azureNames.logAnalyticsWorkspace(name, group));
  }

  public get workspaceId(): string {
    return this.resource.id;
  }

  public get workspaceLocation(): string {
    return this.resource.location;
  }
}

class KnownWorkspace extends Construct implements ILogAnalyticsWorkspace {
  public readonly workspaceId: string;
  public readonly workspaceLocation: string;

  constructor(scope: Construct, id: string, attributes: LogAnalyticsWorkspaceAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(logAnalyticsWorkspaceId, 'workspaceId', attributes.workspaceId),
      ...checkGiven(location, 'workspaceLocation', attributes.workspaceLocation),
    ]);
    this.workspaceId = attributes.workspaceId;
    this.workspaceLocation = regionName(attributes.workspaceLocation);
  }
}
