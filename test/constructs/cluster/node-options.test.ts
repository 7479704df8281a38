import fc from 'fast-check';
import {
  type AddNodePoolOptions,
  AksCluster,
  type AksClusterProps,
  ClusterIdentity,
  CpuManagerPolicy,
  GpuDriver,
  GpuInstance,
  type NodeOptions,
  type NodePoolOptions,
  OsSku,
  Problems,
  type SysctlOptions,
  TaintEffect,
  TopologyManagerPolicy,
  TransparentHugePageDefrag,
  TransparentHugePages,
} from '../../../constructs';
import { SYSCTL_RANGES, sysctlProblems } from '../../../constructs/cluster/node-pools/sysctls';
import { type Block, only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

const PROVIDERS = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers';
const RESERVED = `${PROVIDERS}/Microsoft.Compute/capacityReservationGroups/reserved`;
const SNAPSHOT = `${PROVIDERS}/Microsoft.ContainerService/snapshots/last-good`;
const NEAR = `${PROVIDERS}/Microsoft.Compute/proximityPlacementGroups/near`;
const PREFIX = `${PROVIDERS}/Microsoft.Network/publicIPPrefixes/nodes`;
const TAINTS = [{ key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }];

/** Both kinds of pool with the same options, as they are written. */
function pools(options: NodePoolOptions): {
  readonly stack: ReturnType<typeof testStack>;
  readonly both: Block[];
} {
  const stack = testStack();
  const cluster = new AksCluster(stack, 'cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'aks',
    defaultNodePool: options,
  });
  cluster.addNodePool('apps', { name: 'apps', taints: TAINTS, ...options });
  const json = synth(stack);
  return {
    stack,
    both: [
      only(json, 'azurerm_kubernetes_cluster').default_node_pool as Block,
      only(json, 'azurerm_kubernetes_cluster_node_pool'),
    ],
  };
}

function problemsOf(options: Partial<AddNodePoolOptions>, props: Partial<AksClusterProps> = {}): string[] {
  const stack = testStack();
  new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props }).addNodePool(
    'apps',
    {
      name: 'apps',
      ...options,
    },
  );
  return Problems.of(stack);
}

test('special nodes are told everything, in both kinds of pool', () => {
  const { stack, both } = pools({
    kubelet: {
      cpuManagerPolicy: CpuManagerPolicy.STATIC,
      cpuCfsQuota: false,
      cpuCfsQuotaPeriodMillis: 200,
      imageGcHighPercent: 90,
      imageGcLowPercent: 70,
      topologyManagerPolicy: TopologyManagerPolicy.RESTRICTED,
      allowedUnsafeSysctls: ['net.*'],
      containerLogMaxSizeMb: 20,
      containerLogMaxFiles: 3,
      podMaxPids: 1000,
    },
    linuxOs: {
      transparentHugePages: TransparentHugePages.MADVISE,
      transparentHugePageDefrag: TransparentHugePageDefrag.DEFER_MADVISE,
      swapFileSizeMb: 1500,
      sysctls: {
        vmMaxMapCount: 262_144,
        netIpv4IpLocalPortRange: { first: 20_000, last: 65_000 },
        netIpv4TcpTwReuse: true,
      },
    },
    proximityPlacementGroupId: NEAR,
    nodePublicIp: { publicIpPrefixId: PREFIX },
  });

  expect(Problems.of(stack)).toEqual([]);
  for (const pool of both) {
    expect(pool).toMatchObject({
      kubelet_config: {
        cpu_manager_policy: 'static',
        cpu_cfs_quota_enabled: false,
        cpu_cfs_quota_period: '200ms',
        image_gc_high_threshold: 90,
        image_gc_low_threshold: 70,
        topology_manager_policy: 'restricted',
        allowed_unsafe_sysctls: ['net.*'],
        container_log_max_size_mb: 20,
        container_log_max_line: 3,
        pod_max_pid: 1000,
      },
      linux_os_config: {
        // the other name of it is never applied when it changes
        transparent_huge_page_enabled: 'madvise',
        transparent_huge_page_defrag: 'defer+madvise',
        swap_file_size_mb: 1500,
        sysctl_config: {
          vm_max_map_count: 262_144,
          net_ipv4_ip_local_port_range_min: 20_000,
          net_ipv4_ip_local_port_range_max: 65_000,
          net_ipv4_tcp_tw_reuse: true,
        },
      },
      proximity_placement_group_id: NEAR,
      node_public_ip_enabled: true,
      node_public_ip_prefix_id: PREFIX,
    });
  }
});

test('nodes start as those of a snapshot, with its operating system unless another one is given', () => {
  const plain = pools({ snapshotId: SNAPSHOT });
  const given = pools({ snapshotId: SNAPSHOT, osSku: OsSku.AZURE_LINUX });

  expect(Problems.of(plain.stack)).toEqual([]);
  for (const pool of plain.both) {
    expect(pool).toMatchObject({ snapshot_id: SNAPSHOT });
    expect(pool).not.toHaveProperty('os_sku');
  }
  for (const pool of given.both) {
    expect(pool).toMatchObject({ snapshot_id: SNAPSHOT, os_sku: 'AzureLinux' });
  }
});

test('FIPS on Arm processors may be of a snapshot, whose operating system is not known', () => {
  const fipsOnArm = { vmSize: 'Standard_D4ps_v5', fips: true };

  expect(Problems.of(pools({ ...fipsOnArm, snapshotId: SNAPSHOT }).stack)).toEqual([]);
  expect(Problems.of(pools(fipsOnArm).stack)).toHaveLength(2);
});

test('nodes in zones can have Ultra disks', () => {
  const { stack, both } = pools({ ultraDisks: true, zones: ['1', '2'] });

  expect(Problems.of(stack)).toEqual([]);
  expect(both.map((pool) => pool['ultra_ssd_enabled'])).toEqual([true, true]);
  expect(problemsOf({ ultraDisks: true })).toEqual([
    "[stack/cluster/apps] 'zones' must be given with 'ultraDisks', got none: an Ultra disk belongs to a zone, and nodes outside the zone cannot use it. Specify the zones",
  ]);
  expect(problemsOf({ ultraDisks: false })).toEqual([]);
});

test('a swap file brings kubelets that start with one', () => {
  const { both } = pools({ linuxOs: { swapFileSizeMb: 1 } });

  expect(both.map((pool) => pool['kubelet_config'])).toEqual([
    { cpu_cfs_quota_enabled: true },
    { cpu_cfs_quota_enabled: true },
  ]);
});

test('nodes without any of it are told nothing of it', () => {
  for (const pool of pools({}).both) {
    expect(Object.keys(pool).filter((name) => /kubelet|linux_os|gpu|group|public|ultra/.test(name))).toEqual([]);
  }
});

test.each<[string, NodeOptions & { readonly zones?: string[]; readonly vmSize?: string }, RegExp]>([
  ['a period', { kubelet: { cpuCfsQuotaPeriodMillis: 0 } }, /kubelet.cpuCfsQuotaPeriodMillis' must be .* 1 to 1000/],
  ['a percentage', { kubelet: { imageGcHighPercent: 101 } }, /kubelet.imageGcHighPercent' must be .* 1 to 100/],
  [
    'an order',
    { kubelet: { imageGcHighPercent: 50, imageGcLowPercent: 50 } },
    /kubelet.imageGcLowPercent' must be less than .*\(50\), got 50$/,
  ],
  [
    'an order with the default',
    { kubelet: { imageGcHighPercent: 80 } },
    /kubelet.imageGcLowPercent' must be less than .*\(80\), got 80$/,
  ],
  [
    'a sysctl',
    { kubelet: { allowedUnsafeSysctls: ['vm.*'] } },
    /kubelet.allowedUnsafeSysctls\[0\]' must be "kernel.sem", or/,
  ],
  ['a size of logs', { kubelet: { containerLogMaxSizeMb: 0 } }, /kubelet.containerLogMaxSizeMb' must be/],
  ['a number of logs', { kubelet: { containerLogMaxFiles: 1 } }, /kubelet.containerLogMaxFiles' must be/],
  ['a number of processes', { kubelet: { podMaxPids: 0 } }, /kubelet.podMaxPids' must be/],
  ['a swap file', { linuxOs: { swapFileSizeMb: 0 } }, /linuxOs.swapFileSizeMb' must be/],
  [
    'a kernel setting',
    { linuxOs: { sysctls: { vmSwappiness: 0 } } },
    /linuxOs.sysctls.vmSwappiness' must be a whole number from 1 to 100, got 0$/,
  ],
  [
    'a port',
    { linuxOs: { sysctls: { netIpv4IpLocalPortRange: { first: 1023, last: 60_999 } } } },
    /linuxOs.sysctls.netIpv4IpLocalPortRange.first' must be .* 1024 to 60999/,
  ],
  [
    'a range of ports that is none',
    { linuxOs: { sysctls: { netIpv4IpLocalPortRange: { first: 60_000, last: 50_000 } } } },
    /linuxOs.sysctls.netIpv4IpLocalPortRange.first' must not be greater than .*\(50000\), got 60000$/,
  ],
  [
    'a driver for no GPU',
    { gpuDriver: GpuDriver.NONE },
    /gpuDriver' must not be given for a VM size without a GPU, got Standard_D4s_v5/,
  ],
  [
    'parts of a GPU that has none',
    { vmSize: 'Standard_NC16as_T4_v3', gpuInstance: GpuInstance.MIG_1G },
    /gpuInstance' must not be given for a VM size whose GPUs cannot be partitioned, got Standard_NC16as_T4_v3/,
  ],
  [
    'a reservation',
    { capacityReservationGroupId: NEAR },
    /capacityReservationGroupId' must be the Azure resource id of a capacity reservation group/,
  ],
  [
    'a placement',
    { proximityPlacementGroupId: 'near' },
    /proximityPlacementGroupId' must be the Azure resource id of a proximity placement group/,
  ],
  [
    'a placement in several zones',
    { proximityPlacementGroupId: NEAR, zones: ['1', '2'] },
    /zones' must contain at most one zone with 'proximityPlacementGroupId', .*got 1, 2/,
  ],
  ['a snapshot', { snapshotId: NEAR }, /snapshotId' must be the Azure resource id of a snapshot of a node pool/],
  [
    'a prefix',
    { nodePublicIp: { publicIpPrefixId: RESERVED } },
    /nodePublicIp.publicIpPrefixId' must be the Azure resource id of a public IP prefix/,
  ],
])('special nodes are refused with %s, in both kinds of pool', (_, options, message) => {
  const identity = ClusterIdentity.systemAssigned();
  const [own, ...more] = problemsOf({ ...options, taints: TAINTS }).filter((one) => !one.includes("'identity'"));
  const [inDefault, ...others] = problemsOf({}, { defaultNodePool: options, identity }).filter(
    (one) => !one.includes("'identity'"),
  );

  expect(own).toMatch(message);
  expect(inDefault).toMatch(message);
  expect(inDefault).toContain("'defaultNodePool.");
  expect([...more, ...others]).toEqual([]);
});

describe('each setting of the kernel', () => {
  const ranges = Object.entries(SYSCTL_RANGES) as [keyof typeof SYSCTL_RANGES, readonly [number, number]][];
  const problems = (name: string, value: number) => sysctlProblems('sysctls', { [name]: value });

  test.each(ranges)('has a range, %s', (name, [min, max]) => {
    expect(min).toBeLessThan(max);
    for (const value of [min, max]) {
      expect(problems(name, value)).toEqual([]);
    }
    for (const value of [min - 1, max + 1, min + 0.5, Number.NaN]) {
      expect(problems(name, value)).toEqual([
        {
          rule: 'sysctl-range',
          message: `'sysctls.${name}' must be a whole number from ${min} to ${max}, got ${value}`,
        },
      ]);
    }
  });

  test('is taken inside of its range, whatever the others are, and refused once outside of it', () => {
    const values = fc.record(
      Object.fromEntries(ranges.map(([name]) => [name, fc.integer({ min: -1, max: 140_000_000 })])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, (options: SysctlOptions) => {
        const outside = ranges.filter(([name, [min, max]]) => {
          const value = options[name];
          return value !== undefined && (value < min || value > max);
        });
        const found = sysctlProblems('sysctls', options).filter(({ rule }) => rule === 'sysctl-range');

        expect(found).toHaveLength(outside.length);
      }),
    );
  });

  test('may be known to Terraform only', () => {
    const { numberValue } = token(testStack());

    expect(ranges.flatMap(([name]) => problems(name, numberValue))).toEqual([]);
  });
});

describe('GPU nodes', () => {
  const gpu = { vmSize: 'Standard_NC24ads_A100_v4' };

  test('leave the driver to Azure, and what it reports of it alone', () => {
    for (const [pool, lifecycle] of poolsAndLifecycles(gpu)) {
      expect(pool).not.toHaveProperty('gpu_driver');
      expect(lifecycle).toEqual(['gpu_driver']);
    }
  });

  test('have the driver that they are told, and no other', () => {
    for (const [pool, lifecycle] of poolsAndLifecycles({
      ...gpu,
      gpuDriver: GpuDriver.NONE,
      gpuInstance: GpuInstance.MIG_3G,
    })) {
      expect(pool).toMatchObject({ gpu_driver: 'None', gpu_instance: 'MIG3g' });
      expect(lifecycle).toEqual([]);
    }
  });

  test.each([
    ['Standard_ND96asr_v4'],
    ['Standard_ND96amsr_A100_v4'],
    ['Standard_NC40ads_H100_v5'],
    ['Standard_ND96isr_H200_v5'],
  ])('of the size %s can be parted', (vmSize) => {
    expect(problemsOf({ vmSize, gpuInstance: GpuInstance.MIG_7G, taints: TAINTS })).toEqual([]);
  });

  test.each<[string, Partial<AddNodePoolOptions>, boolean]>([
    ['without a taint', {}, true],
    ['with a taint that only prefers', { taints: [{ key: 'a', effect: TaintEffect.PREFER_NO_SCHEDULE }] }, true],
    ['with a taint', { taints: TAINTS }, false],
    ['of left-over capacity', { spot: {} }, false],
    ['that have no GPU', { vmSize: 'Standard_D4s_v5' }, false],
  ])('%s are warned of where any pod may take one', (_, options, isWarned) => {
    const stack = testStack();
    new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' }).addNodePool('gpu', {
      name: 'gpu',
      ...gpu,
      ...options,
    });

    expect(warningsOf(stack).map((one) => one.includes('keep other pods off with a taint'))).toEqual(
      isWarned ? [true] : [],
    );
  });

  function poolsAndLifecycles(options: NodeOptions & { readonly vmSize: string }): [Block, string[]][] {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', {
      ...{ resourceGroup: RESOURCE_GROUP, clusterName: 'aks', defaultNodePool: options },
    });
    cluster.addNodePool('gpu', { name: 'gpu', taints: TAINTS, ...options });
    const json = synth(stack);
    const [main, pool] = [only(json, 'azurerm_kubernetes_cluster'), only(json, 'azurerm_kubernetes_cluster_node_pool')];
    return [
      [main.default_node_pool as Block, ignored(main, 'default_node_pool[0].')],
      [pool, ignored(pool, '')],
    ];
  }

  function ignored({ lifecycle }: Block, prefix: string): string[] {
    const { ignore_changes: changes = [] } = (lifecycle ?? {}) as { readonly ignore_changes?: string[] };
    return changes.map((path) => path.replace(prefix, ''));
  }
});

describe('reserved capacity', () => {
  test('of the default pool has an identity before the cluster, with its role on the group', () => {
    const { stack, both } = pools({ capacityReservationGroupId: RESERVED });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(both.map((pool) => pool['capacity_reservation_group_id'])).toEqual([RESERVED, RESERVED]);
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Contributor',
      scope: RESERVED,
    });
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^azurerm_role_assignment\./)]),
    );
  });

  test('of an added pool needs an identity that exists before the cluster', () => {
    const options = { capacityReservationGroupId: RESERVED };

    expect(problemsOf(options)).toEqual([
      "[stack/cluster] 'identity' must exist before the cluster for the reserved capacity of stack/cluster/apps, got an " +
        'identity that Azure creates with it: use ClusterIdentity.userAssigned(...), with the role Contributor on the ' +
        'capacity reservation group',
    ]);
  });

  test('is not for Spot nodes', () => {
    const problems = problemsOf({ capacityReservationGroupId: RESERVED, spot: {} });

    expect(problems).toContainEqual(
      expect.stringContaining("'capacityReservationGroupId' must not be given for Spot nodes"),
    );
  });
});
