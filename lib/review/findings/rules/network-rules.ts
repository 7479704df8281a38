import { all, not, type Answer } from '../../objects/answer';
import { some, type Block } from '../../objects/block';
import { onResources, type Judge, type RuleProps } from '../rule';
import { letInAnyone } from '../sources';

const GROUPS = 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview';
const NETWORK = ['azurerm_virtual_network'];

/** The subnets for which Azure does not support a security group, or whose service has its own. */
const WITHOUT_GROUP = ['GatewaySubnet', 'AzureFirewallSubnet', 'AzureFirewallManagementSubnet', 'RouteServerSubnet'];

/** Rules about networks and their security groups. */
export const NETWORK_RULES = {
  'security-rule-open-ssh': {
    title: 'opens the SSH port to the internet',
    reason: 'Attackers constantly try passwords and keys there.',
    fix: {
      typescript: "allowInbound('ssh', { source: TrafficSource.ranges([...]), ... })",
      terraform: 'source_address_prefixes of your own',
    },
    severity: 'critical',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_10'], trivy: ['AZU-0050'] },
    source: GROUPS,
    over: onSecurityRules((rule) => all([isOpen(rule), takesTcp(rule), takesPort(rule, 22)])),
  },
  'security-rule-open-rdp': {
    title: 'opens the Remote Desktop port to the internet',
    reason: 'Attackers constantly try passwords there.',
    fix: {
      typescript: "allowInbound('rdp', { source: TrafficSource.ranges([...]), ... })",
      terraform: 'source_address_prefixes of your own',
    },
    severity: 'critical',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_9'], trivy: ['AZU-0048'] },
    source: GROUPS,
    over: onSecurityRules((rule) => all([isOpen(rule), takesTcp(rule), takesPort(rule, 3389)])),
  },
  'security-rule-open-http': {
    title: 'opens the HTTP port to the internet',
    reason: 'Traffic is not encrypted. A load balancer that redirects to HTTPS still needs this port.',
    fix: { typescript: "allowInbound('https', { ports: ['443'], ... })", terraform: 'destination_port_range = "443"' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_160'] },
    source: GROUPS,
    over: onSecurityRules((rule) => all([isOpen(rule), takesTcp(rule), takesPort(rule, 80)])),
  },
  'security-rule-open-udp': {
    title: 'opens UDP ports to the internet',
    reason: 'UDP services are abused for amplification attacks with spoofed addresses.',
    fix: {
      typescript: "allowInbound('dns', { source: TrafficSource.ranges([...]), ... })",
      terraform: 'source_address_prefixes of your own',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_77'] },
    source: GROUPS,
    over: onSecurityRules((rule) => all([isOpen(rule), rule.is('protocol', (name) => name.toLowerCase() === 'udp')])),
  },
  'security-rule-open-everything': {
    title: 'opens every port to the internet',
    reason: 'Every service behind it can be reached.',
    fix: {
      typescript: "allowInbound('web', { ports: ['443'], ... })",
      terraform: 'destination_port_ranges of what is meant',
    },
    severity: 'high',
    profile: 'baseline',
    equivalents: { trivy: ['AZU-0047', 'AZU-0074'] },
    source: GROUPS,
    over: onSecurityRules((rule) => all([isOpen(rule), some(portsOf(rule), isEveryPort)])),
  },
  'subnet-without-group': {
    title: 'is a subnet without a security group',
    reason: 'Everything in it that gets a public address is open on all its ports.',
    fix: {
      typescript: 'new AksVirtualNetwork(...), whose subnets have one',
      terraform: 'an azurerm_subnet_network_security_group_association',
    },
    severity: 'low',
    profile: 'baseline',
    equivalents: { checkov: ['CKV2_AZURE_31'] },
    source: GROUPS,
    over: onResources(['azurerm_subnet'], (subnet, { resource, surroundings }) =>
      all([
        not(subnet.is('name', (name) => WITHOUT_GROUP.includes(name))),
        not(surroundings.refersTo('azurerm_subnet_network_security_group_association', 'subnet_id', resource.address)),
      ]),
    ),
  },
  'network-one-dns-server': {
    title: 'has one DNS server',
    reason: 'When it is unavailable, no name in the network can be resolved.',
    fix: { terraform: 'dns_servers with two addresses' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_182'] },
    source:
      'https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances',
    over: onResources([...NETWORK, 'azurerm_virtual_network_dns_servers'], (network) => {
      const { known, isComplete } = network.list('dns_servers');
      return all([known.length <= 1, isComplete ? known.length === 1 : undefined]);
    }),
  },
} satisfies Readonly<Record<string, RuleProps>>;

/** A rule about each rule of a security group. */
function onSecurityRules(fails: (rule: Block) => Answer): Judge {
  return {
    types: ['azurerm_network_security_group', 'azurerm_network_security_rule'],
    judge: ({ resource, given }) => {
      if (resource.type === 'azurerm_network_security_rule') {
        return [{ fails: fails(given) }];
      }
      const { known, isComplete } = given.blocks('security_rule');
      const found = known.map((rule, i) => ({ part: `security_rule[${rule.text('name') ?? i}]`, fails: fails(rule) }));
      return isComplete ? found : [...found, { fails: undefined }];
    },
  };
}

/** Whether a rule allows the whole internet. */
function isOpen(rule: Block): Answer {
  return all([
    rule.is('access', (access) => access.toLowerCase() === 'allow'),
    rule.is('direction', (direction) => direction.toLowerCase() === 'inbound'),
    letInAnyone(['source_address_prefix', 'source_address_prefixes'].map((name) => rule.list(name))),
  ]);
}

function takesTcp(rule: Block): Answer {
  return rule.is('protocol', (name) => name === '*' || name.toLowerCase() === 'tcp');
}

function takesPort(rule: Block, port: number): Answer {
  return some(portsOf(rule), (range) => {
    const [first = '', last = first] = range.split('-');
    return range === '*' || (Number(first) <= port && port <= Number(last));
  });
}

function isEveryPort(range: string): boolean {
  const [first = '', last = ''] = range.split('-');
  return range === '*' || (Number(first) <= 1 && Number(last) >= 65_535);
}

function portsOf(rule: Block) {
  const lists = ['destination_port_range', 'destination_port_ranges'].map((name) => rule.list(name));
  return {
    known: lists.flatMap(({ known }) => known),
    isComplete: lists.every(({ isComplete }) => isComplete),
  };
}
