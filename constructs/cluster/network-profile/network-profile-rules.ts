import { parseAddress } from '../../core/addresses/address-space';
import { integerRule, type Rule } from '../../core/rules/rule';
import { rangeRule } from '../../network/network-value-rules';
const AKS = 'https://learn.microsoft.com/azure/aks';
const CLUSTER_RESOURCE =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_cluster_resource.go';

export const podRange = rangeRule(
  8,
  24,
  `${AKS}/azure-cni-overlay#ip-address-planning`,
  ['10.244.0.0/16', '10.0.0.0/8', '192.168.0.0/24'],
  ['10.0.0.0/7', '192.168.0.0/25'],
);

/** Smaller than /12, as Azure wants it, and at least the 8 addresses without which the API server does not start. */
export const serviceRange = rangeRule(
  13,
  29,
  `${AKS}/concepts-network-ip-address-planning#ip-address-sizing`,
  ['10.0.0.0/16', '10.8.0.0/13', '10.0.0.0/29'],
  ['10.0.0.0/12', '10.0.0.0/30'],
);

export const ipAddress: Rule<string> = {
  must: 'must be an IPv4 address',
  source: 'https://datatracker.ietf.org/doc/html/rfc791',
  inside: ['10.0.0.10', '0.0.0.0', '255.255.255.255'],
  outside: ['', '10.0.0', '10.0.0.256', '10.0.0.010', '10.0.0.0/16', 'fd00::1', 'dns'],
  holds: (value) => parseAddress(value) !== undefined,
};

export const portsPerNode: Rule<number> = {
  must: 'must be a multiple of 8 from 0 to 64000',
  source: `${AKS}/load-balancer-standard#configure-the-allocated-outbound-ports`,
  inside: [1024, 0, 8, 64000],
  outside: [-8, 1, 1023, 64008, 12.5, Number.NaN],
  holds: (value) => Number.isInteger(value) && value >= 0 && value <= 64000 && value % 8 === 0,
  hint: '0 lets Azure choose by the number of nodes',
};

export const loadBalancerIdleMinutes = integerRule(4, 100, CLUSTER_RESOURCE, 30);

export const loadBalancerIpCount = integerRule(1, 100, CLUSTER_RESOURCE, 2);
