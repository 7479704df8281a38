import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AcrPublicAccess,
  AcrRegistry,
  AcrSku,
  AksCluster,
  type AksClusterProps,
  ClusterIdentity,
  CronJob,
  DaemonSet,
  type IContainerImage,
  Problems,
  Tags,
  TaintEffect,
  UserAssignedIdentity,
  Workload,
  Worker,
} from '../../../constructs';
import { RESOURCE_GROUP, synth, testApp, testStack } from '../../util';

/*
 * A program that asks for its problems before it is synthesized hears of all of them: what is found only by then is found
 * too late to print and stop.
 */

function registryIn(stack: TerraformStack): AcrRegistry {
  return new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contososhop' });
}

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}): AksCluster {
  return new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'shop', ...props });
}

function webOf(stack: TerraformStack, image: IContainerImage): Workload {
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 8080 });
}

/** Programs with what only the complete tree tells, by the rule that they break. */
const PROGRAMS: readonly (readonly [string, (stack: TerraformStack) => void])[] = [
  ['pull-not-granted', (stack) => webOf(stack, registryIn(stack).image('web', 'v1'))],
  ['pull-not-granted', (stack) => webOf(stack, registryIn(stack).imageByDigest('web', `sha256:${'0'.repeat(64)}`))],
  ['pull-not-granted', (stack) => webOf(stack, registryIn(stack).cached('docker.io/library/redis', '7.2'))],
  [
    'pull-not-granted',
    (stack) => new Worker(stack, 'work', { name: 'work', image: registryIn(stack).image('work', 'v1') }),
  ],
  [
    'pull-not-granted',
    (stack) => new DaemonSet(stack, 'agent', { name: 'agent', image: registryIn(stack).image('agent', 'v1') }),
  ],
  [
    'pull-not-granted',
    (stack) => {
      const image = registryIn(stack).image('report', 'v1');
      new CronJob(stack, 'report', { name: 'report', image, schedule: '0 6 * * *' });
    },
  ],
  [
    'pull-not-granted',
    (stack) => webOf(testStack(stack.node.root as never, 'app'), registryIn(stack).image('web', 'v1')),
  ],
  [
    'registry-not-reached',
    (stack) =>
      new AcrRegistry(stack, 'registry', {
        resourceGroup: RESOURCE_GROUP,
        registryName: 'contososhop',
        sku: AcrSku.PREMIUM,
        publicAccess: AcrPublicAccess.none(),
      }),
  ],
  ['tag-without-resource', (stack) => Tags.of(stack).add('team', 'web')],
  [
    'time-provider-missing',
    (stack) => {
      const other = new TerraformStack(stack.node.root as never, 'without-time');
      new AzurermProvider(other, 'azurerm', { features: [{}] });
      const [identity, kubeletIdentity] = ['identity', 'kubelet'].map(
        (id) => new UserAssignedIdentity(other, id, { resourceGroup: RESOURCE_GROUP, identityName: id }),
      );
      clusterIn(other, { identity: ClusterIdentity.userAssigned(identity!, { kubeletIdentity: kubeletIdentity! }) });
    },
  ],
  [
    'taints-tolerated',
    (stack) => {
      const cluster = clusterIn(stack);
      cluster.addNodePool('batch', {
        name: 'batch',
        taints: [{ key: 'sku', value: 'batch', effect: TaintEffect.NO_SCHEDULE }],
      });
      const registry = registryIn(stack);
      registry.grantPull(cluster);
      new Workload(stack, 'web', {
        name: 'web',
        image: registry.image('web', 'v1'),
        containerPort: 8080,
        provider: new KubernetesProvider(stack, 'shop', { alias: 'shop', ...cluster.kubernetesProviderConfig(stack) }),
      });
    },
  ],
];

test.each(PROGRAMS)('%s is found before the synthesis, and then not again', (rule, write) => {
  const app = testApp();
  const stack = testStack(app);
  write(stack);
  const warnings = Problems.warningsOf(app);
  const before = Problems.list(app);

  expect(before.map((one) => one.rule)).toContain(rule);
  expect(warnings).toEqual(
    before.filter(({ severity }) => severity === 'warning').map(({ path, message }) => `[${path}] ${message}`),
  );
  app.node.children.filter((one) => TerraformStack.isStack(one)).forEach(synth);
  expect(Problems.list(app)).toEqual(before);
});

test('a grant that is made after somebody asked is seen', () => {
  const stack = testStack();
  const registry = registryIn(stack);
  webOf(stack, registry.image('web', 'v1'));
  expect(Problems.warningsOf(stack)).toHaveLength(1);

  registry.grantPull(clusterIn(stack));
  expect(Problems.warningsOf(stack)).toEqual([]);
});

/** What only the synthesis runs, with what it does there: none of it reports anything by itself. */
const ASPECTS: Readonly<Record<string, string>> = {
  'azure/tags.ts': 'sets tags',
  'core/order/aspects-above.ts': 'adds the aspects of an app to its stacks',
  'core/order/order.ts': 'keeps the order, whose circles are reported as problems',
  'core/problems/report.ts': 'annotates warnings that can be asked for before',
  'identity/role-wait.ts': 'makes the wait, about which a late warning is reported',
};

test('no other construct has an aspect, in which something could be found too late', () => {
  const folder = join(__dirname, '../../../constructs');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /\b(Aspects\.of|addAspect)\(/.test(readFileSync(join(folder, file), 'utf8')));

  expect(files.sort()).toEqual(Object.keys(ASPECTS));
});
