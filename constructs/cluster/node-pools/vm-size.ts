import { check, type Rule } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { isKnown } from '../../core/values/known';
import { type Violation, violation } from '../../core/problems/violation';
import { knownVmSize } from './vm-size-names';

/** The default VM size of nodes. */
export const DEFAULT_VM_SIZE = 'Standard_D4s_v5';

/** The properties of a node of a VM size. */
interface VmCapacity {
  readonly vcpus: number;
  /** Undefined if only the name of the size is known. */
  readonly memoryGb?: number;
}

/**
 * Small sizes whose names do not determine their capacity.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 */
const SMALL_SIZES: { readonly [size: string]: VmCapacity } = {
  standard_a1: { vcpus: 1, memoryGb: 1.75 },
  standard_a2: { vcpus: 2, memoryGb: 3.5 },
  standard_a1_v2: { vcpus: 1, memoryGb: 2 },
  standard_a2_v2: { vcpus: 2, memoryGb: 4 },
  standard_b1ls: { vcpus: 1, memoryGb: 0.5 },
  standard_b1s: { vcpus: 1, memoryGb: 1 },
  standard_b1ms: { vcpus: 1, memoryGb: 2 },
  standard_b2s: { vcpus: 2, memoryGb: 4 },
  standard_b2ts_v2: { vcpus: 2, memoryGb: 1 },
  standard_b2ats_v2: { vcpus: 2, memoryGb: 1 },
  standard_b2pts_v2: { vcpus: 2, memoryGb: 1 },
  standard_b2ls_v2: { vcpus: 2, memoryGb: 4 },
  standard_b2als_v2: { vcpus: 2, memoryGb: 4 },
  standard_b2pls_v2: { vcpus: 2, memoryGb: 4 },
  standard_d1_v2: { vcpus: 1, memoryGb: 3.5 },
  standard_ds1_v2: { vcpus: 1, memoryGb: 3.5 },
  standard_d2_v2: { vcpus: 2, memoryGb: 7 },
  standard_ds2_v2: { vcpus: 2, memoryGb: 7 },
  standard_d3_v2: { vcpus: 4, memoryGb: 14 },
  standard_ds3_v2: { vcpus: 4, memoryGb: 14 },
  standard_d4_v2: { vcpus: 8, memoryGb: 28 },
  standard_ds4_v2: { vcpus: 8, memoryGb: 28 },
  standard_d5_v2: { vcpus: 16, memoryGb: 56 },
  standard_ds5_v2: { vcpus: 16, memoryGb: 56 },
  standard_d11_v2: { vcpus: 2, memoryGb: 14 },
  standard_ds11_v2: { vcpus: 2, memoryGb: 14 },
  standard_f1: { vcpus: 1, memoryGb: 2 },
  standard_f1s: { vcpus: 1, memoryGb: 2 },
  standard_f2: { vcpus: 2, memoryGb: 4 },
  standard_f2s: { vcpus: 2, memoryGb: 4 },
  standard_f2s_v2: { vcpus: 2, memoryGb: 4 },
};

/** The parts of the name of a size: family, number of vCPUs and, in a constrained size, the number of active vCPUs. */
const SIZE_NAME = /^Standard_[A-Z]+(\d+)(?:-(\d+))?[a-z]*(?:_[A-Za-z0-9]+)*$/i;

/** The least that Azure accepts for a node of a system pool. */
const MIN_VCPUS = 2;
const MIN_MEMORY_GB = 4;

/** The least that Azure recommends for a node of a system pool. */
const RECOMMENDED_VCPUS = 4;

/** The least that Azure accepts for a node of a user pool. */
const MIN_USER_MEMORY_GB = 2;

export const userVmSize: Rule<string> = {
  id: 'user-vm-size',
  must: `must be a VM size with at least ${MIN_VCPUS} vCPUs and ${MIN_USER_MEMORY_GB} GB of memory`,
  source: 'https://learn.microsoft.com/azure/aks/quotas-skus-regions#restricted-vm-sizes',
  example: 'Standard_D4s_v5',
  holds: (value) => hasAtLeast(value, MIN_USER_MEMORY_GB),
  explain,
  then: knownVmSize,
};

export const systemVmSize: Rule<string> = {
  id: 'system-vm-size',
  must: `must be a VM size with at least ${MIN_VCPUS} vCPUs and ${MIN_MEMORY_GB} GB of memory`,
  source: 'https://learn.microsoft.com/azure/aks/quotas-skus-regions#restricted-vm-sizes',
  example: 'Standard_D4s_v5',
  holds: (value) => hasAtLeast(value, MIN_MEMORY_GB),
  explain,
  then: knownVmSize,
};

/**
 * The drawbacks of a VM size that Azure accepts for a system pool.
 *
 * @see https://learn.microsoft.com/azure/aks/use-system-pools#system-and-user-node-pools
 */
export function systemVmSizeWarnings(property: string, size: string | undefined): Violation[] {
  if (!isKnown(size) || check(systemVmSize, property, size).length > 0) {
    return [];
  }
  const reasons = [];
  if (/^Standard_B/i.test(size)) {
    reasons.push('B-series nodes are slowed down when their CPU credits are used up');
  }
  const vcpus = capacityOf(size)?.vcpus ?? RECOMMENDED_VCPUS;
  if (vcpus < RECOMMENDED_VCPUS) {
    reasons.push(`it has ${vcpus} vCPUs where Azure recommends at least ${RECOMMENDED_VCPUS}`);
  }
  return reasons.length === 0
    ? []
    : [
        violation(
          'system-vm-size-of-trials',
          `'${property}' ${show(size)} is suitable for a system pool only in a trial: ${reasons.join(', and ')}`,
        ),
      ];
}

/** Whether nodes of a VM size may have a GPU: those of the N series do. */
export function mayHaveGpu(size: string): boolean {
  return !isKnown(size) || /^Standard_N/i.test(size);
}

/** Sizes whose number is that of their vCPUs, unlike some older sizes. */
const COUNTED = /^Standard_(?!DS?\d+_v2$)[A-Z]+\d+(-\d+)?[a-z]*(_[A-Za-z0-9]+)*_v\d+$/i;

/** The vCPUs of a node; infinity if they are not known. */
export function vcpusOf(size: string): number {
  const isNamedByThem = SMALL_SIZES[size.toLowerCase()] !== undefined || COUNTED.test(size);
  return (isNamedByThem ? capacityOf(size)?.vcpus : undefined) ?? Infinity;
}

function hasAtLeast(size: string, minMemoryGb: number): boolean {
  const capacity = capacityOf(size);
  return capacity !== undefined && capacity.vcpus >= MIN_VCPUS && (capacity.memoryGb ?? minMemoryGb) >= minMemoryGb;
}

function explain(size: string): string {
  const capacity = capacityOf(size);
  if (capacity !== undefined) {
    return describe(capacity);
  }
  const full = `Standard_${size
    .trim()
    .replace(/^standard[-_ ]?/i, '')
    .replace(/[-_ ]?v(\d+)$/i, '_v$1')}`;
  return capacityOf(full) === undefined ? 'no VM size has such a name' : `its full name is ${full}`;
}

function capacityOf(size: string): VmCapacity | undefined {
  const listed = SMALL_SIZES[size.toLowerCase()];
  if (listed !== undefined) {
    return listed;
  }
  const match = SIZE_NAME.exec(size);
  return match === null ? undefined : { vcpus: Number(match[2] ?? match[1]) };
}

function describe({ vcpus, memoryGb }: VmCapacity): string {
  return memoryGb === undefined ? `${vcpus} vCPU` : `${vcpus} vCPU and ${memoryGb} GB`;
}
