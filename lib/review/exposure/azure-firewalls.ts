import { isExpression } from '../../terraform-json/expression';
import { blocks, listAt, listsAt, textAt, type JsonObject } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import { present } from '../names/present';
import type { Resource } from '../read/program';
import { ONLY_SOME, fromSources, limitedTo, dependsOn, type EntryPoint, type Subject } from './entry-point';
import { limitsOf } from './limits';
import { parseSource } from './source';
import { filteredBy, text, to, type Reader } from './ways';

/** The blocks of a group with rule collections. */
const COLLECTIONS = ['application_rule_collection', 'network_rule_collection', 'nat_rule_collection'];

/** The traffic that Azure Firewall allows, by resource type. */
export const FIREWALL_WAYS: Readonly<Record<string, Reader>> = {
  // its addresses and its rules are separate resources.
  azurerm_firewall: () => [],
  azurerm_firewall_policy: exceptions,
  azurerm_firewall_policy_rule_collection_group: (given) =>
    COLLECTIONS.flatMap((block) =>
      blocks(given[block]).flatMap((one) =>
        rulesOf(ranked(one, given), `${block}.rule.`).map((rule) => ({ ...rule, by: [block, 'priority'] })),
      ),
    ),
  azurerm_firewall_application_rule_collection: (given) => rulesOf(given, 'rule.'),
  azurerm_firewall_network_rule_collection: (given) => rulesOf(given, 'rule.'),
  azurerm_firewall_nat_rule_collection: (given) => rulesOf(given, 'rule.'),
  azurerm_ip_group: (given, resource) => [
    limitedTo({ key: 'ranges', what: labelOf(resource), isUsual: true, by: ['cidrs'] }, listAt(given, 'cidrs')),
  ],
  azurerm_ip_group_cidr: (given) => [
    limitedTo({ key: 'range', what: `IP group ${text(given, 'ip_group_id')}` }, listAt(given, 'cidr')),
  ],
};

/** The arguments with the destinations of a rule. */
const DESTINATIONS = [
  ...['destination_addresses', 'destination_address', 'destination_ip_groups', 'destination_fqdns'],
  ...['destination_urls', 'destination_fqdn_tags', 'target_fqdns', 'fqdn_tags', 'web_categories'],
];

/** A collection whose priority is prefixed with that of its group. */
function ranked(collection: JsonObject, group: JsonObject): JsonObject {
  return { ...collection, priority: `${text(group, 'priority')}/${text(collection, 'priority')}` };
}

function rulesOf(collection: JsonObject, prefix: string): EntryPoint[] {
  const action = textAt(collection, 'action') ?? 'Dnat';
  return blocks(collection['rule']).map((rule) => {
    const name = `rule ${present(text(collection, 'name'), text(rule, 'name')).join('/')}`;
    const destinations = listsAt(rule, DESTINATIONS);
    const sources = listsAt(rule, ['source_addresses', 'source_ip_groups']);
    const ports = portsOf(rule);
    const protocols = listsAt(rule, ['protocols', 'protocol']);
    const priority = `, priority ${text(collection, 'priority')}`;
    const traffic = present(
      `, port ${ports.join(', ') || 'any'}`,
      protocols.length > 0 && `, protocol ${protocols.join(', ')}`,
      priority,
    ).join('');
    const limited = (ends: readonly string[]) => ({ limits: limitsOf(ports, protocols, ends), rest: priority });
    if (isExpression(action)) {
      return dependsOn({ key: name, what: name }, action, traffic);
    }
    if (action === 'Deny') {
      const denied = `denied from ${sources.join(', ')} to ${destinations.join(', ')}${traffic}`;
      return {
        key: `${name}, denied`,
        what: name,
        text: denied,
        isDenial: true,
        ...limited(destinations),
        sources: sources.map(parseSource),
      };
    }
    if (action === 'Dnat') {
      const limit = { text: ONLY_SOME, argument: `${prefix}source_addresses` };
      const inside = [
        textAt(rule, 'translated_address') ?? text(rule, 'translated_fqdn'),
        text(rule, 'translated_port'),
      ];
      return {
        ...fromSources({ key: name, what: name, limit }, sources, `${traffic}, on to ${inside.join(':')}`),
        ...limited(destinations),
        rest: `${priority}, on to ${inside.join(':')}`,
        ports,
      };
    }
    const subject: Subject = { key: name, what: `${name}, outgoing` };
    return { ...to(subject, destinations, `${traffic}, from ${sources.join(', ')}`), ...limited(sources), ports };
  });
}

/** The ports of a rule, or its protocols with their ports. */
function portsOf(rule: JsonObject): string[] {
  const protocols = [...blocks(rule['protocols']), ...blocks(rule['protocol'])];
  return protocols.length > 0
    ? protocols.map((one) => `${text(one, 'port')} (${text(one, 'type')})`)
    : listAt(rule, 'destination_ports');
}

/** The traffic that a policy does not inspect, and the policy that it inherits from. */
function exceptions(given: JsonObject, resource: Resource): EntryPoint[] {
  const allowed = blocks(given['threat_intelligence_allowlist']).flatMap((one) =>
    listsAt(one, ['fqdns', 'ip_addresses']),
  );
  const bypassed = blocks(given['intrusion_detection'])
    .flatMap((one) => blocks(one['traffic_bypass']))
    .map((one) => text(one, 'name'));
  const passes = (by: string, names: readonly string[]): EntryPoint[] =>
    names.length === 0
      ? []
      : [
          {
            key: by,
            what: labelOf(resource),
            by: [by],
            reach: 'network',
            sources: names.map(parseSource),
            text: `not inspected: ${names.join(', ')}`,
          },
        ];
  const base = { key: 'base', what: labelOf(resource), by: ['base_policy_id'] };
  const inherited = filteredBy(textAt(given, 'base_policy_id'), base);
  return [...inherited, ...passes('threat_intelligence_allowlist', allowed), ...passes('traffic_bypass', bypassed)];
}
