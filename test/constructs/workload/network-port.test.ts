import {
  ContainerImage,
  CronJob,
  DaemonSet,
  Job,
  NetworkPeer,
  NetworkPort,
  Problems,
  Worker,
  Workload,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { type Block, only, synth, testStack } from '../../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
const PEER = NetworkPeer.namespace('monitoring');
const PROPS = { name: 'shop', image: IMAGE, isolated: true };
const ADDITIONAL = { additionalPorts: { metrics: 9090 } };

type Stack = ReturnType<typeof testStack>;

const CALLED: Readonly<Record<string, (stack: Stack, ports: NetworkPort[]) => void>> = {
  Workload: (stack, ports) =>
    new Workload(stack, 'x', { ...PROPS, ...ADDITIONAL, containerPort: 8080 }).allowFromPorts(PEER, ports),
  Worker: (stack, ports) => new Worker(stack, 'x', PROPS).allowFromPorts(PEER, ports),
  DaemonSet: (stack, ports) => new DaemonSet(stack, 'x', PROPS).allowFromPorts(PEER, ports),
};

const CALLING: Readonly<Record<string, (stack: Stack, ports: NetworkPort[]) => void>> = {
  Workload: (stack, ports) => new Workload(stack, 'x', { ...PROPS, containerPort: 8080 }).allowToPorts(PEER, ports),
  Worker: (stack, ports) => new Worker(stack, 'x', PROPS).allowToPorts(PEER, ports),
  DaemonSet: (stack, ports) => new DaemonSet(stack, 'x', PROPS).allowToPorts(PEER, ports),
  Job: (stack, ports) => new Job(stack, 'x', PROPS).allowToPorts(PEER, ports),
  CronJob: (stack, ports) => new CronJob(stack, 'x', { ...PROPS, schedule: '@daily' }).allowToPorts(PEER, ports),
};

const PORTS = [
  NetworkPort.tcp(8080),
  NetworkPort.udp(8125),
  NetworkPort.tcpRange(30000, 32767),
  NetworkPort.udpRange(10000, 10000),
  NetworkPort.named('metrics'),
];

const RENDERED = [
  { protocol: 'TCP', port: '8080' },
  { protocol: 'UDP', port: '8125' },
  { protocol: 'TCP', port: '30000', end_port: 32767 },
  { protocol: 'UDP', port: '10000', end_port: 10000 },
  { protocol: 'TCP', port: 'metrics' },
];

const MONITORING = { namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'monitoring' } } };

function policyOf(stack: Stack): Block {
  return only(synth(stack), 'kubernetes_network_policy_v1').spec as Block;
}

test.each(Object.entries(CALLED))('a %s lets a peer in at several ports, ranges and names', (_, make) => {
  const stack = testStack();
  make(stack, PORTS);

  expect(Problems.of(stack)).toEqual([]);
  expect(invalidManifests(synth(stack))).toEqual([]);
  expect(policyOf(stack).ingress).toEqual([{ from: [MONITORING], ports: RENDERED }]);
});

test.each(Object.entries(CALLING))('a %s calls a peer at several ports, ranges and names', (_, make) => {
  const stack = testStack();
  make(stack, PORTS);

  expect(Problems.of(stack)).toEqual([]);
  expect(invalidManifests(synth(stack))).toEqual([]);
  expect((policyOf(stack).egress as Block[])[1]).toEqual({ to: [MONITORING], ports: RENDERED });
});

test('all pods of the namespaces with labels are a peer', () => {
  const stack = testStack();
  const team = NetworkPeer.namespaces({ team: 'web' });
  new Workload(stack, 'x', { ...PROPS, containerPort: 8080 }).allowFrom(team);

  expect(Problems.of(stack)).toEqual([]);
  expect(policyOf(stack).ingress).toEqual([
    { from: [{ namespace_selector: { match_labels: { team: 'web' } } }], ports: [{ protocol: 'TCP', port: '8080' }] },
  ]);
});

test.each<[string, NetworkPort[], RegExp]>([
  ['no ports, which would be all of them', [], /'ports' must name at least one port, got none/],
  [
    'a range that ends before it begins',
    [NetworkPort.tcpRange(90, 80)],
    /'ports\[0\]\.last' must not be less than 'ports\[0\]\.first' \(90\), got 80/,
  ],
  [
    'a port that is none',
    [NetworkPort.tcp(8080), NetworkPort.udp(65536)],
    /'ports\[1\]\.port' must be a whole number from 1 to 65535/,
  ],
  ['a range from a port that is none', [NetworkPort.udpRange(0, 80)], /'ports\[0\]\.first' must be a whole number/],
  ['a name that is none', [NetworkPort.named('The-Metrics')], /'ports\[0\]\.portName' must be 1 to 15/],
])('reports %s once, and opens nothing by an empty list', (_, ports, message) => {
  for (const make of [...Object.values(CALLED), ...Object.values(CALLING)]) {
    const stack = testStack();
    make(stack, ports);

    expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
    expect(JSON.stringify(policyOf(stack)).includes('monitoring')).toBe(ports.length > 0);
  }
});

test('reports a port that no container listens on', () => {
  const stack = testStack();
  CALLED.Workload!(stack, [NetworkPort.tcp(9091)]);

  expect(Problems.of(stack)).toEqual([
    expect.stringMatching(/'ports\[0\]\.port' must be a port that the container listens on \(8080, 9090\), got 9091/),
  ]);
});

test.each([
  [NetworkPort.tcp(443), true],
  [NetworkPort.tcpRange(400, 500), true],
  [NetworkPort.tcp(80), false],
  [NetworkPort.udp(443), false],
  [NetworkPort.tcpRange(444, 500), false],
  [NetworkPort.tcpRange(1, 442), false],
])('%j is a way out to log in: %p', (port, isOne) => {
  expect(port._mayBeHttps).toBe(isOne);
});
