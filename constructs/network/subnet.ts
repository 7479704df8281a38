import { Construct, type IConstruct } from 'constructs';
import { checkArguments } from '../core/declared';
import { azureNames } from '../azure/azure-names';
import { resourceGroupName } from '../azure/resource-name-rules';
import { foundSubnets } from './late-bindings';
import { writesTo } from './network-writes';
import { networkPartName, virtualNetworkName } from '../azure/resource-name-rules';
import { existingRange } from './network-value-rules';
import { routeTableId, subnetId } from '../azure/resource-id-rules';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkEach } from '../core/rules/rule';
import { lookUp } from '../core/names/unique';
import type { IVirtualNetwork } from './i-virtual-network';
import type { ISubnet } from './i-subnet';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';

/** Attributes of an existing subnet. */
export interface SubnetAttributes {
  /** The Azure resource id of the subnet. */
  readonly subnetId: string;
  /**
   * Its ranges, which rules check.
   *
   * @default - not known, and not checked
   */
  readonly addressPrefixes?: string[];
  /**
   * Its virtual network, whose ranges and peers rules compare.
   *
   * @default - not known, and not checked
   */
  readonly virtualNetwork?: IVirtualNetwork;
  /**
   * The service to which it is delegated.
   *
   * @default - none, or not known
   */
  readonly delegation?: string;
  /**
   * The id of its route table, on which a cluster with kubenet needs a role.
   *
   * @default - none, or not known
   */
  readonly routeTableId?: string;
}

/** Attributes to look up an existing subnet by name. */
export interface SubnetNameAttributes {
  /** The name of the subnet. */
  readonly subnetName: string;
  /** The name of its virtual network. */
  readonly virtualNetworkName: string;
  /** The name of the virtual network's resource group. */
  readonly resourceGroupName: string;
  /**
   * Its ranges, which rules check.
   *
   * @default - read when Terraform runs, and not checked
   */
  readonly addressPrefixes?: string[];
  /**
   * Its virtual network, whose ranges and peers rules compare.
   *
   * @default - not known, and not checked
   */
  readonly virtualNetwork?: IVirtualNetwork;
}

/**
 * Existing subnets. To create one, use `AksVirtualNetwork`.
 *
 * @example
 * const subnet = Subnet.fromSubnetName(stack, 'nodes', {
 *   subnetName: 'nodes',
 *   virtualNetworkName: 'shop-net',
 *   resourceGroupName: 'network-rg',
 * });
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   networkProfile: NetworkProfile.overlay({ subnet }),
 * });
 */
export class Subnet {
  /** An existing subnet, by its resource id: nothing is looked up when Terraform runs. */
  public static fromSubnetAttributes(scope: Construct, id: string, attributes: SubnetAttributes): ISubnet {
    return new ImportedSubnet(scope, id, attributes);
  }

  /** An existing subnet, looked up by name when Terraform runs. */
  public static fromSubnetName(scope: Construct, id: string, attributes: SubnetNameAttributes): ISubnet {
    return new FoundSubnet(scope, id, attributes);
  }

  private constructor() {}
}

checkArguments(Subnet);

/** The remedy for ranges that are not known when the program runs. */
const UNKNOWN_RANGES = 'leave it out if they are unknown';

class ImportedSubnet extends Construct implements ISubnet {
  public readonly subnetId: string;
  public readonly virtualNetwork?: IVirtualNetwork;
  public readonly addressPrefixes: string[];
  public readonly delegation?: string;
  public readonly routeTableId?: string;

  constructor(scope: Construct, id: string, attributes: SubnetAttributes) {
    super(scope, id);
    this.subnetId = attributes.subnetId;
    this.virtualNetwork = attributes.virtualNetwork;
    this.addressPrefixes = attributes.addressPrefixes ?? [];
    this.delegation = attributes.delegation;
    this.routeTableId = attributes.routeTableId;
    reportProblems(this, () => [
      ...check(subnetId, 'subnetId', this.subnetId),
      ...check(routeTableId, 'routeTableId', this.routeTableId),
      ...emptyProblems('addressPrefixes', attributes.addressPrefixes, 'range', UNKNOWN_RANGES),
      ...checkEach(existingRange, 'addressPrefixes', attributes.addressPrefixes),
    ]);
    const network = isText(this.subnetId) ? this.subnetId.split('/')[NETWORK_PART] : undefined;
    reportWarnings(this, networkWarnings(this.virtualNetwork, network));
  }

  public get prerequisites(): IConstruct[] {
    return this.virtualNetwork === undefined ? [] : writesTo(this.virtualNetwork);
  }
}

class FoundSubnet extends Construct implements ISubnet {
  public readonly subnetId: string;
  public readonly virtualNetwork?: IVirtualNetwork;
  public readonly addressPrefixes: string[];

  constructor(scope: Construct, id: string, attributes: SubnetNameAttributes) {
    super(scope, id);
    const found = new (foundSubnets().DataAzurermSubnet)(this, 'Resource', {
      name: attributes.subnetName,
      virtualNetworkName: attributes.virtualNetworkName,
      resourceGroupName: attributes.resourceGroupName,
    });
    const { subnetName, virtualNetworkName: network, resourceGroupName: group } = attributes;
    lookUp(this, 'subnetName', found, azureNames.subnet(subnetName, network, group));
    this.subnetId = found.id;
    this.virtualNetwork = attributes.virtualNetwork;
    this.addressPrefixes = attributes.addressPrefixes ?? found.addressPrefixes;
    reportProblems(this, () => [
      ...check(networkPartName, 'subnetName', attributes.subnetName),
      ...check(virtualNetworkName, 'virtualNetworkName', attributes.virtualNetworkName),
      ...check(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
      ...emptyProblems('addressPrefixes', attributes.addressPrefixes, 'range', UNKNOWN_RANGES),
      ...checkEach(existingRange, 'addressPrefixes', attributes.addressPrefixes),
    ]);
    reportWarnings(this, networkWarnings(this.virtualNetwork, network));
  }

  public get prerequisites(): IConstruct[] {
    return this.virtualNetwork === undefined ? [] : writesTo(this.virtualNetwork);
  }
}

/** The index of the network's name in the id of a subnet, including the empty part before the first "/". */
const NETWORK_PART = 8;

/** The warning for a subnet in a different network than given: the rules would compare the wrong ranges. */
function networkWarnings(network: IVirtualNetwork | undefined, name: string | undefined): Violation[] {
  const given = network?.virtualNetworkName;
  return when(
    isText(name) && isText(given) && name.toLowerCase() !== given.toLowerCase(),
    'network-of-subnet',
    () =>
      `'virtualNetwork' is ${network?.node.path ?? ''}, which is ${show(given)}, and the subnet is in ${show(name)}: use that network, or leave it out`,
  );
}
