import { Fn, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { peerings } from './late-bindings';
import { NetworkWrite, writeInTurn } from './network-writes';
import { networkPartName } from '../azure/resource-name-rules';
import { azureNames } from '../azure/azure-names';
import type { ObjectName } from '../core/names/object-name';
import { check } from '../core/rules/rule';
import { claimUnique } from '../core/names/unique';
import { leaveOutOfCircles } from '../core/order/links';
import { rememberWayOut } from '../core/order/stack-circles';
import type { IVirtualNetwork } from './i-virtual-network';
import { reportProblems } from '../core/problems/report';

/** Names of a peering. */
export interface PeeringOptions {
  /**
   * The name of the half in this network.
   *
   * @default - "to-" and the name of the other network
   */
  readonly peeringName?: string;
  /**
   * The name of the peering in the other network, in which it must be unique: set it if several networks with the same
   * name are peered with that network.
   *
   * @default - "to-" and the name of this network
   */
  readonly returnPeeringName?: string;
}

/** A network that is peered. */
export interface PeeredNetwork {
  readonly network: IVirtualNetwork;
  /** Whether it accepts traffic that its peer forwards, such as responses from the internet. */
  readonly takesForwardedTraffic: boolean;
}

/** The two halves of a peering, which only work together. */
export class VirtualNetworkPeering extends Construct {
  /** @param isReported Whether the peering is itself a problem, so that its names are not compared */
  constructor(
    scope: Construct,
    id: string,
    here: PeeredNetwork,
    there: PeeredNetwork,
    options: PeeringOptions,
    isReported: boolean,
  ) {
    super(scope, id);
    const peeringName = options.peeringName ?? defaultName(there.network);
    const returnPeeringName = options.returnPeeringName ?? defaultName(here.network);
    const halves = [
      this.half('outbound', here, there.network, peeringName),
      this.half('inbound', there, here.network, returnPeeringName),
    ];
    const remedy = `call 'peerWith' of ${there.network.node.path} with ${here.network.node.path}, for the peering to be in its stack`;
    halves.forEach((half) => (isReported ? leaveOutOfCircles(half) : rememberWayOut(half, remedy)));
    if (!isReported) {
      claimUnique(this, 'peeringName', peeringIn(here.network, peeringName));
      claimUnique(this, 'returnPeeringName', peeringIn(there.network, returnPeeringName));
    }
    reportProblems(this, () => [
      ...check(networkPartName, 'peeringName', options.peeringName),
      ...check(networkPartName, 'returnPeeringName', options.returnPeeringName),
    ]);
  }

  private half(id: string, from: PeeredNetwork, to: IVirtualNetwork, name: string): TerraformResource {
    const half = new (peerings().VirtualNetworkPeering)(this, id, {
      name,
      resourceGroupName: from.network.resourceGroupName,
      virtualNetworkName: from.network.virtualNetworkName,
      remoteVirtualNetworkId: to.virtualNetworkId,
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: from.takesForwardedTraffic,
      // a peering does not notice by itself that the ranges of the other network change
      triggers: { remote_address_space: joined(to.addressSpace) },
    });
    writeInTurn(NetworkWrite.PEERING, half, [from.network, to]);
    return half;
  }
}

function defaultName({ virtualNetworkName }: IVirtualNetwork): string {
  return `to-${virtualNetworkName}`;
}

function peeringIn({ virtualNetworkName, resourceGroupName }: IVirtualNetwork, name: string): ObjectName {
  return azureNames.peering(name, virtualNetworkName, resourceGroupName);
}

function joined(ranges: string[]): string {
  return Token.isUnresolved(ranges) ? Fn.join(',', ranges) : ranges.join(',');
}
