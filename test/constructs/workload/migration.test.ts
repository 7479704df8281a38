import type { TerraformStack } from 'cdktf';
import {
  AccessMode,
  AksCluster,
  AksServiceAccount,
  AksStorageClass,
  ContainerImage,
  Cpu,
  EnvValue,
  KeyVault,
  KubernetesNamespace,
  type MigrationOptions,
  NetworkPeer,
  PersistentVolumeClaim,
  PodSecurity,
  Problems,
  Volume,
  type VolumeMount,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
const command = ['shop', 'migrate'];

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, migration: { command }, ...props });
}

function jobOf(props: Partial<WorkloadProps>): Block {
  const stack = testStack();
  workloadIn(stack, props);
  return only(synth(stack), 'kubernetes_job_v1');
}

function nameOf(props: Partial<WorkloadProps>): string {
  return (jobOf(props).metadata as { name: string }).name;
}

interface Container extends Block {
  readonly env?: readonly Block[];
}

function podOf(job: Block): { container: Container[] } & Block {
  return (job as { spec: { template: { spec: { container: Container[] } & Block } } }).spec.template.spec;
}

function containerOf(migration: MigrationOptions, props: Partial<WorkloadProps> = {}): Container {
  return podOf(jobOf({ ...props, migration })).container[0]!;
}

describe('a migration', () => {
  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['Workload', (stack) => workloadIn(stack)],
    ['Worker', (stack) => new Worker(stack, 'web', { name: 'web', image, migration: { command } })],
  ])('is a Job before the Deployment of a %s, which is not changed before it has succeeded', (_, create) => {
    const stack = testStack();
    create(stack);
    const json = synth(stack);

    expect([...Problems.of(stack), ...warningsOf(stack), ...invalidManifests(json), ...brokenInvariants(json)]).toEqual(
      [],
    );
    const [address] = Object.keys(json.resource!.kubernetes_job_v1!);
    expect(only(json, 'kubernetes_deployment_v1').depends_on).toEqual([`kubernetes_job_v1.${address}`]);
    expect(only(json, 'kubernetes_job_v1')).toMatchObject({
      metadata: { name: expect.stringMatching(/^web-migrate-[0-9a-f]{8}$/) },
      spec: {
        active_deadline_seconds: 3600,
        template: {
          metadata: { labels: { app: 'web-migrate' } },
          spec: { restart_policy: 'Never', container: [{ name: 'web-migrate', image: image.reference, command }] },
        },
      },
      wait_for_completion: true,
      timeouts: { create: '65m' },
    });
  });

  test('has the names that it can have where the workload has the longest', () => {
    expect(nameOf({ name: 'a'.repeat(46) })).toHaveLength(63);
  });

  test('has the configuration, the files, the rights and the resources of the workload', () => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop' });
    workloadIn(stack, {
      namespace: 'shop',
      environment: { A: EnvValue.fromConfigValue('a'), P: EnvValue.fromSecretValue(token(stack).stringValue) },
      configFiles: { '/etc/shop.conf': 'x' },
      resources: { cpuRequest: Cpu.millis(100) },
      security: PodSecurity.restricted({ userId: 1000, writableFolders: ['/tmp'] }),
      initContainers: [{ name: 'wait', image }],
      additionalPorts: { metrics: 9090 },
      terminationGracePeriodSeconds: 60,
    });
    const json = synth(stack);

    expect([...Problems.of(stack), ...invalidManifests(json), ...brokenInvariants(json)]).toEqual([]);
    const pod = podOf(only(json, 'kubernetes_job_v1'));
    expect(pod).toMatchObject({ termination_grace_period_seconds: 60, security_context: {} });
    expect(pod).not.toHaveProperty('init_container');
    expect(pod.container).toMatchObject([
      {
        env: [
          { name: 'A', value_from: { config_map_key_ref: { name: 'web-migrate', key: 'A' } } },
          { name: 'P', value_from: { secret_key_ref: { name: 'web-migrate', key: 'P' } } },
        ],
        resources: { requests: { cpu: '100m' } },
        security_context: { run_as_user: '1000', read_only_root_filesystem: true },
        volume_mount: [{ mount_path: '/etc/shop.conf' }, { mount_path: '/tmp' }],
      },
    ]);
    expect(pod.container[0]).not.toHaveProperty('port');
    expect(only(json, 'kubernetes_job_v1').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_config_map_v1\.web_migration/),
      expect.stringMatching(/^kubernetes_secret_v1\.web_migration/),
      expect.stringMatching(/^kubernetes_namespace_v1/),
    ]);
  });

  test('comes before what the pods are told, so that those that run keep what they have if it fails', () => {
    const stack = testStack();
    workloadIn(stack, { environment: { A: EnvValue.fromConfigValue('a') } });
    const json = synth(stack);

    expect(at(json, 'kubernetes_config_map_v1', 'web_config').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_job_v1\.web_migration/),
    ]);
    expect(at(json, 'kubernetes_config_map_v1', 'web_migration').depends_on).toBeUndefined();
  });

  test('has an image, variables, rights, resources, retries and a deadline of its own', () => {
    const own = ContainerImage.fromReference('ghcr.io/contoso/migrations:7');
    const migration = {
      image: own,
      environment: { A: EnvValue.fromValue('own'), B: EnvValue.fromValue('b') },
      resources: { cpuRequest: Cpu.millis(500) },
      security: PodSecurity.asImage(),
      backoffLimit: 0,
      activeDeadlineSeconds: 300,
    };
    const container = containerOf(migration, {
      environment: { A: EnvValue.fromValue('a'), C: EnvValue.fromValue('c') },
    });

    expect(container).toMatchObject({ image: own.reference, resources: { requests: { cpu: '500m' } } });
    expect(container.env).toEqual([
      { name: 'A', value: 'own' },
      { name: 'C', value: 'c' },
      { name: 'B', value: 'b' },
    ]);
    expect(container).not.toHaveProperty('command');
    expect(container).not.toHaveProperty('security_context');
    expect(jobOf({ migration })).toMatchObject({
      spec: { backoff_limit: 0, active_deadline_seconds: 300 },
      timeouts: { create: '10m' },
    });
  });

  test('mounts the volumes of the workload that another pod can mount as well', () => {
    const stack = testStack();
    const claim = (id: string, accessMode: AccessMode, storageClass: AksStorageClass): PersistentVolumeClaim =>
      new PersistentVolumeClaim(stack, id, { claimName: id, sizeGibibytes: 8, accessMode, storageClass });
    const { READ_WRITE_MANY, READ_WRITE_ONCE } = AccessMode;
    const volumes = [
      Volume.emptyDirectory('cache'),
      Volume.fromClaim('uploads', claim('uploads', READ_WRITE_MANY, AksStorageClass.AZUREFILE_CSI)),
      Volume.fromClaim('disk', claim('disk', READ_WRITE_ONCE, AksStorageClass.MANAGED_CSI)),
      Volume.claimForEachPod('data', { sizeGibibytes: 8 }),
    ].map((volume) => ({ volume, mountPath: `/${volume._name}` }));
    workloadIn(stack, { volumes, replicas: 1 });
    const json = synth(stack);

    expect([...Problems.of(stack), ...invalidManifests(json), ...brokenInvariants(json)]).toEqual([]);
    const pod = podOf(only(json, 'kubernetes_job_v1'));
    expect(pod.container[0]!.volume_mount).toEqual([
      { name: 'cache', mount_path: '/cache' },
      { name: 'uploads', mount_path: '/uploads' },
    ]);
    expect((pod.volume as Block[]).map(({ name }) => name)).toEqual(['cache', 'uploads']);
    expect(only(json, 'kubernetes_job_v1').depends_on ?? []).not.toContainEqual(expect.stringContaining('disk'));
  });

  test('mounts volumes of its own instead, or none', () => {
    const cache = { volume: Volume.emptyDirectory('cache'), mountPath: '/cache' };
    const dump = { volume: Volume.emptyDirectory('dump', { sizeLimitMebibytes: 64 }), mountPath: '/dump' };

    expect(podOf(jobOf({ volumes: [cache], migration: { command, volumes: [dump] } }))).toMatchObject({
      container: [{ volume_mount: [{ name: 'dump', mount_path: '/dump' }] }],
      volume: [{ name: 'dump', empty_dir: { size_limit: '64Mi' } }],
    });
    expect(podOf(jobOf({ volumes: [cache], migration: { command, volumes: [] } }))).not.toHaveProperty('volume');
  });

  test('runs again for other volumes of its own', () => {
    const volumes = [{ volume: Volume.emptyDirectory('dump'), mountPath: '/dump' }];

    expect(nameOf({ migration: { command, volumes } })).not.toBe(nameOf({}));
  });

  test('mounts secrets of a Key Vault, by a class of its own', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', {
      ...{ resourceGroup: RESOURCE_GROUP, clusterName: 'aks', keyVaultSecretsProvider: {} },
    });
    const vault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso', resourceGroupName: 'rg' });
    const volume = Volume.fromKeyVault('keys', vault, [{ secretName: 'database' }]);
    const serviceAccount = new AksServiceAccount(stack, 'account', {
      ...{ cluster, resourceGroup: RESOURCE_GROUP, serviceAccountName: 'web' },
    });
    const migration = { command, volumes: [{ volume, mountPath: '/keys' }] };
    workloadIn(stack, { migration, serviceAccount });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(podOf(only(json, 'kubernetes_job_v1')).volume).toMatchObject([
      { csi: { volume_attributes: { secretProviderClass: 'web-migrate-keys' } } },
    ]);
    expect(only(json, 'kubernetes_manifest')).toMatchObject({ manifest: { metadata: { name: 'web-migrate-keys' } } });
  });

  test('waits for what the workload waits for, and calls whom it calls', () => {
    const stack = testStack();
    const database = new Workload(stack, 'db', { name: 'db', image, containerPort: 5432, isolated: true });
    const web = workloadIn(stack, { isolated: true, prerequisites: [database] });
    web.connectTo(database);
    web.allowTo(NetworkPeer.internet(), 443);
    web.allowFrom(NetworkPeer.namespace('monitoring'));
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_job_v1').depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^kubernetes_deployment_v1\.db/),
        expect.stringMatching(/^kubernetes_network_policy_v1\.web_migration/),
      ]),
    );
    const { ingress } = at(json, 'kubernetes_network_policy_v1', 'db').spec as { ingress: { from: Block[] }[] };
    expect(ingress.map(({ from }) => from[0]!.pod_selector)).toEqual([
      { match_labels: { app: 'web' } },
      { match_labels: { app: 'web-migrate' } },
    ]);
    const policies = ['web_policy', 'web_migration'].map(
      (prefix) => at(json, 'kubernetes_network_policy_v1', prefix).spec as { egress: Block[]; ingress: Block[] },
    );
    expect(policies[1]!.egress).toEqual(policies[0]!.egress);
    expect(policies.map((policy) => policy.ingress.length)).toEqual([1, 0]);
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['image', { image: ContainerImage.fromReference('ghcr.io/contoso/shop:2') }],
    ['configuration', { environment: { A: EnvValue.fromConfigValue('b') } }],
    ['probe', { probes: {} }],
    ['request', { resources: { cpuRequest: Cpu.millis(10) } }],
    ['init container', { initContainers: [{ name: 'wait', image }] }],
    ['command of its own', { migration: { command: ['other'] } }],
  ])('runs again for another %s of the workload, which is a rollout', (_, props) => {
    expect(nameOf(props)).not.toBe(nameOf({}));
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['number of pods', { replicas: 5 }],
    ['rollout', { rollout: { minReadySeconds: 5 } }],
    ['port of the Service', { servicePort: 80 }],
  ])('does not run again for another %s, which is none', (_, props) => {
    expect(nameOf(props)).toBe(nameOf({}));
  });
});

function mountOf(volume: Volume): VolumeMount {
  return { volume, mountPath: '/data' };
}

function diskIn(stack: TerraformStack): PersistentVolumeClaim {
  return new PersistentVolumeClaim(stack, 'disk', { claimName: 'disk', sizeGibibytes: 8 });
}

describe('what is wrong with a migration', () => {
  test.each<[string, MigrationOptions, RegExp]>([
    ['that is what it comes before', {}, /^'migration' must have a 'command' or an 'image' of its own, got neither/],
    ['command', { command: [] }, /^'migration\.command' must name at least one word/],
    ['image', { image: ContainerImage.fromReference('Shop') }, /^'migration\.image' must be/],
    ['variable', { command, environment: { 'A=': EnvValue.fromValue('a') } }, /^'migration\.environment' must be/],
    [
      'key of a variable',
      { command, environment: { ['A'.repeat(254)]: EnvValue.fromConfigValue('a') } },
      /^'migration\.environment\.A+' must have a key of at most 253/,
    ],
    ['request', { command, resources: { cpuRequest: Cpu.of('x') } }, /^'migration\.resources\.cpuRequest' must be/],
    ['user', { command, security: PodSecurity.restricted({ userId: 0 }) }, /^'migration\.security\.userId' must be/],
    ['number of retries', { command, backoffLimit: -1 }, /^'migration\.backoffLimit' must be/],
    ['deadline', { command, activeDeadlineSeconds: 0 }, /^'migration\.activeDeadlineSeconds' must be/],
  ])('is reported once: %s', (_, migration, message) => {
    const stack = testStack();
    workloadIn(stack, { migration });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(new RegExp(message.source.replace('^', '^\\[stack/web\\] '))),
    ]);
  });

  test.each<[string, (stack: TerraformStack) => Partial<WorkloadProps>, string, RegExp]>([
    [
      'a path that is none',
      () => ({ migration: { command, volumes: [{ volume: Volume.emptyDirectory('a'), mountPath: 'a' }] } }),
      'mount-path',
      /^'migration\.volumes\[0\]\.mountPath' must be/,
    ],
    [
      'a path that a file has',
      () => ({
        configFiles: { '/etc/shop.conf': 'x' },
        migration: { command, volumes: [{ volume: Volume.emptyDirectory('a'), mountPath: '/etc/shop.conf' }] },
      }),
      'mount-path-unique',
      /^'migration\.volumes\[0\]\.mountPath' must be unique in the container/,
    ],
    [
      'a claim for each pod',
      () => ({ migration: { command, volumes: [mountOf(Volume.claimForEachPod('a', { sizeGibibytes: 1 }))] } }),
      'claim-for-each-pod',
      /^'migration\.volumes\[0\]\.volume' must not be a claim for each pod/,
    ],
    [
      'the disk of the pods that run',
      (stack) => {
        const volumes = [mountOf(Volume.fromClaim('disk', diskIn(stack)))];
        return { volumes, migration: { command, volumes } };
      },
      'disk-of-migration',
      /^'migration\.volumes\[0\]\.volume' must not use the ReadWriteOnce claim of the workload, got stack\/disk/,
    ],
    [
      'the disk of another workload',
      (stack) => {
        const volumes = [mountOf(Volume.fromClaim('disk', diskIn(stack)))];
        new Worker(stack, 'other', { name: 'other', image, volumes });
        return { migration: { command, volumes } };
      },
      'claim-of-one-node-shared',
      /^'migration\.volumes\[0\]\.volume' must use a claim that no other workload mounts/,
    ],
  ])('is reported once of its volumes: %s', (_, propsIn, rule, message) => {
    const stack = testStack();
    workloadIn(stack, propsIn(stack));

    expect(Problems.list(stack)).toMatchObject([
      { rule, path: 'stack/web', message: expect.stringMatching(message) as string },
    ]);
  });

  test('is no disk of its own', () => {
    const stack = testStack();
    workloadIn(stack, { migration: { command, volumes: [mountOf(Volume.fromClaim('disk', diskIn(stack)))] } });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('of the workload is reported once, and not for the migration too', () => {
    const stack = testStack();
    workloadIn(stack, { image: ContainerImage.fromReference('Shop'), environment: { '': EnvValue.fromValue('a') } });

    expect(Problems.of(stack)).toHaveLength(2);
  });

  test('is warned of: an image that moves, and a secret in plain text', () => {
    const stack = testStack();
    workloadIn(stack, {
      migration: {
        image: ContainerImage.fromReference('ghcr.io/contoso/migrations:latest'),
        environment: { DB_PASSWORD: EnvValue.fromValue('a') },
      },
    });

    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('ghcr.io/contoso/migrations:latest'),
      expect.stringContaining("'migration.environment.DB_PASSWORD' looks like a secret"),
    ]);
  });

  test('is a workload of its name', () => {
    const stack = testStack();
    workloadIn(stack);
    new Workload(stack, 'other', { name: 'web-migrate', image, containerPort: 8080 });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining(
        `'name' must be unique in a namespace, got "web-migrate" for stack/web/migration and stack/other`,
      ),
    ]);
  });
});
