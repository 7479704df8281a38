import {
  addressText,
  parseAddress,
  parseRange,
  prefixFor,
  spareRange,
} from '../../../constructs/core/addresses/address-space';
import { CAPACITY_RULES } from '../../../constructs/cluster/network-profile/network-capacity-rules';
import { CHOICE_RULES } from '../../../constructs/cluster/network-profile/network-choice-rules';
import { CUSTOM_NETWORK_RULES } from '../../../constructs/cluster/network-profile/custom-network-rules';
import { DUAL_STACK_RULES } from '../../../constructs/cluster/network-profile/dual-stack';
import type { NetworkPlan } from '../../../constructs/cluster/network-profile/network-plan';
import { NETWORK_RULES, networkProblems } from '../../../constructs/cluster/network-profile/network-rules';
import { EDGES as capacityEdges } from '../../data/network-capacity-edges';
import { EDGES as choiceEdges } from '../../data/network-choice-edges';
import { EDGES as customNetworkEdges } from '../../data/custom-network-edges';
import { EDGES as dualStackEdges } from '../../data/dual-stack-edges';
import { EDGES as networkEdges } from '../../data/network-edges';
import { EDGES as nodePoolEdges } from '../../data/node-pool-edges';
import { EXAMPLE_PLAN } from '../../data/example-plan';
import type { SetEdges } from '../../data/set-edges';
import { EDGES as virtualNetworkEdges } from '../../data/virtual-network-edges';
import type { SetRule } from '../../../constructs/core/rules/set-rule';
import { NODE_POOL_RULES } from '../../../constructs/cluster/node-pools/node-pool-plan-rules';
import { VIRTUAL_NETWORK_RULES } from '../../../constructs/network/virtual-network-rules';

const NONE = { name: 'the VNet of the subnet', ranges: [] };

/** The rules of a table, each with what it says of the values inside and outside of it. */
function casesOf<T>(
  table: string,
  rules: readonly SetRule<T>[],
  edges: SetEdges<T>,
): readonly [string, string, RuleCase][] {
  expect(Object.keys(edges).sort()).toEqual(rules.map(({ id }) => id).sort());
  return rules.map(({ id, rule, source, problems }) => [
    table,
    rule,
    { source, inside: () => edges[id]!.inside.map(problems), outside: () => edges[id]!.outside.map(problems) },
  ]);
}

interface RuleCase {
  readonly source: string;
  readonly inside: () => readonly string[][];
  readonly outside: () => readonly string[][];
}

const rules = [
  ...casesOf('network', NETWORK_RULES, networkEdges),
  ...casesOf('capacity', CAPACITY_RULES, capacityEdges),
  ...casesOf('choice', CHOICE_RULES, choiceEdges),
  ...casesOf('custom network', CUSTOM_NETWORK_RULES, customNetworkEdges),
  ...casesOf('dual stack', DUAL_STACK_RULES, dualStackEdges),
  ...casesOf('virtual network', VIRTUAL_NETWORK_RULES, virtualNetworkEdges),
  ...casesOf('node pool', NODE_POOL_RULES, nodePoolEdges),
];

describe.each(rules)('the rule of the table "%s": %s', (_, __, { source, inside, outside }) => {
  test('allows what is inside it', () => {
    const problems = inside();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.flat()).toEqual([]);
  });

  test('refuses what is outside it, with the property, the rule, the value and a remedy', () => {
    const found = outside();
    expect(found.length).toBeGreaterThan(0);
    for (const problems of found) {
      expect(problems).not.toEqual([]);
      for (const problem of problems) {
        expect(problem).toMatch(/^'[\w.]+'( of .+)? must .*, got .+[:.] ?.*\b[a-z]+/s);
        expect(problem).not.toMatch(/undefined|NaN|Infinity/);
      }
    }
  });

  test('says where it comes from', () => {
    expect(source).toMatch(/^https:\/\//);
  });
});

test.each<[what: string, taken: Partial<NetworkPlan>, expected: string | undefined]>([
  ['the network', { network: { name: 'the VNet', ranges: ['10.0.0.0/12'] } }, '10.244.0.0/16'],
  [
    'the subnets, where only they are known',
    { network: NONE, nodeSubnet: { name: 's', ranges: ['10.0.0.0/12'] } },
    '10.244.0.0/16',
  ],
  ['a peer', { peers: [{ name: 'the peer', ranges: ['10.0.0.0/12', '10.240.0.0/12'] }] }, '172.16.0.0/16'],
  ['the pods', { podCidr: '10.244.0.0/16', network: { name: 'the VNet', ranges: ['10.0.0.0/12'] } }, '172.16.0.0/16'],
  ['nothing, as nothing is left', { network: { name: 'the VNet', ranges: ['0.0.0.0/0'] } }, undefined],
])('the range that a message proposes for the services stays clear of %s', (_, taken, expected) => {
  const serviceCidr = '10.0.0.0/16';
  const peers = [{ name: 'the other one', ranges: [serviceCidr] }];
  const plan = { ...EXAMPLE_PLAN, podCidr: undefined, serviceCidr, dnsServiceIp: '10.0.0.10', ...taken };
  const { message = '' } =
    networkProblems({ ...plan, peers: [...peers, ...plan.peers] }).find(
      ({ rule }) => rule === 'service-range-outside-network',
    ) ?? {};
  expect(message).toMatch(/Choose a range outside of (?:it|them)/);
  expect(/, such as (\S+)$/.exec(message)?.[1]).toBe(expected);
});

describe('addresses', () => {
  test.each([
    ['10.0.0.0/8', 2 ** 24],
    ['10.0.0.1/32', 1],
    ['0.0.0.0/0', 2 ** 32],
  ])('%s has %d of them', (text, size) => {
    const range = parseRange(text)!;
    expect(range.last - range.first + 1).toBe(size);
  });

  test.each(['10.0.0.0', '10.0.0.0/08', '010.0.0.0/8', '10.0.0.1/8', '10.0.0.0/33', ' 10.0.0.0/8', '', 'a', '::/0'])(
    '"%s" is no range',
    (text) => {
      expect(parseRange(text)).toBeUndefined();
    },
  );

  test('an address is read and written, and a text that is none is not', () => {
    expect(addressText(parseAddress('10.0.0.10')!)).toBe('10.0.0.10');
    expect(['10.0.0.010', '10.0.0', '10.0.0.0/8', '256.0.0.1'].map(parseAddress)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  test.each([
    [256, 24],
    [257, 23],
    [1, 32],
  ])('%d addresses are in a /%d', (addressCount, prefix) => {
    expect(prefixFor(addressCount)).toBe(prefix);
  });

  test('a spare range is outside of what is taken, and none is made up when all are', () => {
    expect(spareRange([parseRange('10.0.0.0/8')!])).toBe('172.16.0.0/16');
    expect(spareRange([parseRange('0.0.0.0/0')!])).toBeUndefined();
  });
});
