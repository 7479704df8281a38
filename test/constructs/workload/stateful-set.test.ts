import type { TerraformStack } from 'cdktf';
import {
  AksStorageClass,
  ContainerImage,
  Cpu,
  CronJob,
  DaemonSet,
  DataPolicy,
  Job,
  PercentOrAbsolute,
  PodManagement,
  Problems,
  RolloutStrategy,
  ServiceProtocol,
  Volume,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, synth, testStack, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/db:1');
const disk = () => Volume.claimForEachPod('data', { sizeGibibytes: 8 });

function dbIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}): Workload {
  const volumes = [{ mountPath: '/data', volume: disk() }];
  return new Workload(stack, 'db', { name: 'db', image, containerPort: 5432, volumes, ...props });
}

function problemsOf(make: (stack: TerraformStack) => void): string[] {
  const stack = testStack();
  make(stack);
  return Problems.of(stack).map((problem) => problem.replace(/^\[stack\/[\w-]+\] /, ''));
}

function setOf(props: Partial<WorkloadProps>): { readonly [part: string]: unknown } {
  const stack = testStack();
  dbIn(stack, props);
  expect(Problems.of(stack)).toEqual([]);
  const json = synth(stack);
  expect(invalidManifests(json)).toEqual([]);
  expect(brokenInvariants(json)).toEqual([]);
  return (only(json, 'kubernetes_stateful_set_v1') as { spec: Block }).spec;
}

function policyOf(stack: TerraformStack): { readonly ingress: object[]; readonly egress: object[] } {
  const json = synth(stack);
  expect(invalidManifests(json)).toEqual([]);
  const { ingress = [], egress = [] } = only(json, 'kubernetes_network_policy_v1').spec as Block & {
    readonly ingress?: object[];
    readonly egress?: object[];
  };
  return { ingress, egress };
}

describe('a workload with a claim for each pod', () => {
  test('is a StatefulSet, whose claims stay', () => {
    expect(setOf({})).toMatchObject({
      replicas: '2',
      service_name: 'db-pods',
      volume_claim_template: [
        {
          metadata: { name: 'data' },
          spec: {
            access_modes: ['ReadWriteOnce'],
            storage_class_name: 'managed-csi',
            resources: { requests: { storage: '8Gi' } },
          },
        },
      ],
      persistent_volume_claim_retention_policy: [{ when_deleted: 'Retain', when_scaled: 'Retain' }],
      update_strategy: [{ type: 'RollingUpdate', rolling_update: [{ partition: 0 }] }],
      template: {
        spec: {
          container: [{ volume_mount: [{ name: 'data', mount_path: '/data' }] }],
          security_context: { fs_group: '1000' },
        },
      },
    });
  });

  test('has a host name for each pod, by a headless Service that comes first', () => {
    const stack = testStack();
    const db = dbIn(stack, { additionalPorts: { metrics: 9187 } });
    const json = synth(stack);

    expect(db.podServiceName).toBe('db-pods');
    expect(at(json, 'kubernetes_service_v1', 'db_pods')).toMatchObject({
      metadata: { name: 'db-pods' },
      spec: {
        cluster_ip: 'None',
        publish_not_ready_addresses: true,
        selector: { app: 'db' },
        port: [
          { name: 'port-5432', port: 5432, target_port: '5432' },
          { name: 'port-9187', port: 9187, target_port: '9187' },
        ],
      },
    });
    expect(only(json, 'kubernetes_stateful_set_v1').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_service_v1\.db_pods/),
    ]);
  });

  test('may have as many pods as it likes, and an autoscaler', () => {
    const stack = testStack();
    dbIn(stack, {
      autoscaling: { minReplicas: 2, maxReplicas: 5, cpuUtilizationPercent: 70 },
      resources: { cpuRequest: Cpu.millis(100) },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'kubernetes_horizontal_pod_autoscaler_v2')).toMatchObject({
      spec: { scale_target_ref: { api_version: 'apps/v1', kind: 'StatefulSet', name: 'db' } },
    });
  });

  test('says what happens to the data, and in which order its pods come and go', () => {
    const stateful = {
      podManagement: PodManagement.PARALLEL,
      partition: 1,
      onDelete: DataPolicy.DELETE,
      onScaleDown: DataPolicy.DELETE,
    };

    expect(setOf({ replicas: 3, stateful })).toMatchObject({
      pod_management_policy: 'Parallel',
      persistent_volume_claim_retention_policy: [{ when_deleted: 'Delete', when_scaled: 'Delete' }],
      update_strategy: [{ rolling_update: [{ partition: 1 }] }],
    });
  });

  test('may have file shares, which all nodes can mount', () => {
    const volume = Volume.claimForEachPod('files', { sizeGibibytes: 8, storageClass: AksStorageClass.AZUREFILE_CSI });

    expect(setOf({ volumes: [{ mountPath: '/files', volume }] })).toMatchObject({
      volume_claim_template: [{ spec: { access_modes: ['ReadWriteMany'], storage_class_name: 'azurefile-csi' } }],
    });
  });

  test.each<[string, Partial<WorkloadProps>, RegExp]>([
    [
      'a wrong size',
      { volumes: [{ mountPath: '/data', volume: Volume.claimForEachPod('data', { sizeGibibytes: 0.5 }) }] },
      /^'volumes\[0\]\.volume\.sizeGibibytes' must be a whole number/,
    ],
    [
      'a strategy',
      { rollout: { strategy: RolloutStrategy.RECREATE } },
      /^'rollout\.strategy' must not be given for pods that keep their names, got Recreate/,
    ],
    [
      'a surge',
      { rollout: { maxSurge: PercentOrAbsolute.absolute(1) } },
      /^'rollout\.maxSurge' must not be given for pods that keep their names, got 1/,
    ],
    ['part of a partition', { stateful: { partition: 0.5 } }, /^'stateful\.partition' must be a whole number from 0/],
    [
      'a name that its pods cannot carry',
      { deploymentName: 'd'.repeat(53) },
      /^'deploymentName' must be 1 to 52 .*: the name is part of a label of its pods/,
    ],
  ])('must not have %s', (_, props, message) => {
    expect(problemsOf((stack) => dbIn(stack, props))).toEqual([expect.stringMatching(message)]);
  });

  test('warns of a partition that no new version gets past', () => {
    const warnings = (partition: number): string[] => {
      const stack = testStack();
      dbIn(stack, { replicas: 3, stateful: { partition } });
      return warningsOf(stack);
    };

    expect(warnings(2)).toEqual([]);
    expect(warnings(3)).toEqual([
      expect.stringMatching(/'stateful\.partition' is 3 of 3 pods: none would get a new version/),
    ]);
  });

  test.each([
    [
      'Job',
      (stack: TerraformStack) =>
        new Job(stack, 'job', { name: 'job', image, volumes: [{ mountPath: '/data', volume: disk() }] }),
    ],
    [
      'CronJob',
      (stack: TerraformStack) =>
        new CronJob(stack, 'job', {
          name: 'job',
          image,
          schedule: '@daily',
          volumes: [{ mountPath: '/data', volume: disk() }],
        }),
    ],
    [
      'DaemonSet',
      (stack: TerraformStack) =>
        new DaemonSet(stack, 'set', { name: 'set', image, volumes: [{ mountPath: '/data', volume: disk() }] }),
    ],
  ])('is not a %s', (_, make) => {
    expect(problemsOf(make)).toEqual([
      expect.stringMatching(/^'volumes\[0\]\.volume' must not be a claim for each pod unless pods keep their names/),
    ]);
  });
});

describe('a workload whose pods keep their names', () => {
  const volumes = undefined;

  test('needs no volume', () => {
    expect(setOf({ volumes, stateful: {} })).not.toHaveProperty('volume_claim_template');
  });

  test('has no headless Service beside one of its own that is headless', () => {
    const stack = testStack();
    const db = dbIn(stack, { volumes, stateful: {}, headless: true });
    const json = synth(stack);

    expect(db.podServiceName).toBe('db');
    expect(only(json, 'kubernetes_service_v1')).toMatchObject({
      metadata: { name: 'db' },
      spec: { cluster_ip: 'None' },
    });
    expect(only(json, 'kubernetes_stateful_set_v1')).toMatchObject({ spec: { service_name: 'db' } });
  });

  test('has no host names where they are not wanted', () => {
    const stack = testStack();
    const db = dbIn(stack, { volumes, stateful: { podHostNames: false } });

    expect(db.podServiceName).toBeUndefined();
    expect(only(synth(stack), 'kubernetes_service_v1')).toMatchObject({ metadata: { name: 'db' } });
  });

  test('can be a Worker', () => {
    const stack = testStack();
    const worker = new Worker(stack, 'worker', { name: 'worker', image, stateful: {} });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(invalidManifests(json)).toEqual([]);
    expect(worker.podServiceName).toBe('worker-pods');
    const { spec } = only(json, 'kubernetes_service_v1') as { spec: Block };
    expect(spec).toMatchObject({ cluster_ip: 'None', selector: { app: 'worker' } });
    expect(spec).not.toHaveProperty('port');
    expect(only(json, 'kubernetes_stateful_set_v1')).toMatchObject({ spec: { service_name: 'worker-pods' } });
  });

  test.each<[string, Partial<WorkloadProps>, object[]]>([
    ['the port of the container', {}, [{ protocol: 'TCP', port: '5432' }]],
    [
      'all ports of all containers',
      {
        additionalPorts: { raft: 7000 },
        servicePorts: [{ name: 'gossip', port: 7001, targetPort: 'raft', protocol: ServiceProtocol.UDP }],
        sidecars: [{ name: 'exporter', image, ports: { metrics: 9187 } }],
      },
      [
        ...[5432, 7000, 9187].map((port) => ({ protocol: 'TCP', port: String(port) })),
        { protocol: 'UDP', port: '7000' },
      ],
    ],
    [
      'those of several from one on',
      { autoscaling: { minReplicas: 1, maxReplicas: 3 } },
      [{ protocol: 'TCP', port: '5432' }],
    ],
  ])('may call each other where they are isolated, at %s', (_, props, ports) => {
    const stack = testStack();
    const resources = { cpuRequest: Cpu.millis(100) };
    dbIn(stack, { isolated: true, resources, ...props });
    const { ingress, egress } = policyOf(stack);
    const peers = [{ pod_selector: { match_labels: { app: 'db' } } }];

    expect(Problems.of(stack)).toEqual([]);
    expect(ingress).toEqual([{ from: peers, ports }]);
    expect(egress.slice(1)).toEqual([{ to: peers, ports }]);
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['there is one', { replicas: 1 }],
    ['they have no host names', { stateful: { podHostNames: false } }],
    ['they do not keep their names', { volumes: [] }],
  ])('have no leave to call each other where %s', (_, props) => {
    const stack = testStack();
    dbIn(stack, { isolated: true, ...props });

    expect(policyOf(stack)).toMatchObject({ ingress: [], egress: [{ ports: [{ port: '53' }, { port: '53' }] }] });
  });

  test('may call each other as pods of a Worker, whose sidecar listens', () => {
    const stack = testStack();
    const sidecars = [{ name: 'gossip', image, ports: { gossip: 7946 } }];
    new Worker(stack, 'worker', { name: 'worker', image, isolated: true, stateful: {}, sidecars });

    expect(policyOf(stack).ingress).toEqual([
      { from: [{ pod_selector: { match_labels: { app: 'worker' } } }], ports: [{ protocol: 'TCP', port: '7946' }] },
    ]);
  });

  test('is a Deployment without any of it', () => {
    const stack = testStack();
    const db = dbIn(stack, { volumes });

    expect(db.podServiceName).toBeUndefined();
    expect(synth(stack).resource).not.toHaveProperty('kubernetes_stateful_set_v1');
  });
});
