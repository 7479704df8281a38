import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Cpu,
  EnvValue,
  Exposure,
  Memory,
  PercentOrAbsolute,
  Problems,
  VoteApp,
  VoteBackend,
  VoteFront,
  Workload,
  type WorkloadProps,
} from '../../constructs';
import { brokenInvariants } from '../terraform-invariants';
import { at, only, synth, testApp, testStack, token, warningsOf } from '../util';

const IMAGE = ContainerImage.fromReference('nginx:1.29');

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}, id = 'web'): Workload {
  return new Workload(stack, id, { name: 'web', image: IMAGE, containerPort: 8080, ...props });
}

describe('Workload', () => {
  test('is two pods that are replaced one by one, behind a Service inside the cluster, by default', () => {
    const stack = testStack();
    workloadIn(stack);
    const json = synth(stack);

    expect(only(json, 'kubernetes_deployment_v1')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "name": "web",
       },
       "spec": {
         "min_ready_seconds": 0,
         "progress_deadline_seconds": 600,
         "replicas": "2",
         "selector": {
           "match_labels": {
             "app": "web",
           },
         },
         "strategy": {
           "rolling_update": {
             "max_surge": "1",
             "max_unavailable": "0",
           },
           "type": "RollingUpdate",
         },
         "template": {
           "metadata": {
             "labels": {
               "app": "web",
             },
           },
           "spec": {
             "automount_service_account_token": false,
             "container": [
               {
                 "image": "nginx:1.29",
                 "name": "web",
                 "port": [
                   {
                     "container_port": 8080,
                   },
                 ],
                 "resources": {
                   "limits": {},
                   "requests": {},
                 },
               },
             ],
             "enable_service_links": false,
             "node_selector": {
               "kubernetes.io/os": "linux",
             },
           },
         },
       },
       "timeouts": {
         "create": "15m",
         "update": "15m",
       },
       "wait_for_rollout": true,
     }
    `);
    expect(only(json, 'kubernetes_service_v1')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "name": "web",
       },
       "spec": {
         "port": [
           {
             "port": 8080,
             "target_port": "8080",
           },
         ],
         "selector": {
           "app": "web",
         },
         "type": "ClusterIP",
       },
     }
    `);
    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('takes everything that it can be told', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    workloadIn(stack, {
      namespace: 'shop',
      provider,
      portName: 'http',
      servicePort: 80,
      replicas: 5,
      environment: { MODE: EnvValue.literal('production'), LEVEL: EnvValue.literal('') },
      resources: { cpuRequest: Cpu.millis(250), cpuLimit: Cpu.cores(1), memoryLimit: Memory.gibibytes(1) },
      rollout: {
        maxSurge: PercentOrAbsolute.percent(50),
        maxUnavailable: PercentOrAbsolute.absolute(1),
        minReadySeconds: 5,
      },
      exposure: Exposure.publicLoadBalancer(),
    });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      provider: 'kubernetes.other',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas: '5',
        min_ready_seconds: 5,
        strategy: { type: 'RollingUpdate', rolling_update: { max_surge: '50%', max_unavailable: '1' } },
        template: {
          spec: {
            container: [
              {
                port: [{ container_port: 8080, name: 'http' }],
                env: [
                  { name: 'MODE', value: 'production' },
                  { name: 'LEVEL', value: '' },
                ],
                resources: { requests: { cpu: '250m' }, limits: { cpu: '1', memory: '1Gi' } },
              },
            ],
          },
        },
      },
    });
    expect(only(json, 'kubernetes_service_v1')).toMatchObject({
      provider: 'kubernetes.other',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { type: 'LoadBalancer', port: [{ port: 80, target_port: '8080' }] },
    });
  });

  test('says both resource maps even when they are empty, since the provider does not see that one went away', () => {
    const stack = testStack();
    workloadIn(stack);

    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      spec: { template: { spec: { container: [{ resources: { requests: {}, limits: {} } }] } } },
    });
  });

  test('gives the address of its load balancer as an expression that is empty until there is one', () => {
    const stack = testStack();
    new TerraformOutput(stack, 'address', { value: workloadIn(stack).loadBalancerAddress });

    expect(synth(stack).output!.address).toEqual({
      value: expect.stringMatching(
        /^\$\{try\(kubernetes_service_v1\.web_service_\w+\.status\[0\].*\.ip, .*\.hostname, ""\)\}$/,
      ),
    });
  });

  test.each<[string, Partial<WorkloadProps>, string]>([
    [
      'name',
      { name: 'Web_1' },
      `'name' must be 1 to 46 lower-case letters, digits and '-', beginning with a letter and not ending with '-', such as "jm-inn-azure-vote-front", got "Web_1"`,
    ],
    [
      'namespace',
      { namespace: 'Shop' },
      `'namespace' must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, such as "vote", got "Shop"`,
    ],
    [
      'image',
      { image: ContainerImage.fromReference('Nginx:1') },
      `'image' must be an image reference: lower-case path, then a tag or a digest, such as "redis:7.2", got "Nginx:1"`,
    ],
    [
      'containerPort',
      { containerPort: 0, servicePort: 80 },
      `'containerPort' must be a whole number from 1 to 65535, such as 80, got 0`,
    ],
    [
      'servicePort',
      { servicePort: 65536 },
      `'servicePort' must be a whole number from 1 to 65535, such as 80, got 65536`,
    ],
    [
      'portName',
      { portName: '8080' },
      `'portName' must be 1 to 15 lower-case letters, digits and single '-', with a letter in it and no '-' at either end, such as "redis", got "8080"`,
    ],
    ['replicas', { replicas: -1 }, `'replicas' must be a whole number from 0 to 2147483647, such as 2, got -1`],
    [
      'environment',
      { environment: { '1A': EnvValue.literal('x') } },
      `'environment' must be letters, digits, '_', '-' and '.', not beginning with a digit, such as "REDIS", got "1A"`,
    ],
    [
      'cpu quantity',
      { resources: { cpuRequest: Cpu.of('250mm') } },
      `'resources.cpuRequest' must be a Kubernetes quantity that is not negative, such as "250m", got "250mm"`,
    ],
    [
      'memory quantity',
      { resources: { memoryLimit: Memory.mebibytes(-1) } },
      `'resources.memoryLimit' must be a Kubernetes quantity that is not negative, such as "250m", got "-1Mi"`,
    ],
    [
      'request above limit',
      { resources: { cpuRequest: Cpu.millis(600), cpuLimit: Cpu.millis(500) } },
      `'resources.cpuRequest' must not be above 'resources.cpuLimit' ("500m"), got "600m"`,
    ],
    [
      'memory above limit',
      { resources: { memoryRequest: Memory.of('1Gi'), memoryLimit: Memory.of('1000Mi') } },
      `'resources.memoryRequest' must not be above 'resources.memoryLimit' ("1000Mi"), got "1Gi"`,
    ],
    [
      'rollout of nothing',
      { rollout: { maxSurge: PercentOrAbsolute.percent(0), maxUnavailable: PercentOrAbsolute.absolute(0) } },
      `'rollout.maxSurge' and 'rollout.maxUnavailable' must not both be 0, got 0% and 0: no pod could be replaced`,
    ],
    [
      'surge',
      { rollout: { maxSurge: PercentOrAbsolute.absolute(-1) } },
      `'rollout.maxSurge' must be a whole number of pods that is not negative, got -1`,
    ],
    [
      'unavailable',
      { rollout: { maxUnavailable: PercentOrAbsolute.percent(101) } },
      `'rollout.maxUnavailable' must be a whole number of percent from 0 to 100, got 101%`,
    ],
    [
      'minReadySeconds',
      { rollout: { minReadySeconds: -5 } },
      `'rollout.minReadySeconds' must be a whole number from 0 to 2147483647, such as 5, got -5`,
    ],
  ])('reports a bad %s', (_, props, message) => {
    const stack = testStack();
    workloadIn(stack, props);

    expect(Problems.of(stack)).toEqual([`[stack/web] ${message}`]);
  });

  test('takes a request equal to its limit, written in another unit', () => {
    const stack = testStack();
    workloadIn(stack, { resources: { cpuRequest: Cpu.millis(1000), cpuLimit: Cpu.cores(1) } });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('lets tokens pass', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    workloadIn(stack, {
      name: stringValue,
      namespace: stringValue,
      image: ContainerImage.fromReference(stringValue),
      containerPort: numberValue,
      servicePort: numberValue,
      portName: stringValue,
      replicas: numberValue,
      environment: { VALUE: EnvValue.literal(stringValue) },
      resources: {
        cpuRequest: Cpu.of(stringValue),
        cpuLimit: Cpu.millis(1),
        memoryLimit: Memory.mebibytes(numberValue),
      },
      rollout: { maxSurge: PercentOrAbsolute.absolute(numberValue), minReadySeconds: numberValue },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      spec: { replicas: '${var.token}', strategy: { rolling_update: { max_surge: '${var.token}' } } },
    });
  });

  test.each(['nginx', 'nginx:latest', 'ghcr.io/a/b:latest'])('warns of the image %s', (reference) => {
    const stack = testStack();
    workloadIn(stack, { image: ContainerImage.fromReference(reference) });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([
      `[stack/web] the image "${reference}" has no tag that stays: nobody can tell which image runs, and nodes may run ` +
        'different ones. Give it a version or a digest',
    ]);
  });
});

describe('a stack with two Kubernetes providers', () => {
  test('reports each Kubernetes resource that does not choose one, ours or not', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    workloadIn(stack, { provider }, 'chosen');
    workloadIn(stack, { name: 'open' }, 'open');
    new ServiceV1(stack, 'foreign', { metadata: { name: 'foreign' }, spec: { port: [{ port: 80 }] } });

    expect(Problems.of(stack)).toEqual([
      '[stack] the stack has 2 Kubernetes providers (stack/kubernetes, stack/other), and these do not say which they are ' +
        "for: stack/open/Resource, stack/open/service, stack/foreign. Give each construct its 'provider'",
    ]);
  });

  test('reports a provider of another stack, whose name Terraform would look up in this one', () => {
    const app = testApp();
    const one = testStack(app, 'one');
    workloadIn(testStack(app, 'two'), { provider: one.node.findChild('kubernetes') as KubernetesProvider });

    expect(Problems.of(app)).toEqual([
      "[two] 'provider' of two/web/Resource must be one of its own stack, got one/kubernetes",
      "[two] 'provider' of two/web/service must be one of its own stack, got one/kubernetes",
    ]);
  });

  test('is fine when all choose', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image: IMAGE }, provider });

    expect(Problems.of(stack)).toEqual([]);
  });
});

describe('VoteApp', () => {
  test('is a public front and a Redis inside the cluster, created before it', () => {
    const stack = testStack();
    new VoteApp(stack, 'vote', { namePrefix: 'my-vote', front: { image: IMAGE }, namespace: 'vote' });
    const json = synth(stack);

    expect(at(json, 'kubernetes_service_v1', 'vote_front')).toMatchObject({
      metadata: { name: 'my-vote-front', namespace: 'vote' },
      spec: { type: 'LoadBalancer', selector: { app: 'my-vote-front' } },
    });
    expect(at(json, 'kubernetes_service_v1', 'vote_back')).toMatchObject({
      metadata: { name: 'my-vote-back', namespace: 'vote' },
      spec: { type: 'ClusterIP', port: [{ port: 6379, target_port: '6379' }] },
    });
    expect(at(json, 'kubernetes_deployment_v1', 'vote_front')).toMatchObject({
      depends_on: [
        expect.stringMatching(/^kubernetes_deployment_v1\.vote_back_redis_\w+$/),
        expect.stringMatching(/^kubernetes_service_v1\.vote_back_redis_service_\w+$/),
      ],
      spec: {
        replicas: '2',
        template: { spec: { container: [{ env: [{ name: 'REDIS', value: 'my-vote-back' }] }] } },
      },
    });
    expect(at(json, 'kubernetes_deployment_v1', 'vote_back')).toMatchObject({ spec: { replicas: '1' } });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('takes its Redis image and the exposure of its front', () => {
    const stack = testStack();
    new VoteApp(stack, 'vote', {
      namePrefix: 'vote',
      front: { image: IMAGE, exposure: Exposure.clusterOnly() },
      backend: { image: ContainerImage.fromReference('redis:8.2') },
    });
    const json = synth(stack);

    expect(at(json, 'kubernetes_service_v1', 'vote_front')).toMatchObject({ spec: { type: 'ClusterIP' } });
    expect(at(json, 'kubernetes_deployment_v1', 'vote_back')).toMatchObject({
      spec: { template: { spec: { container: [{ image: 'redis:8.2' }] } } },
    });
  });

  test.each([0, 1])('warns of a front with %d replicas', (replicas) => {
    const stack = testStack();
    const backend = new VoteBackend(stack, 'back', { name: 'back' });
    new VoteFront(stack, 'front', { name: 'front', backend, image: IMAGE, replicas });

    expect(warningsOf(stack)).toEqual([
      `[stack/front] 'replicas' is ${replicas}: with fewer than 2, nobody can vote while a node is upgraded or replaced`,
    ]);
  });

  test('reports a bad prefix once', () => {
    const stack = testStack();
    new VoteApp(stack, 'vote', { namePrefix: 'My_Vote', front: { image: IMAGE } });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/vote\] 'namePrefix' must be 1 to 40 .*, got "My_Vote"$/),
    ]);
  });

  test('takes the longest prefix that it allows', () => {
    const stack = testStack();
    new VoteApp(stack, 'vote', { namePrefix: 'a'.repeat(40), front: { image: IMAGE } });

    expect(Problems.of(stack)).toEqual([]);
  });
});
