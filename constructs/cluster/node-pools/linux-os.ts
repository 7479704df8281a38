import type { KubernetesClusterNodePoolLinuxOsConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { check, integerRule } from '../../core/rules/rule';
import type { Violation } from '../../core/problems/violation';
import { renderSysctls, type SysctlOptions, sysctlProblems } from './sysctls';

/** The use of 2 MB memory pages (transparent huge pages). */
export enum TransparentHugePages {
  /** All programs. */
  ALWAYS = 'always',
  /** Only programs that request it. */
  MADVISE = 'madvise',
  /** Nothing. */
  NEVER = 'never',
}

/** When memory is compacted to have more pages of 2 MB. */
export enum TransparentHugePageDefrag {
  /** Immediately, for all allocations. */
  ALWAYS = 'always',
  /** Later, in the background. */
  DEFER = 'defer',
  /** Immediately for programs that request such pages, and in the background for others. */
  DEFER_MADVISE = 'defer+madvise',
  /** Immediately for programs that request such pages. */
  MADVISE = 'madvise',
  /** Never. */
  NEVER = 'never',
}

/**
 * Settings of the operating system of the nodes of a pool. A change replaces the nodes.
 *
 * @see https://learn.microsoft.com/azure/aks/custom-node-configuration#linux-custom-os-configuration-settings
 */
export interface LinuxOsOptions {
  /**
   * The use of 2 MB memory pages (transparent huge pages).
   *
   * @default - that of the operating system
   */
  readonly transparentHugePages?: TransparentHugePages;
  /**
   * When memory is compacted to have more such pages.
   *
   * @default TransparentHugePageDefrag.MADVISE
   */
  readonly transparentHugePageDefrag?: TransparentHugePageDefrag;
  /**
   * The size of the swap file in MB, from 1 to the size of the temporary disk of the VM, on which it is stored.
   *
   * @default - no swap file
   */
  readonly swapFileSizeMb?: number;
  /**
   * Settings of the kernel.
   *
   * @default - those of the operating system
   */
  readonly sysctls?: SysctlOptions;
}

export const swapFileSizeMb = integerRule(
  'swap-file-size',
  1,
  2 ** 31 - 1,
  'https://learn.microsoft.com/azure/aks/custom-node-configuration#linux-virtual-memory',
  1500,
);

/** @param prefix The name of the property, such as "defaultNodePool.linuxOs" */
export function linuxOsProblems(prefix: string, { swapFileSizeMb: swap, sysctls = {} }: LinuxOsOptions): Violation[] {
  return [...check(swapFileSizeMb, `${prefix}.swapFileSizeMb`, swap), ...sysctlProblems(`${prefix}.sysctls`, sysctls)];
}

export function renderLinuxOs(options: LinuxOsOptions): KubernetesClusterNodePoolLinuxOsConfig {
  return {
    // of the two names of this argument, the provider applies changes to this one only
    transparentHugePageEnabled: options.transparentHugePages,
    transparentHugePageDefrag: options.transparentHugePageDefrag,
    swapFileSizeMb: options.swapFileSizeMb,
    sysctlConfig: options.sysctls && renderSysctls(options.sysctls),
  };
}
