import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  AksServiceAccount,
  ContainerImage,
  Cpu,
  DisruptionBudget,
  Exposure,
  ExternalTrafficPolicy,
  KubernetesNamespace,
  Memory,
  NetworkProfile,
  PercentOrAbsolute,
  PodSecurity,
  Probe,
  Problems,
  RolloutStrategy,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { only, RESOURCE_GROUP, synth, testStack } from '../../util';

type PropsIn = (stack: TerraformStack) => Partial<WorkloadProps>;

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
const ROOT_IMAGE = ContainerImage.fromReference('nginx:1.29');
const { absolute } = PercentOrAbsolute;

function accountIn(stack: TerraformStack, namespace?: string): AksServiceAccount {
  const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
  const options = { cluster, namespace, resourceGroup: RESOURCE_GROUP, serviceAccountName: 'web' };
  return new AksServiceAccount(stack, 'account', options);
}

/** Options that defeat each other, each right by itself: what is said of them, once. */
const DEFEATING: [string, PropsIn, RegExp][] = [
  [
    'isolated, useless network',
    () => ({ isolated: true, clusterNetwork: NetworkProfile.kubenet() }),
    /'isolated' has no/,
  ],
  [
    'isolated, way to Azure',
    (stack) => ({ isolated: true, serviceAccount: accountIn(stack) }),
    /must allow outbound port 443/,
  ],
  [
    'namespace that denies, not isolated',
    (stack) => {
      const options = { namespaceName: 'shop', defaultDeny: true };
      return { namespace: new KubernetesNamespace(stack, 'namespace', options).namespaceName };
    },
    /'isolated' must be true/,
  ],
  [
    'namespace, service account',
    (stack) => ({ serviceAccount: accountIn(stack, 'shop') }),
    /'serviceAccount' must be of/,
  ],
  ['namespace, service name', () => ({ serviceName: 'kubernetes' }), /'serviceName' must not be that of a Service/],
  ['image, security', () => ({ image: ROOT_IMAGE }), /^\[stack\/web\] 'security' does not allow root/],
  [
    'image of an init container, security of the pod',
    () => ({ initContainers: [{ name: 'first', image: ROOT_IMAGE }] }),
    /^\[stack\/web\] 'security' does not allow root/,
  ],
  [
    'image of an init container, its security',
    () => ({
      security: PodSecurity.asImage(),
      initContainers: [{ name: 'first', image: ROOT_IMAGE, security: PodSecurity.restricted() }],
    }),
    /'initContainers\[0\].security' does not allow root/,
  ],
  ['ports', () => ({ additionalPorts: { metrics: 8080 } }), /'additionalPorts.metrics' must not contain a port twice/],
  [
    'port names',
    () => ({ portName: 'web', additionalPorts: { web: 9090 } }),
    /'additionalPorts' must not have the name/,
  ],
  [
    'ports, probe',
    () => ({ probes: { liveness: Probe.tcp({ port: 9090 }) } }),
    /'probes.liveness.port' must be a port/,
  ],
  ['grace period, pre-stop', () => ({ preStopSeconds: 30 }), /'preStopSeconds' must be less than/],
  [
    'replicas, autoscaling',
    () => ({
      replicas: 2,
      autoscaling: { minReplicas: 2, maxReplicas: 4 },
      resources: { cpuRequest: Cpu.millis(100) },
    }),
    /'replicas' must not be given with/,
  ],
  [
    'requests, autoscaling',
    () => ({ autoscaling: { minReplicas: 2, maxReplicas: 4 } }),
    /'resources.cpuRequest' must be/,
  ],
  [
    'request, limit',
    () => ({ resources: { memoryRequest: Memory.gibibytes(1), memoryLimit: Memory.mebibytes(512) } }),
    /'resources.memoryRequest' must not be greater than/,
  ],
  [
    'replicas, disruption budget',
    () => ({ replicas: 3, disruptionBudget: DisruptionBudget.minAvailable(absolute(3)) }),
    /'disruptionBudget.minAvailable' must be fewer/,
  ],
  [
    'replicas, rollout',
    () => ({ rollout: { maxUnavailable: absolute(2) } }),
    /'rollout.maxUnavailable' is 2 of 2 pods/,
  ],
  [
    'surge, strategy',
    () => ({ rollout: { strategy: RolloutStrategy.RECREATE, maxSurge: absolute(1) } }),
    /'rollout.maxSurge' must not be given with/,
  ],
  ['surge, unavailable', () => ({ rollout: { maxSurge: absolute(0) } }), /must not both be 0/],
  [
    'start, deadline',
    () => ({
      probes: { startup: Probe.tcp({ failureThreshold: 10 }) },
      rollout: { progressDeadlineSeconds: 100 },
    }),
    /'rollout.progressDeadlineSeconds' must be greater than/,
  ],
  ['deadline, time-out', () => ({ rollout: { timeoutMinutes: 10 } }), /'rollout.timeoutMinutes' must be longer than/],
  [
    'wait, time-out',
    () => ({ rollout: { wait: false, timeoutMinutes: 30 } }),
    /'rollout.timeoutMinutes' has no effect/,
  ],
  [
    'files, folders',
    () => ({
      configFiles: { '/etc/shop': 'a' },
      security: PodSecurity.restricted({ writableFolders: ['/etc/shop/cache'] }),
    }),
    /'configFiles' must not use the same path for a file and a folder/,
  ],
  [
    'health probe, traffic policy',
    () => ({
      exposure: Exposure.publicLoadBalancer({
        healthProbe: { path: '/ready' },
        externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
      }),
    }),
    /'exposure.healthProbe' must not be given with/,
  ],
  [
    'ranges, service tags',
    () => ({
      exposure: Exposure.publicLoadBalancer({
        sourceRanges: ['203.0.113.0/24'],
        serviceTags: ['AzureFrontDoor.Backend'],
      }),
    }),
    /must not both be given/,
  ],
  [
    'DNS name, public IP address',
    () => ({
      exposure: Exposure.publicLoadBalancer({
        dnsName: { label: 'shop', location: 'westeurope' },
        publicIp: { name: 'shop-ip' },
      }),
    }),
    /must not both be given/,
  ],
];

test.each(DEFEATING)('%s: what does not work together is said once', (_, propsIn, message) => {
  const stack = testStack();
  new Workload(stack, 'web', { name: 'web', image: IMAGE, containerPort: 8080, ...propsIn(stack) });

  expect([...Problems.of(stack), ...Problems.warningsOf(stack)]).toEqual([expect.stringMatching(message)]);
});

/** Rights that keep a container from listening on its ports, unless the pod lowers the first port that others may have. */
test.each<[string, Partial<WorkloadProps>, boolean]>([
  ['a user that is not root', { containerPort: 80 }, true],
  ['a further port', { additionalPorts: { metrics: 81 } }, true],
  [
    'a user of its own',
    { containerPort: 80, security: PodSecurity.custom({ runAsNonRoot: false, userId: 101 }) },
    true,
  ],
  ['root', { containerPort: 80, security: PodSecurity.custom({ runAsNonRoot: false, userId: 0 }) }, false],
  ['whoever the image says', { containerPort: 80, security: PodSecurity.custom({ runAsNonRoot: false }) }, false],
  ['ports that all may have', { additionalPorts: { metrics: 9090 } }, false],
])('ports below 1024 and %s work together', (_, props, lowers) => {
  const stack = testStack();
  new Workload(stack, 'web', { name: 'web', image: IMAGE, containerPort: 8080, ...props });

  const { spec } = only(synth(stack), 'kubernetes_deployment_v1') as {
    spec: { template: { spec: { security_context: { sysctl?: object[] } } } };
  } & object;
  expect(spec.template.spec.security_context.sysctl).toEqual(
    lowers ? [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] : undefined,
  );
});
