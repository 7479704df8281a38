import type { RouteTable } from '@cdktf/provider-azurerm/lib/route-table';
import { Construct } from 'constructs';
import { routeTables } from './late-bindings';
import { machineAddress } from './network-value-rules';
import { check } from '../core/rules/rule';
import type { IResourceGroupRef } from '../azure/resource-group';
import { reportProblems } from '../core/problems/report';

/**
 * The route table of the nodes. With kubenet, the cluster adds a route for each node. Terraform does not remove these,
 * since routes are separate resources and the table lists none.
 */
export class NodeRouteTable extends Construct {
  public readonly hasDefaultRoute: boolean;
  private readonly resource: RouteTable;

  constructor(scope: Construct, id: string, group: IResourceGroupRef, name: string, firewallAddress?: string) {
    super(scope, id);
    this.hasDefaultRoute = firewallAddress !== undefined;
    const { Route, RouteTable } = routeTables();
    this.resource = new RouteTable(this, 'Resource', { name, resourceGroupName: group.name, location: group.location });
    reportProblems(this, () => check(machineAddress, 'firewallAddress', firewallAddress));
    if (firewallAddress !== undefined) {
      new Route(this, 'default', {
        name: 'default',
        resourceGroupName: group.name,
        routeTableName: this.resource.name,
        addressPrefix: '0.0.0.0/0',
        nextHopType: 'VirtualAppliance',
        nextHopInIpAddress: firewallAddress,
      });
    }
  }

  public get routeTableId(): string {
    return this.resource.id;
  }
}
