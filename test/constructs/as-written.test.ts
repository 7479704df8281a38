import type { TerraformStack } from 'cdktf';
import {
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  AksVirtualNetwork,
  ApiServerAccess,
  type InboundRuleOptions,
  Problems,
  TrafficSource,
  UserAssignedIdentity,
} from '../../constructs';
import { at, only, RESOURCE_GROUP, synth, testStack, token } from '../util';

/** Everything that lives in a region, by the types of what is made there. */
const PLACED: { readonly [what: string]: (stack: TerraformStack, location: string) => void } = {
  registry: (stack, location) =>
    void new AcrRegistry(stack, 'it', { resourceGroup: { name: 'rg', location }, registryName: 'jminnacr' }),
  cluster: (stack, location) =>
    void new AksCluster(stack, 'it', { resourceGroup: { name: 'rg', location }, clusterName: 'aks' }),
  identity: (stack, location) =>
    void new UserAssignedIdentity(stack, 'it', { resourceGroup: { name: 'rg', location }, identityName: 'aks-id' }),
  network: (stack, location) =>
    void new AksVirtualNetwork(stack, 'it', {
      resourceGroup: { name: 'rg', location },
      virtualNetworkName: 'network',
      natGateway: {},
    }),
};

describe.each(Object.entries(PLACED))('the region of a %s', (_, place) => {
  test.each(['westeurope', 'West Europe', 'WestEurope', 'west europe', 'WEST EUROPE'])(
    'may be written as %s, and is written as Azure does',
    (location) => {
      const stack = testStack();
      place(stack, location);
      const resources = Object.values(synth(stack).resource ?? {}).flatMap((named) => Object.values(named));

      expect(Problems.of(stack)).toEqual([]);
      expect([...new Set(resources.flatMap((one) => one.location ?? []))]).toEqual(['westeurope']);
    },
  );

  test.each(['west-europe', 'west_europe', '', 'westeurope.cloudapp.azure.com'])('must not be %j', (location) => {
    const stack = testStack();
    place(stack, location);

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(`^\\[stack/it\\] 'resourceGroup.location' must be .*, got ${JSON.stringify(location)}`),
    ]);
  });

  test('may be known only when Terraform runs', () => {
    const stack = testStack();
    place(stack, token(stack).stringValue);

    expect(Problems.of(stack)).toEqual([]);
  });
});

test('an authorized range may be a single address, and gets the mask that the provider wants', () => {
  const stack = testStack();
  const ranges = ['203.0.113.7', '198.51.100.9/24', '192.88.99.0/24', token(stack).stringValue, '0.0.0.0/32'];
  const apiServerAccess = ApiServerAccess.authorizedRanges(ranges);
  new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', apiServerAccess });

  expect(Problems.of(stack)).toEqual([]);
  expect(only(synth(stack), 'azurerm_kubernetes_cluster').api_server_access_profile).toEqual({
    authorized_ip_ranges: ['203.0.113.7/32', '198.51.100.0/24', '192.88.99.0/24', '${var.token}', '0.0.0.0/32'],
  });
});

function networkIn(stack: TerraformStack): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, 'network', { resourceGroup: RESOURCE_GROUP, virtualNetworkName: 'network' });
}

describe('a rule that lets traffic in', () => {
  const rule = (ranges: string[], options: InboundRuleOptions = {}): TerraformStack => {
    const stack = testStack();
    networkIn(stack).allowInbound('web', { source: TrafficSource.ranges(ranges), ports: ['443'], ...options });
    return stack;
  };

  test.each([
    ['2001:db8::/32'],
    ['2001:db8::7'],
    ['2001:db8::/32', '2001:db8:1::7/128'],
    ['203.0.113.7', '10.8.0.0/16'],
  ])('may come from %s', (...ranges) => {
    const stack = rule(ranges);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(synth(stack), 'azurerm_network_security_rule', 'network_')).toMatchObject({
      source_address_prefixes: ranges,
    });
  });

  test('must not come from addresses of both versions of IP', () => {
    expect(Problems.of(rule(['203.0.113.0/24', '2001:db8::/32']))).toEqual([
      "[stack/network/security-group] 'web.source' must contain either IPv4 or IPv6 ranges, got 203.0.113.0/24 and 2001:db8::/32: " +
        'create a rule for each',
    ]);
  });

  test.each([
    [100, false],
    [2048, true],
    [2049, false],
    [4096, false],
  ])('may have the priority %d (denyOthers: %s)', (priority, denyOthers) => {
    expect(Problems.of(rule(['203.0.113.7'], { priority, denyOthers }))).toEqual([]);
  });

  test.each([
    [99, false, 'must be a whole number from 100 to 4096'],
    [4097, false, 'must be a whole number from 100 to 4096'],
    [4097, true, 'must be a whole number from 100 to 4096'],
    [2049, true, "must be at most 2048 with 'denyOthers', whose rule comes 2048 later, got 2049"],
  ])('must not have the priority %d (denyOthers: %s)', (priority, denyOthers, problem) => {
    expect(Problems.of(rule(['203.0.113.7'], { priority, denyOthers }))).toEqual([expect.stringContaining(problem)]);
  });

  test('must not have the priority of what another one denies', () => {
    const stack = testStack();
    const network = networkIn(stack);
    const source = TrafficSource.ranges(['203.0.113.7']);
    network.allowInbound('one', { source, ports: ['443'], priority: 200, denyOthers: true });
    network.allowInbound('two', { source, ports: ['80'], priority: 2248 });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'two.priority' must differ from that of 'one', got 2248 for both"),
    ]);
  });
});

test.each([
  ['https://github.com/contoso/shop', 'https://github.com/contoso/shop.git'],
  ['https://github.com/contoso/shop.git', 'https://github.com/contoso/shop.git'],
  ['https://git.contoso.com:8443/team/sub/shop', 'https://git.contoso.com:8443/team/sub/shop.git'],
  ['https://dev.azure.com/contoso/shop/_git/web', 'https://dev.azure.com/contoso/shop/_git/web'],
  ['https://dev.azure.com/contoso/_git/web', 'https://dev.azure.com/contoso/_git/web'],
  [
    'https://dev.azure.com/contoso/Our%20Shop/_git/Our%20Web',
    'https://dev.azure.com/contoso/Our%20Shop/_git/Our%20Web',
  ],
  ['https://contoso@dev.azure.com/contoso/shop/_git/web', 'https://dev.azure.com/contoso/shop/_git/web'],
  ['https://contoso.visualstudio.com/shop/_git/web', 'https://contoso.visualstudio.com/shop/_git/web'],
  ['https://contoso.visualstudio.com/_git/web', 'https://contoso.visualstudio.com/_git/web'],
  // the registry knows Azure DevOps by its hosts alone, and any other repository by ".git"
  ['https://tfs.contoso.com/Default/shop/_git/web', 'https://tfs.contoso.com/Default/shop/_git/web.git'],
])('an image can be built from %s', (repository, address) => {
  const stack = testStack();
  const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });
  const source = { repository, commit: '1'.repeat(40), folder: 'web' };
  new AcrImageBuild(stack, 'image', { registry, repository: 'web', tag: 'v1', source });

  expect(Problems.of(stack)).toEqual([]);
  expect(only(synth(stack), 'azurerm_container_registry_task').encoded_step).toMatchObject({
    context_path: `${address}#${'1'.repeat(40)}:web`,
  });
});
