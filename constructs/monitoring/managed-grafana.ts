import type { DataAzurermDashboardGrafana } from '@cdktf/provider-azurerm/lib/data-azurerm-dashboard-grafana';
import { Construct } from 'constructs';
import { grafanaResourceId } from '../azure/resource-id-rules';
import { resourceGroupName } from '../azure/resource-name-rules';
import { checkArguments } from '../core/declared';
import { reportProblems } from '../core/problems/report';
import { checkGiven } from '../core/rules/rule';
import { assignRole } from '../identity/assign-role';
import { Grant } from '../identity/grant';
import type { GrantPrincipal, IGrantable } from '../identity/grants';
import { uuid } from '../identity/identity-rules';
import { GrafanaRole } from './grafana-role';
import type { IManagedGrafana } from './i-managed-grafana';
import { foundGrafanas } from './late-bindings';
import { grafanaName } from './monitoring-rules';

/** Attributes to look up an Azure Managed Grafana by name. */
export interface ManagedGrafanaNameAttributes {
  /** The name of the Grafana. */
  readonly grafanaName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
}

/** Attributes of an existing Azure Managed Grafana. */
export interface ManagedGrafanaAttributes {
  /** The Azure resource id of the Grafana. */
  readonly grafanaId: string;
  /** The object id of its managed identity. */
  readonly principalId: string;
}

/**
 * An existing Azure Managed Grafana: its users, and the metrics that it can read.
 *
 * Version 4.55 of the provider cannot create one, since it supports no version of Grafana that Azure still accepts.
 * Passed to `ClusterMonitoring`, it can read the metrics of the cluster. To display them, it also needs a data source:
 * `az grafana integrations monitor add`, or the portal, adds one for the workspace.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/metrics/prometheus-grafana
 *
 * @example
 * const grafana = ManagedGrafana.fromGrafanaName(stack, 'grafana', {
 *   grafanaName: 'contoso-grafana',
 *   resourceGroupName: 'contoso-monitoring',
 * });
 * const developers = EntraPrincipal.group(stack, 'developers', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10');
 * grafana.grantAccess(developers, GrafanaRole.VIEWER);
 */
export abstract class ManagedGrafana extends Construct implements IManagedGrafana {
  /** An existing Grafana, looked up by name when Terraform runs. Its identity must be the one that Azure created for it. */
  public static fromGrafanaName(
    scope: Construct,
    id: string,
    attributes: ManagedGrafanaNameAttributes,
  ): IManagedGrafana {
    return new FoundGrafana(scope, id, attributes);
  }

  /** An existing Grafana, by its ids: nothing is looked up when Terraform runs. */
  public static fromGrafanaAttributes(
    scope: Construct,
    id: string,
    attributes: ManagedGrafanaAttributes,
  ): IManagedGrafana {
    return new KnownGrafana(scope, id, attributes);
  }

  public abstract readonly grafanaId: string;
  public abstract readonly grantPrincipal: GrantPrincipal;

  public grantAccess(grantee: IGrantable, role: GrafanaRole): Grant {
    const id = `${this.node.id}-${role.split(' ').slice(1).join('-').toLowerCase()}`;
    return Grant._of(grantee, assignRole(grantee, id, grantee.grantPrincipal, role, this.grafanaId));
  }
}

checkArguments(ManagedGrafana);

class KnownGrafana extends ManagedGrafana {
  public readonly grafanaId: string;
  public readonly grantPrincipal: GrantPrincipal;

  constructor(scope: Construct, id: string, attributes: ManagedGrafanaAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(grafanaResourceId, 'grafanaId', attributes.grafanaId),
      ...checkGiven(uuid, 'principalId', attributes.principalId),
    ]);
    this.grafanaId = attributes.grafanaId;
    this.grantPrincipal = { objectId: attributes.principalId, principalType: 'ServicePrincipal' };
  }
}

class FoundGrafana extends ManagedGrafana {
  private readonly resource: DataAzurermDashboardGrafana;

  constructor(
    scope: Construct,
    id: string,
    { grafanaName: name, resourceGroupName: group }: ManagedGrafanaNameAttributes,
  ) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(grafanaName, 'grafanaName', name),
      ...checkGiven(resourceGroupName, 'resourceGroupName', group),
    ]);
    this.resource = new (foundGrafanas().DataAzurermDashboardGrafana)(this, 'Resource', {
      name,
      resourceGroupName: group,
    });
  }

  public get grafanaId(): string {
    return this.resource.id;
  }

  public get grantPrincipal(): GrantPrincipal {
    return { objectId: this.resource.identity.principalId, principalType: 'ServicePrincipal' };
  }
}
