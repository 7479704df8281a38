import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct } from 'constructs';
import {
  Cpu,
  ContainerImage,
  EnvValue,
  type InitContainer,
  Memory,
  PercentOrAbsolute,
  PodSecurity,
  Probe,
  Problems,
  VoteBackend,
  VoteFront,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { at, type Block, only, synth, testApp, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');
const MEBIBYTE = 1024 * 1024;

function web(scope: Construct, props: Partial<WorkloadProps> = {}, id = 'web'): Workload {
  return new Workload(scope, id, { name: id, image, containerPort: 8080, ...props });
}

function problemsOf(props: Partial<WorkloadProps>): string[] {
  const stack = testStack();
  web(stack, props);
  return Problems.of(stack).map((problem) => problem.replace(/^\[stack\/web\] /, ''));
}

const init = (more: Partial<InitContainer>): InitContainer => ({ name: 'init', image, ...more });
const config = (name: string, value = 'a'): { [name: string]: EnvValue } => ({
  [name]: EnvValue.fromConfigValue(value),
});
const secret = (name: string): { [name: string]: EnvValue } => ({
  [name]: EnvValue.fromSecretValue(token(testStack()).stringValue),
});
const restricted = (...writableFolders: string[]): PodSecurity => PodSecurity.restricted({ writableFolders });

describe('what a ConfigMap or a Secret holds', () => {
  test.each<[string, Partial<WorkloadProps>]>([
    ['a key of 253 characters', { environment: config('a'.repeat(253)) }],
    [
      'a key of 253 characters with the name of an init container',
      {
        initContainers: [init({ environment: secret('a'.repeat(248)) })],
      },
    ],
    [
      'one key in the ConfigMap and in the Secret',
      { environment: config('A'), initContainers: [init({ environment: secret('A') })] },
    ],
    [
      '1 MiB',
      { configFiles: { '/a': 'a'.repeat(MEBIBYTE - 1) }, initContainers: [init({ environment: config('A') })] },
    ],
  ])('may be %s', (_, props) => {
    expect(problemsOf(props)).toEqual([]);
  });

  test.each<[string, Partial<WorkloadProps>, RegExp]>([
    [
      'a longer key',
      { environment: config('a'.repeat(254)) },
      /^'environment\.a+' must have a key of at most 253 characters .*, got 254/,
    ],
    [
      'a longer key of an init container',
      { initContainers: [init({ environment: secret('a'.repeat(249)) })] },
      /^'initContainers\[0\]\.environment\.a+' must have a key of at most 253 characters .*, got 254/,
    ],
    [
      'two files of one key',
      { configFiles: { '/a/b': '', '/a__b': '' } },
      /^'configFiles\.\/a__b' must have a unique key, got "a__b", which 'configFiles\.\/a\/b' has/,
    ],
    [
      'a file and a variable of one key',
      { configFiles: { '/a.b': '' }, environment: config('a.b') },
      /^'configFiles\.\/a\.b' must have a unique key, got "a\.b", which 'environment\.a\.b' has/,
    ],
    [
      'variables of two containers of one key',
      { environment: config('init.A'), initContainers: [init({ environment: config('A') })] },
      /^'initContainers\[0\]\.environment\.A' must have a unique key, got "init\.A"/,
    ],
    [
      'more than 1 MiB in all',
      { configFiles: { '/a': 'a'.repeat(MEBIBYTE) }, initContainers: [init({ environment: config('A') })] },
      /^'configFiles\.\/a' must be at most 1048576 bytes together with all other values .*, got 1048577/,
    ],
  ])('may not be %s', (_, props, message) => {
    expect(problemsOf(props)).toEqual([expect.stringMatching(message)]);
  });
});

describe('what a container finds in its file system', () => {
  test.each<[string, Partial<WorkloadProps>]>([
    ['a file in a writable folder', { configFiles: { '/etc/app/a': '' }, security: restricted('/etc/app') }],
    ['a folder in a folder', { security: restricted('/tmp', '/tmp/cache') }],
    ['names that begin alike', { configFiles: { '/a': '', '/ab': '' }, security: restricted('/abc') }],
    [
      'one folder for two containers',
      { security: restricted('/tmp'), initContainers: [init({ security: restricted('/tmp') })] },
    ],
  ])('may be %s', (_, props) => {
    expect(problemsOf(props)).toEqual([]);
  });

  test.each<[string, Partial<WorkloadProps>, RegExp]>([
    [
      'a file twice',
      { configFiles: { '/a': '' }, security: restricted('/a') },
      /must not contain a path that is in use, got "\/a" again/,
    ],
    [
      'a folder below a file',
      { configFiles: { '/a': '' }, security: restricted('/a/b') },
      /^'configFiles' must not use the same path for a file and a folder, got "\/a" and "\/a\/b"/,
    ],
    [
      'a file below a file',
      { configFiles: { '/a': '', '/a/b': '' } },
      /^'configFiles' must not use the same path for a file and a folder/,
    ],
    [
      'folders that become one',
      { security: restricted('/a/b', '/a__b') },
      /^'security\.writableFolders' must differ from "\/a\/b"/,
    ],
    [
      'folders of two containers that become one',
      { security: restricted('/a/b'), initContainers: [init({ security: restricted('/a__b') })] },
      /^'initContainers\[0\]\.security\.writableFolders' must differ/,
    ],
    [
      'a folder with a slash at its end',
      { security: restricted('/tmp', '/tmp/') },
      /writableFolders\[\d\]' must be the absolute path/,
    ],
  ])('may not be %s', (_, props, message) => {
    expect(problemsOf(props)).toEqual([expect.stringMatching(message)]);
  });
});

describe('what Kubernetes takes', () => {
  test('as the name of a variable is any printable ASCII but "="; keys get letters for the rest', () => {
    const stack = testStack();
    const names = ['Logging:Level', '1A', 'A B', '..a', 'a/b'];
    web(stack, { environment: Object.assign({}, ...names.map((name) => config(name))) as Record<string, EnvValue> });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(invalidManifests(json)).toEqual([]);
    expect(Object.keys(only(json, 'kubernetes_config_map_v1').data as Block)).toEqual([
      ...['1A', 'A_20_B', 'Logging_3a_Level', '_2e_.a', 'a_2f_b'],
    ]);
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['more than twice the pods while they are replaced', { rollout: { maxSurge: PercentOrAbsolute.percent(300) } }],
    ['a path of a probe without a slash', { probes: { readiness: Probe.http('healthz') } }],
    ['a short time to end', { terminationGracePeriodSeconds: 3 }],
    ['half an hour to end', { terminationGracePeriodSeconds: 1800 }],
  ])('is %s', (_, props) => {
    const stack = testStack();
    web(stack, props);

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, Partial<WorkloadProps>, RegExp]>([
    [
      'no time to end',
      { terminationGracePeriodSeconds: 0 },
      /'terminationGracePeriodSeconds' is 0: pods are killed immediately/,
    ],
    [
      'more time than a drain takes',
      { terminationGracePeriodSeconds: 3600 },
      /'terminationGracePeriodSeconds' is 3600, and AKS waits 1800/,
    ],
    ['parts of bytes', { resources: { memoryRequest: Memory.of('512m') } }, /'resources\.memoryRequest' is "512m"/],
    [
      'parts of bytes of an init container',
      { initContainers: [init({ resources: { memoryLimit: Memory.of('134217728000m') } })] },
      /'initContainers\[0\]\.resources\.memoryLimit' is "134217728000m"/,
    ],
    [
      'little CPU of an init container',
      { initContainers: [init({ resources: { cpuLimit: Cpu.millis(10) } })] },
      /'initContainers\[0\]\.resources\.cpuLimit' is "10m"/,
    ],
  ])('with a warning: %s', (_, props, warning) => {
    const stack = testStack();
    web(stack, props);

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(warning)]);
  });

  test('a pod that has no time to end does not wait before it ends', () => {
    const stack = testStack();
    web(stack, { terminationGracePeriodSeconds: 5 });
    const text = JSON.stringify(only(synth(stack), 'kubernetes_deployment_v1'));

    expect(text).toContain('"termination_grace_period_seconds":5');
    expect(text).not.toContain('pre_stop');
  });

  test('above 100 percent is nothing else', () => {
    expect(problemsOf({ rollout: { maxUnavailable: PercentOrAbsolute.percent(101) } })).toEqual([
      expect.stringMatching(/'rollout\.maxUnavailable' must be a whole number of percent from 0 to 100, got 101%/),
    ]);
  });
});

describe('a back end of other fronts', () => {
  const redis = (scope: Construct, namespace?: string): VoteBackend =>
    new VoteBackend(scope, 'back', { name: 'back', namespace });

  test.each([
    ['its own namespace', 'vote', 'vote', 'back'],
    ['the default namespace', undefined, 'default', 'back'],
    ['another namespace', 'data', 'vote', 'back.data.svc.cluster.local'],
    ['the default namespace, from another', undefined, 'vote', 'back.default.svc.cluster.local'],
  ])('is found by fronts of %s', (_, backendNamespace, namespace, host) => {
    const stack = testStack();
    const backend = redis(stack, backendNamespace);
    new VoteFront(stack, 'front', { name: 'front', image, backend, namespace });
    const text = JSON.stringify(at(synth(stack), 'kubernetes_deployment_v1', 'front'));

    expect(text.match(/"name":"REDIS","value":"[^"]*"/g)).toEqual([
      ...[`"name":"REDIS","value":"${host}"`, `"name":"REDIS","value":"${host}"`],
    ]);
  });

  test('must be on their cluster, as far as the program knows', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    const backend = new VoteBackend(stack, 'back', { name: 'back', provider });
    const own = stack.node.findChild('kubernetes') as KubernetesProvider;
    new VoteFront(stack, 'front', { name: 'front', image, backend, provider: own });
    expect(Problems.of(stack)).toEqual([
      "[stack/front/web] 'provider' must be that of stack/back/redis, which it calls, got stack/kubernetes and stack/other: " +
        'workloads can only call each other inside the same cluster',
    ]);

    const app = testApp();
    const [a, b] = [testStack(app, 'a'), testStack(app, 'b')];
    new VoteFront(b, 'front', { name: 'front', image, backend: redis(a) });
    expect(Problems.of(app)).toEqual([]);
  });
});
