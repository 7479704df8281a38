import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  AccessMode,
  type AddNodePoolOptions,
  AksCluster,
  AksStorageClass,
  AzureStorage,
  type ClaimOptions,
  ConcurrencyPolicy,
  ContainerImage,
  CronJob,
  DaemonSet,
  DataPolicy,
  DiskCaching,
  DiskSku,
  FilesProtocol,
  FilesSku,
  type IPersistentVolumeClaim,
  Job,
  KubernetesNamespace,
  Memory,
  PercentOrAbsolute,
  PersistentVolumeClaim,
  type PersistentVolumeClaimProps,
  PodSecurity,
  Problems,
  RolloutStrategy,
  StorageClass,
  type StorageClassProps,
  Volume,
  VolumeBindingMode,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { type Block, only, RESOURCE_GROUP, synth, testApp, testStack, token } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');

function claimIn(
  stack: TerraformStack,
  props: Partial<PersistentVolumeClaimProps> = {},
  id = 'claim',
): PersistentVolumeClaim {
  return new PersistentVolumeClaim(stack, id, { claimName: id, sizeGibibytes: 8, ...props });
}

function webIn(stack: TerraformStack, claim: IPersistentVolumeClaim, props: Partial<WorkloadProps> = {}): Workload {
  const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claim) }];
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, volumes, ...props });
}

function classIn(stack: TerraformStack, props: Partial<StorageClassProps> = {}): StorageClass {
  return new StorageClass(stack, 'class', { storageClassName: 'own', storage: AzureStorage.disk(), ...props });
}

const problemsOf = (make: (stack: TerraformStack) => void): string[] => {
  const stack = testStack();
  make(stack);
  return Problems.of(stack).map((problem) => problem.replace(/^\[stack\/[\w-]+\] /, ''));
};

const DISK = { accessModes: ['ReadWriteOnce'] };

describe('a claim', () => {
  test.each<[string, Partial<ClaimOptions>, object]>([
    [
      'of a disk, unless it is told otherwise',
      {},
      { access_modes: DISK.accessModes, storage_class_name: 'managed-csi' },
    ],
    [
      'of a fast disk that one pod has',
      { storageClass: AksStorageClass.MANAGED_CSI_PREMIUM, accessMode: AccessMode.READ_WRITE_ONCE_POD },
      { access_modes: ['ReadWriteOncePod'], storage_class_name: 'managed-csi-premium' },
    ],
    [
      'of a file share, which many nodes have',
      { storageClass: AksStorageClass.AZUREFILE_CSI },
      { access_modes: ['ReadWriteMany'], storage_class_name: 'azurefile-csi' },
    ],
    [
      'of a file share that pods only read',
      { storageClass: AksStorageClass.AZUREFILE_CSI, accessMode: AccessMode.READ_ONLY_MANY },
      { access_modes: ['ReadOnlyMany'], storage_class_name: 'azurefile-csi' },
    ],
  ])('is one %s', (_, options, expected) => {
    const stack = testStack();
    claimIn(stack, options);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(invalidManifests(json)).toEqual([]);
    expect(only(json, 'kubernetes_persistent_volume_claim_v1')).toMatchObject({
      metadata: { name: 'claim' },
      spec: { ...expected, resources: { requests: { storage: '8Gi' } } },
      wait_until_bound: false,
    });
  });

  test.each([
    [undefined, { prevent_destroy: true }],
    [DataPolicy.RETAIN, { prevent_destroy: true }],
    [DataPolicy.DELETE, undefined],
  ])('with onDelete %p has the lifecycle %p', (onDelete, lifecycle) => {
    const stack = testStack();
    claimIn(stack, { onDelete });

    expect(only(synth(stack), 'kubernetes_persistent_volume_claim_v1').lifecycle).toEqual(lifecycle);
  });

  test('comes after its namespace and its class, and before the pods that mount it', () => {
    const stack = testStack();
    const space = new KubernetesNamespace(stack, 'space', { namespaceName: 'shop' });
    const claim = claimIn(stack, { namespace: 'shop', storageClass: classIn(stack) });
    webIn(stack, claim, { namespace: 'shop' });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(space.namespaceName).toBeDefined();
    expect(only(json, 'kubernetes_persistent_volume_claim_v1')).toMatchObject({
      depends_on: [expect.stringMatching(/^kubernetes_namespace_v1\./)],
      spec: { storage_class_name: expect.stringMatching(/^\$\{kubernetes_storage_class_v1\.class/) as string },
    });
    expect(podOf(json).volume).toEqual([
      {
        name: 'data',
        persistent_volume_claim: {
          claim_name: expect.stringMatching(/^\$\{kubernetes_persistent_volume_claim_v1\.claim/) as string,
        },
      },
    ]);
  });

  test('has a name of its own in its namespace', () => {
    expect(
      problemsOf((stack) => {
        claimIn(stack, { claimName: 'data' }, 'one');
        claimIn(stack, { claimName: 'data' }, 'two');
        claimIn(stack, { claimName: 'data', namespace: 'shop' }, 'three');
      }),
    ).toEqual([expect.stringMatching(/^'claimName' must be unique in its namespace, got "data"/)]);
  });

  test.each<[string, Partial<PersistentVolumeClaimProps>, RegExp]>([
    ['a size of nothing', { sizeGibibytes: 0 }, /^'sizeGibibytes' must be a whole number from 1 to 262144/],
    [
      'a disk that is too large',
      { sizeGibibytes: 32_768 },
      /^'sizeGibibytes' must be 1 to 32767 for disks of this storage class, got 32768: Azure has no larger ones/,
    ],
    [
      'a share that is too large',
      { sizeGibibytes: 102_401, storageClass: AksStorageClass.AZUREFILE_CSI },
      /^'sizeGibibytes' must be 1 to 102400 for file shares of this storage class \(Standard_LRS\), got 102401/,
    ],
    [
      'a fast share that is too small',
      { sizeGibibytes: 99, storageClass: AksStorageClass.AZUREFILE_CSI_PREMIUM },
      /^'sizeGibibytes' must be 100 to 102400 for file shares .* \(Premium_LRS\), got 99: Azure would create and bill the smallest/,
    ],
    ...[AccessMode.READ_WRITE_MANY, AccessMode.READ_ONLY_MANY].map(
      (accessMode): [string, Partial<PersistentVolumeClaimProps>, RegExp] => [
        `a disk that many nodes have (${accessMode})`,
        { accessMode },
        /^'accessMode' must be READ_WRITE_ONCE or READ_WRITE_ONCE_POD for disks \(managed-csi\)/,
      ],
    ),
    ['a wrong name', { claimName: 'Data_1' }, /^'claimName' must be 1 to 253 lower-case letters/],
  ])('must not have %s', (_, props, message) => {
    expect(problemsOf((stack) => claimIn(stack, props))).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, AzureStorage, number[], number[]]>([
    ['disks', AzureStorage.disk(), [1, 32_767], [32_768]],
    ['Premium SSD v2', AzureStorage.disk({ skuName: DiskSku.PREMIUM_V2_LRS }), [1, 65_536], [65_537]],
    ['Ultra disks', AzureStorage.disk({ skuName: DiskSku.ULTRA_SSD_LRS }), [65_536], [65_537]],
    ['HDD shares', AzureStorage.files(), [1, 102_400], [102_401]],
    ['SSD shares', AzureStorage.files({ skuName: FilesSku.PREMIUM_ZRS }), [100, 102_400], [99, 102_401]],
    ['NFS shares', AzureStorage.files({ protocol: FilesProtocol.NFS }), [100], [99]],
    ['provisioned shares', AzureStorage.files({ skuName: FilesSku.STANDARD_V2_LRS }), [32, 262_144], [31]],
  ])('has a size that Azure has of %s', (_, storage, inside, outside) => {
    const broken = (sizeGibibytes: number): string[] =>
      problemsOf((stack) => claimIn(stack, { sizeGibibytes, storageClass: classIn(stack, { storage }) }));

    expect(inside.flatMap(broken)).toEqual([]);
    expect(outside.flatMap(broken)).toEqual(
      outside.map(() => expect.stringMatching(/^'sizeGibibytes' must be \d+ to/)),
    );
  });

  test('of a class that is not known is not checked by it', () => {
    expect(
      problemsOf((stack) => {
        const storageClass = StorageClass.fromStorageClassAttributes(stack, 'found', { storageClassName: 'netapp' });
        claimIn(stack, { storageClass, accessMode: AccessMode.READ_WRITE_MANY, sizeGibibytes: 200_000 });
      }),
    ).toEqual([]);
  });

  test('of a class that is found is checked by what is told of it', () => {
    expect(
      problemsOf((stack) => {
        const storageClass = StorageClass.fromStorageClassAttributes(stack, 'found', {
          storageClassName: 'disks',
          storage: AzureStorage.disk(),
        });
        claimIn(stack, { storageClass, accessMode: AccessMode.READ_WRITE_MANY });
      }),
    ).toEqual([
      expect.stringMatching(/^'accessMode' must be READ_WRITE_ONCE or READ_WRITE_ONCE_POD for disks \(disks\)/),
    ]);
  });
});

describe('a storage class', () => {
  test.each<[string, Partial<StorageClassProps>, Block]>([
    [
      'of disks, created where their pod runs',
      {},
      {
        storage_provisioner: 'disk.csi.azure.com',
        parameters: { skuName: 'StandardSSD_LRS', cachingMode: 'ReadOnly' },
        reclaim_policy: 'Delete',
        volume_binding_mode: 'WaitForFirstConsumer',
        allow_volume_expansion: true,
      },
    ],
    [
      'of disks that cannot be cached, and stay',
      { storage: AzureStorage.disk({ skuName: DiskSku.PREMIUM_V2_LRS }), reclaimPolicy: DataPolicy.RETAIN },
      { parameters: { skuName: 'PremiumV2_LRS', cachingMode: 'None' }, reclaim_policy: 'Retain' },
    ],
    [
      'of file shares',
      { storage: AzureStorage.files({ skuName: FilesSku.STANDARD_ZRS }), allowVolumeExpansion: false },
      {
        storage_provisioner: 'file.csi.azure.com',
        parameters: { skuName: 'Standard_ZRS', protocol: 'smb' },
        volume_binding_mode: 'Immediate',
        allow_volume_expansion: false,
      },
    ],
    [
      'of file shares over NFS',
      { storage: AzureStorage.files({ protocol: FilesProtocol.NFS }) },
      { parameters: { skuName: 'Premium_LRS', protocol: 'nfs' } },
    ],
  ])('is one %s', (_, props, expected) => {
    const stack = testStack();
    classIn(stack, props);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(invalidManifests(json)).toEqual([]);
    expect(only(json, 'kubernetes_storage_class_v1')).toMatchObject({ metadata: { name: 'own' }, ...expected });
  });

  test.each<[string, Partial<StorageClassProps>, RegExp]>([
    [
      'a cache of disks that have none',
      { storage: AzureStorage.disk({ skuName: DiskSku.ULTRA_SSD_LRS, caching: DiskCaching.READ_ONLY }) },
      /^'storage\.caching' must be DiskCaching\.NONE with the SKU UltraSSD_LRS, got ReadOnly/,
    ],
    [
      'NFS on HDD',
      { storage: AzureStorage.files({ skuName: FilesSku.STANDARD_ZRS, protocol: FilesProtocol.NFS }) },
      /^'storage\.skuName' must be a premium one with FilesProtocol\.NFS, got Standard_ZRS/,
    ],
    [
      'disks of one zone before their pod has a node',
      { volumeBindingMode: VolumeBindingMode.IMMEDIATE },
      /^'volumeBindingMode' must be WAIT_FOR_FIRST_CONSUMER for disks of one zone \(StandardSSD_LRS\), got IMMEDIATE/,
    ],
    ['a wrong name', { storageClassName: 'Own' }, /^'storageClassName' must be 1 to 253/],
  ])('must not have %s', (_, props, message) => {
    expect(problemsOf((stack) => classIn(stack, props))).toEqual([expect.stringMatching(message)]);
  });

  test('may create disks of all zones at once', () => {
    const storage = AzureStorage.disk({ skuName: DiskSku.PREMIUM_ZRS });

    expect(problemsOf((stack) => classIn(stack, { storage, volumeBindingMode: VolumeBindingMode.IMMEDIATE }))).toEqual(
      [],
    );
  });
});

describe('a workload with a disk', () => {
  test('is one pod, which goes before the next one comes', () => {
    const stack = testStack();
    webIn(stack, claimIn(stack));
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      spec: { replicas: '1', strategy: { type: 'Recreate' } },
    });
    expect(json.resource).not.toHaveProperty('kubernetes_pod_disruption_budget_v1');
  });

  test.each<[string, Partial<WorkloadProps>, RegExp]>([
    [
      'two pods',
      { replicas: 2 },
      /^'replicas' must be at most 1 with the ReadWriteOnce claim of 'volumes\[0\]\.volume', got 2/,
    ],
    [
      'an autoscaler of more than one',
      {
        autoscaling: { minReplicas: 1, maxReplicas: 3, memoryUtilizationPercent: 80 },
        resources: { memoryRequest: Memory.mebibytes(128) },
      },
      /^'autoscaling\.maxReplicas' must be at most 1 with the ReadWriteOnce claim/,
    ],
    [
      'a rollout that surges by default',
      { rollout: { strategy: RolloutStrategy.ROLLING_UPDATE } },
      /^'rollout\.maxSurge' must be 0 with the ReadWriteOnce claim of 'volumes\[0\]\.volume', got 1, its default/,
    ],
    [
      'a rollout that surges',
      { rollout: { maxSurge: PercentOrAbsolute.percent(100) } },
      /^'rollout\.maxSurge' must be 0 with the ReadWriteOnce claim .*, got 100%/,
    ],
  ])('must not have %s', (_, props, message) => {
    expect(problemsOf((stack) => webIn(stack, claimIn(stack), props))).toContainEqual(expect.stringMatching(message));
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['one pod', { replicas: 1 }],
    [
      'a rollout that never surges',
      { rollout: { maxSurge: PercentOrAbsolute.absolute(0), maxUnavailable: PercentOrAbsolute.absolute(1) } },
    ],
    ['all pods replaced at once', { rollout: { strategy: RolloutStrategy.RECREATE } }],
    ['a rollout with other options', { rollout: { progressDeadlineSeconds: 900 } }],
  ])('may have %s', (_, props) => {
    expect(problemsOf((stack) => webIn(stack, claimIn(stack), props))).toEqual([]);
  });

  test('is what others wait for', () => {
    const shared = (accessMode?: AccessMode, storageClass?: AksStorageClass): string[] =>
      problemsOf((stack) => {
        const claim = claimIn(stack, { accessMode, storageClass });
        webIn(stack, claim);
        const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claim) }];
        new CronJob(stack, 'backup', { name: 'backup', image, schedule: '30 3 * * *', volumes });
      });

    expect(shared()).toEqual([
      expect.stringMatching(
        /^'volumes\[0\]\.volume' must use a claim that no other workload mounts with ReadWriteOnce, got stack\/claim, which stack\/web mounts/,
      ),
    ]);
    expect(shared(undefined, AksStorageClass.AZUREFILE_CSI)).toEqual([]);
  });

  test('counts the pods of whatever mounts it', () => {
    expect(
      problemsOf((stack) => {
        const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claimIn(stack)) }];
        new Job(stack, 'job', { name: 'job', image, volumes, parallelism: 2, completions: 2 });
      }),
    ).toEqual([expect.stringMatching(/^'parallelism' must be at most 1 with the ReadWriteOnce claim/)]);
    expect(
      problemsOf((stack) => {
        const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claimIn(stack)) }];
        new Worker(stack, 'worker', { name: 'worker', image, volumes, replicas: 3 });
      }),
    ).toEqual([expect.stringMatching(/^'replicas' must be at most 1 with the ReadWriteOnce claim/)]);
    expect(
      problemsOf((stack) => {
        const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claimIn(stack)) }];
        new DaemonSet(stack, 'agent', { name: 'agent', image, volumes });
      }),
    ).toEqual([
      expect.stringMatching(
        /^'volumes\[0\]\.volume' must use a claim that many nodes can mount, .*, got ReadWriteOnce/,
      ),
    ]);
  });

  test.each([
    [
      ConcurrencyPolicy.ALLOW,
      [expect.stringMatching(/^'concurrencyPolicy' must not be ALLOW with the ReadWriteOnce claim/)],
    ],
    [ConcurrencyPolicy.FORBID, []],
    [ConcurrencyPolicy.REPLACE, []],
    [undefined, []],
  ])('is not for runs that overlap: %s', (concurrencyPolicy, problems) => {
    expect(
      problemsOf((stack) => {
        const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claimIn(stack)) }];
        new CronJob(stack, 'job', { name: 'job', image, schedule: '30 3 * * *', volumes, concurrencyPolicy });
      }),
    ).toEqual(problems);
  });

  test('may be mounted by a sidecar, too', () => {
    expect(
      problemsOf((stack) => {
        const volumes = [{ mountPath: '/data', volume: Volume.fromClaim('data', claimIn(stack)) }];
        const sidecars = [{ name: 'backup', image, volumes }];
        new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, replicas: 2, sidecars });
      }),
    ).toEqual([
      expect.stringMatching(
        /^'replicas' must be at most 1 with the ReadWriteOnce claim of 'sidecars\[0\]\.volumes\[0\]/,
      ),
    ]);
  });
});

describe('a workload with a file share', () => {
  test('is as many pods as any other', () => {
    const stack = testStack();
    webIn(stack, claimIn(stack, { storageClass: AksStorageClass.AZUREFILE_CSI }), { replicas: 5 });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      spec: { replicas: '5', strategy: { type: 'RollingUpdate' } },
    });
  });
});

describe('pods with a claim', () => {
  test('are of its namespace and its cluster', () => {
    const message = /^'volumes\[0\]\.volume' must use a claim in the namespace and the cluster of the pods/;
    expect(problemsOf((stack) => webIn(stack, claimIn(stack), { namespace: 'shop' }))).toContainEqual(
      expect.stringMatching(message),
    );
    expect(
      problemsOf((stack) => {
        const own = stack.node.findChild('kubernetes') as KubernetesProvider;
        const other = new KubernetesProvider(stack, 'other', { alias: 'other' });
        webIn(stack, claimIn(stack, { provider: other }), { provider: own });
      }),
    ).toEqual([expect.stringMatching(message)]);
  });

  test('may name the only provider of the stack where the claim does not', () => {
    expect(
      problemsOf((stack) => {
        const provider = stack.node.findChild('kubernetes') as KubernetesProvider;
        webIn(stack, claimIn(stack), { provider });
      }),
    ).toEqual([]);
  });

  test('may have one that exists, which is checked by what is told of it', () => {
    const replicas = 2;
    const found = (accessMode?: AccessMode): string[] =>
      problemsOf((stack) =>
        webIn(stack, PersistentVolumeClaim.fromClaimAttributes(stack, 'found', { claimName: 'data', accessMode }), {
          replicas,
        }),
      );

    expect(found()).toEqual([]);
    expect(found(AccessMode.READ_WRITE_MANY)).toEqual([]);
    expect(found(AccessMode.READ_WRITE_ONCE)).toContainEqual(expect.stringMatching(/^'replicas' must be at most 1/));
  });

  test.each<[string, PodSecurity | undefined, Block]>([
    ['not root', undefined, { fs_group: '1000', fs_group_change_policy: 'OnRootMismatch' }],
    ['a user', PodSecurity.restricted({ userId: 999 }), { fs_group: '999', fs_group_change_policy: 'OnRootMismatch' }],
    ['a group that is given', PodSecurity.custom({ userId: 999, fsGroupId: 7 }), { fs_group: '7' }],
  ])('that run as %s can write to it', (_, security, expected) => {
    const stack = testStack();
    webIn(stack, claimIn(stack), { security });

    expect(podOf(synth(stack)).security_context).toMatchObject(expected);
  });

  test('that run as root own it already', () => {
    const stack = testStack();
    webIn(stack, claimIn(stack), { security: PodSecurity.custom({ runAsNonRoot: false }) });

    expect(podOf(synth(stack)).security_context).not.toHaveProperty('fs_group');
  });

  test('may take everything about it from Terraform', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    webIn(stack, claimIn(stack, { claimName: stringValue, sizeGibibytes: numberValue }), { replicas: numberValue });

    expect(Problems.of(stack)).toEqual([]);
  });
});

function podOf(json: ReturnType<typeof synth>): { readonly [part: string]: unknown } {
  const deployment = only(json, 'kubernetes_deployment_v1') as { spec: { template: { spec: Block } } };
  return deployment.spec.template.spec;
}

describe('a storage class of Ultra disks', () => {
  function problemsWith(
    pool: Partial<AddNodePoolOptions> | undefined,
    skuName: DiskSku,
    add: (stack: TerraformStack, cluster: AksCluster) => unknown = () => undefined,
  ): string[] {
    const stack = new TerraformStack(testApp(), 'stack');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
    new StorageClass(stack, 'class', { storageClassName: 'fast', storage: AzureStorage.disk({ skuName }) });
    if (pool !== undefined) {
      cluster.addNodePool('data', { name: 'data', zones: ['1'], ...pool });
    }
    add(stack, cluster);
    return Problems.of(stack);
  }

  test('needs a pool of its cluster that can have them', () => {
    expect(problemsWith({ ultraDisks: true }, DiskSku.ULTRA_SSD_LRS)).toEqual([]);
    expect(problemsWith(undefined, DiskSku.PREMIUM_V2_LRS)).toEqual([]);
    for (const pool of [undefined, {}, { ultraDisks: false }]) {
      expect(problemsWith(pool, DiskSku.ULTRA_SSD_LRS)).toEqual([
        "[stack/class] 'storage' must use disks that nodes of stack/cluster can attach, got UltraSSD_LRS: its pods could not start. Give a pool" +
          " 'ultraDisks: true', and place the pods there, or use DiskSku.PREMIUM_V2_LRS",
      ]);
    }
  });

  test('is fine beside a pool that is made by hand, of which nothing is known', () => {
    const byHand = (stack: TerraformStack, cluster: AksCluster): unknown =>
      new KubernetesClusterNodePool(stack, 'by-hand', {
        ...{ name: 'ultra', kubernetesClusterId: cluster.clusterId, vmSize: 'Standard_D4s_v5', ultraSsdEnabled: true },
      });

    expect(problemsWith(undefined, DiskSku.ULTRA_SSD_LRS, byHand)).toEqual([]);
  });

  test('is fine on a cluster of which the program does not know all pools', () => {
    const stack = testStack();
    const storage = AzureStorage.disk({ skuName: DiskSku.ULTRA_SSD_LRS });
    new StorageClass(stack, 'class', { storageClassName: 'fast', storage });

    expect(Problems.of(stack)).toEqual([]);
  });
});

test('a storage class is not one that every cluster comes with', () => {
  const stack = testStack();
  new StorageClass(stack, 'class', { storageClassName: 'managed-csi', storage: AzureStorage.disk() });

  expect(Problems.of(stack)).toEqual([
    expect.stringMatching(
      /^\[stack\/class\] 'storageClassName' must be .*, got "managed-csi": AksStorageClass lists the built-in classes$/,
    ),
  ]);
});
