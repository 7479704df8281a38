import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { App, TerraformStack } from 'cdktf';
import {
  AcrAgentPool,
  AcrDnsZone,
  AcrImageBuild,
  AcrPrivateEndpoint,
  type AcrPrivateEndpointProps,
  AcrPublicAccess,
  AcrRegistry,
  type AcrRegistryProps,
  AcrSku,
  AksCluster,
  AksVirtualNetwork,
  NetworkProfile,
  Problems,
  Subnet,
  SubnetUse,
  Workload,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const NETWORK_ID = '/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub';
const ZONE_ID =
  '/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io';

function registryIn(stack: TerraformStack, props: Partial<AcrRegistryProps> = {}): AcrRegistry {
  return new AcrRegistry(stack, 'registry', {
    resourceGroup: RESOURCE_GROUP,
    registryName: 'jminnacr',
    sku: AcrSku.PREMIUM,
    publicAccess: AcrPublicAccess.none(),
    ...props,
  });
}

function networkIn(stack: TerraformStack, name = 'net', location = 'westeurope'): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, name, { resourceGroup: { name: 'rg', location }, virtualNetworkName: name });
}

function endpointIn(
  stack: TerraformStack,
  props: Partial<AcrPrivateEndpointProps> = {},
  id = 'endpoint',
): AcrPrivateEndpoint {
  return new AcrPrivateEndpoint(stack, id, {
    registry: props.registry ?? registryIn(stack),
    subnet: props.subnet ?? networkIn(stack).addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' }),
    ...props,
  });
}

describe('a private endpoint of a registry', () => {
  test('is an address in a subnet, with a zone that its network uses', () => {
    const stack = testStack();
    endpointIn(stack);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_private_endpoint')).toMatchObject({
      name: 'jminnacr-endpoint',
      location: 'westeurope',
      resource_group_name: 'rg',
      subnet_id: expect.stringMatching(/^\$\{azurerm_subnet\.net_endpoints_\w+\.id\}$/),
      private_service_connection: {
        name: 'jminnacr-endpoint',
        is_manual_connection: false,
        private_connection_resource_id: '${azurerm_container_registry.registry_EFEA226F.id}',
        subresource_names: ['registry'],
      },
      private_dns_zone_group: {
        name: 'registry',
        private_dns_zone_ids: [expect.stringMatching(/^\$\{azurerm_private_dns_zone\.endpoint_dns-zone_\w+\.id\}$/)],
      },
    });
    expect(only(json, 'azurerm_private_dns_zone')).toMatchObject({
      name: 'privatelink.azurecr.io',
      resource_group_name: 'rg',
    });
    expect(only(json, 'azurerm_private_dns_zone_virtual_network_link')).toMatchObject({
      name: expect.stringMatching(/^\$\{azurerm_virtual_network\.net_\w+\.name\}$/),
      private_dns_zone_name: expect.stringMatching(/^\$\{azurerm_private_dns_zone\.endpoint_dns-zone_\w+\.name\}$/),
      virtual_network_id: expect.stringMatching(/^\$\{azurerm_virtual_network\.net_\w+\.id\}$/),
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('comes before the workloads that run images of the registry, since they need its address', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    const network = networkIn(stack);
    const cluster = new AksCluster(stack, 'cluster', {
      resourceGroup: RESOURCE_GROUP,
      clusterName: 'aks',
      networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
    });
    new Workload(stack, 'web', { name: 'web', image: registry.image('web', 'v1'), containerPort: 80 });
    new Workload(stack, 'proxy', { name: 'proxy', image: registry.cached('ghcr.io/a/b', 'v1'), containerPort: 80 });
    registry.grantPull(cluster);
    endpointIn(stack, {
      registry,
      subnet: network.addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' }),
    });
    const json = synth(stack);
    const reach = ['private_dns_zone', 'private_dns_zone_virtual_network_link', 'private_endpoint'].map((type) =>
      expect.stringMatching(new RegExp(`^azurerm_${type}\\.endpoint_`)),
    );

    for (const name of ['web', 'proxy']) {
      expect(at(json, 'kubernetes_deployment_v1', name)).toMatchObject({ depends_on: expect.arrayContaining(reach) });
    }
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('of a platform comes before the workloads of an application', () => {
    const app = testApp();
    const [platform, application] = [testStack(app, 'platform'), testStack(app, 'application')];
    const registry = registryIn(platform);
    endpointIn(platform, { registry });
    const found = AcrRegistry.fromRegistryName(application, 'registry', {
      registryName: 'jminnacr',
      resourceGroupName: 'rg',
    });
    new Workload(application, 'web', { name: 'web', image: found.image('web', 'v1'), containerPort: 80 });
    synth(application);

    expect(application.dependsOn(platform)).toBe(true);
    expect(Problems.of(app)).toEqual([]);
  });

  test('turns on the data endpoints that Azure turns on with it, which cannot be off then', () => {
    const [stack, other, plain] = [testStack(), testStack(testApp(), 'other'), testStack(testApp(), 'plain')];
    endpointIn(stack);
    endpointIn(other, { registry: registryIn(other, { dataEndpoint: false }) });
    registryIn(plain, { dataEndpoint: false });

    expect(only(synth(stack), 'azurerm_container_registry')).toMatchObject({ data_endpoint_enabled: true });
    expect(Problems.of(other)).toEqual([
      expect.stringMatching(
        /^\[other\/registry\] 'dataEndpoint' cannot be false for a registry with a private endpoint/,
      ),
    ]);
    expect(Problems.of(plain)).toEqual([]);
  });

  test('is all that leads to a closed registry, which is then not warned of', () => {
    const app = testApp();
    const stack = testStack(app);
    endpointIn(stack);
    app.synth();

    expect(warningsOf(stack)).toEqual([]);
  });

  test('leads to a registry that exists, in a group and a region that are said or known of it', () => {
    const stack = testStack();
    const subnet = networkIn(stack).addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
    const dnsZone = new AcrDnsZone(stack, 'names', { resourceGroup: RESOURCE_GROUP });
    const attributes = {
      registryId: '/subscriptions/s/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/jminnacr',
      registryName: 'jminnacr',
    };
    const known = AcrRegistry.fromRegistryAttributes(stack, 'known', { ...attributes, location: 'West Europe' });
    const unknown = AcrRegistry.fromRegistryAttributes(stack, 'unknown', attributes);
    endpointIn(stack, { registry: known, subnet, dnsZone });
    endpointIn(stack, { registry: unknown, subnet, dnsZone, endpointName: 'second' }, 'second');
    endpointIn(
      stack,
      { registry: unknown, subnet, dnsZone, endpointName: 'third', resourceGroup: RESOURCE_GROUP },
      'third',
    );
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/second\] 'resourceGroup\.location' must be given/),
    ]);
    expect(at(json, 'azurerm_private_endpoint', 'endpoint')).toMatchObject({
      location: 'westeurope',
      resource_group_name: 'shared',
    });
    expect(at(json, 'azurerm_private_endpoint', 'third')).toMatchObject({ resource_group_name: 'rg' });
  });

  test('finds the network of a subnet that exists by the id of the subnet, known or not', () => {
    const stack = testStack();
    const subnetOf = (id: string, subnetId: string) => Subnet.fromSubnetAttributes(stack, id, { subnetId });
    const registry = registryIn(stack);
    const dnsZone = new AcrDnsZone(stack, 'names', { resourceGroup: RESOURCE_GROUP });
    endpointIn(stack, { registry, dnsZone, subnet: subnetOf('literal', `${NETWORK_ID}/subnets/endpoints`) });
    endpointIn(
      stack,
      { registry, dnsZone, subnet: subnetOf('reference', token(stack).stringValue), endpointName: 'second' },
      'second',
    );
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'azurerm_private_dns_zone_virtual_network_link', 'names_link-literal')).toMatchObject({
      name: 'hub',
      virtual_network_id: NETWORK_ID,
    });
    expect(at(json, 'azurerm_private_dns_zone_virtual_network_link', 'names_link-reference')).toMatchObject({
      name: '${element(slice(split("/", var.token), 0, 9), 8)}',
      virtual_network_id: '${join("/", slice(split("/", var.token), 0, 9))}',
    });
  });

  test.each([AcrSku.BASIC, AcrSku.STANDARD])('is refused for a registry of the tier %s', (sku) => {
    const stack = testStack();
    endpointIn(stack, { registry: registryIn(stack, { sku, publicAccess: undefined }) });

    expect(Problems.of(stack)).toEqual([
      `[stack/endpoint] 'registry' must be of the tier Premium, got stack/registry of ${sku}: set its 'sku' to AcrSku.PREMIUM`,
    ]);
  });

  test('is in the region of its subnet', () => {
    const stack = testStack();
    const subnet = networkIn(stack, 'net', 'North Europe').addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
    endpointIn(stack, { subnet });
    endpointIn(testStack(testApp(), 'right'), {});

    expect(Problems.of(stack)).toEqual([
      "[stack/endpoint] 'subnet' must be in the region of the endpoint, westeurope, got stack/net/endpoints, which is in " +
        "northeurope: give a 'resourceGroup' of that region",
    ]);
  });

  test.each([SubnetUse.PODS, SubnetUse.API_SERVERS])('is not in a subnet for %s', (use) => {
    const stack = testStack();
    endpointIn(stack, { subnet: networkIn(stack).addSubnet('taken', { addressPrefix: '10.241.0.0/24', use }) });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/endpoint\] 'subnet' must not be delegated to a service, got stack\/net\/taken/),
    ]);
  });

  test('has a name that Azure takes', () => {
    const stack = testStack();
    endpointIn(stack, { endpointName: '-endpoint' });

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'endpointName' must be 1 to 80")]);
  });
});

describe('the zone of private endpoints', () => {
  test('is shared by the endpoints of a network, and linked once', () => {
    const stack = testStack();
    const network = networkIn(stack);
    const subnet = network.addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
    const first = endpointIn(stack, { subnet });
    const second = new AcrRegistry(stack, 'second', {
      resourceGroup: RESOURCE_GROUP,
      registryName: 'second',
      sku: AcrSku.PREMIUM,
    });
    endpointIn(stack, { registry: second, subnet, dnsZone: first.dnsZone }, 'second-endpoint');
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(Object.keys(json.resource!.azurerm_private_dns_zone!)).toHaveLength(1);
    expect(Object.keys(json.resource!.azurerm_private_dns_zone_virtual_network_link!)).toHaveLength(1);
  });

  test('is the only one of its network', () => {
    const stack = testStack();
    const subnet = networkIn(stack).addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
    const registry = registryIn(stack);
    endpointIn(stack, { registry, subnet });
    endpointIn(
      stack,
      { registry, subnet, endpointName: 'second', resourceGroup: { name: 'other', location: 'westeurope' } },
      'second',
    );

    expect(Problems.of(stack)).toEqual([
      '[stack/second/dns-zone] a virtual network can be linked to one zone "privatelink.azurecr.io", and this one is linked to' +
        " stack/endpoint/dns-zone already: use the same 'dnsZone' for both endpoints",
    ]);
  });

  test('is linked to further networks when asked, each once', () => {
    const stack = testStack();
    const zone = new AcrDnsZone(stack, 'names', { resourceGroup: RESOURCE_GROUP });
    endpointIn(stack, { dnsZone: zone });
    const hub = AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'hub', {
      virtualNetworkId: NETWORK_ID,
      virtualNetworkName: 'hub',
      resourceGroupName: 'net',
      addressSpace: ['10.100.0.0/16'],
    });
    zone.linkTo(hub);
    zone.linkTo(hub);

    expect(Object.keys(synth(stack).resource!.azurerm_private_dns_zone_virtual_network_link!)).toEqual([
      expect.stringMatching(/^names_link-hub_/),
      expect.stringMatching(/^names_link-net_/),
    ]);
  });

  describe('of a hub', () => {
    const LINK = 'azurerm_private_dns_zone_virtual_network_link';

    function hubIn(app: App): { hub: TerraformStack; registry: AcrRegistry; zone: AcrDnsZone } {
      const hub = testStack(app, 'hub');
      const registry = registryIn(hub);
      const zone = new AcrDnsZone(hub, 'names', { resourceGroup: RESOURCE_GROUP });
      return { hub, registry, zone };
    }

    test('is linked in the stack of a spoke that has an endpoint of its own', () => {
      const app = testApp();
      const { hub, registry, zone } = hubIn(app);
      const spoke = testStack(app, 'spoke');
      const subnet = networkIn(spoke, 'spoke-net').addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
      endpointIn(spoke, { registry, subnet, dnsZone: zone, resourceGroup: { name: 'spoke', location: 'westeurope' } });
      app.synth();

      expect(spoke.dependsOn(hub)).toBe(true);
      expect(at(synth(spoke), LINK, 'endpoint_link-spoke-net')).toBeDefined();
      expect(synth(hub).resource).not.toHaveProperty(LINK);
    });

    test('is linked in the stack of a spoke that reaches the endpoint of the hub, before its workloads', () => {
      const app = testApp();
      const { hub, registry, zone } = hubIn(app);
      endpointIn(hub, { registry, dnsZone: zone });
      const spoke = testStack(app, 'spoke');
      const network = networkIn(spoke, 'spoke-net');
      zone.linkTo(network);
      new Workload(spoke, 'web', { name: 'web', image: registry.image('web', 'v1'), containerPort: 80 });
      app.synth();

      expect(Object.keys(synth(hub).resource![LINK]!)).toEqual([expect.stringMatching(/^names_link-net_/)]);
      const [link] = Object.keys(synth(spoke).resource![LINK]!);
      expect(link).toMatch(/^spoke-net_link-spoke-net_/);
      expect(at(synth(spoke), 'kubernetes_deployment_v1', 'web')['depends_on']).toContain(`${LINK}.${link}`);
    });

    test('is linked in its own stack where that comes after the network, as a subnet of it has shown', () => {
      const app = testApp();
      const first = testStack(app, 'networks');
      const { hub, registry, zone } = hubIn(app);
      const subnet = networkIn(first).addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
      endpointIn(hub, { registry, subnet, dnsZone: zone });
      zone.linkTo(networkIn(first, 'more'));
      app.synth();

      expect(Object.keys(synth(hub).resource![LINK]!)).toHaveLength(2);
      expect(synth(first).resource).not.toHaveProperty(LINK);
    });

    test('is one of its group, whose name a message shows, where it is that of another stack', () => {
      const app = testApp();
      const hub = testStack(app, 'hub');
      const resourceGroup = new ResourceGroup(hub, 'group', { name: 'hub-rg', location: 'westeurope' });
      new AcrDnsZone(hub, 'names', { resourceGroup });
      new AcrDnsZone(testStack(app, 'spoke'), 'names', { resourceGroup });

      expect(Problems.of(app)).toEqual([
        `[spoke/names] 'resourceGroup' can have one zone "privatelink.azurecr.io", got "hub-rg", where hub/names creates it: use the same 'dnsZone' for both endpoints, or create one of them in another resource group`,
      ]);
    });
  });

  test('may be that of a hub, which its owner links', () => {
    const stack = testStack();
    endpointIn(stack, { dnsZone: AcrDnsZone.fromZoneId(stack, 'zone', ZONE_ID) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(json.resource).not.toHaveProperty('azurerm_private_dns_zone');
    expect(json.resource).not.toHaveProperty('azurerm_private_dns_zone_virtual_network_link');
    expect(only(json, 'azurerm_private_endpoint')).toMatchObject({
      private_dns_zone_group: { private_dns_zone_ids: [ZONE_ID] },
    });
  });

  test('is for registries', () => {
    const stack = testStack();
    AcrDnsZone.fromZoneId(stack, 'zone', ZONE_ID.replace('azurecr', 'blob'));

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'zoneId' must be the Azure resource id of")]);
  });
});

describe('an image build in a registry with restricted access', () => {
  const source = { repository: 'https://github.com/a/b', commit: 'a'.repeat(40) };

  test.each([
    ['closed', AcrPublicAccess.none()],
    ['restricted', AcrPublicAccess.ranges(['203.0.113.0/24'])],
  ])('needs machines that reach one that is %s', (_, publicAccess) => {
    const stack = testStack();
    const registry = registryIn(stack, { publicAccess });
    const outside = new AcrAgentPool(stack, 'outside', { registry, agentPoolName: 'outside' });
    const subnet = networkIn(stack).addSubnet('builds', { addressPrefix: '10.241.0.0/24' });
    const inside = new AcrAgentPool(stack, 'inside', { registry, agentPoolName: 'inside', subnet });
    new AcrImageBuild(stack, 'lent', { registry, repository: 'a', tag: 'v1', source });
    new AcrImageBuild(stack, 'pooled', { registry, repository: 'b', tag: 'v1', source, agentPool: outside });
    new AcrImageBuild(stack, 'right', { registry, repository: 'c', tag: 'v1', source, agentPool: inside });

    expect(Problems.of(stack)).toEqual([
      "[stack/lent] 'agentPool' must be an AcrAgentPool with a subnet that reaches stack/registry, whose public access is " +
        'restricted, got none: make one, or build the image elsewhere and use registry.image(...)',
      expect.stringMatching(/^\[stack\/pooled\] 'agentPool' must be .*, got stack\/outside, which has no subnet/),
    ]);
    expect(at(synth(stack), 'azurerm_container_registry_task', 'right')).toMatchObject({
      agent_pool_name: 'inside',
      depends_on: [expect.stringMatching(/^azurerm_container_registry_agent_pool\.inside_/)],
    });
  });

  test('is refused through another construct for the registry as well', () => {
    const stack = testStack();
    registryIn(stack);
    const registry = AcrRegistry.fromRegistryAttributes(stack, 'again', {
      registryId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/jminnacr',
      registryName: 'jminnacr',
    });
    new AcrImageBuild(stack, 'lent', { registry, repository: 'a', tag: 'v1', source });

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'agentPool' must be an AcrAgentPool")]);
  });

  test('may use a pool that the registry has already', () => {
    const stack = testStack();
    const agentPool = AcrAgentPool.fromAgentPoolName(stack, 'pool', 'builders');
    new AcrImageBuild(stack, 'image', { registry: registryIn(stack), repository: 'a', tag: 'v1', source, agentPool });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_container_registry_task')).toMatchObject({ agent_pool_name: 'builders' });
  });

  test('waits for the private endpoint', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    const network = networkIn(stack);
    endpointIn(stack, { registry, subnet: network.addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' }) });
    const subnet = network.addSubnet('builds', { addressPrefix: '10.241.1.0/24' });
    const agentPool = new AcrAgentPool(stack, 'pool', { registry, agentPoolName: 'builders', subnet });
    const image = new AcrImageBuild(stack, 'image', { registry, repository: 'a', tag: 'v1', source, agentPool });
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80 });
    const json = synth(stack);

    expect(only(json, 'azurerm_container_registry_agent_pool')).toMatchObject({
      depends_on: expect.arrayContaining([expect.stringMatching(/^azurerm_private_endpoint\.endpoint_/)]),
    });
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      depends_on: expect.arrayContaining([expect.stringMatching(/^azurerm_private_endpoint\.endpoint_/)]),
    });
    expect(brokenInvariants(json)).toEqual([]);
  });
});
