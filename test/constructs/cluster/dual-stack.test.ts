import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AksCluster,
  type AksClusterNameAttributes,
  AksVirtualNetwork,
  type AksVirtualNetworkProps,
  BlueGreenService,
  ContainerImage,
  type DualStackOptions,
  EntraPrincipal,
  Exposure,
  type IAksCluster,
  NetworkPeer,
  NetworkPlugin,
  NetworkPluginMode,
  NetworkPolicyEngine,
  NetworkPort,
  NetworkProfile,
  Outbound,
  Problems,
  ServiceIpFamilies,
  Subnet,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

const SUBNET_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes';

function clusterIn(stack: TerraformStack, networkProfile: NetworkProfile): AksCluster {
  return new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', networkProfile });
}

function profileOf(networkProfile: NetworkProfile): Block {
  const stack = testStack();
  clusterIn(stack, networkProfile);
  const json = synth(stack);
  expect(Problems.of(stack)).toEqual([]);
  return only(json, 'azurerm_kubernetes_cluster')['network_profile'] as Block;
}

function problemsWith(networkProfile: (stack: TerraformStack) => NetworkProfile): string[] {
  const stack = testStack();
  clusterIn(stack, networkProfile(stack));
  return Problems.of(stack);
}

function networkIn(stack: TerraformStack, props: Partial<AksVirtualNetworkProps> = {}): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, 'network', {
    resourceGroup: RESOURCE_GROUP,
    virtualNetworkName: 'net',
    ...props,
  });
}

describe('a cluster with addresses of both families', () => {
  test('has the ranges of both, those of IPv4 first, and Cilium', () => {
    expect(profileOf(NetworkProfile.overlay({ dualStack: {} }))).toMatchObject({
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      network_policy: 'cilium',
      ip_versions: ['IPv4', 'IPv6'],
      pod_cidr: '10.244.0.0/16',
      pod_cidrs: ['10.244.0.0/16', 'fd12:3456:789a::/64'],
      service_cidr: '10.0.0.0/16',
      service_cidrs: ['10.0.0.0/16', 'fd12:3456:789a:1::/108'],
      dns_service_ip: '10.0.0.10',
      load_balancer_profile: { managed_outbound_ip_count: 1 },
    });
  });

  test('has ranges and public addresses of its own, in a custom network as well', () => {
    const dualStack: DualStackOptions = { podCidr: 'fd00:1::/64', serviceCidr: 'fd00:2::/112' };
    const outbound = Outbound.loadBalancer({ managedIpCount: 2, managedIpv6Count: 3 });
    const expected = {
      pod_cidrs: ['10.1.0.0/16', 'fd00:1::/64'],
      service_cidrs: ['10.0.0.0/16', 'fd00:2::/112'],
      load_balancer_profile: { managed_outbound_ip_count: 2, managed_outbound_ipv6_count: 3 },
    };

    expect(profileOf(NetworkProfile.overlay({ podCidr: '10.1.0.0/16', dualStack, outbound }))).toMatchObject(expected);
    expect(
      profileOf(
        NetworkProfile.custom({
          networkPlugin: NetworkPlugin.AZURE,
          networkPluginMode: NetworkPluginMode.OVERLAY,
          podCidr: '10.1.0.0/16',
          dualStack,
          outbound,
        }),
      ),
    ).toMatchObject(expected);
  });

  test('says nothing of families where none is asked for', () => {
    const profile = profileOf(NetworkProfile.overlay());

    expect(Object.keys(profile).filter((name) => /versions|cidrs/.test(name))).toEqual([]);
  });

  test('is in a subnet of both families, whose network has a range of both', () => {
    const stack = testStack();
    const network = networkIn(stack, { ipv6Range: 'fd00:db8:deca::/48' });
    network.addSubnet('machines', { addressPrefix: '10.241.0.0/24', ipv6Prefix: 'fd00:db8:deca:1::/64' });
    clusterIn(stack, NetworkProfile.overlay({ subnet: network.nodeSubnet, dualStack: {} }));
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_virtual_network')['address_space']).toEqual(['10.240.0.0/14', 'fd00:db8:deca::/48']);
    expect(at(json, 'azurerm_subnet', 'network_nodes')['address_prefixes']).toEqual([
      '10.240.0.0/16',
      'fd00:db8:deca::/64',
    ]);
    expect(at(json, 'azurerm_subnet', 'network_machines')['address_prefixes']).toEqual([
      '10.241.0.0/24',
      'fd00:db8:deca:1::/64',
    ]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('may be in a subnet that is found, of which nobody knows, and take ranges that only Terraform knows', () => {
    expect(
      problemsWith((stack) =>
        NetworkProfile.overlay({
          subnet: Subnet.fromSubnetAttributes(stack, 'subnet', { subnetId: SUBNET_ID }),
          dualStack: { podCidr: token(stack).stringValue, serviceCidr: token(stack).stringValue },
        }),
      ),
    ).toEqual([]);

    const stack = testStack();
    networkIn(stack, { ipv6Range: token(stack).stringValue });
    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_subnet')['address_prefixes']).toEqual([
      '10.240.0.0/16',
      '${cidrhost(var.token, 0)}/64',
    ]);
  });

  test.each<[string, (stack: TerraformStack) => NetworkProfile, string]>([
    [
      'ranges that are none',
      () => NetworkProfile.overlay({ dualStack: { podCidr: '10.1.0.0/16' } }),
      "'networkProfile.dualStack.podCidr' must be an IPv6 range",
    ],
    [
      'a range of Services that is too large',
      () => NetworkProfile.overlay({ dualStack: { serviceCidr: 'fd00::/64' } }),
      "'networkProfile.dualStack.serviceCidr' must be an IPv6 range in CIDR notation from /108 to /125",
    ],
    [
      'ranges of pods and Services that overlap',
      () => NetworkProfile.overlay({ dualStack: { podCidr: 'fd00::/64', serviceCidr: 'fd00::/108' } }),
      "'networkProfile.dualStack.podCidr' must not overlap 'networkProfile.dualStack.serviceCidr' (fd00::/108), got fd00::/64",
    ],
    [
      'a range of pods that is that of the nodes',
      (stack) =>
        NetworkProfile.overlay({
          subnet: networkIn(stack, { ipv6Range: 'fd12:3456:789a::/48' }).nodeSubnet,
          dualStack: {},
        }),
      "'networkProfile.dualStack.podCidr' must not overlap fd12:3456:789a::/64 of the subnet 'stack/network/nodes'",
    ],
    [
      'a subnet of IPv4 alone',
      (stack) => NetworkProfile.overlay({ subnet: networkIn(stack).nodeSubnet, dualStack: {} }),
      "'networkProfile.subnet' must have an IPv6 range with 'dualStack', got the subnet 'stack/network/nodes' without one",
    ],
    [
      'Calico',
      () => NetworkProfile.overlay({ networkPolicy: NetworkPolicyEngine.CALICO, dualStack: {} }),
      '\'networkProfile.networkPolicy\' must be "cilium" or "none" with \'dualStack\', got "calico"',
    ],
    [
      'a NAT gateway',
      () => NetworkProfile.overlay({ outbound: Outbound.managedNatGateway(), dualStack: {} }),
      "'networkProfile.outbound' must not be a NAT gateway with 'dualStack', got managedNATGateway",
    ],
    [
      'kubenet',
      () => NetworkProfile.custom({ networkPlugin: NetworkPlugin.KUBENET, dualStack: {} }),
      '\'networkProfile.dualStack\' must be left out without an overlay, got the network "kubenet"',
    ],
    [
      'IPv6 addresses of the load balancer, and none of the nodes',
      () => NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ managedIpv6Count: 1 }) }),
      "'networkProfile.outbound.managedIpv6Count' must be left out for an IPv4-only network",
    ],
    [
      'too many of them',
      () => NetworkProfile.overlay({ dualStack: {}, outbound: Outbound.loadBalancer({ managedIpv6Count: 101 }) }),
      "'networkProfile.outbound.managedIpv6Count' must be a whole number from 1 to 100, such as 2, got 101",
    ],
    [
      'them and addresses of its own',
      () =>
        NetworkProfile.overlay({
          dualStack: {},
          outbound: Outbound.loadBalancer({
            managedIpv6Count: 1,
            publicIpIds: ['/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/out'],
          }),
        }),
      "'networkProfile.outbound' must have one of 'managedIpCount', 'publicIpIds' and 'publicIpPrefixIds', got " +
        "'managedIpv6Count' and 'publicIpIds'",
    ],
  ])('is refused with %s', (_, networkProfile, text) => {
    expect(problemsWith(networkProfile).filter((one) => !one.includes("'identity'"))).toEqual([
      expect.stringContaining(text),
    ]);
  });
});

describe('a subnet with an IPv6 range', () => {
  test.each<[string | undefined, string, string]>([
    [undefined, 'fd00::/64', "'ipv6Prefix' needs a network with IPv6 addresses, got fd00::/64 for the subnet 'more'"],
    ['fd00:1::/48', 'fd00:2::/64', "'ipv6Prefix' must be inside the network's fd00:1::/48, got fd00:2::/64"],
    ['fd00:1::/48', 'fd00:1::/64', "'ipv6Prefix' must not be used by another subnet, got fd00:1::/64"],
    ['fd00:1::/48', 'fd00:1::/65', "'ipv6Prefix' must be an IPv6 range in CIDR notation with /64"],
    ['fd00:1::/65', 'fd00:1::/64', "'ipv6Range' must be an IPv6 range in CIDR notation from /8 to /64"],
  ])('of %s is refused as %s', (ipv6Range, ipv6Prefix, text) => {
    const stack = testStack();
    networkIn(stack, { ipv6Range }).addSubnet('more', { addressPrefix: '10.241.0.0/24', ipv6Prefix });

    expect(Problems.of(stack)).toEqual([expect.stringContaining(text)]);
  });
});

describe('a Service', () => {
  const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');

  function serviceWith(props: Partial<WorkloadProps>): Block {
    const stack = testStack();
    new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ...props });
    const json = synth(stack);
    expect(Problems.of(stack)).toEqual([]);
    return only(json, 'kubernetes_service_v1')['spec'] as Block;
  }

  test.each([
    [ServiceIpFamilies.IPV4, 'SingleStack', ['IPv4']],
    [ServiceIpFamilies.IPV6, 'SingleStack', ['IPv6']],
    [ServiceIpFamilies.DUAL_STACK, 'RequireDualStack', ['IPv4', 'IPv6']],
  ])('has addresses of the families %s', (ipFamilies, ip_family_policy, ip_families) => {
    expect(serviceWith({ ipFamilies, exposure: Exposure.publicLoadBalancer() })).toMatchObject({
      type: 'LoadBalancer',
      ip_family_policy,
      ip_families,
    });
  });

  test('of a blue and green application has them as well', () => {
    const stack = testStack();
    const blue = new Workload(stack, 'blue', { name: 'blue', image, containerPort: 8080 });
    new BlueGreenService(stack, 'web', {
      serviceName: 'web',
      workloads: [blue],
      active: blue,
      ipFamilies: ServiceIpFamilies.DUAL_STACK,
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(at(synth(stack), 'kubernetes_service_v1', 'web_')['spec']).toMatchObject({
      ip_family_policy: 'RequireDualStack',
      ip_families: ['IPv4', 'IPv6'],
    });
  });

  test('says nothing of families where none is asked for', () => {
    expect(Object.keys(serviceWith({})).filter((name) => name.startsWith('ip_famil'))).toEqual([]);
  });

  test.each([
    [undefined, ServiceIpFamilies.DUAL_STACK, true],
    [undefined, ServiceIpFamilies.IPV6, true],
    [undefined, ServiceIpFamilies.IPV4, false],
    [{}, ServiceIpFamilies.DUAL_STACK, false],
  ])('on a cluster with %j and with %s', (dualStack, ipFamilies, isRefused) => {
    const app = new App();
    clusterIn(new TerraformStack(app, 'platform'), NetworkProfile.overlay({ dualStack }));
    const stack = shopOf(app, found);
    new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ipFamilies });

    expect(Problems.of(stack)).toEqual(isRefused ? [refusal('platform/cluster', ipFamilies)] : []);
  });

  test.each<[string, (stack: TerraformStack, networkProfile?: NetworkProfile) => void, string]>([
    ['by its name', (stack, networkProfile) => found(stack, { networkProfile }), 'shop/found'],
    [
      'by its name, and told by its ids',
      (stack, networkProfile) => {
        told(stack, networkProfile);
        found(stack);
      },
      'shop/found',
    ],
    [
      'by its ids, which has a service account',
      (stack, networkProfile) => {
        new KubernetesProvider(stack, 'kubernetes', { configPath: '~/.kube/config' });
        told(stack, networkProfile).addServiceAccount('account', {
          resourceGroup: RESOURCE_GROUP,
          serviceAccountName: 'web',
        });
      },
      'shop/told',
    ],
  ])('on a cluster that is found %s goes by the network that it is said to have', (_, make, path) => {
    for (const [profile, isRefused] of [
      [NetworkProfile.overlay(), true],
      [NetworkProfile.overlay({ dualStack: {} }), false],
      [undefined, false],
    ] as const) {
      const stack = shopOf(new App(), (one) => {
        make(one, profile);
      });
      new Workload(stack, 'web', {
        ...{ name: 'web', image, containerPort: 8080, isolated: true },
        ipFamilies: ServiceIpFamilies.DUAL_STACK,
      }).allowTo(NetworkPeer.internet(), 443);

      expect(Problems.of(stack)).toEqual(isRefused ? [refusal(path, ServiceIpFamilies.DUAL_STACK)] : []);
      expect(publicRanges(stack)).toEqual(profile?._isDualStack === true ? ['0.0.0.0/0', '2000::/3'] : ['0.0.0.0/0']);
    }
  });

  test('is called from the public addresses of both families', () => {
    const stack = shopOf(new App(), (one) => found(one, { networkProfile: NetworkProfile.overlay({ dualStack: {} }) }));
    const web = new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, isolated: true });
    web.allowFrom(NetworkPeer.internet());
    web.allowFromPorts(NetworkPeer.internet(), [NetworkPort.tcp(8080)]);
    web.allowToPorts(NetworkPeer.internet(), [NetworkPort.tcp(443)]);

    const { ingress, egress } = policyIn(stack);
    for (const peers of [ingress[0]?.['from'], ingress[1]?.['from'], egress.at(-1)?.['to']]) {
      expect(peers).toEqual([
        { ip_block: { cidr: '0.0.0.0/0', except: expect.arrayContaining(['10.0.0.0/8']) as string[] } },
        { ip_block: { cidr: '2000::/3' } },
      ]);
    }
  });
});

/** A stack with an application, whose cluster is made elsewhere. */
function shopOf(app: App, findCluster: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(app, 'shop');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  findCluster(stack);
  return stack;
}

/** The cluster by its name, and the provider for it. */
function found(stack: TerraformStack, attributes: Partial<AksClusterNameAttributes> = {}): void {
  const cluster = AksCluster.fromClusterName(stack, 'found', {
    clusterName: 'aks',
    resourceGroupName: RESOURCE_GROUP.name,
    ...attributes,
  });
  new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
}

/** The cluster by its ids. */
function told(stack: TerraformStack, networkProfile: NetworkProfile | undefined): IAksCluster {
  return AksCluster.fromClusterAttributes(stack, 'told', {
    clusterId: '/subscriptions/s/resourceGroups/vote-rg/providers/Microsoft.ContainerService/managedClusters/aks',
    clusterName: 'aks',
    resourceGroupName: RESOURCE_GROUP.name,
    imagePuller: EntraPrincipal.servicePrincipal(stack, 'puller', '00000000-0000-0000-0000-000000000001'),
    oidcIssuerUrl: 'https://westeurope.oic.prod-aks.azure.com/tenant/issuer/',
    networkProfile,
  });
}

function refusal(cluster: string, families: ServiceIpFamilies): string {
  return (
    `[shop/web] 'ipFamilies' must be IPv4 on ${cluster}, which has no IPv6 addresses, got ${families}: give its ` +
    "network 'dualStack', or leave it out"
  );
}

function policyIn(stack: TerraformStack): { ingress: Block[]; egress: Block[] } {
  return only(synth(stack), 'kubernetes_network_policy_v1')['spec'] as { ingress: Block[]; egress: Block[] };
}

function publicRanges(stack: TerraformStack): unknown[] {
  const peers = policyIn(stack).egress.at(-1)?.['to'] as { ip_block: Block }[];
  return peers.map(({ ip_block }) => ip_block['cidr']);
}
