import { keepsOff, type Taint } from '../../kubernetes/taint';
import { isCount } from '../network-profile/network-plan';
import { hasNoZones } from '../../azure/regions';
import { isKnown, isText, itemsOf } from '../../core/values/known';
import { show } from '../../core/values/shown';
import { checkSet, type SetRule } from '../../core/rules/set-rule';
import { architectureOf } from './arm-pool';
import { SPOT_KEY, SYSTEM_TAINT } from './azure-taints';
import { localDiskGb } from './vm-disk';
import type { Violation } from '../../core/problems/violation';

const AKS = 'https://learn.microsoft.com/azure/aks';

/** The options of a node pool that rules compare. */
export interface NodePoolPlan {
  /** The beginning of the names of the properties, such as "defaultNodePool.". */
  readonly prefix: string;
  readonly isSystem: boolean;
  readonly isSpot: boolean;
  readonly vmSize: string;
  readonly osDiskType?: string;
  readonly osDiskSizeGb?: number;
  /** Whether evicted Spot nodes are stopped and not deleted. */
  readonly deallocates?: boolean;
  readonly zones?: readonly string[];
  /** The region of the cluster, where it is known. */
  readonly region?: string;
  readonly maxPods?: number;
  /** The fewest nodes that the pool may have. */
  readonly minNodes: number;
  readonly taints?: readonly Taint[];
  readonly fips?: boolean;
  /** The operating system, where it is known. */
  readonly osSku?: string;
}

/** The fewest pods that a system pool must allow, on its smallest number of nodes together. */
const SYSTEM_PODS = 30;

const roomForSystemPods: SetRule<NodePoolPlan> = {
  id: 'system-pool-max-pods',
  rule: `a system pool must allow at least ${SYSTEM_PODS} pods`,
  source: `${AKS}/concepts-network-ip-address-planning#maximum-pods-per-node`,
  problems: ({ prefix, isSystem, maxPods, minNodes }) =>
    !isSystem || !isCount(maxPods) || !isCount(minNodes) || maxPods < 10 || maxPods * minNodes >= SYSTEM_PODS
      ? []
      : [
          `'${prefix}maxPods' must allow at least ${SYSTEM_PODS} pods, got ${maxPods} per node and ${minNodes} ` +
            `node${minNodes === 1 ? '' : 's'}: allow ${Math.ceil(SYSTEM_PODS / Math.max(minNodes, 1))} pods a node, or more nodes`,
        ],
};

const taintsOfSystemPools: SetRule<NodePoolPlan> = {
  id: 'system-pool-taints',
  rule: 'a system pool may have the taint "CriticalAddonsOnly" and taints with the effect PreferNoSchedule, and no others (SystemPoolHasRestrictedTaint)',
  source: 'https://github.com/Azure/AKS/issues/2578',
  problems: ({ prefix, isSystem, taints }) =>
    itemsOf(taints)
      .filter(({ key, effect }) => isSystem && isText(key) && key !== SYSTEM_TAINT && keepsOff(effect))
      .map(
        ({ key, effect }) =>
          `'${prefix}taints' of a system pool must be "CriticalAddonsOnly", or have the effect PreferNoSchedule, got ` +
          `${show(key)} with ${effect}: system pods would not run. Use a user pool`,
      ),
};

/** The taint that Azure puts on Spot nodes. */

const taintsOnce: SetRule<NodePoolPlan> = {
  id: 'taints-unique',
  rule: 'the taints of a pool must differ in key or effect',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go',
  problems: ({ prefix, isSpot, taints }) => {
    const known = itemsOf(taints).filter(({ key, effect }) => isText(key) && isText(effect));
    const names = [
      ...(isSpot ? [`"${SPOT_KEY}" with NoSchedule`] : []),
      ...known.map(({ key, effect }) => `${show(key)} with ${effect}`),
    ];
    return [...new Set(names.filter((name, index) => names.indexOf(name) < index))].map(
      (name) => `'${prefix}taints' must have a key and an effect once, got ${name} twice: remove one of them`,
    );
  },
};

const diskHoldsSystem: SetRule<NodePoolPlan> = {
  id: 'ephemeral-os-disk',
  rule: 'an ephemeral OS disk must fit the local disk or the cache of the VM size',
  source: `${AKS}/concepts-storage#ephemeral-os-disk`,
  problems: ({ prefix, vmSize, osDiskType, osDiskSizeGb }) => {
    const room = isText(vmSize) && osDiskType === 'Ephemeral' ? localDiskGb(vmSize) : undefined;
    if (room === 0) {
      return [
        `'${prefix}osDiskType' must be Managed for a VM size without a local disk, got Ephemeral for ${vmSize}: leave it ` +
          'out, or use a size with a local disk, such as Standard_D4ds_v5',
      ];
    }
    return room !== undefined && isKnown(osDiskSizeGb) && osDiskSizeGb > room
      ? [
          `'${prefix}osDiskSizeGb' must be at most ${room} for an ephemeral disk of ${vmSize}, whose local disk or cache is not larger, got` +
            ` ${osDiskSizeGb}: make it smaller, or use a larger size`,
        ]
      : [];
  },
};

const ephemeralIsDeleted: SetRule<NodePoolPlan> = {
  id: 'ephemeral-spot-eviction',
  rule: 'Spot nodes with an ephemeral OS disk must be deleted when they are evicted: they cannot be stopped',
  source: 'https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks-faq',
  problems: ({ prefix, osDiskType, deallocates }) =>
    osDiskType === 'Ephemeral' && deallocates === true
      ? [
          `'${prefix}spot.evictionPolicy' must be Delete with an ephemeral disk, which does not outlive the node, got ` +
            'Deallocate: leave it out',
        ]
      : [],
};

const regionHasZones: SetRule<NodePoolPlan> = {
  id: 'zones-in-region',
  rule: 'zones must not be given in a region without availability zones',
  source: 'https://learn.microsoft.com/azure/reliability/regions-list',
  problems: ({ prefix, zones, region }) =>
    zones !== undefined && hasNoZones(region)
      ? [
          `'${prefix}zones' must be left out in the region ${String(region)}, which has no availability zones, got ` +
            `${isKnown(zones) ? zones.join(', ') : 'some'}: leave it out, or use a region with zones`,
        ]
      : [],
};

const fipsOnArm: SetRule<NodePoolPlan> = {
  id: 'fips-on-arm',
  rule: 'nodes with Arm processors and FIPS must run Azure Linux: Ubuntu is not available for them',
  source: 'https://github.com/Azure/AKS/issues/4787',
  problems: ({ prefix, vmSize, fips, osSku }) =>
    fips === true && architectureOf(vmSize) === 'arm64' && isText(osSku) && osSku.startsWith('Ubuntu')
      ? [
          `'${prefix}osSku' must be Azure Linux for 'fips' on Arm processors, got ${osSku} for ${vmSize}: use ` +
            'OsSku.AZURE_LINUX_3, or use a size with x86 processors',
        ]
      : [],
};

export const NODE_POOL_RULES: readonly SetRule<NodePoolPlan>[] = [
  roomForSystemPods,
  taintsOfSystemPools,
  taintsOnce,
  diskHoldsSystem,
  ephemeralIsDeleted,
  regionHasZones,
  fipsOnArm,
];

export function nodePoolPlanProblems(plan: NodePoolPlan): Violation[] {
  return checkSet(NODE_POOL_RULES, plan);
}
