import { Token } from 'cdktf';
import type { PoolSize } from '../network-profile/network-plan';
import type { NodePoolPlan } from './node-pool-plan-rules';
import * as rules from './node-pool-rules';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkEach, checkGiven, orExample } from '../../core/rules/rule';
import { nodeLabelValue } from '../../kubernetes/kubernetes-rules';
import type { Taint } from '../../kubernetes/taint';
import { isKnown } from '../../core/values/known';
import { type UpgradeSettings, surgeNodes, upgradeSettingsProblems } from './upgrade-settings';
import { DEFAULT_VM_SIZE, mayHaveGpu } from './vm-size';
import { type NodeOptions, nodeOptionsProblems, type RenderedNodeOptions, renderNodeOptions } from './node-options';
import { type Violation, violation } from '../../core/problems/violation';

/** The range of node counts that the cluster autoscaler chooses from. */
export interface NodePoolAutoscaling {
  /** The smallest number of nodes: 1 to 1000, in a user pool 0 to 1000. */
  readonly minCount: number;
  /** The largest number of nodes, not below the smallest. */
  readonly maxCount: number;
}

/** The kind of disk for the operating system of a node. */
export enum OsDiskType {
  /** A managed disk. */
  MANAGED = 'Managed',
  /**
   * A disk of the VM itself: faster and free of charge, and only available on sizes with a local disk that is large
   * enough.
   */
  EPHEMERAL = 'Ephemeral',
}

/** The operating system of Linux nodes. */
export enum OsSku {
  /** The Ubuntu version that is the default of the Kubernetes version. */
  UBUNTU = 'Ubuntu',
  /** Ubuntu 22.04. */
  UBUNTU_2204 = 'Ubuntu2204',
  /** The Azure Linux version that is the default of the Kubernetes version. */
  AZURE_LINUX = 'AzureLinux',
  /** Azure Linux 3. */
  AZURE_LINUX_3 = 'AzureLinux3',
}

/** Options of every node pool. */
export interface NodePoolOptions extends NodeOptions {
  /**
   * The number of nodes: 1 to 1000, in a user pool 0 to 1000. Not together with `autoscaling`.
   *
   * @default 2
   * @alias count, agentCount
   */
  readonly nodeCount?: number;
  /**
   * Lets the cluster autoscaler choose the number of nodes, which later deployments do not change.
   *
   * @default - `nodeCount` nodes
   * @alias autoScalingEnabled, enableAutoScaling, enableClusterAutoscaler, autoscale
   */
  readonly autoscaling?: NodePoolAutoscaling;
  /**
   * The VM size of the nodes.
   *
   * A change replaces the nodes by way of a temporary pool, and needs quota for both.
   *
   * @default "Standard_D4s_v5"
   * @alias nodeSize, nodeVmSize, instanceType, size
   */
  readonly vmSize?: string;
  /**
   * The availability zones over which the nodes are spread, such as ["1", "2", "3"]: at least one. A change replaces
   * the nodes.
   *
   * @default - Azure places them
   * @alias availabilityZones, availabilityZone
   */
  readonly zones?: string[];
  /**
   * The kind of disk for the operating system. A change replaces the nodes.
   *
   * @default OsDiskType.MANAGED
   */
  readonly osDiskType?: OsDiskType;
  /**
   * The size of the operating system's disk in GB, 30 to 2048. A change replaces the nodes.
   *
   * @default - the default of the VM size
   */
  readonly osDiskSizeGb?: number;
  /**
   * The largest number of pods on a node, 10 to 250; a system pool needs room for 30 on all its nodes together. A change replaces the nodes.
   *
   * @default - Azure's default for the network of the cluster
   */
  readonly maxPods?: number;
  /**
   * Labels of the nodes, by which pods can select them. Not with the prefixes "kubernetes.azure.com/" and
   * "kubernetes.io/".
   *
   * @default - none
   * @alias nodeLabels
   */
  readonly labels?: { readonly [key: string]: string };
  /**
   * The operating system of the nodes. A change replaces the nodes.
   *
   * @default - that of the snapshot, or OsSku.UBUNTU
   * @alias os, osType
   */
  readonly osSku?: OsSku;
  /**
   * Whether the hosts of the nodes encrypt local disks, disk caches, and the traffic to the storage. The subscription
   * needs the feature "EncryptionAtHost" of Microsoft.Compute, and the VM size must support it. A change replaces the
   * nodes.
   *
   * @alias hostEncryptionEnabled, enableHostEncryption, enableEncryptionAtHost
   * @see https://learn.microsoft.com/azure/aks/enable-host-encryption
   *
   * @default false
   */
  readonly hostEncryption?: boolean;
  /**
   * Whether the nodes run the operating system with cryptography according to FIPS 140. It rejects weak ciphers,
   * including those that mount SMB file shares. A change replaces the nodes.
   *
   * @see https://learn.microsoft.com/azure/aks/enable-fips-nodes
   *
   * @default false
   */
  readonly fips?: boolean;
  /**
   * How an upgrade replaces the nodes. Not for Spot pools, which Azure upgrades without extra nodes.
   *
   * @default - 10 percent more nodes at a time, 30 minutes to drain a node
   */
  readonly upgradeSettings?: UpgradeSettings;
}

/** The default number of nodes of a pool. */
export const DEFAULT_NODE_COUNT = 2;

/** The attributes of a pool whose changes Terraform ignores, since others decide them. */
export function ignoredPoolChanges({ autoscaling, gpuDriver, vmSize = DEFAULT_VM_SIZE }: NodePoolOptions): string[] {
  return [
    // the autoscaler chooses the number of nodes
    ...(autoscaling === undefined ? [] : ['node_count']),
    // Azure installs the driver and returns that it did, and a later plan would replace the pool to undo it
    // (https://github.com/hashicorp/terraform-provider-azurerm/issues/30990)
    ...(gpuDriver === undefined && mayHaveGpu(vmSize) ? ['gpu_driver'] : []),
  ];
}

/** The largest number of nodes of a pool, for which the network must have addresses. */
export function poolSize(name: string, options: NodePoolOptions, isSpot: boolean): PoolSize {
  const { nodeCount = DEFAULT_NODE_COUNT, autoscaling, maxPods, vmSize } = options;
  const count = autoscaling === undefined ? nodeCount : autoscaling.maxCount;
  const maxNodes = orExample(rules.userNodeCount, count);
  const surge = isKnown(maxNodes) ? surgeNodes(options.upgradeSettings ?? {}, maxNodes) : 1;
  return { name, maxNodes, surgeNodes: isSpot ? 0 : surge, maxPods, vmSize };
}

/**
 * The problems with the options of a pool.
 *
 * @param prefix The beginning of the names of the properties, such as "defaultNodePool."
 * @param isSystem Whether the pool runs the system pods of Kubernetes, which always need a node
 */
export function nodePoolOptionsProblems(options: NodePoolOptions, prefix: string, isSystem: boolean): Violation[] {
  const countRule = isSystem ? rules.systemNodeCount : rules.userNodeCount;
  return [
    ...check(countRule, `${prefix}nodeCount`, options.nodeCount),
    ...autoscalingProblems(options, prefix, isSystem),
    ...emptyProblems(`${prefix}zones`, options.zones, 'zone', 'leave it out to let Azure choose'),
    ...checkEach(rules.zone, `${prefix}zones`, options.zones),
    ...check(rules.osDiskSizeGb, `${prefix}osDiskSizeGb`, options.osDiskSizeGb),
    ...check(rules.maxPods, `${prefix}maxPods`, options.maxPods),
    ...labelProblems(options.labels ?? {}, `${prefix}labels`),
    ...nodeOptionsProblems(options, prefix),
    ...upgradeSettingsProblems(`${prefix}upgradeSettings`, options.upgradeSettings ?? {}),
  ];
}

/** The part of a pool's plan that follows from its options. */
export function planOf(options: NodePoolOptions): Omit<NodePoolPlan, 'prefix' | 'isSystem' | 'isSpot'> {
  const { nodeCount = DEFAULT_NODE_COUNT, autoscaling, vmSize = DEFAULT_VM_SIZE } = options;
  const { osDiskType, osDiskSizeGb, zones, maxPods, fips, snapshotId } = options;
  return {
    vmSize,
    osDiskType,
    osDiskSizeGb,
    zones,
    maxPods,
    fips,
    // that of a snapshot is not known
    osSku: options.osSku ?? (snapshotId === undefined ? OsSku.UBUNTU : undefined),
    minNodes: autoscaling?.minCount ?? nodeCount,
  };
}

/** The arguments for the options, for both kinds of pools. */
export function renderNodePoolOptions(options: NodePoolOptions): RenderedNodePoolOptions {
  const { autoscaling } = options;
  return {
    ...(autoscaling === undefined
      ? { nodeCount: options.nodeCount ?? DEFAULT_NODE_COUNT }
      : { autoScalingEnabled: true, minCount: autoscaling.minCount, maxCount: autoscaling.maxCount }),
    vmSize: options.vmSize ?? DEFAULT_VM_SIZE,
    osSku: options.osSku ?? (options.snapshotId === undefined ? OsSku.UBUNTU : undefined),
    zones: options.zones,
    osDiskType: options.osDiskType,
    osDiskSizeGb: options.osDiskSizeGb,
    maxPods: options.maxPods,
    nodeLabels: options.labels,
    hostEncryptionEnabled: options.hostEncryption,
    fipsEnabled: options.fips,
    ...renderNodeOptions(options),
  };
}

/** The arguments that both kinds of pools in azurerm have in common. */
export interface RenderedNodePoolOptions extends RenderedNodeOptions {
  readonly nodeCount?: number;
  readonly autoScalingEnabled?: boolean;
  readonly minCount?: number;
  readonly maxCount?: number;
  readonly vmSize: string;
  readonly osSku?: string;
  readonly zones?: string[];
  readonly osDiskType?: string;
  readonly osDiskSizeGb?: number;
  readonly maxPods?: number;
  readonly nodeLabels?: { [key: string]: string };
  readonly hostEncryptionEnabled?: boolean;
  readonly fipsEnabled?: boolean;
}

function autoscalingProblems(
  { nodeCount, autoscaling }: NodePoolOptions,
  prefix: string,
  isSystem: boolean,
): Violation[] {
  if (autoscaling === undefined) {
    return [];
  }
  const countRule = isSystem ? rules.systemNodeCount : rules.userNodeCount;
  const { minCount, maxCount } = autoscaling;
  const problems = [
    ...checkGiven(countRule, `${prefix}autoscaling.minCount`, minCount),
    ...checkGiven(rules.systemNodeCount, `${prefix}autoscaling.maxCount`, maxCount),
  ];
  if (problems.length === 0 && isKnown(minCount) && isKnown(maxCount) && minCount > maxCount) {
    problems.push(
      violation(
        'autoscaling-counts-in-order',
        `'${prefix}autoscaling.minCount' must not be greater than '${prefix}autoscaling.maxCount' (${maxCount}), got ${minCount}`,
      ),
    );
  }
  if (nodeCount !== undefined) {
    problems.push(
      violation(
        'node-count-or-autoscaling',
        `'${prefix}nodeCount' must not be given together with '${prefix}autoscaling', which determines the number: remove one of them`,
      ),
    );
  }
  return problems;
}

export function labelProblems(labels: { readonly [key: string]: string }, property: string): Violation[] {
  if (Token.isUnresolved(labels)) {
    return [];
  }
  return Object.entries(labels).flatMap(([key, value]) => [
    ...check(rules.nodeLabelKey, property, key),
    ...check(nodeLabelValue, `${property}.${key}`, value),
  ]);
}

export function taintProblems({ key, value }: Taint, index: number): Violation[] {
  return [
    ...checkGiven(rules.taintKey, `taints[${index}].key`, key),
    ...check(nodeLabelValue, `taints[${index}].value`, value),
  ];
}
