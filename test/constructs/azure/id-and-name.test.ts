import type { TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  AksCluster,
  AksVirtualNetwork,
  EntraPrincipal,
  KeyVault,
  NodePool,
  Problems,
  Subnet,
} from '../../../constructs';
import { testStack, token } from '../../util';

const GROUP = '/subscriptions/s/resourceGroups/shared/providers';
const CLUSTER = `${GROUP}/Microsoft.ContainerService/managedClusters/shop`;
const TENANT = '00000000-0000-0000-0000-000000000001';

/** What exists, by an id, a name and a resource group. */
const FOUND: [string, string, (stack: TerraformStack, id: string, name: string, group: string) => unknown][] = [
  [
    'clusterName',
    CLUSTER,
    (stack, clusterId, clusterName, resourceGroupName) => {
      const imagePuller = EntraPrincipal.servicePrincipal(stack, 'puller', TENANT);
      AksCluster.fromClusterAttributes(stack, 'found', { clusterId, clusterName, resourceGroupName, imagePuller });
    },
  ],
  [
    'registryName',
    `${GROUP}/Microsoft.ContainerRegistry/registries/contosoacr`,
    (stack, registryId, registryName) =>
      AcrRegistry.fromRegistryAttributes(stack, 'found', { registryId, registryName, location: 'westeurope' }),
  ],
  [
    'nodePoolName',
    `${CLUSTER}/agentPools/batch`,
    (stack, nodePoolId, nodePoolName) => NodePool.fromNodePoolAttributes(stack, 'found', { nodePoolId, nodePoolName }),
  ],
  [
    'keyVaultName',
    `${GROUP}/Microsoft.KeyVault/vaults/contoso-keys`,
    (stack, keyVaultId, keyVaultName) =>
      KeyVault.fromKeyVaultAttributes(stack, 'found', { keyVaultId, keyVaultName, tenantId: TENANT }),
  ],
  [
    'virtualNetworkName',
    `${GROUP}/Microsoft.Network/virtualNetworks/hub`,
    (stack, virtualNetworkId, virtualNetworkName, resourceGroupName) =>
      AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'found', {
        ...{ virtualNetworkId, virtualNetworkName, resourceGroupName },
        addressSpace: ['10.100.0.0/16'],
      }),
  ],
];

describe.each(FOUND)('the %s of what exists', (property, id, make) => {
  const name = id.split('/').at(-1) ?? '';

  function problems(find: (stack: TerraformStack) => [id: string, name: string, group: string]): string[] {
    const stack = testStack();
    make(stack, ...find(stack));
    return [...Problems.of(stack), ...Problems.warningsOf(stack)];
  }

  test('is the one in its id, in any case', () => {
    expect(problems(() => [id, name, 'Shared'])).toEqual([]);
    expect(problems(() => [id, `${name.slice(0, -1)}0`, 'shared'])).toEqual([
      `[stack/found] '${property}' is "${name.slice(0, -1)}0", and in '${property.replace('Name', 'Id')}' it is "${name}": both must refer to the same resource. Change one of them`,
    ]);
  });

  test('is not compared where one of them is a token, or wrong by itself', () => {
    expect(problems((stack) => [token(stack).stringValue, name, 'shared'])).toEqual([]);
    expect(problems((stack) => [id, token(stack).stringValue, 'shared'])).toEqual([]);
    expect(problems(() => [`${id}/`, name, 'shared'])).toEqual([
      expect.stringMatching(/^\[stack\/found\] '\w+Id' must be/),
    ]);
  });

  test('is not alone: the resource group is compared as well, where it is given', () => {
    const hasGroup = property === 'clusterName' || property === 'virtualNetworkName';
    expect(problems(() => [id, name, 'other'])).toEqual(
      (hasGroup ? [`'resourceGroupName' is "other", and in`] : []).map((one) => expect.stringContaining(one) as string),
    );
  });
});

describe('the network of a subnet that exists', () => {
  test.each([
    ['hub', 0],
    ['HUB', 0],
    ['spoke', 1],
  ])('is the one that it is in: %s', (virtualNetworkName, count) => {
    const stack = testStack();
    const virtualNetwork = AksVirtualNetwork.fromVirtualNetworkName(stack, 'network', {
      virtualNetworkName,
      resourceGroupName: 'shared',
    });
    Subnet.fromSubnetAttributes(stack, 'told', {
      subnetId: `${GROUP}/Microsoft.Network/virtualNetworks/hub/subnets/nodes`,
      virtualNetwork,
    });
    Subnet.fromSubnetName(stack, 'found', {
      ...{ subnetName: 'nodes', virtualNetworkName: 'hub', resourceGroupName: 'shared' },
      virtualNetwork,
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(Problems.warningsOf(stack)).toEqual(
      count === 0
        ? []
        : ['told', 'found'].map(
            (id) =>
              `[stack/${id}] 'virtualNetwork' is stack/network, which is "spoke", and the subnet is in "hub": use that network, or leave it out`,
          ),
    );
  });
});
