import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  type AksClusterProps,
  AksVirtualNetwork,
  type AksVirtualNetworkProps,
  NetworkProfile,
  Problems,
  SubnetUse,
  TrafficSource,
} from '../../../constructs';
import { derivedPriority } from '../../../constructs/network/security-rule-priority';
import { brokenInvariants } from '../../terraform-invariants';
import { addresses, at, only, RESOURCE_GROUP, synth, testApp, testStack, token } from '../../util';

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

/** What is wrong with a cluster that has the profile. */
function problemsOf(profile: (stack: TerraformStack) => NetworkProfile, nodeCount = 2): string[] {
  const stack = testStack();
  clusterIn(stack, { networkProfile: profile(stack), defaultNodePool: { nodeCount } });
  return Problems.of(stack);
}

describe('AksVirtualNetwork', () => {
  test('is the network of the article: ranges, security group and route table of the node subnet', () => {
    const stack = testStack();
    networkIn(stack);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect(only(json, 'azurerm_virtual_network')).toMatchObject({ name: 'network', address_space: ['10.240.0.0/14'] });
    expect(only(json, 'azurerm_subnet')).toEqual({
      name: 'nodes',
      resource_group_name: 'rg',
      virtual_network_name: expect.stringMatching(/^\$\{azurerm_virtual_network\.network_\w+\.name\}$/),
      address_prefixes: ['10.240.0.0/16'],
      default_outbound_access_enabled: false,
    });
    expect(only(json, 'azurerm_network_security_group')).toMatchObject({ name: 'network-nodes-nsg' });
    expect(only(json, 'azurerm_route_table')).toMatchObject({ name: 'network-nodes-rt' });
    expect(addresses(json)).toMatchInlineSnapshot(`
     [
       "azurerm_network_security_group.network_security-group_371237E9",
       "azurerm_route_table.network_route-table_FFFCE309",
       "azurerm_subnet.network_nodes_047FF07C",
       "azurerm_subnet_network_security_group_association.network_nodes_security-group_5540C24F",
       "azurerm_subnet_route_table_association.network_nodes_route-table_2648DE19",
       "azurerm_virtual_network.network_39EEAA36",
     ]
    `);
  });

  test('has subnets for nodes, which share its parts, for pods, for API servers, and for others', () => {
    const stack = testStack();
    const network = networkIn(stack);
    network.addSubnet('more', { addressPrefix: '10.241.0.0/16', use: SubnetUse.NODES, subnetName: 'more-nodes' });
    network.addSubnet('api', { addressPrefix: '10.242.0.0/28', use: SubnetUse.API_SERVERS });
    network.addSubnet('vms', { addressPrefix: '10.242.1.0/24' });
    const json = synth(stack);
    const delegations = Object.values(json.resource!.azurerm_subnet!).map(({ name, delegation }) => [name, delegation]);

    expect(delegations).toEqual([
      [
        'api',
        [
          {
            name: 'aks-delegation',
            service_delegation: {
              name: 'Microsoft.ContainerService/managedClusters',
              actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
            },
          },
        ],
      ],
      ['more-nodes', undefined],
      ['nodes', undefined],
      ['vms', undefined],
    ]);
    for (const type of ['network_security_group', 'route_table']) {
      expect(Object.keys(json.resource![`azurerm_subnet_${type}_association`]!)).toHaveLength(2);
    }
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each([
    ['addressSpace', '10.0.0.0/33'],
    ['addressSpace', '8.8.8.8/24'],
    ['addressSpace', 'nonsense'],
    ['addressSpace', '10.0.0.0/30'],
    ['nodeSubnetPrefix', '10.240.0.0/33'],
    ['nodeSubnetPrefix', 'nonsense'],
  ])("calls a wrong '%s' of %s what its author calls it, in one message", (property, range) => {
    const stack = testStack();
    networkIn(stack, { [property]: property === 'addressSpace' ? [range] : range });

    const named = property === 'addressSpace' ? 'addressSpace[0]' : property;
    expect(Problems.of(stack)).toEqual([expect.stringContaining(`'${named}' must be an IPv4 range`)]);
  });

  test.each(['10.0.0.0/28', '10.0.0.0/29'])('has a subnet for nodes in a network of %s', (range) => {
    const stack = testStack();
    networkIn(stack, { addressSpace: [range] });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('refuses subnets outside of it or on each other, and bad names', () => {
    const stack = testStack();
    const network = networkIn(stack, {
      virtualNetworkName: 'n',
      resourceGroup: { name: 'rg.', location: 'westeurope' },
      addressSpace: ['10.1.0.0/16'],
      nodeSubnetPrefix: '10.2.0.0/16',
    });
    network.addSubnet('a', { addressPrefix: '10.1.0.0/17', subnetName: '-a' });
    network.addSubnet('b', { addressPrefix: '10.1.1.0/24' });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/network\] 'resourceGroup.name' must be/),
      expect.stringMatching(/^\[stack\/network\] 'virtualNetworkName' must be/),
      expect.stringMatching(
        /^\[stack\/network\] 'nodeSubnetPrefix' of the subnet 'nodes' must be inside the network's/,
      ),
      expect.stringMatching(/^\[stack\/network\] 'addressPrefix' of the subnet 'b' must not overlap another subnet/),
      expect.stringMatching(/^\[stack\/network\/a\] 'subnetName' must be/),
    ]);
  });

  test('sends what goes to the internet through a NAT gateway, which the cluster waits for', () => {
    const stack = testStack();
    const network = networkIn(stack, { natGateway: { publicIpCount: 2, idleTimeoutMinutes: 10 } });
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(only(json, 'azurerm_nat_gateway')).toMatchObject({
      name: 'network-nodes-nat',
      sku_name: 'Standard',
      idle_timeout_in_minutes: 10,
    });
    expect(Object.values(json.resource!.azurerm_public_ip!).map(({ name }) => name)).toEqual([
      'network-nodes-nat-ip-1',
      'network-nodes-nat-ip-2',
    ]);
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^azurerm_subnet_nat_gateway_association\.network_nodes_nat-gateway_/),
        expect.stringMatching(/^azurerm_nat_gateway_public_ip_association\.network_nat-gateway_association-2_/),
      ]),
    );
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('refuses a NAT gateway that cannot be, or one beside a firewall', () => {
    const stack = testStack();
    networkIn(stack, { natGateway: { publicIpCount: 17 }, firewallAddress: '10.8.0' });
    networkIn(stack, { natGateway: { publicIpCount: token(stack).numberValue } }, 'other');

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'natGateway' must be left out with 'firewallAddress'"),
      expect.stringContaining("'firewallAddress' must be an IPv4 address"),
      expect.stringContaining("'natGateway.publicIpCount' must be a whole number from 1 to 16"),
      expect.stringContaining("'natGateway.publicIpCount' must be known when the program runs"),
    ]);
  });

  test('sends what goes to the internet to a firewall, whose answers come back through the peering', () => {
    const stack = testStack();
    const network = networkIn(stack, { firewallAddress: '10.8.0.4' });
    const hub = AksVirtualNetwork.fromVirtualNetworkName(stack, 'hub', {
      virtualNetworkName: 'hub',
      resourceGroupName: 'hub-rg',
      addressSpace: ['10.8.0.0/16'],
    });
    network.peerWith('hub', hub);
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_route')).toMatchObject({
      address_prefix: '0.0.0.0/0',
      next_hop_type: 'VirtualAppliance',
      next_hop_in_ip_address: '10.8.0.4',
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'network_hub_outbound')).toMatchObject({
      allow_forwarded_traffic: true,
      remote_virtual_network_id: expect.stringContaining('data.azurerm_virtual_network.hub_'),
      triggers: { remote_address_space: '10.8.0.0/16' },
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'network_hub_inbound')).toMatchObject({
      name: expect.stringMatching(/^to-/),
      resource_group_name: 'hub-rg',
      virtual_network_name: 'hub',
      allow_forwarded_traffic: false,
    });
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^azurerm_route\.network_route-table_default_/),
        expect.stringMatching(/^azurerm_virtual_network_peering\.network_hub_outbound_/),
        expect.stringMatching(/^azurerm_virtual_network_peering\.network_hub_inbound_/),
      ]),
    );
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('waits for a peering that the other network asked for, and takes the answers that come through it', () => {
    const stack = testStack();
    const network = networkIn(stack, { firewallAddress: '10.8.0.4' });
    networkIn(stack, { addressSpace: ['10.8.0.0/16'] }, 'hub').peerWith('spoke', network);
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'azurerm_virtual_network_peering', 'hub_spoke_inbound')).toMatchObject({
      virtual_network_name: expect.stringContaining('azurerm_virtual_network.network_'),
      allow_forwarded_traffic: true,
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'hub_spoke_outbound')).toMatchObject({
      allow_forwarded_traffic: false,
    });
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^azurerm_virtual_network_peering\.hub_spoke_inbound_/)]),
    );
  });

  test('peers with a network of another stack, which the cluster then waits for, and not the other way round', () => {
    const app = testApp();
    const [hubs, spokes] = [testStack(app, 'hubs'), testStack(app, 'spokes')];
    const hub = networkIn(hubs, { addressSpace: ['10.8.0.0/16'] }, 'hub');
    const network = networkIn(spokes);
    hub.peerWith('spoke', network);
    clusterIn(spokes, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    app.synth();

    expect([hubs.dependsOn(spokes), spokes.dependsOn(hubs)]).toEqual([true, false]);
    expect(synth(hubs).resource!.azurerm_virtual_network_peering).toBeDefined();
  });

  test('refuses to peer with networks that overlap it or each other, with itself, or twice', () => {
    const stack = testStack();
    const network = networkIn(stack, { addressSpace: ['10.1.0.0/16'] }, 'one');
    const other = networkIn(stack, { addressSpace: ['10.1.128.0/17'] }, 'two');
    const third = networkIn(stack, { addressSpace: ['10.1.192.0/24'] }, 'three');
    network.peerWith('other', other);
    other.peerWith('back', network);
    network.peerWith('third', third);
    third.peerWith('self', third);
    const problems = Problems.of(stack);

    expect(problems).toEqual([
      expect.stringMatching(/^\[stack\/one\] 'addressSpace' must not overlap 10.1.128.0\/17 of the peer 'stack\/two'/),
      expect.stringMatching(
        /^\[stack\/one\] 'addressSpace' must not overlap 10.1.192.0\/24 of the peer 'stack\/three'/,
      ),
      expect.stringMatching(/^\[stack\/one\] 'peerWith' must be called with networks that do not overlap each other/),
      expect.stringMatching(/^\[stack\/two\] 'peerWith' must be called once for two networks.*'stack\/one' again/),
      expect.stringMatching(/^\[stack\/three\] 'peerWith' must be called with another network, got the network itself/),
    ]);
  });

  test("keeps pods and Services out of the peers' ranges, whichever network asked for the peering", () => {
    const profile = (stack: TerraformStack): NetworkProfile => {
      const network = networkIn(stack);
      const hub = networkIn(stack, { addressSpace: ['10.0.0.0/12'] }, 'hub');
      hub.peerWith('spoke', network);
      return NetworkProfile.overlay({ subnet: network.nodeSubnet });
    };

    expect(problemsOf(profile)).toEqual([
      expect.stringContaining("the service range overlaps 10.0.0.0/12 of the peer 'stack/hub'"),
    ]);
  });

  test('lets traffic in by rules that stay as they are when another one is added before them', () => {
    const rulesOf = (ids: readonly string[]): object => {
      const stack = testStack();
      const network = networkIn(stack);
      const hub = networkIn(stack, { addressSpace: ['10.8.0.0/16'] }, 'hub');
      for (const id of ids) {
        network.allowNodePortsFrom(id, TrafficSource.virtualNetwork(hub), { denyOthers: id === 'hub' });
      }
      expect(Problems.of(stack)).toEqual([]);
      expect(brokenInvariants(synth(stack))).toEqual([]);
      return synth(stack).resource!.azurerm_network_security_rule!;
    };

    expect(rulesOf(['office', 'hub'])).toMatchObject(rulesOf(['hub']));
    expect(Object.values(rulesOf(['hub']))).toEqual([
      expect.objectContaining({
        name: 'hub',
        priority: derivedPriority('hub'),
        access: 'Allow',
        direction: 'Inbound',
        destination_port_range: '30000-32767',
        source_address_prefixes: ['10.8.0.0/16'],
      }),
      expect.objectContaining({
        name: 'hub-others',
        priority: derivedPriority('hub') + 2048,
        access: 'Deny',
        destination_port_range: '*',
        source_address_prefixes: ['10.8.0.0/16'],
      }),
    ]);
  });

  test('takes lists and names that are known only when Terraform runs', () => {
    const stack = testStack();
    const { stringValue, numberValue, listValue } = token(stack);
    const network = networkIn(stack, { addressSpace: listValue, firewallAddress: stringValue });
    const hub = AksVirtualNetwork.fromVirtualNetworkName(stack, 'hub', {
      virtualNetworkName: stringValue,
      resourceGroupName: stringValue,
    });
    network.peerWith('hub', hub, { peeringName: stringValue, returnPeeringName: 'back' });
    network.addSubnet('pods', { addressPrefix: stringValue, subnetName: stringValue });
    const source = TrafficSource.virtualNetwork(hub);
    network.allowInbound('a', { source, ports: listValue, priority: numberValue, denyOthers: true });
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect(only(json, 'azurerm_virtual_network').address_space).toBe('${var.token}');
    expect(at(json, 'azurerm_subnet', 'network_nodes').address_prefixes).toEqual([
      '${cidrsubnet(element(var.token, 0), 2, 0)}',
    ]);
    expect(at(json, 'azurerm_network_security_rule', 'network_security-group_a_allow')).toMatchObject({
      priority: '${var.token}',
      destination_port_ranges: expect.anything(),
      source_address_prefixes: '${data.azurerm_virtual_network.hub_9804E927.address_space}',
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'network_hub_outbound')).toMatchObject({
      name: '${var.token}',
      triggers: { remote_address_space: expect.stringMatching(/^\$\{join\(",", data\.azurerm_virtual_network\./) },
    });
  });

  test('opens ports to the internet, several in one rule', () => {
    const stack = testStack();
    networkIn(stack).allowInbound('web', {
      source: TrafficSource.internet(),
      ports: ['80', '443'],
      priority: 200,
      ruleName: 'allow-web',
    });

    expect(only(synth(stack), 'azurerm_network_security_rule')).toMatchObject({
      name: 'allow-web',
      priority: 200,
      source_address_prefix: 'Internet',
      destination_port_ranges: ['80', '443'],
    });
  });

  test('refuses rules that Azure would reject: of one priority, without ports, from nowhere', () => {
    const stack = testStack();
    const network = networkIn(stack);
    const unknown = AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'unknown', {
      virtualNetworkId: VNET_ID,
      virtualNetworkName: 'unknown',
      resourceGroupName: 'rg',
      addressSpace: [],
    });
    network.allowInbound('a', { source: TrafficSource.internet(), ports: ['80'], priority: 99 });
    network.allowInbound('b', { source: TrafficSource.ranges(['office']), ports: [], priority: 200 });
    network.allowInbound('c', { source: TrafficSource.virtualNetwork(unknown), ports: ['http'], priority: 200 });
    network.allowNodePortsFrom('d', TrafficSource.ranges(['10.0.0.0/8', '10.240.1.0/24']), { denyOthers: true });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'c.priority' must differ from that of 'b', got 200 for both"),
      expect.stringContaining("'a.priority' must be a whole number from 100 to 4096"),
      expect.stringContaining("'b.ports' must name at least one port"),
      expect.stringContaining("'b.source[0]' must be an address or a range"),
      expect.stringContaining("'c.ports[0]' must be a port, a range of ports or '*'"),
      expect.stringContaining(
        "'d.denyOthers' must be left out for a source that contains the nodes themselves, got 10.0.0.0/8",
      ),
      expect.stringContaining(
        "'d.denyOthers' must be left out for a source that contains the nodes themselves, got 10.240.1.0/24",
      ),
      expect.stringContaining("'addressSpace' must name at least one range, got none"),
    ]);
  });
});
