import {
  capacityReservationGroupId,
  nodePoolSnapshotId,
  proximityPlacementGroupId,
  publicIpPrefixId,
} from '../../azure/resource-id-rules';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { questionable, type Violation, when } from '../../core/problems/violation';
import { type GpuDriver, type GpuInstance, gpuProblems } from './gpu';
import { type KubeletOptions, kubeletProblems, renderKubelet } from './kubelet';
import { type LinuxOsOptions, linuxOsProblems, renderLinuxOs } from './linux-os';

/** Public addresses of nodes. */
export interface NodePublicIpOptions {
  /**
   * The resource id of the public IP prefix, which must have an address for each node, including the surge nodes of an
   * upgrade. Changing it replaces the pool, and of the default pool the cluster.
   *
   * @default - addresses outside of a prefix
   */
  readonly publicIpPrefixId?: string;
}

/** Options of the nodes of a pool that few pools need. */
export interface NodeOptions {
  /**
   * Settings of the kubelets. A change replaces the nodes.
   *
   * @default - those of Azure
   * @alias kubeletConfig
   */
  readonly kubelet?: KubeletOptions;
  /**
   * Settings of the operating system. A change replaces the nodes.
   *
   * @default - those of Azure
   * @alias linuxOsConfig
   */
  readonly linuxOs?: LinuxOsOptions;
  /**
   * The installation of the GPU driver, for VM sizes with GPUs. The device plugin, which lets pods request GPUs, has to
   * be installed separately. Changing it replaces the pool, and of the default pool the cluster.
   *
   * @default - Azure installs the driver
   */
  readonly gpuDriver?: GpuDriver;
  /**
   * Partitions the GPUs, for VM sizes that support it. Changing it replaces the pool, and of the default pool the
   * cluster.
   *
   * @default - pods get whole GPUs
   */
  readonly gpuInstance?: GpuInstance;
  /**
   * The resource id of a capacity reservation group with capacity for the nodes, including the surge nodes of an
   * upgrade. Changing it replaces the pool, and of the default pool the cluster.
   *
   * The identity of the cluster must exist before it, and needs the role Contributor on the group. For the default
   * pool, both are created automatically; the role for a group of an added pool is a `RoleAssignment` among the
   * `prerequisites` of the cluster, whose identity is `ClusterIdentity.userAssigned(...)`.
   *
   * @default - nodes are created where capacity is available
   * @see https://learn.microsoft.com/azure/aks/use-capacity-reservation-groups
   */
  readonly capacityReservationGroupId?: string;
  /**
   * The resource id of a proximity placement group, which keeps the nodes close to each other, within one zone.
   * Changing it replaces the pool, and of the default pool the cluster.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/aks/reduce-latency-ppg
   */
  readonly proximityPlacementGroupId?: string;
  /**
   * Gives each node a public address, as game servers need it. Adding or removing it replaces the nodes.
   *
   * @default - nodes have private addresses only
   * @alias nodePublicIpEnabled, enableNodePublicIp
   */
  readonly nodePublicIp?: NodePublicIpOptions;
  /**
   * The resource id of a snapshot of a pool, whose operating system, node image and Kubernetes version the nodes start
   * with. Its VM size must be of the same family. Later upgrades, including those of the channel for node images, apply
   * as usual. A change replaces the nodes.
   *
   * @default - the newest image
   * @see https://learn.microsoft.com/azure/aks/node-pool-snapshot
   */
  readonly snapshotId?: string;
  /**
   * Whether Ultra disks can be attached to the nodes, for volumes of `DiskSku.ULTRA_SSD_LRS`. The nodes must be in
   * `zones`, and their VM size must support Ultra disks; each node costs a little more. A change replaces the nodes.
   *
   * @default false
   * @alias ultraSsdEnabled, enableUltraSsd
   * @see https://learn.microsoft.com/azure/aks/use-ultra-disks
   */
  readonly ultraDisks?: boolean;
}

/** @param prefix The beginning of the names of the properties, such as "defaultNodePool." */
export function nodeOptionsProblems(
  options: NodeOptions & { readonly vmSize?: string; readonly zones?: readonly string[] },
  prefix: string,
): Violation[] {
  const { kubelet, linuxOs, proximityPlacementGroupId: placement, zones } = options;
  return [
    ...(kubelet === undefined ? [] : kubeletProblems(`${prefix}kubelet`, kubelet)),
    ...(linuxOs === undefined ? [] : linuxOsProblems(`${prefix}linuxOs`, linuxOs)),
    ...gpuProblems(prefix, options),
    ...check(capacityReservationGroupId, `${prefix}capacityReservationGroupId`, options.capacityReservationGroupId),
    ...check(proximityPlacementGroupId, `${prefix}proximityPlacementGroupId`, placement),
    ...when(
      placement !== undefined && isKnown(zones) && zones.length > 1,
      'proximity-placement-in-one-zone',
      () =>
        `'${prefix}zones' must contain at most one zone with 'proximityPlacementGroupId', whose nodes are in one place, got ` +
        `${zones?.join(', ')}: use one zone, and a separate pool for each of the others`,
    ),
    ...ultraDiskProblems(prefix, options),
    ...check(nodePoolSnapshotId, `${prefix}snapshotId`, options.snapshotId),
    ...check(publicIpPrefixId, `${prefix}nodePublicIp.publicIpPrefixId`, options.nodePublicIp?.publicIpPrefixId),
  ];
}

/** An Ultra disk belongs to a zone, and can be attached only to nodes of that zone. */
function ultraDiskProblems(
  prefix: string,
  { ultraDisks, zones }: Parameters<typeof nodeOptionsProblems>[0],
): Violation[] {
  return ultraDisks === true && zones === undefined
    ? [
        questionable(
          'ultra-disks-in-zones',
          `'${prefix}zones' must be given with 'ultraDisks', got none: an Ultra disk belongs to a zone, and nodes outside the zone cannot use it. Specify the zones`,
        ),
      ]
    : [];
}

/** The arguments for the options, for both kinds of pools. */
export function renderNodeOptions(options: NodeOptions): RenderedNodeOptions {
  const { kubelet, linuxOs, nodePublicIp } = options;
  // a swap file needs kubelets that allow swap, which the provider configures with every kubelet block
  const hasSwap = linuxOs?.swapFileSizeMb !== undefined;
  return {
    kubeletConfig: kubelet !== undefined || hasSwap ? renderKubelet(kubelet ?? {}) : undefined,
    linuxOsConfig: linuxOs && renderLinuxOs(linuxOs),
    gpuDriver: options.gpuDriver,
    gpuInstance: options.gpuInstance,
    capacityReservationGroupId: options.capacityReservationGroupId,
    proximityPlacementGroupId: options.proximityPlacementGroupId,
    nodePublicIpEnabled: nodePublicIp === undefined ? undefined : true,
    nodePublicIpPrefixId: nodePublicIp?.publicIpPrefixId,
    snapshotId: options.snapshotId,
    ultraSsdEnabled: options.ultraDisks,
  };
}

/** The arguments that both kinds of pools in azurerm have in common. */
export interface RenderedNodeOptions {
  readonly kubeletConfig?: ReturnType<typeof renderKubelet>;
  readonly linuxOsConfig?: ReturnType<typeof renderLinuxOs>;
  readonly gpuDriver?: string;
  readonly gpuInstance?: string;
  readonly capacityReservationGroupId?: string;
  readonly proximityPlacementGroupId?: string;
  readonly nodePublicIpEnabled?: boolean;
  readonly nodePublicIpPrefixId?: string;
  readonly snapshotId?: string;
  readonly ultraSsdEnabled?: boolean;
}
