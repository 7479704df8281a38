import { isIpv6Source, parseAddress, parseRange } from '../core/addresses/address-space';
import { integerRule, type Rule } from '../core/rules/rule';
import { isSpecial } from '../core/addresses/special-ranges';

const AKS = 'https://learn.microsoft.com/azure/aks';
const CLUSTER_RESOURCE =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_cluster_resource.go';

/** A range of IPv4 addresses whose prefix length is within bounds. */
export function rangeRule(
  shortest: number,
  longest: number,
  source: string,
  inside: readonly [string, ...string[]],
  outside: readonly string[],
): Rule<string> {
  return {
    must: `must be an IPv4 range in CIDR notation from /${shortest} to /${longest}, beginning with its first address`,
    source,
    inside,
    outside: [...outside, '', '10.0.0.0', '10.0.0.1/16', '10.0.0.0/016', '010.0.0.0/16', '10.0.0/16', '10.0.0.256/24'],
    holds: (value) => {
      const prefix = parseRange(value)?.prefix ?? -1;
      return prefix >= shortest && prefix <= longest;
    },
  };
}

/** A VNet may be /8 at most with AKS, and a subnet /29 at least. */
export const networkRange = rangeRule(
  8,
  29,
  `${AKS}/concepts-network-ip-address-planning#ip-address-sizing`,
  ['10.240.0.0/14', '10.0.0.0/8', '10.0.0.0/29'],
  ['10.0.0.0/7', '10.0.0.0/30', 'fd00::/48'],
);

/** The range of a network or a subnet that exists, and so is none that Azure takes nowhere. */
export const existingRange: Rule<string> = {
  ...networkRange,
  must: `${networkRange.must}, and none that Azure takes in no network`,
  outside: [...networkRange.outside, '127.0.0.0/8', '224.0.0.0/8', '240.0.0.0/16', '169.254.0.0/24'],
  holds: (value) => networkRange.holds(value) && !isSpecial(value),
};

/** An address that a machine of a network has. */
export const machineAddress: Rule<string> = {
  must: 'must be an IPv4 address that a machine can have',
  source: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined',
  inside: ['10.8.0.4', '192.168.255.254', '203.0.113.7'],
  outside: [
    '',
    '10.8.0',
    '10.8.0.4/32',
    '0.0.0.0',
    '127.0.0.1',
    '224.0.0.1',
    '168.63.129.16',
    '169.254.169.254',
    '255.255.255.255',
  ],
  holds: (value) => parseAddress(value) !== undefined && !isSpecial(value),
};

export const natIdleMinutes = integerRule(4, 120, CLUSTER_RESOURCE, 4);

export const natIpCount = integerRule(1, 16, `${AKS}/nat-gateway`, 2);

export const securityRulePorts: Rule<string> = {
  must: "must be a port, a range of ports or '*'",
  source: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
  inside: ['443', '30000-32767', '0', '65535', '*'],
  outside: ['', '65536', '443-80', '80,443', '1-2-3', '-1', 'https'],
  holds: (value) => {
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(value) ?? [];
    return value === '*' || (Number(first) <= Number(last) && Number(last) <= 65535);
  },
};

export const securityRulePriority = integerRule(
  100,
  4096,
  'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
  1000,
);

/** Where traffic comes from, for a security rule. */
export const sourceRange: Rule<string> = {
  must: 'must be an address or a range in CIDR notation that traffic can come from, beginning with its first address',
  source: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
  inside: ['203.0.113.0/24', '203.0.113.7', '0.0.0.0/1', '2001:db8::/32', '2001:db8::7', '2001:db8::7/128'],
  outside: [
    '',
    '203.0.113.7/24',
    '203.0.113',
    'office',
    '203.0.113.0/33',
    '2001:db8::7/32',
    '2001:db8::/129',
    'fe80::1%1',
    '127.0.0.1',
    '224.0.0.0/4',
    '169.254.169.254',
    'ff02::1',
    '::1',
    '255.255.255.255',
  ],
  holds: (value) =>
    (parseAddress(value) !== undefined || parseRange(value) !== undefined || isIpv6Source(value)) &&
    (!isSpecial(value) || value.startsWith('168.63.129.16')),
};
