import {
  AksVirtualNetwork,
  ContainerImage,
  Exposure,
  PodSecurity,
  Probe,
  Problems,
  TrafficSource,
  VoteApp,
  Workload,
} from '../../../constructs';
import type { Construct } from 'constructs';
import { RESOURCE_GROUP, testStack } from '../../util';

const image = ContainerImage.fromReference('nginx:1.27');
const hole = [null] as unknown as string[];
const text = '5' as unknown as number;

function vote(scope: Construct, front: object): void {
  new VoteApp(scope, 'vote', { namePrefix: 'vote', front: { image, ...front } });
}

function network(scope: Construct): AksVirtualNetwork {
  return new AksVirtualNetwork(scope, 'network', { resourceGroup: RESOURCE_GROUP, virtualNetworkName: 'network' });
}

const handedOn: readonly (readonly [string, (scope: Construct) => void])[] = [
  ['front.exposure.sourceRanges[0]', (s) => vote(s, { exposure: Exposure.publicLoadBalancer({ sourceRanges: hole }) })],
  ['front.exposure.serviceTags[0]', (s) => vote(s, { exposure: Exposure.internalLoadBalancer({ serviceTags: hole }) })],
  [
    'front.probes.readiness.timeoutSeconds',
    (s) => vote(s, { probes: { readiness: Probe.tcp({ timeoutSeconds: text }) } }),
  ],
  ['front.security.userId', (s) => vote(s, { security: PodSecurity.restricted({ userId: text }) })],
  ['source[0]', (s) => network(s).allowNodePortsFrom('rule', TrafficSource.ranges(hole))],
];

test.each(handedOn)('a mistake in what is handed on to parts is one message: %s', (path, make) => {
  const stack = testStack();
  make(stack);

  expect(Problems.of(stack)).toEqual([expect.stringContaining(`'${path}' must be `)]);
});

test('two that are given the same mistake report it each', () => {
  const stack = testStack();
  const exposure = Exposure.publicLoadBalancer({ sourceRanges: hole });
  for (const name of ['one', 'two']) {
    new Workload(stack, name, { name, image, containerPort: 80, exposure });
  }

  expect(Problems.of(stack)).toHaveLength(2);
});

test('a validation that fails hides no other of the same construct', () => {
  const stack = testStack();
  const workload = new Workload(stack, 'web', { name: 'web', image, containerPort: 80, replicas: -1 });
  const own = Problems.of(workload);
  workload.node.addValidation({
    validate: () => {
      throw new Error('boom');
    },
  });
  workload.node.addValidation({ validate: () => ['later'] });

  expect(own).toHaveLength(1);
  expect(Problems.of(workload)).toEqual([...own, expect.stringContaining('failed with an error'), '[stack/web] later']);
});
