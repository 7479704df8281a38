import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AksCluster,
  AksVirtualNetwork,
  ContainerImage,
  KubernetesRole,
  KubernetesServiceAccount,
  Problems,
  SubnetUse,
  TrafficSource,
  VoteApp,
} from '../../../constructs';
import { addresses, RESOURCE_GROUP, synth, testStack, token } from '../../util';

/** A construct with a method that takes the id of what it makes. */
interface Adder {
  /** The construct that gets the part. */
  readonly scope: IConstruct;
  /** Calls the method. */
  readonly add: (id: string) => unknown;
  /** The id of another part of the construct, which the method did not make. */
  readonly other: string;
}

function networkIn(stack: TerraformStack, id = 'net', range = '10.240.0.0/14'): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, id, {
    resourceGroup: RESOURCE_GROUP,
    virtualNetworkName: id,
    addressSpace: [range],
  });
}

function clusterIn(stack: TerraformStack): AksCluster {
  return new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
}

const ADDERS: { readonly [method: string]: (stack: TerraformStack) => Adder } = {
  addFront: (stack) => {
    const image = ContainerImage.fromReference('ghcr.io/contoso/vote:1');
    const vote = new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image } });
    const settings = { vote1Value: 'Tea', vote2Value: 'Coffee' };
    return { scope: vote, add: (id) => vote.addFront(id, settings), other: 'back' };
  },
  addNodePool: (stack) => {
    const cluster = clusterIn(stack);
    return { scope: cluster, add: (id) => cluster.addNodePool(id, { name: 'more' }), other: 'kubelet' };
  },
  addServiceAccount: (stack) => {
    const cluster = clusterIn(stack);
    const options = { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'shop' };
    return { scope: cluster, add: (id) => cluster.addServiceAccount(id, options), other: 'kubelet' };
  },
  addSubnet: (stack) => {
    const net = networkIn(stack);
    const props = { addressPrefix: '10.241.0.0/24', use: SubnetUse.PODS, subnetName: 'pods' };
    return { scope: net, add: (id) => net.addSubnet(id, props), other: 'route-table' };
  },
  grant: (stack) => {
    const account = new KubernetesServiceAccount(stack, 'account', { serviceAccountName: 'orders' });
    account.grant('first', KubernetesRole.edit());
    return { scope: account, add: (id) => account.grant(id, KubernetesRole.view()), other: 'Resource' };
  },
  peerWith: (stack) => {
    const [net, hub] = [networkIn(stack), networkIn(stack, 'hub', '10.0.0.0/16')];
    return { scope: net, add: (id) => net.peerWith(id, hub), other: 'nodes' };
  },
  allowInbound: (stack) => {
    const net = networkIn(stack);
    const props = { source: TrafficSource.internet(), ports: ['80'] };
    const scope = net.node.findChild('security-group');
    return { scope, add: (id) => net.allowInbound(id, props), other: 'Resource' };
  },
  allowNodePortsFrom: (stack) => {
    const net = networkIn(stack);
    const scope = net.node.findChild('security-group');
    return { scope, add: (id) => net.allowNodePortsFrom(id, TrafficSource.internet()), other: 'Resource' };
  },
};

/** The methods of constructs, ours alone, that take the id of what they make. */
function methodsWithId(): string[] {
  const folder = join(__dirname, '../../../constructs');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /^ {2}public (\w+)\((?:\s*scope: Construct,)?\s*id: string/gm,
      ),
    ].map(([, method]) => method!),
  );
}

test('the table holds every method that takes the id of what it makes', () => {
  expect(Object.keys(ADDERS).sort()).toEqual([...new Set(methodsWithId())].sort());
});

describe.each(Object.entries(ADDERS))('%s', (_, adderIn) => {
  test('with one id has no problem', () => {
    const stack = testStack();
    adderIn(stack).add('second');

    expect(Problems.of(stack)).toEqual([]);
  });

  test('with one id twice makes one part, and says so once', () => {
    const stack = testStack();
    const { scope, add } = adderIn(stack);
    const first = add('second');
    const made = addresses(synth(stack));
    const again = add('second');

    expect(again).toBe(first);
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        `^\\[${scope.node.path}\\] 'id' must be unique, got "second" for an? [a-z ]+, which is the id of ` +
          `${scope.node.path}/second already: give each [a-z ]+ a different id$`,
      ),
    ]);
    expect(addresses(synth(stack))).toEqual(made);
  });

  test('with the id of another part says so', () => {
    const stack = testStack();
    const { scope, add, other } = adderIn(stack);
    add(other);

    expect(Problems.of(stack)).toEqual([expect.stringContaining(`got "${other}" for a`)]);
    expect(Problems.of(stack)[0]).toContain(`which is the id of ${scope.node.path}/${other} already`);
  });

  test.each([
    ['', `'id' must be a non-empty text, such as "second", got ""`],
    [token, `'id' must be known when the program runs`],
  ])('with an id that cannot be one says so, and goes on (%#)', (id, problem) => {
    const stack = testStack();
    const { scope, add } = adderIn(stack);
    add(typeof id === 'string' ? id : id(stack).stringValue);

    expect(Problems.of(stack)).toEqual([expect.stringContaining(`[${scope.node.path}] ${problem}`)]);
  });
});
