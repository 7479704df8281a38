import type { Taint } from '../../constructs/kubernetes/taint';
import { NodePoolPlan } from '../../constructs/cluster/node-pools/node-pool-plan-rules';
import type { SetEdges } from './set-edges';

const EXAMPLE: NodePoolPlan = { prefix: '', isSystem: false, isSpot: false, vmSize: 'Standard_D4s_v5', minNodes: 2 };

const SYSTEM: NodePoolPlan = { ...EXAMPLE, isSystem: true };

const EPHEMERAL: NodePoolPlan = { ...EXAMPLE, osDiskType: 'Ephemeral' };

const taint = (key: string, effect: string): Taint => ({ key, effect: effect as Taint['effect'] });

/** The taint that Azure puts on Spot nodes. */
const SPOT_TAINT = 'kubernetes.azure.com/scalesetpriority';

/** The edges of each rule of the table, by its id. */
export const EDGES: SetEdges<NodePoolPlan> = {
  'system-pool-max-pods': {
    inside: [SYSTEM, { ...SYSTEM, maxPods: 15 }, { ...SYSTEM, maxPods: 10, minNodes: 3 }, { ...EXAMPLE, maxPods: 10 }],
    outside: [
      { ...SYSTEM, maxPods: 14 },
      { ...SYSTEM, maxPods: 29, minNodes: 1 },
    ],
  },
  'system-pool-taints': {
    inside: [
      { ...SYSTEM, taints: [taint('CriticalAddonsOnly', 'NoSchedule'), taint('team', 'PreferNoSchedule')] },
      { ...EXAMPLE, taints: [taint('team', 'NoExecute')] },
    ],
    outside: [
      { ...SYSTEM, taints: [taint('team', 'NoExecute')] },
      { ...SYSTEM, taints: [taint('team', 'NoSchedule')] },
    ],
  },
  'taints-unique': {
    inside: [
      { ...EXAMPLE, taints: [taint('team', 'NoSchedule'), taint('team', 'NoExecute'), taint('a', 'NoSchedule')] },
    ],
    outside: [
      { ...EXAMPLE, taints: [taint('team', 'NoSchedule'), taint('team', 'NoSchedule')] },
      { ...EXAMPLE, isSpot: true, taints: [taint(SPOT_TAINT, 'NoSchedule')] },
    ],
  },
  'ephemeral-os-disk': {
    inside: [
      EXAMPLE,
      { ...EPHEMERAL, vmSize: 'Standard_D4ds_v5', osDiskSizeGb: 150 },
      { ...EPHEMERAL, vmSize: 'Standard_D4ads_v5' },
      { ...EPHEMERAL, vmSize: 'Standard_DS2_v2', osDiskSizeGb: 86 },
      { ...EPHEMERAL, vmSize: 'Standard_D8s_v3', osDiskSizeGb: 200 },
      { ...EPHEMERAL, vmSize: 'Standard_E4as_v4', osDiskSizeGb: 100 },
      { ...EPHEMERAL, vmSize: 'Standard_L8s_v3', osDiskSizeGb: 2048 },
      { ...EPHEMERAL, vmSize: 'Standard_D4s_v5', osDiskType: 'Managed', osDiskSizeGb: 2048 },
    ],
    outside: [
      EPHEMERAL,
      ...[
        'Standard_D2s_v4',
        'Standard_D4as_v5',
        'Standard_E8s_v5',
        'Standard_D4ps_v5',
        'Standard_B2ms',
        'Standard_B4s_v2',
      ],
      ...['Standard_F4als_v6', 'Standard_DC4as_v5', 'Standard_D2ls_v5', 'standard_d4s_v6', 'Standard_E4-2s_v5'],
    ]
      .map((one) => (typeof one === 'string' ? { ...EPHEMERAL, vmSize: one } : one))
      .concat([
        { ...EPHEMERAL, vmSize: 'Standard_D4ds_v5', osDiskSizeGb: 151 },
        { ...EPHEMERAL, vmSize: 'Standard_DS2_v2', osDiskSizeGb: 100 },
        { ...EPHEMERAL, vmSize: 'Standard_D2s_v3', osDiskSizeGb: 51 },
        { ...EPHEMERAL, vmSize: 'Standard_F4s_v2', osDiskSizeGb: 65 },
      ]),
  },
  'ephemeral-spot-eviction': {
    inside: [
      { ...EXAMPLE, isSpot: true, deallocates: true },
      { ...EPHEMERAL, isSpot: true },
    ],
    outside: [{ ...EPHEMERAL, isSpot: true, deallocates: true }],
  },
  'fips-on-arm': {
    inside: [
      { ...EXAMPLE, fips: true },
      { ...EXAMPLE, fips: true, vmSize: 'Standard_D4ps_v5', osSku: 'AzureLinux3' },
      { ...EXAMPLE, fips: false, vmSize: 'Standard_D4ps_v5', osSku: 'Ubuntu' },
      // as of a snapshot
      { ...EXAMPLE, fips: true, vmSize: 'Standard_D4ps_v5' },
    ],
    outside: [
      { ...EXAMPLE, fips: true, vmSize: 'Standard_D4ps_v5', osSku: 'Ubuntu' },
      { ...EXAMPLE, fips: true, vmSize: 'Standard_D4pds_v6', osSku: 'Ubuntu2204' },
    ],
  },
  'zones-in-region': {
    inside: [
      { ...EXAMPLE, zones: ['1', '2', '3'], region: 'westeurope' },
      { ...EXAMPLE, zones: ['1'] },
      { ...EXAMPLE, region: 'westus' },
    ],
    outside: [
      { ...EXAMPLE, zones: ['1'], region: 'westus' },
      { ...EXAMPLE, zones: ['1', '2', '3'], region: 'ukwest' },
    ],
  },
};
