import type { KubernetesClusterNodePoolKubeletConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { numberText } from '../../core/values/number-text';
import { isKnown } from '../../core/values/known';
import { type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkEach, integerRule, type Rule } from '../../core/rules/rule';

/** The CPUs that the containers of a node run on. */
export enum CpuManagerPolicy {
  /** Any CPUs. */
  NONE = 'none',
  /** Pods whose CPU requests are whole numbers and equal to their limits get exclusive CPUs. */
  STATIC = 'static',
}

/** How CPUs and devices of a pod are placed on nodes with several NUMA nodes. */
export enum TopologyManagerPolicy {
  /** Anywhere. */
  NONE = 'none',
  /** Together if possible. */
  BEST_EFFORT = 'best-effort',
  /** Together, or the pod does not run on the node. */
  RESTRICTED = 'restricted',
  /** On one NUMA node, or the pod does not run on the node. */
  SINGLE_NUMA_NODE = 'single-numa-node',
}

/**
 * Settings of the kubelets of a pool. A change replaces the nodes.
 *
 * Numbers are at least 1, since the provider treats 0 as not set.
 *
 * @see https://learn.microsoft.com/azure/aks/custom-node-configuration#linux-kubelet-custom-configuration
 */
export interface KubeletOptions {
  /**
   * The CPUs that containers run on.
   *
   * @default CpuManagerPolicy.NONE
   */
  readonly cpuManagerPolicy?: CpuManagerPolicy;
  /**
   * Whether containers are throttled at their CPU limits.
   *
   * @default true
   */
  readonly cpuCfsQuota?: boolean;
  /**
   * The period over which CPU limits are enforced, in milliseconds, 1 to 1000.
   *
   * @default 100
   */
  readonly cpuCfsQuotaPeriodMillis?: number;
  /**
   * The disk usage, in percent, at which unused images are deleted: 1 to 100, where 100 is never.
   *
   * @default 85
   */
  readonly imageGcHighPercent?: number;
  /**
   * The disk usage, in percent, down to which they are deleted: 1 to 100, less than `imageGcHighPercent`.
   *
   * @default 80
   */
  readonly imageGcLowPercent?: number;
  /**
   * How CPUs and devices of a pod are placed.
   *
   * @default TopologyManagerPolicy.NONE
   */
  readonly topologyManagerPolicy?: TopologyManagerPolicy;
  /**
   * The unsafe sysctls that pods may set: "kernel.sem", or names and patterns that begin with "kernel.shm", "kernel.msg",
   * "fs.mqueue." or "net.", such as "net.*".
   *
   * @default - none
   */
  readonly allowedUnsafeSysctls?: string[];
  /**
   * The size in MB at which the log of a container is rotated, 1 or more.
   *
   * @default 50
   */
  readonly containerLogMaxSizeMb?: number;
  /**
   * The largest number of log files of a container, 2 or more.
   *
   * @default 5
   */
  readonly containerLogMaxFiles?: number;
  /**
   * The number of processes that a pod may have, 1 or more.
   *
   * @default - as many as the node
   */
  readonly podMaxPids?: number;
}

const SOURCE = 'https://learn.microsoft.com/azure/aks/custom-node-configuration#linux-kubelet-custom-configuration';
const PROVIDER =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_nodepool.go';
const MAX_INTEGER = 2 ** 31 - 1;

export const cfsQuotaPeriodMillis = integerRule(
  'cpu-cfs-quota-period',
  1,
  1000,
  'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/kubelet/apis/config/validation/validation.go',
  100,
);
export const imageGcPercent = integerRule('image-gc-percent', 1, 100, PROVIDER, 85);
export const containerLogMaxSizeMb = integerRule('container-log-max-size', 1, MAX_INTEGER, SOURCE, 50);
export const containerLogMaxFiles = integerRule('container-log-max-files', 2, MAX_INTEGER, PROVIDER, 5);
export const podMaxPids = integerRule('pod-max-pids', 1, MAX_INTEGER, SOURCE, 4096);

export const unsafeSysctl: Rule<string> = {
  id: 'unsafe-sysctl',
  must: 'must be "kernel.sem", or a name or pattern that begins with "kernel.shm", "kernel.msg", "fs.mqueue." or "net."',
  source: SOURCE,
  example: 'net.*',
  holds: (value) => /^(kernel\.sem|(kernel\.(shm|msg)|fs\.mqueue\.|net\.)[a-z0-9_.]*\*?)$/.test(value),
};

/** The defaults of the kubelet. */
const DEFAULT_GC = { high: 85, low: 80 };

/** @param prefix The name of the property, such as "defaultNodePool.kubelet" */
export function kubeletProblems(prefix: string, options: KubeletOptions): Violation[] {
  const { imageGcHighPercent: high = DEFAULT_GC.high, imageGcLowPercent: low = DEFAULT_GC.low } = options;
  const sysctls = `${prefix}.allowedUnsafeSysctls`;
  const percentages = [
    ...check(imageGcPercent, `${prefix}.imageGcHighPercent`, options.imageGcHighPercent),
    ...check(imageGcPercent, `${prefix}.imageGcLowPercent`, options.imageGcLowPercent),
  ];
  return [
    ...check(cfsQuotaPeriodMillis, `${prefix}.cpuCfsQuotaPeriodMillis`, options.cpuCfsQuotaPeriodMillis),
    ...percentages,
    ...when(
      percentages.length === 0 && isKnown(high) && isKnown(low) && low >= high,
      'image-gc-in-order',
      () => `'${prefix}.imageGcLowPercent' must be less than '${prefix}.imageGcHighPercent' (${high}), got ${low}`,
    ),
    ...emptyProblems(sysctls, options.allowedUnsafeSysctls, 'sysctl', 'leave it out to allow none'),
    ...checkEach(unsafeSysctl, sysctls, options.allowedUnsafeSysctls),
    ...check(containerLogMaxSizeMb, `${prefix}.containerLogMaxSizeMb`, options.containerLogMaxSizeMb),
    ...check(containerLogMaxFiles, `${prefix}.containerLogMaxFiles`, options.containerLogMaxFiles),
    ...check(podMaxPids, `${prefix}.podMaxPids`, options.podMaxPids),
  ];
}

export function renderKubelet(options: KubeletOptions): KubernetesClusterNodePoolKubeletConfig {
  const { cpuCfsQuotaPeriodMillis } = options;
  return {
    cpuManagerPolicy: options.cpuManagerPolicy,
    // the default of the provider, given because a block without arguments would be omitted
    cpuCfsQuotaEnabled: options.cpuCfsQuota ?? true,
    cpuCfsQuotaPeriod: cpuCfsQuotaPeriodMillis === undefined ? undefined : `${numberText(cpuCfsQuotaPeriodMillis)}ms`,
    imageGcHighThreshold: options.imageGcHighPercent,
    imageGcLowThreshold: options.imageGcLowPercent,
    topologyManagerPolicy: options.topologyManagerPolicy,
    allowedUnsafeSysctls: options.allowedUnsafeSysctls,
    containerLogMaxSizeMb: options.containerLogMaxSizeMb,
    // the number of files, despite its name
    containerLogMaxLine: options.containerLogMaxFiles,
    podMaxPid: options.podMaxPids,
  };
}
