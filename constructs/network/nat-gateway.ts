import type { NatGateway as NatGatewayResource } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { Construct } from 'constructs';
import { natGateways } from './late-bindings';
import { natIdleMinutes, natIpCount } from './network-value-rules';
import { check, checkLiteral, orExample } from '../core/rules/rule';
import { isKnown } from '../core/values/known';
import type { IResourceGroupRef } from '../azure/resource-group';
import { reportProblems } from '../core/problems/report';

/** Properties of a NAT gateway, whose public addresses are the outbound addresses of the nodes. */
export interface NatGatewayProps {
  /**
   * The number of public addresses, 1 to 16, with 64512 source ports each.
   *
   * @default 1
   */
  readonly publicIpCount?: number;
  /**
   * The minutes without traffic after which a connection is dropped, 4 to 120.
   *
   * @default 4
   */
  readonly idleTimeoutMinutes?: number;
}

/** A NAT gateway with its public addresses. */
export class NatGateway extends Construct {
  private readonly resource: NatGatewayResource;

  constructor(scope: Construct, id: string, group: IResourceGroupRef, name: string, props: NatGatewayProps) {
    super(scope, id);
    const count = props.publicIpCount ?? 1;
    const idleTimeoutInMinutes = props.idleTimeoutMinutes ?? 4;
    reportProblems(this, () => [
      ...checkLiteral(natIpCount, 'natGateway.publicIpCount', count),
      ...check(natIdleMinutes, 'natGateway.idleTimeoutMinutes', idleTimeoutInMinutes),
    ]);
    const place = { resourceGroupName: group.name, location: group.location };
    const bindings = natGateways();
    this.resource = new bindings.NatGateway(this, 'Resource', {
      name,
      ...place,
      skuName: 'Standard',
      idleTimeoutInMinutes,
    });
    for (let index = 1; index <= (isKnown(count) ? orExample(natIpCount, count) : 1); index++) {
      const address = new bindings.PublicIp(this, `address-${index}`, {
        name: `${name}-ip-${index}`,
        ...place,
        sku: 'Standard',
        allocationMethod: 'Static',
      });
      new bindings.NatGatewayPublicIpAssociation(this, `association-${index}`, {
        natGatewayId: this.resource.id,
        publicIpAddressId: address.id,
      });
    }
  }

  public get natGatewayId(): string {
    return this.resource.id;
  }
}
