import { nodePoolPlanProblems, type NodePoolPlan } from '../../../constructs/cluster/node-pools/node-pool-plan-rules';
import { type Taint, TaintEffect } from '../../../constructs/kubernetes/taint';
import { testStack, token } from '../../util';

const PLAN: NodePoolPlan = { prefix: 'pool.', isSystem: false, isSpot: false, vmSize: 'Standard_D4s_v5', minNodes: 2 };
const SYSTEM: NodePoolPlan = { ...PLAN, isSystem: true };
const EPHEMERAL: NodePoolPlan = { ...PLAN, osDiskType: 'Ephemeral' };
const ARM: NodePoolPlan = { ...PLAN, fips: true, vmSize: 'Standard_D4ps_v5', osSku: 'Ubuntu' };
const SPOT_KEY = 'kubernetes.azure.com/scalesetpriority';

const taint = (key: string, effect = TaintEffect.NO_SCHEDULE): Taint => ({ key, effect });
const { stringValue, numberValue, listValue } = token(testStack());

const messages = (plan: NodePoolPlan) => nodePoolPlanProblems(plan).map(({ message }) => message);

test.each<[what: string, plan: NodePoolPlan, expected: string[]]>([
  [
    'pods of a system pool',
    { ...SYSTEM, maxPods: 12 },
    ["'pool.maxPods' must allow at least 30 pods, got 12 per node and 2 nodes: allow 15 pods a node, or more nodes"],
  ],
  ['pods of one node', { ...SYSTEM, maxPods: 29, minNodes: 1 }, ['got 29 per node and 1 node: allow 30 pods a node']],
  ['pods of no node', { ...SYSTEM, maxPods: 40, minNodes: 0 }, ['got 40 per node and 0 nodes: allow 30 pods a node']],
  ['the fewest pods that a node may have', { ...SYSTEM, maxPods: 10 }, ['got 10 per node and 2 nodes']],
  [
    'a taint of a system pool',
    { ...SYSTEM, taints: [taint('CriticalAddonsOnly'), taint('team'), taint('a', TaintEffect.PREFER_NO_SCHEDULE)] },
    [
      '\'pool.taints\' of a system pool must be "CriticalAddonsOnly", or have the effect PreferNoSchedule, got "team" with NoSchedule',
    ],
  ],
  [
    'taints that are there more than once',
    {
      ...PLAN,
      taints: [
        taint('a'),
        taint('b'),
        taint('a'),
        taint('a'),
        taint('b'),
        taint('c'),
        taint('c', TaintEffect.NO_EXECUTE),
      ],
    },
    ['got "a" with NoSchedule twice', 'got "b" with NoSchedule twice'],
  ],
  [
    'the taint of Spot nodes',
    { ...PLAN, isSpot: true, taints: [taint(SPOT_KEY)] },
    [`got "${SPOT_KEY}" with NoSchedule twice: remove one of them`],
  ],
  [
    'a size without a disk',
    EPHEMERAL,
    ["'pool.osDiskType' must be Managed for a VM size without a local disk, got Ephemeral for Standard_D4s_v5"],
  ],
  [
    'a disk that is too large',
    { ...EPHEMERAL, vmSize: 'Standard_D4ds_v5', osDiskSizeGb: 151 },
    [
      "'pool.osDiskSizeGb' must be at most 150 for an ephemeral disk of Standard_D4ds_v5, whose local disk or cache is not larger, got 151",
    ],
  ],
  [
    'a disk that is gone with its node',
    { ...EPHEMERAL, vmSize: 'Standard_D4ds_v5', isSpot: true, deallocates: true },
    ["'pool.spot.evictionPolicy' must be Delete"],
  ],
  [
    'zones',
    { ...PLAN, zones: ['1', '2'], region: 'westus' },
    ["'pool.zones' must be left out in the region westus, which has no availability zones, got 1, 2"],
  ],
  ['zones that only Terraform knows', { ...PLAN, zones: listValue, region: 'westus' }, ['got some: leave it out']],
  ['FIPS', ARM, ["'pool.osSku' must be Azure Linux for 'fips' on Arm processors, got Ubuntu for Standard_D4ps_v5"]],
  ['FIPS of another release', { ...ARM, osSku: 'Ubuntu2204' }, ['got Ubuntu2204 for Standard_D4ps_v5']],
])('%s: what is found and what to do is said', (_, plan, expected) => {
  expect(messages(plan)).toEqual(expected.map((message) => expect.stringContaining(message)));
});

test.each<[what: string, plan: NodePoolPlan]>([
  ['as few pods as another rule refuses', { ...SYSTEM, maxPods: 9 }],
  ['as many pods as are needed', { ...SYSTEM, maxPods: 15 }],
  ['few pods in a user pool', { ...PLAN, maxPods: 12 }],
  ['a number of pods that only Terraform knows', { ...SYSTEM, maxPods: numberValue }],
  ['a number of nodes that only Terraform knows', { ...SYSTEM, maxPods: 12, minNodes: numberValue }],
  ['a taint of a user pool', { ...PLAN, taints: [taint('team')] }],
  ['a taint that only Terraform knows', { ...SYSTEM, taints: [taint(stringValue), taint(stringValue)] }],
  ['the taint of Spot nodes elsewhere', { ...PLAN, taints: [taint(SPOT_KEY)] }],
  [
    'the taint of Spot nodes with another effect',
    { ...PLAN, isSpot: true, taints: [taint(SPOT_KEY, TaintEffect.NO_EXECUTE)] },
  ],
  ['a disk as large as there is', { ...EPHEMERAL, vmSize: 'Standard_D4ds_v5', osDiskSizeGb: 150 }],
  ['a disk that only Terraform knows', { ...EPHEMERAL, vmSize: 'Standard_D4ds_v5', osDiskSizeGb: numberValue }],
  ['a size that only Terraform knows', { ...EPHEMERAL, vmSize: stringValue, osDiskSizeGb: 4000 }],
  ['a managed disk', { ...PLAN, osDiskType: 'Managed', osDiskSizeGb: 4000, deallocates: true }],
  ['an ephemeral disk of deleted nodes', { ...EPHEMERAL, vmSize: 'Standard_D4ds_v5', deallocates: false }],
  ['zones of a region that is not known', { ...PLAN, zones: ['1'] }],
  ['no zones', { ...PLAN, region: 'westus' }],
  ['FIPS of x86', { ...PLAN, fips: true }],
  ['Arm without FIPS', { ...ARM, fips: false }],
  ['FIPS of Azure Linux', { ...ARM, osSku: 'AzureLinux3' }],
  ['a system that only Terraform knows', { ...ARM, osSku: stringValue }],
  ['a system that nobody says', { ...ARM, osSku: undefined }],
])('%s: nothing is wrong', (_, plan) => {
  expect(messages(plan)).toEqual([]);
});
