import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import { ContainerImage, Exposure, ExternalTrafficPolicy, Problems, Workload } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { type Block, only, synth, testStack, token, warningsOf } from '../../util';

const AZURE = 'service.beta.kubernetes.io/azure-';

function exposed(stack: TerraformStack, exposure: Exposure, servicePort = 80): Workload {
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, servicePort, exposure });
}

/** The annotations without what all begin with, and the spec without what all have. */
function serviceOf(stack: TerraformStack): { annotations: Block; spec: Block } {
  const { metadata, spec } = only(synth(stack), 'kubernetes_service_v1') as { metadata: Block; spec: Block };
  const annotations = Object.entries((metadata.annotations ?? {}) as Block);
  return {
    annotations: Object.fromEntries(annotations.map(([name, value]) => [name.replace(AZURE, ''), value])),
    spec: Object.fromEntries(Object.entries(spec).filter(([name]) => name !== 'selector')),
  };
}

const PORT = { port: 80, target_port: '8080' };

test.each<[string, Exposure, { annotations: object; spec: object }]>([
  ['inside the cluster', Exposure.clusterOnly(), { annotations: {}, spec: { type: 'ClusterIP', port: [PORT] } }],
  [
    'at a public address',
    Exposure.publicLoadBalancer(),
    { annotations: {}, spec: { type: 'LoadBalancer', port: [PORT] } },
  ],
  [
    'at a public address with everything that it can be told',
    Exposure.publicLoadBalancer({
      dnsName: { label: 'contoso-shop', location: 'West Europe' },
      sourceRanges: ['203.0.113.0/24'],
      healthProbe: { path: '/healthz', intervalSeconds: 10, numberOfProbes: 3 },
      idleTimeoutMinutes: 30,
      floatingIp: false,
      externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER,
    }),
    {
      annotations: {
        'dns-label-name': 'contoso-shop',
        'load-balancer-health-probe-protocol': 'http',
        'load-balancer-health-probe-request-path': '/healthz',
        'load-balancer-health-probe-interval': '10',
        'load-balancer-health-probe-num-of-probe': '3',
        'load-balancer-tcp-idle-timeout': '30',
        'disable-load-balancer-floating-ip': 'true',
      },
      spec: {
        type: 'LoadBalancer',
        port: [PORT],
        external_traffic_policy: 'Cluster',
        load_balancer_source_ranges: ['203.0.113.0/24'],
      },
    },
  ],
  [
    'at a public address that exists, for the callers of a service tag',
    Exposure.publicLoadBalancer({
      publicIp: { name: 'shop-ip', resourceGroupName: 'network-rg' },
      serviceTags: ['AzureFrontDoor.Backend', 'AzureCloud'],
      externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
      floatingIp: true,
    }),
    {
      annotations: {
        'pip-name': 'shop-ip',
        'load-balancer-resource-group': 'network-rg',
        'allowed-service-tags': 'AzureFrontDoor.Backend,AzureCloud',
      },
      spec: { type: 'LoadBalancer', port: [PORT], external_traffic_policy: 'Local' },
    },
  ],
  [
    'at a private address',
    Exposure.internalLoadBalancer(),
    { annotations: { 'load-balancer-internal': 'true' }, spec: { type: 'LoadBalancer', port: [PORT] } },
  ],
  [
    'at a fixed private address of a subnet',
    Exposure.internalLoadBalancer({
      subnet: { name: 'apps', addressPrefixes: ['10.1.0.0/24', '10.2.0.0/24'] },
      ipAddress: '10.2.0.25',
    }),
    {
      annotations: {
        'load-balancer-internal': 'true',
        'load-balancer-internal-subnet': 'apps',
        'load-balancer-ipv4': '10.2.0.25',
      },
      spec: { type: 'LoadBalancer', port: [PORT] },
    },
  ],
  [
    'at a port of every node',
    Exposure.nodePort({ nodePort: 30080, externalTrafficPolicy: ExternalTrafficPolicy.LOCAL }),
    {
      annotations: {},
      spec: { type: 'NodePort', port: [{ ...PORT, node_port: 30080 }], external_traffic_policy: 'Local' },
    },
  ],
])('a workload can be reached %s', (_, exposure, service) => {
  const stack = testStack();
  exposed(stack, exposure);

  expect(serviceOf(stack)).toEqual(service);
  expect(Problems.of(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([]);
});

test('a public IP address and a subnet can be the resources themselves', () => {
  const stack = testStack();
  const group = { resourceGroupName: 'rg', location: 'westeurope' };
  const publicIp = new PublicIp(stack, 'ip', { ...group, name: 'shop-ip', allocationMethod: 'Static' });
  exposed(stack, Exposure.publicLoadBalancer({ publicIp }));
  const subnet = new Subnet(stack, 'apps', {
    name: 'apps',
    resourceGroupName: 'rg',
    virtualNetworkName: 'net',
    addressPrefixes: ['10.1.0.0/24'],
  });
  new Workload(stack, 'inner', {
    name: 'inner',
    image: ContainerImage.fromReference('ghcr.io/contoso/shop:1'),
    containerPort: 8080,
    exposure: Exposure.internalLoadBalancer({ subnet, ipAddress: '10.1.0.9' }),
  });

  const json = synth(stack);
  expect(JSON.stringify(json)).toContain('"service.beta.kubernetes.io/azure-pip-name":"${azurerm_public_ip.ip.name}"');
  expect(JSON.stringify(json)).toContain('azure-load-balancer-internal-subnet":"${azurerm_subnet.apps.name}"');
  expect(Problems.of(stack)).toEqual([]);
  expect(brokenInvariants(json)).toEqual([]);
});

test.each<[string, Exposure, string | RegExp]>([
  [
    'DNS label',
    Exposure.publicLoadBalancer({ dnsName: { label: 'My_Shop', location: 'westeurope' } }),
    /^'exposure\.dnsName\.label' must be 3 to 63 .*, got "My_Shop"$/,
  ],
  [
    'DNS label with a word of Microsoft',
    Exposure.publicLoadBalancer({ dnsName: { label: 'windows-test', location: 'westeurope' } }),
    /^'exposure\.dnsName\.label' must be a name that does not contain 'microsoft' or 'windows'.*, got "windows-test": Azure rejects the name/,
  ],
  [
    'region',
    Exposure.publicLoadBalancer({ dnsName: { label: 'shop', location: 'west-europe' } }),
    /^'exposure\.dnsName\.location' must be the name of an Azure region.*, got "west-europe": 'az account list-locations --output table' lists them$/,
  ],
  [
    'name of a public IP address',
    Exposure.publicLoadBalancer({ publicIp: { name: 'a b' } }),
    /^'exposure\.publicIp\.name' must be .*, got "a b"$/,
  ],
  [
    'address with a DNS label and of somebody else',
    Exposure.publicLoadBalancer({ dnsName: { label: 'shop', location: 'westeurope' }, publicIp: { name: 'shop-ip' } }),
    `'exposure.dnsName' and 'exposure.publicIp' must not both be given, got "shop" and "shop-ip": set the domain name label of the public IP address where it is created`,
  ],
  [
    'source range',
    Exposure.publicLoadBalancer({ sourceRanges: ['203.0.113.7'] }),
    `'exposure.sourceRanges[0]' must be a range of addresses with its mask, not for loopback, link-local or multicast addresses, such as "203.0.113.0/24", got "203.0.113.7"`,
  ],
  [
    'list of no source ranges',
    Exposure.internalLoadBalancer({ sourceRanges: [] }),
    `'exposure.sourceRanges' must name at least one range, got none: leave it out if everyone may call`,
  ],
  [
    'service tag',
    Exposure.publicLoadBalancer({ serviceTags: ['Azure Cloud'] }),
    /^'exposure\.serviceTags\[0\]' must be .*, got "Azure Cloud"$/,
  ],
  [
    'pair of source ranges and service tags',
    Exposure.publicLoadBalancer({ sourceRanges: ['10.0.0.0/8'], serviceTags: ['AzureCloud'] }),
    `'exposure.sourceRanges' and 'exposure.serviceTags' must not both be given, got "10.0.0.0/8" and "AzureCloud": nodes would drop traffic from the service tags`,
  ],
  [
    'idle time-out',
    Exposure.internalLoadBalancer({ idleTimeoutMinutes: 3 }),
    `'exposure.idleTimeoutMinutes' must be a whole number from 4 to 100, such as 30, got 3`,
  ],
  [
    'path of the health probe',
    Exposure.publicLoadBalancer({ healthProbe: { path: 'healthz' } }),
    /^'exposure\.healthProbe\.path' must be a path that begins with '\/'.*, got "healthz"$/,
  ],
  [
    'interval of the health probe',
    Exposure.publicLoadBalancer({ healthProbe: { path: '/', intervalSeconds: 4 } }),
    `'exposure.healthProbe.intervalSeconds' must be a whole number from 5 to 119, such as 5, got 4`,
  ],
  [
    'number of health probes',
    Exposure.publicLoadBalancer({ healthProbe: { path: '/', numberOfProbes: 1 } }),
    `'exposure.healthProbe.numberOfProbes' must be a whole number from 2 to 23, such as 2, got 1`,
  ],
  [
    'time that a health probe takes',
    Exposure.publicLoadBalancer({ healthProbe: { path: '/', intervalSeconds: 30, numberOfProbes: 4 } }),
    `'exposure.healthProbe.intervalSeconds' times 'numberOfProbes' must be less than 120, got 30 times 4: Azure rejects it`,
  ],
  [
    'health probe of a local policy',
    Exposure.publicLoadBalancer({ healthProbe: { path: '/' }, externalTrafficPolicy: ExternalTrafficPolicy.LOCAL }),
    `'exposure.healthProbe' must not be given with externalTrafficPolicy "Local", got the path "/": Azure then uses the health check of Kubernetes`,
  ],
  [
    'private address',
    Exposure.internalLoadBalancer({ ipAddress: '10.1.0' }),
    `'exposure.ipAddress' must be an IPv4 address of a host, such as "10.240.0.25", got "10.1.0"`,
  ],
  [
    'private address of another subnet',
    Exposure.internalLoadBalancer({
      subnet: { name: 'apps', addressPrefixes: ['10.1.0.0/24'] },
      ipAddress: '10.2.0.25',
    }),
    `'exposure.ipAddress' must be an address of the subnet (10.1.0.0/24), and none of the first four or the last, which Azure reserves, got "10.2.0.25": use another address or another subnet`,
  ],
  [
    'private address that Azure keeps',
    Exposure.internalLoadBalancer({
      subnet: { name: 'apps', addressPrefixes: ['10.1.0.0/24'] },
      ipAddress: '10.1.0.3',
    }),
    /none of the first four or the last, which Azure reserves, got "10\.1\.0\.3"/,
  ],
  [
    'subnet',
    Exposure.internalLoadBalancer({ subnet: { name: '/subscriptions/1/subnets/a' } }),
    /^'exposure\.subnet\.name' must be .*, got "\/subscriptions\/1\/subnets\/a"$/,
  ],
  [
    'node port',
    Exposure.nodePort({ nodePort: 8080 }),
    `'exposure.nodePort' must be a whole number from 30000 to 32767, such as 30080, got 8080: the range that clusters use for node ports`,
  ],
])('reports a bad %s', (_, exposure, message) => {
  const stack = testStack();
  exposed(stack, exposure);

  expect(Problems.of(stack)).toHaveLength(1);
  const [problem] = Problems.of(stack).map((one) => one.replace('[stack/web] ', ''));
  expect(typeof message === 'string' ? problem === message : message.test(problem!)).toBe(true);
});

test('reports the port of the kubelet behind a load balancer', () => {
  const stack = testStack();
  exposed(stack, Exposure.publicLoadBalancer(), 10250);

  expect(Problems.of(stack)).toEqual([
    "[stack/web] 'servicePort' must be a port other than 10250 behind a load balancer, such as 80, got 10250: that port is the kubelet " +
      'of every node',
  ]);
});

test.each([['203.0.113.7/24', 'which means "203.0.113.0/24": write that if you mean the whole range']])(
  'warns of the source range %s',
  (range, reason) => {
    const stack = testStack();
    exposed(stack, Exposure.publicLoadBalancer({ sourceRanges: [range] }));

    expect(warningsOf(stack)).toEqual([expect.stringContaining(reason)]);
  },
);

test.each([
  [
    'public',
    (stack: TerraformStack) => {
      const { stringValue, numberValue, listValue } = token(stack);
      return Exposure.publicLoadBalancer({
        dnsName: { label: stringValue, location: stringValue },
        sourceRanges: listValue,
        healthProbe: { path: stringValue, intervalSeconds: numberValue, numberOfProbes: numberValue },
        idleTimeoutMinutes: numberValue,
      });
    },
  ],
  ['for service tags', (stack: TerraformStack) => Exposure.publicLoadBalancer({ serviceTags: token(stack).listValue })],
  [
    'internal',
    (stack: TerraformStack) => {
      const { stringValue, listValue } = token(stack);
      return Exposure.internalLoadBalancer({
        subnet: { name: stringValue, addressPrefixes: listValue },
        ipAddress: stringValue,
      });
    },
  ],
  ['node port', (stack: TerraformStack) => Exposure.nodePort({ nodePort: token(stack).numberValue })],
])('tokens pass every rule of an exposure: %s', (_, exposure) => {
  const stack = testStack();
  exposed(stack, exposure(stack));

  expect(Problems.of(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([]);
  expect(brokenInvariants(synth(stack))).toEqual([]);
});

test.each<[string, Exposure, number, unknown]>([
  ['the Service', Exposure.clusterOnly(), 8080, 'http://web.default.svc.cluster.local:8080'],
  [
    'the DNS name',
    Exposure.publicLoadBalancer({ dnsName: { label: 'shop', location: 'West Europe' } }),
    80,
    'http://shop.westeurope.cloudapp.azure.com',
  ],
  [
    'the DNS name, with TLS',
    Exposure.publicLoadBalancer({ dnsName: { label: 'shop', location: 'westeurope' } }),
    443,
    'https://shop.westeurope.cloudapp.azure.com',
  ],
  [
    'the address, once there is one',
    Exposure.publicLoadBalancer(),
    80,
    expect.stringMatching(/^\$\{join\("", formatlist\("http:\/\/%s", compact\(\[try\(.*, ""\)\]\)\)\)\}$/),
  ],
])('the URL is that of %s', (_, exposure, servicePort, url) => {
  const stack = testStack();
  const workload = exposed(stack, exposure, servicePort);
  new TerraformOutput(stack, 'url', { value: workload.url });
  new TerraformOutput(stack, 'node-port', { value: workload.nodePort });
  const json = synth(stack);

  expect(json.output!.url!.value).toEqual(url);
  expect(json.output!['node-port']!.value).toMatch(
    /^\$\{try\(kubernetes_service_v1\.\w+\.spec\[0\]\.port\[0\]\.node_port, 0\)\}$/,
  );
  expect(brokenInvariants(json)).toEqual([]);
});
