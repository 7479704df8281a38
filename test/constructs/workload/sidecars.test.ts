import type { TerraformStack } from 'cdktf';
import {
  AcrImageBuild,
  AcrRegistry,
  ContainerImage,
  Cpu,
  EnvValue,
  Memory,
  NetworkPeer,
  PodSecurity,
  Probe,
  Problems,
  type Sidecar,
  Volume,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { type Block, only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');

function sidecar(more: Partial<Sidecar> = {}): Sidecar {
  return { name: 'proxy', image: ContainerImage.fromReference('ghcr.io/contoso/proxy:1'), ...more };
}

function webIn(stack: TerraformStack, props: Partial<WorkloadProps>): Workload {
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ...props });
}

function problemsOf(props: Partial<WorkloadProps>): string[] {
  const stack = testStack();
  webIn(stack, props);
  return Problems.of(stack).map((problem) => problem.replace(/^\[stack\/web\] /, ''));
}

interface Pod extends Block {
  readonly container: readonly Block[];
}

function podOf(props: Partial<WorkloadProps>): Pod {
  const stack = testStack();
  webIn(stack, props);
  const json = synth(stack);
  expect([...Problems.of(stack), ...invalidManifests(json), ...brokenInvariants(json)]).toEqual([]);
  return (only(json, 'kubernetes_deployment_v1') as { spec: { template: { spec: Pod } } }).spec.template.spec;
}

describe('a sidecar', () => {
  test('is a container beside the first one, with the rights of the pod and nothing else, by default', () => {
    const [web, proxy] = podOf({ sidecars: [sidecar()] }).container;

    expect(web).toMatchObject({ name: 'web', port: [{ container_port: 8080 }] });
    expect(proxy).toEqual({
      name: 'proxy',
      image: 'ghcr.io/contoso/proxy:1',
      resources: { limits: {}, requests: {} },
      security_context: web!.security_context,
    });
  });

  test('has a command, variables, ports, probes, resources, rights and volumes of its own', () => {
    const stack = testStack();
    const shared = Volume.emptyDirectory('shared');
    webIn(stack, {
      environment: { A: EnvValue.fromConfigValue('of web') },
      volumes: [{ mountPath: '/out', volume: shared }],
      sidecars: [
        sidecar({
          command: ['proxy', '--quiet'],
          environment: {
            A: EnvValue.fromConfigValue('of proxy'),
            P: EnvValue.fromSecretValue(token(stack).stringValue),
          },
          ports: { https: 8443, metrics: 9090 },
          probes: { liveness: Probe.http('/healthz', { port: 9090 }), startup: Probe.tcp() },
          resources: { cpuRequest: Cpu.millis(50), memoryLimit: Memory.mebibytes(64) },
          security: PodSecurity.restricted({ userId: 101, writableFolders: ['/tmp'] }),
          volumes: [{ mountPath: '/in', volume: shared, readOnly: true }],
          preStopSeconds: 7,
        }),
      ],
    });
    const json = synth(stack);

    expect([...Problems.of(stack), ...warningsOf(stack), ...invalidManifests(json)]).toEqual([]);
    const deployment = only(json, 'kubernetes_deployment_v1') as { spec: { template: { spec: Pod } } };
    const { container, volume } = deployment.spec.template.spec;
    expect(container[1]).toMatchObject({
      command: ['proxy', '--quiet'],
      env: [
        { name: 'A', value_from: { config_map_key_ref: { name: 'web', key: 'proxy.A' } } },
        { name: 'P', value_from: { secret_key_ref: { name: 'web', key: 'proxy.P' } } },
      ],
      port: [
        { container_port: 8443, name: 'https' },
        { container_port: 9090, name: 'metrics' },
      ],
      liveness_probe: { http_get: { path: '/healthz', port: '9090' } },
      startup_probe: { tcp_socket: [{ port: '8443' }] },
      lifecycle: { pre_stop: [{ exec: { command: ['sleep', '7'] } }] },
      resources: { requests: { cpu: '50m' }, limits: { memory: '64Mi' } },
      security_context: { run_as_user: '101', read_only_root_filesystem: true },
      volume_mount: [
        { name: 'writable', mount_path: '/tmp' },
        { name: 'shared', mount_path: '/in', read_only: true },
      ],
    });
    expect(volume).toHaveLength(2);
    expect(only(json, 'kubernetes_config_map_v1').data).toEqual({ A: 'of web', 'proxy.A': 'of proxy' });
  });

  test('is ready when its first port is open, if it has one and nothing else is said', () => {
    expect(podOf({ sidecars: [sidecar({ ports: { https: 8443, metrics: 9090 } })] }).container[1]).toMatchObject({
      readiness_probe: { tcp_socket: [{ port: '8443' }] },
    });
    expect(podOf({ sidecars: [sidecar({ ports: { https: 8443 }, probes: {} })] }).container[1]).not.toHaveProperty(
      'readiness_probe',
    );
  });

  test.each<[string, Partial<WorkloadProps>, boolean]>([
    ['one below 1024', { sidecars: [sidecar({ ports: { http: 80 } })] }, true],
    ['none below 1024', { sidecars: [sidecar({ ports: { http: 8081 } })] }, false],
    [
      'one below 1024 as the image says',
      { sidecars: [sidecar({ ports: { http: 80 }, security: PodSecurity.asImage() })] },
      false,
    ],
    [
      'one below 1024 beside a first container that is as its image says',
      {
        security: PodSecurity.asImage(),
        sidecars: [sidecar({ ports: { http: 80 }, security: PodSecurity.restricted() })],
      },
      true,
    ],
  ])('may listen on its ports without being root: %s', (_, props, needsRight) => {
    expect((podOf(props).security_context as Block).sysctl !== undefined).toBe(needsRight);
  });

  test('comes with what its image needs, for a Worker too', () => {
    const stack = testStack();
    const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso' });
    const built = new AcrImageBuild(stack, 'build', {
      registry,
      repository: 'proxy',
      tag: 'v1',
      source: { repository: 'https://github.com/contoso/proxy', commit: '1705b17'.padEnd(40, '0') },
    });
    new Worker(stack, 'worker', {
      name: 'worker',
      image,
      sidecars: [sidecar({ image: built, probes: { liveness: Probe.exec(['proxy', 'check']) } })],
    });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      depends_on: [expect.stringContaining('task_schedule_run_now')],
      spec: { template: { spec: { container: [{ name: 'worker' }, { name: 'proxy', image: expect.any(String) }] } } },
    });
  });

  test.each<[string, Partial<WorkloadProps>, string | undefined]>([
    ['where it listens', { sidecars: [sidecar({ ports: { https: 8443 } })] }, '5'],
    ['as it is given', { preStopSeconds: 8, sidecars: [sidecar({ ports: { https: 8443 } })] }, '8'],
    ['unless it has a time of its own', { sidecars: [sidecar({ ports: { https: 8443 }, preStopSeconds: 2 })] }, '2'],
    ['unless it listens nowhere', { sidecars: [sidecar()] }, undefined],
  ])('keeps running in a terminating pod as long as the first container: %s', (_, props, seconds) => {
    expect(podOf(props).container[1]!.lifecycle).toEqual(
      seconds && { pre_stop: [{ exec: { command: ['sleep', seconds] } }] },
    );
  });

  test('gets requests through the Service, and may be called, at a port that the Service names', () => {
    const stack = testStack();
    const web = webIn(stack, {
      isolated: true,
      sidecars: [sidecar({ ports: { https: 8443, metrics: 9090 } })],
      servicePorts: [{ name: 'https', port: 443 }],
    });
    web.allowFrom(NetworkPeer.namespace('monitoring'), 9090);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_service_v1').spec).toMatchObject({
      port: [
        { name: 'main', port: 8080, target_port: '8080' },
        { name: 'https', port: 443, target_port: '8443' },
      ],
    });
    expect(only(json, 'kubernetes_network_policy_v1').spec).toMatchObject({ ingress: [{ ports: [{ port: '9090' }] }] });
  });

  test('is among the containers that an autoscaler wants requests of', () => {
    const requests = { cpuRequest: Cpu.millis(100), memoryRequest: Memory.mebibytes(64) };
    const autoscaling = { minReplicas: 1, maxReplicas: 3, cpuUtilizationPercent: 50, memoryUtilizationPercent: 50 };

    expect(problemsOf({ autoscaling, resources: requests, sidecars: [sidecar({ resources: requests })] })).toEqual([]);
    expect(problemsOf({ autoscaling, resources: requests, sidecars: [sidecar()] })).toEqual([
      expect.stringMatching(
        /^'sidecars\[0\]\.resources\.cpuRequest' must be given with 'autoscaling\.cpuUtilizationPercent'/,
      ),
      expect.stringMatching(/^'sidecars\[0\]\.resources\.memoryRequest' must be given/),
    ]);
  });

  test('is what a rollout waits for, when it starts the slowest', () => {
    const slow = Probe.tcp({ port: 8443, failureThreshold: 60 });

    expect(problemsOf({ sidecars: [sidecar({ ports: { https: 8443 }, probes: { startup: slow } })] })).toEqual([
      expect.stringMatching(/and the 600 seconds of 'sidecars\[0\]\.probes\.startup' together, got 600/),
    ]);
  });
});

describe('what is wrong with a sidecar', () => {
  test.each<[string, Partial<WorkloadProps>, RegExp]>([
    ['its name', { sidecars: [sidecar({ name: 'Proxy' })] }, /^'sidecars\[0\]\.name' must be/],
    [
      'the name of the first container',
      { sidecars: [sidecar({ name: 'web' })] },
      /^'sidecars\[0\]\.name' must differ from the names/,
    ],
    [
      'the name of another sidecar',
      { sidecars: [sidecar(), sidecar()] },
      /^'sidecars\[1\]\.name' must differ from the names/,
    ],
    [
      'the name of an init container',
      { initContainers: [sidecar()], sidecars: [sidecar()] },
      /^'sidecars\[0\]\.name' must differ from the names/,
    ],
    [
      'its image',
      { sidecars: [sidecar({ image: ContainerImage.fromReference('Proxy') })] },
      /^'sidecars\[0\]\.image' must/,
    ],
    ['its command', { sidecars: [sidecar({ command: [] })] }, /^'sidecars\[0\]\.command' must name/],
    [
      'a variable',
      { sidecars: [sidecar({ environment: { 'A=': EnvValue.fromValue('a') } })] },
      /^'sidecars\[0\]\.environment' must be/,
    ],
    [
      'a key that the first container has',
      {
        environment: { 'proxy.A': EnvValue.fromConfigValue('a') },
        sidecars: [sidecar({ environment: { A: EnvValue.fromConfigValue('a') } })],
      },
      /^'sidecars\[0\]\.environment\.A' must have a unique key, got "proxy\.A"/,
    ],
    [
      'its resources',
      { sidecars: [sidecar({ resources: { cpuRequest: Cpu.millis(2), cpuLimit: Cpu.millis(1) } })] },
      /^'sidecars\[0\]\.resources\.cpuRequest' must not be greater than/,
    ],
    [
      'its rights',
      { sidecars: [sidecar({ security: PodSecurity.restricted({ userId: 0 }) })] },
      /^'sidecars\[0\]\.security\.userId' must be/,
    ],
    ['the name of a port', { sidecars: [sidecar({ ports: { HTTP: 80 } })] }, /^'sidecars\[0\]\.ports' must be/],
    ['a port', { sidecars: [sidecar({ ports: { http: 0 } })] }, /^'sidecars\[0\]\.ports\.http' must be/],
    [
      'a port of the first container',
      { sidecars: [sidecar({ ports: { http: 8080 } })] },
      /^'sidecars\[0\]\.ports\.http' must not be a port of another container of the pod, got 8080 again/,
    ],
    [
      'an additional port of the first container',
      { additionalPorts: { metrics: 9090 }, sidecars: [sidecar({ ports: { http: 9090 } })] },
      /^'sidecars\[0\]\.ports\.http' must not be a port of another container/,
    ],
    [
      'a port of its own, again',
      { sidecars: [sidecar({ ports: { a: 81, b: 81 } })] },
      /^'sidecars\[0\]\.ports\.b' must not be a port of another container/,
    ],
    [
      'a port of another sidecar',
      { sidecars: [sidecar({ ports: { a: 81 } }), sidecar({ name: 'two', ports: { b: 81 } })] },
      /^'sidecars\[1\]\.ports\.b' must not be a port of another container/,
    ],
    [
      'the name of a port of the first container',
      { portName: 'http', sidecars: [sidecar({ ports: { http: 81 } })] },
      /^'sidecars\[0\]\.ports' must not have the name of another port of the pod, got "http" again/,
    ],
    [
      'the name that the first port gets',
      { additionalPorts: { metrics: 9090 }, sidecars: [sidecar({ ports: { main: 81 } })] },
      /^'sidecars\[0\]\.ports' must not have the name of another port of the pod, got "main" again/,
    ],
    [
      'the name that the first port is known by',
      { sidecars: [sidecar({ ports: { main: 81 } })] },
      /^'sidecars\[0\]\.ports' must not have the name of another port of the pod, got "main" again/,
    ],
    [
      'a folder that it has twice',
      { sidecars: [sidecar({ security: PodSecurity.restricted({ writableFolders: ['/a', '/a'] }) })] },
      /^'sidecars\[0\]\.security\.writableFolders' must not contain a path that is in use, got "\/a" again/,
    ],
    [
      'a folder that an init container has twice',
      { initContainers: [sidecar({ security: PodSecurity.restricted({ writableFolders: ['/a', '/a'] }) })] },
      /^'initContainers\[0\]\.security\.writableFolders' must not contain a path that is in use, got "\/a" again/,
    ],
    [
      'a probe without a port',
      { sidecars: [sidecar({ probes: { liveness: Probe.tcp() } })] },
      /^'sidecars\[0\]\.probes\.liveness\.port' must be given if the container has no ports/,
    ],
    [
      'a probe of a port of the first container',
      { sidecars: [sidecar({ ports: { http: 81 }, probes: { liveness: Probe.tcp({ port: 8080 }) } })] },
      /^'sidecars\[0\]\.probes\.liveness\.port' must be a port that the container listens on \(81\), got 8080: name it in 'sidecars\[0\]\.ports'/,
    ],
    [
      'the time that it has from the first container',
      { preStopSeconds: 30, sidecars: [sidecar({ ports: { http: 81 } })] },
      /^'preStopSeconds' must be less than 'terminationGracePeriodSeconds' \(30\), got 30/,
    ],
    [
      'the time before its end',
      { sidecars: [sidecar({ preStopSeconds: 30 })] },
      /^'sidecars\[0\]\.preStopSeconds' must be less than 'terminationGracePeriodSeconds' \(30\), got 30/,
    ],
    [
      'a volume of another name for what it shares',
      {
        volumes: [{ mountPath: '/a', volume: Volume.emptyDirectory('a') }],
        sidecars: [sidecar({ volumes: [{ mountPath: '/a', volume: Volume.emptyDirectory('a') }] })],
      },
      /^'sidecars\[0\]\.volumes\[0\]\.volume\.name' must differ from/,
    ],
  ])('is reported once: %s', (_, props, message) => {
    expect(problemsOf(props)).toEqual([expect.stringMatching(message)]);
  });

  test('is warned of: images, secrets, limits and slow probes', () => {
    const stack = testStack();
    webIn(stack, {
      sidecars: [
        sidecar({
          image: ContainerImage.fromReference('nginx:latest'),
          environment: { API_KEY: EnvValue.fromValue('a') },
          resources: { cpuLimit: Cpu.millis(10) },
          ports: { http: 8081 },
          probes: { liveness: Probe.tcp({ timeoutSeconds: 20 }) },
        }),
      ],
    });

    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('nginx:latest'),
      expect.stringContaining("'sidecars[0].environment.API_KEY' looks like a secret"),
      expect.stringContaining("'sidecars[0].resources.cpuLimit' is"),
      expect.stringContaining('\'security\' does not allow root, but the image "nginx:latest"'),
      expect.stringContaining("'sidecars[0].probes.liveness.timeoutSeconds' is 20"),
    ]);
  });
});
