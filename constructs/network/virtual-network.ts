import { Construct } from 'constructs';
import { warnOfOtherName } from '../azure/id-and-name';
import { azureNames } from '../azure/azure-names';
import { resourceGroupName } from '../azure/resource-name-rules';
import { foundNetworks } from './late-bindings';
import { existingRange } from './network-value-rules';
import { virtualNetworkName } from '../azure/resource-name-rules';
import { virtualNetworkId as idRule } from '../azure/resource-id-rules';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkEach } from '../core/rules/rule';
import { lookUp } from '../core/names/unique';
import { IVirtualNetwork } from './i-virtual-network';
import { reportProblems } from '../core/problems/report';

/** Attributes of an existing virtual network. */
export interface VirtualNetworkAttributes {
  /** The Azure resource id of the network. */
  readonly virtualNetworkId: string;
  /** The name of the network. */
  readonly virtualNetworkName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
  /** Its ranges. */
  readonly addressSpace: string[];
}

/** Attributes to look up an existing virtual network by name. */
export interface VirtualNetworkNameAttributes {
  /** The name of the network. */
  readonly virtualNetworkName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
  /**
   * Its ranges, which rules check.
   *
   * @default - read when Terraform runs, and not checked
   */
  readonly addressSpace?: string[];
}

/** An existing virtual network, which is looked up unless its id is given. */
export class ImportedVirtualNetwork extends Construct implements IVirtualNetwork {
  public readonly virtualNetworkId: string;
  public readonly virtualNetworkName: string;
  public readonly resourceGroupName: string;
  public readonly addressSpace: string[];

  constructor(scope: Construct, id: string, attributes: VirtualNetworkNameAttributes, virtualNetworkId?: string) {
    super(scope, id);
    this.virtualNetworkName = attributes.virtualNetworkName;
    this.resourceGroupName = attributes.resourceGroupName;
    reportProblems(this, () => [
      ...check(idRule, 'virtualNetworkId', virtualNetworkId),
      ...check(virtualNetworkName, 'virtualNetworkName', attributes.virtualNetworkName),
      ...check(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
      ...emptyProblems('addressSpace', attributes.addressSpace, 'range', ADDRESS_SPACE_REMEDY),
      ...checkEach(existingRange, 'addressSpace', attributes.addressSpace),
    ]);
    warnOfOtherName(this, ['virtualNetworkId', virtualNetworkId], {
      virtualNetworkName: this.virtualNetworkName,
      resourceGroupName: this.resourceGroupName,
    });
    if (virtualNetworkId === undefined) {
      const found = new (foundNetworks().DataAzurermVirtualNetwork)(this, 'Resource', {
        name: attributes.virtualNetworkName,
        resourceGroupName: attributes.resourceGroupName,
      });
      lookUp(
        this,
        'virtualNetworkName',
        found,
        azureNames.virtualNetwork(attributes.virtualNetworkName, attributes.resourceGroupName),
      );
      this.virtualNetworkId = found.id;
      this.addressSpace = attributes.addressSpace ?? found.addressSpace;
    } else {
      this.virtualNetworkId = virtualNetworkId;
      this.addressSpace = attributes.addressSpace ?? [];
    }
  }

  public get peers(): IVirtualNetwork[] {
    return peersOf(this);
  }
}

/** The remedy for missing ranges, without which security rules would restrict nothing. */
const ADDRESS_SPACE_REMEDY =
  'specify the ranges of the network, or look it up with AksVirtualNetwork.fromVirtualNetworkName(...)';

const peers = new WeakMap<IVirtualNetwork, readonly IVirtualNetwork[]>();

/** The networks that a network is peered with, regardless of which of the two created the peering. */
export function peersOf(network: IVirtualNetwork): IVirtualNetwork[] {
  return [...(peers.get(network) ?? [])];
}

/** Remembers that two networks are peered, for each of them. */
export function rememberPeering(one: IVirtualNetwork, other: IVirtualNetwork): void {
  peers.set(one, [...peersOf(one), other]);
  peers.set(other, [...peersOf(other), one]);
}
