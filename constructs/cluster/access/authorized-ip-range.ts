import { type Rule } from '../../core/rules/rule';
import { isPublicRange } from '../../azure/special-ranges';

/** "0.0.0.0/32" stands for the outbound address of the cluster's own load balancer. */
export const authorizedIpRange: Rule<string> = {
  id: 'authorized-ip-range',
  must: 'must be public IPv4 addresses or CIDR ranges',
  source: 'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
  example: '203.0.113.0/24',
  holds: (value) => value === '0.0.0.0/32' || isPublicRange(value),
};
