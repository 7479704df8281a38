import { isIpv6Source, parseAddress, parseRange } from '../core/addresses/address-space';
import { integerRule, type Rule } from '../core/rules/rule';
import { isSpecial } from '../azure/special-ranges';

const AKS = 'https://learn.microsoft.com/azure/aks';
const CLUSTER_RESOURCE =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_cluster_resource.go';

/** A range of IPv4 addresses whose prefix length is within bounds. */
export function rangeRule(
  id: string,
  shortest: number,
  longest: number,
  source: string,
  example: string,
): Rule<string> {
  return {
    id,
    must: `must be an IPv4 range in CIDR notation from /${shortest} to /${longest}, beginning with its first address`,
    source,
    example,
    holds: (value) => {
      const prefix = parseRange(value)?.prefix ?? -1;
      return prefix >= shortest && prefix <= longest;
    },
  };
}

/** A range of a network or a subnet: AKS supports networks up to /8, and the smallest subnet is /29. */
export const networkRange = rangeRule(
  'network-range',
  8,
  29,
  `${AKS}/concepts-network-ip-address-planning#ip-address-sizing`,
  '10.240.0.0/14',
);

/** The range of an existing network or subnet, which Azure has accepted. */
export const existingRange: Rule<string> = {
  ...networkRange,
  id: 'existing-range',
  must: `${networkRange.must}, and not a range that Azure reserves`,
  holds: (value) => networkRange.holds(value) && !isSpecial(value),
};

/** An address that a machine of a network can have. */
export const machineAddress: Rule<string> = {
  id: 'machine-address',
  must: 'must be an IPv4 address of a host',
  source: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined',
  example: '10.8.0.4',
  holds: (value) => parseAddress(value) !== undefined && !isSpecial(value),
};

export const natIdleMinutes = integerRule('nat-idle-minutes', 4, 120, CLUSTER_RESOURCE, 4);

export const natIpCount = integerRule('nat-ip-count', 1, 16, `${AKS}/nat-gateway`, 2);

export const securityRulePorts: Rule<string> = {
  id: 'security-rule-ports',
  must: "must be a port, a range of ports or '*'",
  source: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
  example: '443',
  holds: (value) => {
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(value) ?? [];
    return value === '*' || (Number(first) <= Number(last) && Number(last) <= 65535);
  },
};

export const securityRulePriority = integerRule(
  'security-rule-priority',
  100,
  4096,
  'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
  1000,
);

/** A source of traffic in a security rule. */
export const trafficSourceRange: Rule<string> = {
  id: 'traffic-source-range',
  must: 'must be an address or a range in CIDR notation, beginning with its first address, that can be a source of traffic',
  source: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
  example: '203.0.113.0/24',
  holds: (value) =>
    (parseAddress(value) !== undefined || parseRange(value) !== undefined || isIpv6Source(value)) &&
    (!isSpecial(value) || value.startsWith('168.63.129.16')),
};
