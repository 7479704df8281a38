import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  type AksClusterProps,
  AksVirtualNetwork,
  type AksVirtualNetworkProps,
  NetworkProfile,
  Problems,
  Subnet,
  SubnetUse,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

const SUBNET_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes';
const VNET_ID = SUBNET_ID.replace(/\/subnets.*/, '');

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks1', ...props });
}

function networkIn(
  stack: TerraformStack,
  props: Partial<AksVirtualNetworkProps> = {},
  id = 'network',
): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, id, { resourceGroup: RESOURCE_GROUP, virtualNetworkName: id, ...props });
}

describe('Subnet', () => {
  test('that exists is used by its id, and checked by the ranges that are given', () => {
    const stack = testStack();
    const virtualNetwork = AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'hub', {
      virtualNetworkId: VNET_ID,
      virtualNetworkName: 'hub',
      resourceGroupName: 'rg',
      addressSpace: ['10.0.0.0/16'],
    });
    const subnet = Subnet.fromSubnetAttributes(stack, 'nodes', {
      subnetId: SUBNET_ID,
      addressPrefixes: ['10.0.0.0/29'],
      virtualNetwork,
    });
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet }), defaultNodePool: { nodeCount: 3 } });
    const cluster = only(synth(stack), 'azurerm_kubernetes_cluster');

    expect(cluster.default_node_pool).toMatchObject({ vnet_subnet_id: SUBNET_ID });
    expect(cluster.depends_on).toEqual([
      expect.stringMatching(/^azurerm_role_assignment\.cluster_node-subnet-role_/),
      expect.stringMatching(/^time_sleep\.cluster_roles_/),
    ]);
    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("the service range overlaps 10.0.0.0/16 of the VNet 'stack/hub'"),
      expect.stringContaining("'networkProfile.subnet' must have 9 addresses for 4 nodes"),
    ]);
  });

  test('is found by its name, and without ranges nothing is checked', () => {
    const stack = testStack();
    const subnet = Subnet.fromSubnetName(stack, 'nodes', {
      subnetName: 'nodes',
      virtualNetworkName: 'hub',
      resourceGroupName: 'rg',
    });
    clusterIn(stack, { networkProfile: NetworkProfile.azureCni({ subnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_kubernetes_cluster').default_node_pool).toMatchObject({
      vnet_subnet_id: expect.stringMatching(/^\$\{data\.azurerm_subnet\.nodes_\w+\.id\}$/),
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('that exists may be a reference, of which nothing is checked', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    const subnet = Subnet.fromSubnetAttributes(stack, 'nodes', {
      subnetId: stringValue,
      addressPrefixes: [stringValue],
    });
    clusterIn(stack, { networkProfile: NetworkProfile.azureCni({ subnet }) });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('is refused by a name or an id that is none, for pods of another network, or when it is for something else', () => {
    const stack = testStack();
    const other = networkIn(stack, {}, 'other').nodeSubnet;
    const subnet = Subnet.fromSubnetAttributes(stack, 'a', {
      subnetId: 'nodes',
      routeTableId: 'routes',
      delegation: 'Microsoft.Web/serverFarms',
    });
    Subnet.fromSubnetName(stack, 'b', { subnetName: '-', virtualNetworkName: 'v', resourceGroupName: 'rg.' });
    const podSubnet = networkIn(stack).addSubnet('pods', { addressPrefix: '10.241.0.0/16', use: SubnetUse.PODS });
    clusterIn(stack, { networkProfile: NetworkProfile.podSubnet({ subnet: other, podSubnet }) });
    clusterIn(stack, { clusterName: 'aks2', networkProfile: NetworkProfile.overlay({ subnet }) }, 'second');

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'subnetId' must be the Azure resource id of a subnet"),
      expect.stringContaining("'routeTableId' must be the Azure resource id of a route table"),
      expect.stringContaining("'subnetName' must be"),
      expect.stringContaining("'virtualNetworkName' must be"),
      expect.stringContaining("'resourceGroupName' must be"),
      expect.stringContaining(
        "'networkProfile.podSubnet' must be in the VNet of 'networkProfile.subnet' (stack/other)",
      ),
      expect.stringContaining("'networkProfile.subnet' must not be delegated to a service"),
    ]);
  });
});
