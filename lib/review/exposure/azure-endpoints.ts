import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, listsAt, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { schemaOf } from '../knowledge/schema';
import { labelOf } from '../names/label';
import { present } from '../names/present';
import { azureBodyOf } from '../read/azure-body';
import type { Resource } from '../read/program';
import {
  ONLY_SOME,
  fromInternet,
  fromNetwork,
  limitedTo,
  dependsOn,
  type EntryPoint,
  type Subject,
} from './entry-point';

/** An argument that opens a service to the internet. */
interface Switch {
  readonly path: string;
  /** The part of the service that it opens; absent for the service itself. */
  readonly what?: string;
  /** The value that opens it. */
  readonly open: string;
}

/** The arguments that open Azure services. The schemas determine which types have them, and their defaults. */
const SWITCHES: readonly Switch[] = [
  { path: 'public_network_access_enabled', open: 'true' },
  { path: 'public_network_access', open: 'Enabled' },
  { path: 'public_network_enabled', open: 'true' },
  { path: 'ingress.external_enabled', what: 'ingress', open: 'true' },
  { path: 'public_data_endpoint_enabled', what: 'public data endpoint', open: 'true' },
  { path: 'coordinator_public_ip_access_enabled', what: 'coordinator', open: 'true' },
  { path: 'node_public_ip_access_enabled', what: 'nodes', open: 'true' },
  { path: 'ssh_public_access_enabled', what: 'SSH', open: 'true' },
  { path: 'secure_ldap.external_access_enabled', what: 'LDAP', open: 'true' },
  { path: 'is_public', open: 'true' },
  { path: 'ip_address_type', open: 'Public' },
  { path: 'internet_ingestion_enabled', what: 'ingestion', open: 'true' },
  { path: 'internet_query_enabled', what: 'queries', open: 'true' },
  { path: 'network_access_policy', what: 'export', open: 'AllowAll' },
];

/** Services whose public endpoint is the default, and not considered an opening. */
const USUAL =
  /^azurerm_(managed_disk|snapshot|recovery_services_vault|monitor_\w+|automation_account|virtual_desktop_\w+|log_analytics_\w+|application_insights|arc_\w+|static_web_app)$/;

/** Services that only firewall rules open, which are separate resources. */
const BEHIND_RULES =
  /^azurerm_(mssql_server|(postgresql|mysql)(_flexible)?_server|synapse_workspace|mongo_cluster|cosmosdb_postgresql_cluster)$/;

/** Services that do not authenticate callers, unless the program behind them does. */
const OPEN_TO_ALL =
  /_(web_app|function_app|logic_app|container_app|container_group|static_web_app|api_management|app)(_|$)/;

/** The arguments that place a service in a network, without a public endpoint. */
const IN_NETWORK = ['delegated_subnet_id', 'internal_load_balancer_enabled'];

/** The blocks with the access rules of an endpoint. */
const RULES = [
  'network_acls',
  'network_rule_set',
  'network_rulesets',
  'network_rules',
  'network_profile.account_access',
];

/** The allow lists of an endpoint; without one, everyone can reach it. */
const LISTS = ['ip_range_filter', 'allowed_ips'];

/** The other arguments that determine who can reach an endpoint. */
const LIMITING = [
  ...[...RULES, ...LISTS, ...IN_NETWORK],
  ...['virtual_network_type', 'ip_restriction', 'ip_restriction_default_action'],
];

/** Whether a resource type can have a public endpoint. */
export function hasEndpoint(type: string): boolean {
  const defaults = type.startsWith('azurerm_') ? schemaOf(type)?.defaults : undefined;
  return defaults !== undefined && SWITCHES.some(({ path }) => Object.hasOwn(defaults, path));
}

/** The public endpoints of an Azure service, whose clients usually have to authenticate. */
export function endpoints(given: JsonObject, resource: Resource): EntryPoint[] {
  const { type } = resource;
  const defaults = schemaOf(type)?.defaults ?? {};
  return SWITCHES.flatMap((one) => {
    const value = at(given, one.path) ?? defaults[one.path];
    const isBlockMissing = one.path.includes('.') && at(given, one.path.split('.')[0] ?? '') === undefined;
    if (value === undefined || isBlockMissing) {
      return [];
    }
    const subject: Subject = {
      key: one.path,
      what: one.what === undefined ? labelOf(resource) : `${one.what} of ${labelOf(resource)}`,
      by: [one.path, ...LIMITING],
      ...(USUAL.test(type) && { isUsual: true }),
      limit: { text: 'leave only private endpoints, with', argument: one.path },
    };
    return [isExpression(value) ? dependsOn(subject, value) : switched(value, one, subject, resource)];
  });
}

function switched(value: Json, { open }: Switch, subject: Subject, { type, attributes }: Resource): EntryPoint {
  const isInside =
    IN_NETWORK.some((path) => ![undefined, 'false'].includes(textAt(attributes, path))) ||
    textAt(attributes, 'virtual_network_type') === 'Internal';
  if (String(value) !== open || isInside) {
    return fromNetwork(subject, isInside ? 'its virtual network' : 'private endpoints');
  }
  if (BEHIND_RULES.test(type)) {
    return fromInternet(subject, 'the internet, as far as its firewall rules let in, with credentials');
  }
  const path = RULES.find((one) => blocks(at(attributes, one)).length > 0);
  if (path !== undefined) {
    const standard = schemaOf(type)?.defaults[`${path}.default_action`];
    return endpointRules(subject, blocks(at(attributes, path))[0] ?? {}, standard);
  }
  const action = textAt(attributes, 'site_config.ip_restriction_default_action');
  if (action === 'Deny') {
    return limitedTo(subject, restrictions(attributes));
  }
  const listed = listsAt(attributes, LISTS);
  const networks = blocks(attributes['virtual_network_rule']).flatMap((rule) => textAt(rule, 'id') ?? []);
  const isFiltered = textAt(attributes, 'is_virtual_network_filter_enabled') === 'true';
  return listed.length > 0 || isFiltered
    ? limitedTo(subject, [...listed.map(azureItself), ...networks])
    : fromInternet(subject, OPEN_TO_ALL.test(type) ? 'the internet' : 'the internet, with credentials');
}

/** The source that Azure understands by an address: 0.0.0.0 stands for all of its services. */
function azureItself(source: string): string {
  return source.trim() === '0.0.0.0' ? 'AzureCloud' : source;
}

/** The sources that an app allows. The first matching rule applies, so a denying rule only narrows the sources. */
function restrictions(attributes: JsonObject): string[] {
  return blocks(at(attributes, 'site_config.ip_restriction'))
    .filter((rule) => textAt(rule, 'action') !== 'Deny')
    .flatMap((rule) =>
      ['ip_address', 'service_tag', 'virtual_network_subnet_id'].flatMap((name) => textAt(rule, name) ?? []),
    );
}

/** The endpoint of a service in the format of the Azure API. */
export function azureObject(given: JsonObject, resource: Resource): EntryPoint[] {
  const properties = at(azureBodyOf(given), 'properties');
  const access = at(properties, 'publicNetworkAccess');
  const action = at(properties, 'networkAcls.defaultAction') ?? at(properties, 'networkRuleSet.defaultAction');
  const subject: Subject = { key: 'endpoint', what: labelOf(resource), by: ['body'] };
  const decisive = [access, action].find(isExpression);
  if (decisive !== undefined) {
    return [dependsOn(subject, decisive)];
  }
  if (access === undefined && action === undefined) {
    return [];
  }
  const isOpen = String(access ?? 'Enabled') === 'Enabled' && String(action ?? 'Allow') === 'Allow';
  return [
    isOpen
      ? fromInternet(subject, 'the internet, with credentials')
      : fromNetwork(subject, access === 'Disabled' ? 'private endpoints' : 'those whom its rules name'),
  ];
}

/** An endpoint with access rules. */
export function endpointRules(subject: Subject, rules: JsonObject, standard?: string): EntryPoint {
  const action = at(rules, 'default_action') ?? standard;
  if (isExpression(action)) {
    return dependsOn(subject, action);
  }
  if (String(action) !== 'Deny') {
    return fromInternet(subject, 'the internet, with credentials');
  }
  return limitedTo(subject, [
    ...blocks(rules['ip_rule']).flatMap((rule) => textAt(rule, 'ip_range') ?? textAt(rule, 'ip_mask') ?? []),
    ...listAt(rules, 'ip_rules'),
    ...listAt(rules, 'virtual_network_subnet_ids'),
    ...['virtual_network_rule', 'virtual_network_rules', 'network_rules'].flatMap((name) =>
      blocks(rules[name]).flatMap((rule) => textAt(rule, 'subnet_id') ?? []),
    ),
    ...blocks(rules['private_link_access']).flatMap((one) => textAt(one, 'endpoint_resource_id') ?? []),
    ...listAt(rules, 'bypass').filter((name) => name !== 'None'),
  ]);
}

/** A firewall rule of a database or a cache. */
export function firewallRule(given: JsonObject): EntryPoint[] {
  const name = textAt(given, 'name');
  const subject: Subject = {
    key: 'rule',
    what: present('firewall rule', name).join(' '),
    limit: { text: ONLY_SOME, argument: 'end_ip_address' },
  };
  const [first, last] = ['start_ip', 'end_ip'].map(
    (end) => textAt(given, `${end}_address`) ?? textAt(given, end) ?? '',
  ) as [string, string];
  if (first === '0.0.0.0' && last === '0.0.0.0') {
    return [limitedTo(subject, ['AzureCloud'])];
  }
  const isKnown = !isExpression(first) && !isExpression(last);
  return [limitedTo(subject, first === last || !isKnown ? [...new Set([first, last])] : [`${first}-${last}`])];
}

/** The arguments with public addresses, at any depth. */
const ADDRESSES = /^public_ip(_address)?(_prefix)?_ids?$/;

/** The key of the entry point at addresses of other resources. */
export const GIVEN = 'given address';

/** The types that use their addresses for outgoing traffic only. */
const OUTGOING = /nat_gateway/;

/** The public addresses of other resources that a resource uses, such as a network interface or a firewall. */
export function publicAddresses(resource: Resource): EntryPoint[] {
  const { type, attributes } = resource;
  const found = new Set<string>();
  const look = (value: Json): void => {
    for (const block of blocks(value)) {
      for (const [key, child] of Object.entries(block)) {
        if (ADDRESSES.test(key)) {
          listAt(block, key).forEach((address) => found.add(address));
        } else if (key === 'public_ip_address' && blocks(child).length > 0) {
          found.add('an address of each of its own');
        } else if (typeof child === 'object' && child !== null) {
          look(child);
        }
      }
    }
  };
  if (type.startsWith('azurerm_') && !OUTGOING.test(type)) {
    look(attributes);
  }
  return found.size === 0
    ? []
    : [fromInternet({ key: GIVEN, what: labelOf(resource) }, `the internet, at ${[...found].join(', ')}`)];
}
