import { parseAddress } from '../../core/addresses/address-space';
import { integerRule, type Rule } from '../../core/rules/rule';
import { rangeRule } from '../../network/network-value-rules';
const AKS = 'https://learn.microsoft.com/azure/aks';
const CLUSTER_RESOURCE =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_cluster_resource.go';

export const podRange = rangeRule('pod-range', 8, 24, `${AKS}/azure-cni-overlay#ip-address-planning`, '10.244.0.0/16');

/** Smaller than /12, as Azure requires, with at least the 8 addresses that the API server needs to start. */
export const serviceRange = rangeRule(
  'service-range',
  13,
  29,
  `${AKS}/concepts-network-ip-address-planning#ip-address-sizing`,
  '10.0.0.0/16',
);

export const ipAddress: Rule<string> = {
  id: 'ip-address',
  must: 'must be an IPv4 address',
  source: 'https://datatracker.ietf.org/doc/html/rfc791',
  example: '10.0.0.10',
  holds: (value) => parseAddress(value) !== undefined,
};

export const portsPerNode: Rule<number> = {
  id: 'ports-per-node',
  must: 'must be a multiple of 8 from 0 to 64000',
  source: `${AKS}/load-balancer-standard#configure-the-allocated-outbound-ports`,
  example: 1024,
  holds: (value) => Number.isInteger(value) && value >= 0 && value <= 64000 && value % 8 === 0,
  hint: 'with 0, Azure chooses by the number of nodes',
};

export const loadBalancerIdleMinutes = integerRule('load-balancer-idle-minutes', 4, 100, CLUSTER_RESOURCE, 30);

export const loadBalancerIpCount = integerRule('load-balancer-ip-count', 1, 100, CLUSTER_RESOURCE, 2);
