import { choiceProblems } from '../../../constructs/cluster/network-profile/network-choice-rules';
import type { NetworkPlan } from '../../../constructs/cluster/network-profile/network-plan';
import { EXAMPLE_PLAN } from '../../data/example-plan';

const messages = (changes: Partial<NetworkPlan>) =>
  choiceProblems({ ...EXAMPLE_PLAN, ...changes }).map(({ message }) => message);
const NODES: Partial<NetworkPlan> = { nodeSubnet: { name: "the subnet 'nodes'", ranges: [] } };
const pool = (name: string, vmSize?: string) => ({ name, maxNodes: 1, surgeNodes: 1, vmSize });

test.each<[what: string, changes: Partial<NetworkPlan>, expected: string[]]>([
  [
    'a policy engine',
    { model: 'kubenet', networkPolicy: 'azure' },
    ['must be "calico" or "none" with kubenet, got "azure"'],
  ],
  [
    'each pool of a size, and no other',
    {
      pools: [
        pool('a', 'Standard_DC4s_v2'),
        pool('b', 'Standard_DC4s_v3'),
        pool('c'),
        pool('d', 'Standard_DC8_v2'),
        pool('e', 'xStandard_DC8_v2'),
        pool('f', 'Standard_DC8_v2x'),
      ],
    },
    ['got Standard_DC4s_v2 for the pool "a"', 'got Standard_DC8_v2 for the pool "d"'],
  ],
  [
    'addresses of two kinds',
    { outbound: { kind: 'loadBalancer', managedIpCount: 1, publicIpPrefixIds: ['p'] } },
    ["got 'managedIpCount' and 'publicIpPrefixIds': leave out all but one"],
  ],
  [
    'addresses of three kinds',
    { outbound: { kind: 'loadBalancer', managedIpCount: 1, publicIpIds: ['i'], publicIpPrefixIds: ['p'] } },
    ["got 'managedIpCount' and 'publicIpIds' and 'publicIpPrefixIds'"],
  ],
  [
    "a gateway of Azure's in another subnet",
    { ...NODES, outbound: { kind: 'managedNATGateway' } },
    [
      "got managedNATGateway and the subnet 'nodes': give the subnet a NAT gateway and use Outbound.userAssignedNatGateway()",
    ],
  ],
  [
    'routes without a subnet',
    { outbound: { kind: 'userDefinedRouting' } },
    ['got none: give a subnet, or use Outbound.loadBalancer()'],
  ],
  [
    'a gateway without a subnet',
    { outbound: { kind: 'userAssignedNATGateway' } },
    ['got none: give a subnet, or use Outbound.managedNatGateway()'],
  ],
  [
    'a subnet without a route',
    { ...NODES, hasDefaultRoute: false, hasNatGateway: true, outbound: { kind: 'userDefinedRouting' } },
    ["must have a route for 0.0.0.0/0 with outbound userDefinedRouting, got the subnet 'nodes' without one"],
  ],
  [
    'a subnet without a gateway',
    { ...NODES, hasDefaultRoute: true, hasNatGateway: false, outbound: { kind: 'userAssignedNATGateway' } },
    ["must have a NAT gateway with outbound userAssignedNATGateway, got the subnet 'nodes' without one"],
  ],
  [
    'no way out',
    { outbound: { kind: 'none' } },
    ['must not be none with a public API server, which nodes then cannot reach, got none'],
  ],
])('%s: what is found and what to do is said', (_, changes, expected) => {
  expect(messages(changes)).toEqual(expected.map((message) => expect.stringContaining(message)));
});

test.each<[what: string, changes: Partial<NetworkPlan>]>([
  ['the policy engine of another network', { networkPolicy: 'azure' }],
  ['a size in another network', { ...NODES, model: 'node subnet', pools: [pool('a', 'Standard_DC4s_v2')] }],
  ['no addresses', { outbound: { kind: 'loadBalancer' } }],
  ['a subnet whose routes are not known', { ...NODES, outbound: { kind: 'userDefinedRouting' } }],
  ['a subnet whose gateway is not known', { ...NODES, outbound: { kind: 'userAssignedNATGateway' } }],
  ['a load balancer of a subnet with neither', { ...NODES, hasDefaultRoute: false, hasNatGateway: false }],
  ['a public API server with a way out', { ...NODES }],
])('%s: nothing is wrong', (_, changes) => {
  expect(messages(changes)).toEqual([]);
});
