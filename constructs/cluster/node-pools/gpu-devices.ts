import { isText } from '../../core/values/known';
import { AMD_GPU, CPU, type Devices, NVIDIA_GPU } from '../../kubernetes/devices';
import { mayHaveGpu, vcpusOf } from './vm-size';

/** Sizes of the N series whose GPUs are from AMD. */
const OF_AMD = /^Standard_(NV\d+as_v4|NG\d+.*_V620_v1|ND\d+.*_MI300X_v5)$/i;

/**
 * The number of GPUs of each size. Sizes of the listed families that are not named have one GPU, or a part of one.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview#gpu-accelerated
 */
const COUNTS: readonly (readonly [RegExp, number])[] = [
  [/^Standard_ND(40|96).*_v[245]$/i, 8],
  [/^Standard_ND128.*_GB[23]00_/i, 4],
  [/^Standard_(NC64as_T4_v3|NC96ads_A100_v4)$/i, 4],
  [/^Standard_(NC48ads_A100_v4|NC80adis_H100_v5|NC32ads_A10_v4|NV72ads_A10_v5)$/i, 2],
  [/^Standard_NV48s_v3$/i, 4],
  [/^Standard_NV24s_v3$/i, 2],
  [/^Standard_N(C|CC|V|G)\d+[a-z]*_(T4_v3|A100_v4|H100_v5|A10_v[45]|V620_v1)$/i, 1],
  [/^Standard_NV\d+a?s_v[34]$/i, 1],
];

/**
 * The CPUs and GPUs of a node that pods can request; undefined if the size is not known.
 *
 * @param isParted Whether the GPUs are partitioned, so that pods request partitions
 */
export function devicesOf(vmSize: string, isParted: boolean): Devices | undefined {
  if (!isText(vmSize)) {
    return undefined;
  }
  const cpus = { [CPU]: vcpusOf(vmSize) };
  if (!mayHaveGpu(vmSize)) {
    return cpus;
  }
  const [, count = Infinity] = COUNTS.find(([sizes]) => sizes.test(vmSize)) ?? [];
  return { ...cpus, [OF_AMD.test(vmSize) ? AMD_GPU : NVIDIA_GPU]: isParted ? Infinity : count };
}
