import type { DataAzurermMonitorWorkspace } from '@cdktf/provider-azurerm/lib/data-azurerm-monitor-workspace';
import type { MonitorWorkspace as WorkspaceResource } from '@cdktf/provider-azurerm/lib/monitor-workspace';
import { Construct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { location, regionName } from '../azure/location-rules';
import { reportGroup } from '../azure/group-problems';
import type { IResourceGroupRef } from '../azure/resource-group';
import { monitorWorkspaceId } from '../azure/resource-id-rules';
import { resourceGroupName } from '../azure/resource-name-rules';
import { checkArguments, declared } from '../core/declared';
import { claimResource, lookUp } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { checkGiven } from '../core/rules/rule';
import { assignRole } from '../identity/assign-role';
import { Grant } from '../identity/grant';
import type { IGrantable } from '../identity/grants';
import type { IMonitorWorkspace } from './i-monitor-workspace';
import { foundMonitorWorkspaces, monitorWorkspaces } from './late-bindings';
import { monitorWorkspaceName } from './workspace-rules';

/** Properties of `MonitorWorkspace`. */
export interface MonitorWorkspaceProps {
  /** The resource group of the workspace. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the workspace: letters, digits and "-". Changing it replaces the workspace with its data. */
  readonly monitorWorkspaceName: string;
}

/** Attributes of an existing Azure Monitor workspace. */
export interface MonitorWorkspaceAttributes {
  /** The Azure resource id of the workspace. */
  readonly monitorWorkspaceId: string;
  /** Its region, such as "westeurope". */
  readonly monitorWorkspaceLocation: string;
}

/** Attributes to look up an existing Azure Monitor workspace by name. */
export interface MonitorWorkspaceNameAttributes {
  /** The name of the workspace. */
  readonly monitorWorkspaceName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
}

/** A workspace, created here or elsewhere. */
abstract class MonitorWorkspaceBase extends Construct implements IMonitorWorkspace {
  public abstract readonly monitorWorkspaceId: string;
  public abstract readonly monitorWorkspaceLocation: string;

  public grantReadMetrics(grantee: IGrantable): Grant {
    const id = `${this.node.id}-metrics`;
    const assignment = assignRole(
      grantee,
      id,
      grantee.grantPrincipal,
      'Monitoring Data Reader',
      this.monitorWorkspaceId,
    );
    return Grant._of(grantee, assignment);
  }
}

checkArguments(MonitorWorkspaceBase, 'IMonitorWorkspace');

/**
 * An Azure Monitor workspace: it stores Prometheus metrics for 18 months, and is billed by ingested samples and by the
 * samples that queries and rules read. An empty one costs nothing. Several clusters can share one.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/metrics/azure-monitor-workspace-overview
 *
 * @example
 * new MonitorWorkspace(stack, 'metrics', { resourceGroup, monitorWorkspaceName: 'shop-metrics' });
 */
export class MonitorWorkspace extends MonitorWorkspaceBase {
  /** An existing workspace, looked up by name when Terraform runs. */
  public static fromMonitorWorkspaceName(
    scope: Construct,
    id: string,
    attributes: MonitorWorkspaceNameAttributes,
  ): IMonitorWorkspace {
    return new FoundWorkspace(scope, id, attributes);
  }

  /** An existing workspace, by its id: nothing is looked up when Terraform runs. */
  public static fromMonitorWorkspaceAttributes(
    scope: Construct,
    id: string,
    attributes: MonitorWorkspaceAttributes,
  ): IMonitorWorkspace {
    return new KnownWorkspace(scope, id, attributes);
  }

  public readonly monitorWorkspaceLocation: string;
  private readonly resource: WorkspaceResource;

  constructor(scope: Construct, id: string, props: MonitorWorkspaceProps) {
    super(scope, id);
    props = declared(this, 'MonitorWorkspaceProps', props);
    // read once: a resource creates a new token each time an attribute is read
    const group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    this.monitorWorkspaceLocation = regionName(group.location);
    reportGroup(this, props.resourceGroup);
    reportProblems(this, () => [
      ...checkGiven(monitorWorkspaceName, 'monitorWorkspaceName', props.monitorWorkspaceName),
    ]);
    this.resource = new (monitorWorkspaces().MonitorWorkspace)(this, 'Resource', {
      name: props.monitorWorkspaceName,
      resourceGroupName: group.name,
      location: this.monitorWorkspaceLocation,
    });
    claimResource(
      this,
      'monitorWorkspaceName',
      this.resource,
      azureNames.monitorWorkspace(props.monitorWorkspaceName, group.name),
    );
    createAfter(this.resource, () => []);
  }

  public get monitorWorkspaceId(): string {
    return this.resource.id;
  }
}

checkArguments(MonitorWorkspace);

class FoundWorkspace extends MonitorWorkspaceBase {
  private readonly resource: DataAzurermMonitorWorkspace;

  constructor(
    scope: Construct,
    id: string,
    { monitorWorkspaceName: name, resourceGroupName: group }: MonitorWorkspaceNameAttributes,
  ) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(monitorWorkspaceName, 'monitorWorkspaceName', name),
      ...checkGiven(resourceGroupName, 'resourceGroupName', group),
    ]);
    this.resource = new (foundMonitorWorkspaces().DataAzurermMonitorWorkspace)(this, 'Resource', {
      name,
      resourceGroupName: group,
    });
    lookUp(this, 'monitorWorkspaceName', this.resource, azureNames.monitorWorkspace(name, group));
  }

  public get monitorWorkspaceId(): string {
    return this.resource.id;
  }

  public get monitorWorkspaceLocation(): string {
    return this.resource.location;
  }
}

class KnownWorkspace extends MonitorWorkspaceBase {
  public readonly monitorWorkspaceId: string;
  public readonly monitorWorkspaceLocation: string;

  constructor(scope: Construct, id: string, attributes: MonitorWorkspaceAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(monitorWorkspaceId, 'monitorWorkspaceId', attributes.monitorWorkspaceId),
      ...checkGiven(location, 'monitorWorkspaceLocation', attributes.monitorWorkspaceLocation),
    ]);
    this.monitorWorkspaceId = attributes.monitorWorkspaceId;
    this.monitorWorkspaceLocation = regionName(attributes.monitorWorkspaceLocation);
  }
}
