import type { TerraformStack } from 'cdktf';
import { ServiceV1, type ServiceV1Spec } from '@cdktf/provider-kubernetes/lib/service-v1';
import { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import {
  BlueGreenService,
  ContainerImage,
  type ContainerLimits,
  type ContainerResources,
  Cpu,
  Exposure,
  HttpRoute,
  KubernetesNamespace,
  type KubernetesNamespaceProps,
  KubernetesServiceAccount,
  Memory,
  type NamespaceQuota,
  PersistentVolumeClaim,
  PodSecurity,
  PodSecurityLevel,
  PriorityClass,
  Problems,
  RouteController,
  Volume,
  VoteSecurity,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { only, synth, testStack, token } from '../../util';

const RESOURCES: ContainerResources = {
  cpuRequest: Cpu.millis(250),
  cpuLimit: Cpu.millis(500),
  memoryRequest: Memory.mebibytes(128),
  memoryLimit: Memory.mebibytes(256),
};

function namespaceIn(stack: TerraformStack, props: Partial<KubernetesNamespaceProps>): KubernetesNamespace {
  return new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop', ...props });
}

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}, id = 'web'): Workload {
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  return new Workload(stack, id, { name: id, image, containerPort: 8080, namespace: 'shop', ...props });
}

/** The problems of a stack with a namespace and a workload in it. */
function problemsOf(namespace: Partial<KubernetesNamespaceProps>, workload: Partial<WorkloadProps>): string[] {
  const stack = testStack();
  namespaceIn(stack, namespace);
  workloadIn(stack, workload);
  return Problems.of(stack);
}

describe('a namespace', () => {
  test('limits what its objects add up to, and what each container may have, before there are any', () => {
    const stack = testStack();
    const { namespaceName: namespace } = namespaceIn(stack, {
      quota: {
        ...{ cpuRequest: Cpu.cores(4), cpuLimit: Cpu.cores(8), memoryRequest: Memory.gibibytes(8) },
        ...{ memoryLimit: Memory.gibibytes(16), pods: 50, loadBalancers: 1, nodePorts: 1 },
        ...{ persistentVolumeClaims: 5, storageGibibytes: 100, otherResources: { 'count/jobs.batch': '20' } },
      },
      containerLimits: {
        defaults: RESOURCES,
        min: { cpu: Cpu.millis(10), memory: Memory.mebibytes(16) },
        max: { cpu: Cpu.cores(2), memory: Memory.gibibytes(4) },
      },
      podSecurity: { enforce: PodSecurityLevel.RESTRICTED, warn: PodSecurityLevel.RESTRICTED, version: 'v1.34' },
    });
    workloadIn(stack, { namespace, resources: RESOURCES });

    const json = synth(stack);
    expect(invalidManifests(json)).toEqual([]);
    expect(only(json, 'kubernetes_resource_quota_v1').spec).toEqual({
      hard: {
        ...{ 'requests.cpu': '4', 'limits.cpu': '8', 'requests.memory': '8Gi', 'limits.memory': '16Gi' },
        ...{ pods: '50', 'services.loadbalancers': '1', 'services.nodeports': '1', persistentvolumeclaims: '5' },
        ...{ 'requests.storage': '100Gi', 'count/jobs.batch': '20' },
      },
    });
    expect(only(json, 'kubernetes_limit_range_v1').spec).toEqual({
      limit: [
        {
          type: 'Container',
          default: { cpu: '500m', memory: '256Mi' },
          default_request: { cpu: '250m', memory: '128Mi' },
          min: { cpu: '10m', memory: '16Mi' },
          max: { cpu: '2', memory: '4Gi' },
        },
      ],
    });
    expect(only(json, 'kubernetes_namespace_v1').metadata).toEqual({
      name: 'shop',
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.34',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': 'v1.34',
      },
    });
    expect(only(json, 'kubernetes_deployment_v1').depends_on).toEqual(
      expect.arrayContaining([
        expect.stringContaining('kubernetes_limit_range_v1'),
        expect.stringContaining('kubernetes_resource_quota_v1'),
      ]),
    );
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, Partial<KubernetesNamespaceProps>, string]>([
    ['a quota of nothing', { quota: {} }, "'quota' must name at least one limit"],
    ['other resources of nothing', { quota: { otherResources: {} } }, "'quota.otherResources' must name at least one"],
    [
      'a resource that has a property',
      { quota: { otherResources: { 'limits.cpu': '1' } } },
      `'quota.otherResources' must be the name of a resource`,
    ],
    ['half a pod', { quota: { pods: 0.5 } }, "'quota.pods' must be a whole number"],
    ['memory as CPU', { quota: { memoryRequest: Memory.of('1 GiB') } }, "'quota.memoryRequest'"],
    ['limits of nothing', { containerLimits: {} }, "'containerLimits' must name at least one limit"],
    [
      'a minimum above the maximum',
      { containerLimits: { min: { cpu: Cpu.cores(2) }, max: { cpu: Cpu.cores(1) } } },
      `'containerLimits.min.cpu' must not be greater than 'containerLimits.max.cpu' ("1"), got "2"`,
    ],
    [
      'a default below the minimum',
      { containerLimits: { min: { memory: Memory.gibibytes(1) }, defaults: RESOURCES } },
      `'containerLimits.min.memory' must not be greater than 'containerLimits.defaults.memoryRequest' ("128Mi"), got "1Gi"`,
    ],
    ['no standard', { podSecurity: { version: 'latest' } }, "'podSecurity' must specify at least one of 'enforce'"],
    [
      'a version of nothing',
      { podSecurity: { enforce: PodSecurityLevel.BASELINE, version: '1.34' } },
      `'podSecurity.version' must be "latest"`,
    ],
  ])('is refused with %s, once', (_, props, message) => {
    const stack = testStack();
    namespaceIn(stack, props);

    expect(Problems.of(stack)).toEqual([expect.stringContaining(message)]);
  });
});

/** Rights, and the lowest standard that allows them. */
const RIGHTS: [string, PodSecurity | undefined, PodSecurityLevel][] = [
  ['the default rights', undefined, PodSecurityLevel.RESTRICTED],
  ['restricted rights', PodSecurity.restricted({ userId: 1000 }), PodSecurityLevel.RESTRICTED],
  ['the rights of Redis', VoteSecurity.redis(), PodSecurityLevel.RESTRICTED],
  [
    'the capability to bind',
    PodSecurity.custom({ addCapabilities: ['NET_BIND_SERVICE'] }),
    PodSecurityLevel.RESTRICTED,
  ],
  ['the rights of the front', VoteSecurity.front(), PodSecurityLevel.BASELINE],
  ['root', PodSecurity.custom({ userId: 0, runAsNonRoot: false }), PodSecurityLevel.BASELINE],
  ['more rights', PodSecurity.custom({ allowPrivilegeEscalation: true }), PodSecurityLevel.BASELINE],
  ['what the image says', PodSecurity.asImage(), PodSecurityLevel.BASELINE],
  ['a capability for the network', PodSecurity.custom({ addCapabilities: ['NET_ADMIN'] }), PodSecurityLevel.PRIVILEGED],
];

const LEVELS = [PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED];

describe('the standard of a namespace', () => {
  test.each(RIGHTS.flatMap(([what, security, lowest]) => LEVELS.map((level) => ({ what, security, lowest, level }))))(
    '$level, with $what',
    ({ security, lowest, level }) => {
      const isRefused = LEVELS.indexOf(level) > LEVELS.indexOf(lowest);
      const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

      const problems = problemsOf({ podSecurity: { enforce: level } }, { security, image });

      expect(problems.filter((one) => one.includes(`must meet the standard "${level}"`))).toHaveLength(
        isRefused ? 1 : 0,
      );
      expect(problems).toHaveLength(isRefused ? 1 : 0);
    },
  );

  test('is not one that only warns', () => {
    const security = VoteSecurity.front();

    expect(problemsOf({ podSecurity: { warn: PodSecurityLevel.RESTRICTED } }, { security })).toEqual([]);
  });

  test('is not one that only Terraform knows', () => {
    const stack = testStack();
    const labels = { 'pod-security.kubernetes.io/enforce': token(stack).stringValue };
    new NamespaceV1(stack, 'shop', { metadata: { name: 'shop', labels } });
    workloadIn(stack, { security: PodSecurity.custom({ addCapabilities: ['SYS_TIME'] }) });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('is that of its own pods', () => {
    const podSecurity = { enforce: PodSecurityLevel.RESTRICTED };

    expect(problemsOf({ podSecurity }, { security: VoteSecurity.front(), namespace: 'other' })).toEqual([]);
  });

  test('names what it refuses, of init containers too', () => {
    const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
    const security = PodSecurity.custom({ addCapabilities: ['SYS_TIME'] });

    expect(
      problemsOf(
        { podSecurity: { enforce: PodSecurityLevel.BASELINE } },
        { initContainers: [{ name: 'clock', image, security }] },
      ),
    ).toEqual([expect.stringContaining('got capability SYS_TIME')]);
  });
});

/** A quota and the resources of two pods, and what is wrong with the two together. */
const QUOTAS: [string, NamespaceQuota, ContainerResources | undefined, string | undefined][] = [
  ['holds exactly what they request', { cpuRequest: Cpu.millis(500) }, RESOURCES, undefined],
  [
    'holds a little less',
    { cpuRequest: Cpu.millis(499) },
    RESOURCES,
    "'quota.cpuRequest' of stack/namespace must be at least the sum",
  ],
  ['holds their limits', { cpuLimit: Cpu.cores(1), memoryLimit: Memory.mebibytes(512) }, RESOURCES, undefined],
  ['holds less than their limits', { memoryLimit: Memory.mebibytes(511) }, RESOURCES, "'quota.memoryLimit'"],
  [
    'counts a limit as the request',
    { cpuRequest: Cpu.millis(999) },
    { cpuLimit: Cpu.millis(500) },
    "'quota.cpuRequest'",
  ],
  [
    'needs requests',
    { cpuRequest: Cpu.cores(4) },
    undefined,
    "'resources.cpuRequest' must be given for every container",
  ],
  [
    'needs limits',
    { memoryLimit: Memory.gibibytes(4) },
    { memoryRequest: Memory.mebibytes(1) },
    "'resources.memoryLimit'",
  ],
  ['counts pods', { pods: 1 }, undefined, "'quota.pods' of stack/namespace must be at least the 2 pods"],
  ['counts as many pods', { pods: 2 }, undefined, undefined],
  ['counts other things', { loadBalancers: 0 }, undefined, undefined],
];

/** What is not as expected: one problem with the text, or none. */
function unlike(problems: string[], message: string | undefined): string[] {
  if (message === undefined) {
    return problems;
  }
  return problems.length === 1 && problems[0]!.includes(message) ? [] : [`not one problem: ${message}`, ...problems];
}

describe('a quota', () => {
  test.each(QUOTAS)('%s', (_, quota, resources, message) => {
    expect(unlike(problemsOf({ quota }, { resources }), message)).toEqual([]);
  });

  test('takes the defaults of the namespace for what containers do not say', () => {
    const containerLimits: ContainerLimits = { defaults: RESOURCES };

    expect(problemsOf({ containerLimits, quota: { cpuRequest: Cpu.millis(500) } }, {})).toEqual([]);
    expect(problemsOf({ containerLimits, quota: { cpuRequest: Cpu.millis(499) } }, {})).toEqual([
      expect.stringContaining('2 of stack/web'),
    ]);
  });

  test.each<[string, ContainerLimits, NamespaceQuota, NamespaceQuota]>([
    [
      'maximum as the limit',
      { max: { cpu: Cpu.millis(500) } },
      { cpuLimit: Cpu.cores(1) },
      { cpuLimit: Cpu.millis(999) },
    ],
    [
      'maximum as the request',
      { min: { cpu: Cpu.millis(10) }, max: { cpu: Cpu.millis(500) } },
      { cpuRequest: Cpu.cores(1) },
      { cpuRequest: Cpu.millis(999) },
    ],
    [
      'default limit as the request',
      { defaults: { memoryLimit: Memory.mebibytes(64) } },
      { memoryRequest: Memory.mebibytes(128) },
      { memoryRequest: Memory.mebibytes(127) },
    ],
    [
      'minimum as the request',
      { min: { memory: Memory.mebibytes(64) } },
      { memoryRequest: Memory.mebibytes(128) },
      { memoryRequest: Memory.mebibytes(127) },
    ],
  ])('takes a %s where nothing else is said', (_, containerLimits, enough, less) => {
    expect(problemsOf({ containerLimits, quota: enough }, {})).toEqual([]);
    expect(problemsOf({ containerLimits, quota: less }, {})).toEqual([
      expect.stringMatching(/must be at least the sum for the pods of the namespace, got .* for 2 of stack\/web/),
    ]);
  });

  test.each([
    [400, 800],
    [100, 500],
  ])('counts an init container of %dm where it requests more than those that run: %dm', (millis, sum) => {
    const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
    const resources = { ...RESOURCES, cpuRequest: Cpu.millis(millis) };
    const workload = { resources: RESOURCES, initContainers: [{ name: 'first', image, resources }] };

    expect(problemsOf({ quota: { cpuRequest: Cpu.millis(sum) } }, workload)).toEqual([]);
    expect(problemsOf({ quota: { cpuRequest: Cpu.millis(sum - 1) } }, workload)).toHaveLength(1);
  });

  test('adds up all pods of the namespace, and of an autoscaler those that always run', () => {
    const stack = testStack();
    namespaceIn(stack, { quota: { cpuRequest: Cpu.millis(749) } });
    workloadIn(stack, { resources: RESOURCES });
    workloadIn(stack, { resources: RESOURCES, autoscaling: { minReplicas: 1, maxReplicas: 9 } }, 'api');

    expect(Problems.of(stack)).toEqual([expect.stringContaining('got 749m for 2 of stack/web, 1 of stack/api')]);
  });

  test.each<[string, NamespaceQuota, string | undefined]>([
    [
      'the claims',
      { persistentVolumeClaims: 3 },
      "'quota.persistentVolumeClaims' of stack/namespace must be at least 4, ",
    ],
    ['the claims, just', { persistentVolumeClaims: 4 }, undefined],
    ['their sizes', { storageGibibytes: 129 }, "'quota.storageGibibytes' of stack/namespace must be at least 130Gi, "],
    ['their sizes, just', { storageGibibytes: 130 }, undefined],
    ['the load balancers', { loadBalancers: 1 }, "'quota.loadBalancers' of stack/namespace must be at least 2, "],
    ['the load balancers, just', { loadBalancers: 2 }, undefined],
    ['the node ports', { nodePorts: 2 }, "'quota.nodePorts' of stack/namespace must be at least 3, "],
    ['the node ports, just', { nodePorts: 3 }, undefined],
  ])('adds up %s of the namespace, also those of each pod', (_, quota, text) => {
    const stack = testStack();
    const { namespaceName: namespace } = namespaceIn(stack, { quota });
    const volume = Volume.claimForEachPod('data', { sizeGibibytes: 10 });
    workloadIn(stack, { namespace, replicas: 3, volumes: [{ mountPath: '/data', volume }] });
    new PersistentVolumeClaim(stack, 'claim', { claimName: 'own', sizeGibibytes: 100, namespace });
    // not of this one
    new PersistentVolumeClaim(stack, 'other', { claimName: 'own', sizeGibibytes: 100 });
    workloadIn(stack, { exposure: Exposure.publicLoadBalancer() }, 'one');
    workloadIn(stack, { exposure: Exposure.internalLoadBalancer(), namespace }, 'two');
    workloadIn(stack, { exposure: Exposure.nodePort(), namespace }, 'three');

    expect(Problems.of(stack)).toEqual(
      (text === undefined ? [] : [text]).map((one) => expect.stringContaining(one) as string),
    );
  });

  test.each<[string, Partial<ServiceV1Spec>, number]>([
    ['each port of a Service for nodes', { type: 'NodePort', allocateLoadBalancerNodePorts: false }, 3],
    ['each port of a load balancer', { type: 'LoadBalancer' }, 3],
    ['a chosen port of a load balancer', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }, 1],
    ['no port of any other Service', {}, 0],
  ])('counts %s as a node port', (_, spec, count) => {
    const rulesWith = (nodePorts: number): string[] => {
      const stack = testStack();
      const { namespaceName: namespace } = namespaceIn(stack, { quota: { nodePorts } });
      const port = [{ port: 80, nodePort: 30080 }, { port: 81 }, { port: 82 }];
      new ServiceV1(stack, 'service', { metadata: { name: 'service', namespace }, spec: { port, ...spec } });
      return Problems.list(stack).map(({ rule }) => rule);
    };

    expect(rulesWith(count)).toEqual([]);
    expect(rulesWith(Math.max(count - 1, 0))).toEqual(count === 0 ? [] : ['quota-holds-objects']);
  });

  test.each([
    ['12', 12],
    [token(testStack()).stringValue, 1],
  ])('counts the claims of a StatefulSet with %s pods: %d', (replicas, count) => {
    const rulesWith = (persistentVolumeClaims: number): string[] => {
      const stack = testStack();
      const { namespaceName: namespace } = namespaceIn(stack, { quota: { persistentVolumeClaims } });
      const template = { metadata: {}, spec: {} };
      const volumeClaimTemplate = [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: {} } },
      ];
      new StatefulSetV1(stack, 'set', {
        metadata: { name: 'set', namespace },
        spec: { replicas, serviceName: 'set', selector: {}, template, volumeClaimTemplate },
      });
      return Problems.list(stack).map(({ rule }) => rule);
    };

    expect([rulesWith(count), rulesWith(count - 1)]).toEqual([[], ['quota-holds-objects']]);
  });

  test('passes what only Terraform knows', () => {
    const stack = testStack();
    namespaceIn(stack, { quota: { cpuRequest: Cpu.of(token(stack).stringValue) } });
    workloadIn(stack);

    expect(Problems.of(stack)).toEqual([]);
  });

  test('of another namespace, and without anything in it, holds all', () => {
    const stack = testStack();
    workloadIn(stack, { resources: RESOURCES });
    const elsewhere = { name: 'own', namespace: 'other' };
    new ResourceQuotaV1(stack, 'quota', { metadata: elsewhere, spec: { hard: { pods: '0' } } });
    new LimitRangeV1(stack, 'limits', {
      metadata: elsewhere,
      spec: { limit: [{ type: 'Container', max: { cpu: '1m' } }] },
    });
    new ResourceQuotaV1(stack, 'empty', { metadata: { name: 'own', namespace: 'shop' } });
    const pods = token(stack).stringValue;
    new ResourceQuotaV1(stack, 'unknown', {
      metadata: { name: 'unknown', namespace: 'shop' },
      spec: { hard: { pods } },
    });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('needs what every container requests, which a limit range of another namespace does not say', () => {
    const stack = testStack();
    workloadIn(stack, { resources: RESOURCES });
    const metadata = { name: 'own', namespace: 'shop' };
    new ResourceQuotaV1(stack, 'quota', { metadata, spec: { hard: { 'requests.cpu': '4' } } });
    new LimitRangeV1(stack, 'limits', {
      metadata: { name: 'own', namespace: 'other' },
      spec: { limit: [{ type: 'Container', defaultRequest: { cpu: '1m' } }] },
    });
    const container = [
      { name: 'one', resources: { requests: { cpu: '1m' } } },
      { name: 'two', resources: {} },
    ];
    new DeploymentV1(stack, 'by-hand', { metadata, spec: { template: { metadata: {}, spec: { container } } } });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'resources.cpuRequest' must be given for every container of stack/by-hand"),
    ]);
  });

  test('takes the default of whichever limit range has one', () => {
    const stack = testStack();
    workloadIn(stack);
    const namespace = 'shop';
    const limits = [{ default: { memory: '1Gi' } }, { defaultRequest: { cpu: '100m' } }];
    limits.forEach((limit, index) => {
      const name = `limits${index}`;
      new LimitRangeV1(stack, name, { metadata: { name, namespace }, spec: { limit: [limit] } });
    });
    const hard = { 'requests.cpu': '199m' };
    new ResourceQuotaV1(stack, 'quota', { metadata: { name: 'quota', namespace }, spec: { hard } });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining('got 199m for 2 of stack/web: some would never start'),
    ]);
  });

  test('of another construct counts as well, as does a limit range', () => {
    const stack = testStack();
    workloadIn(stack, { resources: RESOURCES });
    const metadata = { name: 'own', namespace: 'shop' };
    new ResourceQuotaV1(stack, 'quota', { metadata, spec: { hard: { 'limits.memory': '1Mi' } } });
    new LimitRangeV1(stack, 'limits', {
      metadata,
      spec: {
        limit: [
          { type: 'Container', max: { cpu: '100m' } },
          { type: 'Pod', max: { memory: '1Mi' } },
        ],
      },
    });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'quota.memoryLimit' of stack/quota must be at least the sum"),
      expect.stringContaining("'resources.cpuLimit' of stack/web must be at most 100m"),
    ]);
  });

  test('without a namespace is one of "default", as is a limit range', () => {
    const stack = testStack();
    workloadIn(stack, { resources: RESOURCES, namespace: 'default' });
    const metadata = { name: 'own' };
    new ResourceQuotaV1(stack, 'quota', { metadata, spec: { hard: { pods: '1' } } });
    new LimitRangeV1(stack, 'limits', { metadata, spec: { limit: [{ type: 'Container', max: { cpu: '100m' } }] } });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'quota.pods' of stack/quota must be at least the 2 pods"),
      expect.stringContaining("'resources.cpuLimit' of stack/web must be at most 100m"),
    ]);
  });
});

describe('the limits of containers', () => {
  test.each<[string, ContainerLimits, ContainerResources | undefined, string | undefined]>([
    [
      'hold what is between them',
      { min: { cpu: Cpu.millis(250) }, max: { cpu: Cpu.millis(500) } },
      RESOURCES,
      undefined,
    ],
    [
      'hold no smaller request',
      { min: { cpu: Cpu.millis(251) } },
      RESOURCES,
      "'resources.cpuRequest' of stack/web must be at least 251m",
    ],
    [
      'hold no higher limit',
      { max: { memory: Memory.mebibytes(255) } },
      RESOURCES,
      "'resources.memoryLimit' of stack/web must be at most 255Mi",
    ],
    ['fill in what is not said', { max: { memory: Memory.mebibytes(255) } }, undefined, undefined],
  ])('%s', (_, containerLimits, resources, message) => {
    expect(unlike(problemsOf({ containerLimits }, { resources }), message)).toEqual([]);
  });
});

describe('what pods use, where their namespace is made by the program,', () => {
  type Use = (stack: TerraformStack, namespace: string, other: string | undefined) => unknown;

  test.each<[string, Use, string]>([
    [
      'a service account',
      (stack, namespace, other) => {
        const serviceAccount = new KubernetesServiceAccount(stack, 'used', {
          serviceAccountName: 'web',
          namespace: other,
        });
        workloadIn(stack, { namespace, serviceAccount });
      },
      `'serviceAccount' must be of the namespace of the pods, "shop", got stack/used of`,
    ],
    [
      'a claim',
      (stack, namespace, other) => {
        const claim = new PersistentVolumeClaim(stack, 'used', {
          claimName: 'data',
          sizeGibibytes: 1,
          namespace: other,
        });
        const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claim) }];
        workloadIn(stack, { namespace, volumes });
      },
      `'volumes[0].volume' must use a claim in the namespace and the cluster of the pods, "shop", got stack/used in`,
    ],
    [
      'the other of two workloads behind a Service',
      (stack, namespace, other) => {
        const [blue, green] = [
          workloadIn(stack, { namespace }, 'blue'),
          workloadIn(stack, { namespace: other }, 'used'),
        ];
        new BlueGreenService(stack, 'web', { serviceName: 'web', workloads: [blue, green], active: blue });
      },
      `'workloads[1]' must be in the namespace of 'active', "shop", got stack/used in`,
    ],
    [
      'a workload behind an Ingress',
      (stack, namespace, other) => {
        const workload = workloadIn(stack, { namespace: other }, 'used');
        const controller = RouteController.ingress('traefik');
        new HttpRoute(stack, 'route', { name: 'web', namespace, controller, paths: [{ backends: [{ workload }] }] });
      },
      `'paths[0].backends[0].workload' must be in the namespace of the Ingress, "shop", got stack/used in`,
    ],
    [
      'a class of the system',
      (stack, namespace) => {
        const priorityClass = PriorityClass.fromPriorityClassName(stack, 'used', 'system-node-critical');
        workloadIn(stack, { namespace, priorityClass });
      },
      `'priorityClass' must be a class of your own outside of the namespace "kube-system", got`,
    ],
  ])('%s is of it by its name', (what, use, text) => {
    const isElsewhere = what === 'a class of the system';
    const others = { default: undefined, other: 'other', shop: 'shop', made: 'made', token: 'token' };
    for (const [name, other] of Object.entries(others)) {
      const stack = testStack();
      const made = namespaceIn(stack, {}).namespaceName;
      use(stack, made, { made, token: token(stack).stringValue }[name] ?? other);
      const isWrong = isElsewhere || name === 'default' || name === 'other';

      expect(Problems.of(stack)).toEqual((isWrong ? [text] : []).map((one) => expect.stringContaining(one) as string));
      expect(Problems.of(stack).join()).not.toContain('TfToken');
    }
  });
});
