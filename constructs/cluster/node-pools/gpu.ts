import { isStandIn } from '../../core/declared';
import { keepsOff, type Taint } from '../../kubernetes/taint';
import { isKnown, isText, itemsOf } from '../../core/values/known';
import { type Violation, when } from '../../core/problems/violation';
import { DEFAULT_VM_SIZE, mayHaveGpu } from './vm-size';

/** The installation of the GPU driver on nodes. */
export enum GpuDriver {
  /** Azure installs it with the image of the nodes. */
  INSTALL = 'Install',
  /** Azure does not install it, but for example the GPU operator of NVIDIA does. */
  NONE = 'None',
}

/** The profiles for partitions of a GPU, each of which pods can use as a separate GPU (MIG). */
export enum GpuInstance {
  /** Seven parts of one slice. */
  MIG_1G = 'MIG1g',
  /** Parts of two slices. */
  MIG_2G = 'MIG2g',
  /** Parts of three slices. */
  MIG_3G = 'MIG3g',
  /** A part of four slices. */
  MIG_4G = 'MIG4g',
  /** One part of all seven slices. */
  MIG_7G = 'MIG7g',
}

/** The options of the GPUs of a pool. */
interface GpuPlan {
  readonly vmSize?: string;
  readonly gpuDriver?: GpuDriver;
  readonly gpuInstance?: GpuInstance;
}

/** Sizes whose GPUs can be partitioned: the A100, also where the name does not say so, and its successors. */
const PARTED = /_(A100|H100|H200|GB200)_|^Standard_ND96asr_v4$/i;

/**
 * The problems of the options of the GPUs of a pool.
 *
 * @see https://learn.microsoft.com/azure/aks/use-nvidia-gpu
 * @see https://learn.microsoft.com/azure/aks/gpu-multi-instance
 */
export function gpuProblems(
  prefix: string,
  { vmSize = DEFAULT_VM_SIZE, gpuDriver, gpuInstance }: GpuPlan,
): Violation[] {
  const isKnownSize = isText(vmSize);
  return [
    ...when(
      isKnown(gpuDriver) && isKnownSize && !mayHaveGpu(vmSize),
      'gpu-driver-of-gpu',
      () =>
        `'${prefix}gpuDriver' must not be given for a VM size without a GPU, got ${vmSize}: leave it out, or use a size of the N series` +
        ', such as Standard_NC24ads_A100_v4',
    ),
    ...when(
      isKnown(gpuInstance) && isKnownSize && !PARTED.test(vmSize),
      'gpu-instance-of-size',
      () =>
        `'${prefix}gpuInstance' must not be given for a VM size whose GPUs cannot be partitioned, got ${vmSize}: leave it out, or use a size with A100 or H100` +
        ', such as Standard_NC24ads_A100_v4',
    ),
  ];
}

/** The warning for a pool with GPUs on which any pod may be scheduled. */
export function gpuWarnings(
  vmSize: string | undefined,
  taints: readonly Taint[] | undefined,
  isSpot: boolean,
): Violation[] {
  const isOpen = isKnown(taints) || taints === undefined;
  return when(
    isText(vmSize) &&
      mayHaveGpu(vmSize) &&
      isOpen &&
      !isSpot &&
      !itemsOf(taints).some(({ effect }) => isStandIn(effect) || keepsOff(effect)),
    'gpu-pool-open',
    () =>
      `'vmSize' ${vmSize} has GPUs, and any pod can be scheduled on its nodes: keep other pods off with a taint, ` +
      "such as { key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }",
  );
}
