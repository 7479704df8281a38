import { EXAMPLE_PLAN } from './example-plan';
import type { NetworkPlan } from '../../constructs/cluster/network-profile/network-plan';
import type { SetEdges } from './set-edges';

const OWN_NETWORK: NetworkPlan = {
  ...EXAMPLE_PLAN,
  network: { name: "the VNet 'network'", ranges: ['10.240.0.0/14'] },
  nodeSubnet: { name: "the subnet 'nodes'", ranges: ['10.240.0.0/16'] },
};

const ONLY_SUBNET: NetworkPlan = { ...OWN_NETWORK, network: { name: 'the VNet of the subnet', ranges: [] } };

const PEERED: NetworkPlan = { ...OWN_NETWORK, peers: [{ name: "the peer 'hub'", ranges: ['10.8.0.0/16'] }] };

/** The edges of each rule of the table, by its id. */
export const EDGES: SetEdges<NetworkPlan> = {
  'service-range-outside-network': {
    inside: [EXAMPLE_PLAN, OWN_NETWORK, PEERED, { ...PEERED, serviceCidr: '10.9.0.0/16', dnsServiceIp: '10.9.0.10' }],
    outside: [
      { ...EXAMPLE_PLAN, serviceCidr: '10.239.0.0/16', dnsServiceIp: '10.239.0.10' },
      { ...OWN_NETWORK, serviceCidr: '10.243.255.0/24', dnsServiceIp: '10.243.255.10' },
      { ...ONLY_SUBNET, serviceCidr: '10.240.255.0/24', dnsServiceIp: '10.240.255.10' },
      { ...PEERED, serviceCidr: '10.8.0.0/13', dnsServiceIp: '10.8.0.10' },
    ],
  },
  'pod-range-outside-network': {
    inside: [
      EXAMPLE_PLAN,
      OWN_NETWORK,
      PEERED,
      { ...PEERED, podCidr: '10.9.0.0/16' },
      { ...PEERED, podCidr: undefined },
    ],
    outside: [
      { ...EXAMPLE_PLAN, podCidr: '10.224.0.0/16' },
      { ...OWN_NETWORK, podCidr: '10.243.0.0/16' },
      { ...ONLY_SUBNET, podCidr: '10.240.0.0/15' },
      { ...PEERED, podCidr: '10.8.0.0/24' },
    ],
  },
  'pod-range-outside-services': {
    inside: [EXAMPLE_PLAN, { ...EXAMPLE_PLAN, podCidr: '10.1.0.0/16' }],
    outside: [
      { ...EXAMPLE_PLAN, podCidr: '10.0.0.0/16' },
      { ...EXAMPLE_PLAN, podCidr: '10.0.0.0/15' },
    ],
  },
  'ranges-outside-reserved': {
    inside: [
      EXAMPLE_PLAN,
      { ...EXAMPLE_PLAN, podCidr: '172.16.0.0/13', serviceCidr: '172.29.0.0/16' },
      // a network of the program says so itself
      { ...OWN_NETWORK, network: { name: "the VNet 'network'", ranges: ['172.31.0.0/16'], isOwn: true } },
    ],
    outside: [
      { ...EXAMPLE_PLAN, podCidr: '169.254.0.0/16' },
      { ...EXAMPLE_PLAN, podCidr: '172.16.0.0/12' },
      { ...EXAMPLE_PLAN, serviceCidr: '172.31.0.0/24' },
      { ...EXAMPLE_PLAN, serviceCidr: '192.0.0.0/16' },
      { ...EXAMPLE_PLAN, podCidr: '224.0.0.0/16' },
      { ...EXAMPLE_PLAN, podCidr: '127.0.0.0/16' },
      { ...EXAMPLE_PLAN, serviceCidr: '168.63.128.0/17' },
      { ...EXAMPLE_PLAN, serviceCidr: '240.0.0.0/16' },
      { ...ONLY_SUBNET, nodeSubnet: { name: "the subnet 'nodes'", ranges: ['172.30.4.0/24'] } },
      { ...OWN_NETWORK, network: { name: "the VNet 'network'", ranges: ['172.31.0.0/16'] } },
    ],
  },
  'dns-service-ip': {
    inside: [
      EXAMPLE_PLAN,
      { ...EXAMPLE_PLAN, dnsServiceIp: '10.0.0.2' },
      { ...EXAMPLE_PLAN, dnsServiceIp: '10.0.255.254' },
      { ...EXAMPLE_PLAN, serviceCidr: 'a token' },
    ],
    outside: [
      { ...EXAMPLE_PLAN, dnsServiceIp: '10.1.0.0' },
      { ...EXAMPLE_PLAN, dnsServiceIp: '10.0.0.0' },
      { ...EXAMPLE_PLAN, dnsServiceIp: '10.0.0.1' },
      { ...EXAMPLE_PLAN, dnsServiceIp: '10.0.255.255' },
    ],
  },
  'cluster-subnets': {
    inside: [
      OWN_NETWORK,
      { ...OWN_NETWORK, model: 'pod subnet', podSubnet: { name: "the subnet 'pods'", ranges: ['10.241.0.0/16'] } },
      {
        ...OWN_NETWORK,
        podSubnet: {
          ...{ name: "the subnet 'pods'", ranges: ['10.241.0.0/16'], network: 'a' },
          delegation: 'Microsoft.ContainerService/managedClusters',
        },
      },
      {
        ...OWN_NETWORK,
        nodeSubnet: { name: "the subnet 'nodes'", ranges: ['10.240.0.0/16'], network: 'a' },
        podSubnet: { name: "the subnet 'pods'", ranges: ['10.241.0.0/16'], network: 'a' },
      },
    ],
    outside: [
      {
        ...OWN_NETWORK,
        nodeSubnet: { name: "the subnet 'nodes'", ranges: [], network: 'a' },
        podSubnet: { name: "the subnet 'pods'", ranges: [], network: 'b' },
      },
      {
        ...OWN_NETWORK,
        nodeSubnet: { name: "the subnet 'nodes'", ranges: [], delegation: 'Microsoft.Web/serverFarms' },
      },
      { ...OWN_NETWORK, podSubnet: { name: "the subnet 'pods'", ranges: [], delegation: 'Microsoft.Web/serverFarms' } },
      { ...OWN_NETWORK, podSubnet: { name: "the subnet 'pods'", ranges: ['10.240.128.0/17'] } },
      {
        ...OWN_NETWORK,
        nodeSubnet: { name: "the subnet 'nodes'", ranges: ['10.240.0.0/16', '10.242.0.0/16'] },
        podSubnet: { name: "the subnet 'pods'", ranges: ['10.240.128.0/17'] },
      },
    ],
  },
};
