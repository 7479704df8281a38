import type { NetworkRanges } from '../../constructs/network/network-ranges';
import { VirtualNetworkPlan } from '../../constructs/network/virtual-network-rules';
import type { SetEdges } from './set-edges';

const NODES: NetworkRanges = { name: "the subnet 'nodes'", ranges: ['10.240.0.0/16'] };

const EXAMPLE: VirtualNetworkPlan = { addressSpace: ['10.240.0.0/14'], subnets: [NODES], peers: [] };

const range = (name: string, text: string): NetworkRanges => ({ name: `'${name}'`, ranges: [text] });

/** The edges of each rule of the table, by its id. */
export const EDGES: SetEdges<VirtualNetworkPlan> = {
  'address-space-ranges-apart': {
    inside: [EXAMPLE, { ...EXAMPLE, addressSpace: ['10.240.0.0/14', '10.244.0.0/16'] }],
    outside: [
      { ...EXAMPLE, addressSpace: ['10.240.0.0/14', '10.243.0.0/16'] },
      { ...EXAMPLE, addressSpace: ['10.240.0.0/14', '172.16.0.0/12'] },
    ],
  },
  'subnet-in-address-space': {
    inside: [
      EXAMPLE,
      { ...EXAMPLE, subnets: [range('a', '10.240.0.0/14')] },
      { ...EXAMPLE, addressSpace: ['a token'] },
      { ...EXAMPLE, subnets: [range('a', 'a token')] },
    ],
    outside: [
      { ...EXAMPLE, subnets: [range('a', '10.244.0.0/16')] },
      { ...EXAMPLE, subnets: [range('a', '10.240.0.0/13')] },
    ],
  },
  'subnets-apart': {
    inside: [{ ...EXAMPLE, subnets: [NODES, range('pods', '10.241.0.0/16')] }],
    outside: [
      { ...EXAMPLE, subnets: [NODES, range('pods', '10.240.0.0/16')] },
      { ...EXAMPLE, subnets: [NODES, range('pods', '10.240.255.0/24')] },
    ],
  },
  'peers-apart': {
    inside: [EXAMPLE, { ...EXAMPLE, peers: [range('hub', '10.8.0.0/16'), range('other', '10.9.0.0/16')] }],
    outside: [
      { ...EXAMPLE, peers: [range('hub', '10.242.0.0/16')] },
      { ...EXAMPLE, peers: [range('hub', '10.0.0.0/8')] },
      { ...EXAMPLE, peers: [range('hub', '10.8.0.0/16'), range('other', '10.8.1.0/24')] },
    ],
  },
};
