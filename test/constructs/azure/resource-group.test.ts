import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import {
  AcrRegistry,
  AksCluster,
  AksVirtualNetwork,
  ClusterIdentity,
  ClusterMonitoring,
  type IResourceGroupRef,
  Problems,
  UserAssignedIdentity,
} from '../../../constructs';
import { RESOURCE_GROUP, testApp, testStack } from '../../util';

const MISSPELLED = { name: 'rg', location: 'West Europ' };
const LOCATION =
  `'resourceGroup.location' must be a region of Azure, such as "westeurope", got "West Europ" (none is called so; did you ` +
  `mean "westeurope"?): 'az account list-locations --output table' lists them`;

/** One of each kind, with the identity and the workspaces that they make. */
function shop(app = testApp(), resourceGroup: IResourceGroupRef = MISSPELLED) {
  const stack = testStack(app, 'shop');
  const network = new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'shop' });
  new AcrRegistry(stack, 'registry', { resourceGroup, registryName: 'contososhop' });
  const identity = new UserAssignedIdentity(stack, 'identity', { resourceGroup, identityName: 'shop' });
  const cluster = new AksCluster(stack, 'cluster', {
    ...{ resourceGroup, clusterName: 'shop' },
    identity: ClusterIdentity.userAssigned(identity),
  });
  new ClusterMonitoring(stack, 'monitoring', { resourceGroup, cluster });
  return { stack, network };
}

describe('a resource group with a mistake', () => {
  test('is told of by the first of those that share it', () => {
    expect(Problems.of(shop().stack)).toEqual([`[shop/network] ${LOCATION}`]);
  });

  test('is told of in each app', () => {
    shop();
    expect(Problems.of(shop().stack)).toHaveLength(1);
  });

  test('is told of by the construct whose parts are in it, and not by them', () => {
    const stack = testStack();
    new ClusterMonitoring(stack, 'monitoring', {
      resourceGroup: MISSPELLED,
      cluster: AksCluster.fromClusterName(stack, 'cluster', { clusterName: 'shop', resourceGroupName: 'rg' }),
    });

    expect(Problems.of(stack)).toEqual([`[stack/monitoring] ${LOCATION}`]);
  });

  test('that the program makes is read, though what uses it has references', () => {
    const stack = testStack();
    const group = new ResourceGroup(stack, 'group', MISSPELLED);
    new AksCluster(stack, 'cluster', { resourceGroup: group, clusterName: 'shop' });

    expect(Problems.of(stack)).toEqual([`[stack/cluster] ${LOCATION}`]);
  });

  test('may be meant, and is then used as it is', () => {
    const { stack } = shop();
    Problems.acknowledge(stack, 'location-known', 'our region is not public yet');

    expect(Problems.of(stack)).toEqual([]);
  });

  test('two of which differ are two mistakes', () => {
    const stack = testStack();
    const identity = (id: string, location: string) =>
      new UserAssignedIdentity(stack, id, { identityName: `shop-${id}`, resourceGroup: { name: 'rg', location } });
    identity('one', 'westeurop');
    identity('two', 'estus');

    expect(Problems.list(stack).map(({ path, rule }) => [path, rule])).toEqual([
      ['stack/one', 'location-known'],
      ['stack/two', 'location-known'],
    ]);
  });
});

test('a resource group that is right is none', () => {
  expect(Problems.of(shop(testApp(), RESOURCE_GROUP).stack)).toEqual([]);
});
