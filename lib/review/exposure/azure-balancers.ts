import { at, blocks, listAt, listsAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import type { Resource } from '../read/program';
import { fromInternet, fromNetwork, dependsOn, type EntryPoint, type Subject } from './entry-point';
import { isExpression } from '../../terraform-json/expression';
import { filteredBy, leadsTo, text, to, type Reader } from './ways';

/** The entry points of load balancers, gateways and Front Door, and where they lead, by resource type. */
export const BALANCER_WAYS: Readonly<Record<string, Reader>> = {
  azurerm_lb: (given) =>
    blocks(given['frontend_ip_configuration']).map((one) =>
      atFrontend({ key: text(one, 'name'), what: `frontend ${text(one, 'name')}` }, one, ''),
    ),
  azurerm_lb_rule: forwards('frontend_port'),
  azurerm_lb_nat_rule: forwards('frontend_port', 'frontend_port_start', 'frontend_port_end'),
  azurerm_lb_nat_pool: forwards('frontend_port_start', 'frontend_port_end'),
  azurerm_lb_outbound_rule: (given) => [
    to(
      { key: 'outbound', what: `${text(given, 'backend_address_pool_id')}, outgoing` },
      ['Internet'],
      `, protocol ${text(given, 'protocol')}`,
    ),
  ],
  azurerm_lb_backend_address_pool: () => [],
  azurerm_lb_backend_address_pool_address: (given) => [
    leadsTo(
      { key: 'address', what: text(given, 'backend_address_pool_id') },
      listsAt(given, ['ip_address', 'backend_address_ip_configuration_id']),
    ),
  ],
  azurerm_network_interface_backend_address_pool_association: behind('backend_address_pool_id'),
  azurerm_network_interface_nat_rule_association: behind('nat_rule_id'),
  azurerm_network_interface_application_gateway_backend_address_pool_association: behind('backend_address_pool_id'),
  azurerm_application_gateway: (given, resource) => [
    ...blocks(given['http_listener']).map((one) => listener(one, given)),
    ...blocks(given['backend_address_pool']).map((one) => pool(one)),
    ...routesOf(given),
    ...filtered(given, resource),
    ...uninspected(blocks(given['waf_configuration']).flatMap(notInspectedBy), resource, ['waf_configuration']),
  ],
  azurerm_web_application_firewall_policy: exceptions('custom_rules'),
  azurerm_cdn_frontdoor_firewall_policy: exceptions('custom_rule'),
  azurerm_frontdoor_firewall_policy: exceptions('custom_rule'),
  azurerm_cdn_frontdoor_security_policy: (given) => {
    const firewalls = blocks(at(given, 'security_policies.firewall'));
    return firewalls.flatMap((one) => {
      const domains = blocks(one['association']).flatMap((place) =>
        blocks(place['domain']).map((domain) => text(domain, 'cdn_frontdoor_domain_id')),
      );
      return filteredBy(text(one, 'cdn_frontdoor_firewall_policy_id'), { key: 'filter', what: domains.join(', ') });
    });
  },
  azurerm_cdn_frontdoor_endpoint: (given, resource) =>
    switched(given, { key: 'endpoint', what: labelOf(resource) }, ''),
  azurerm_cdn_frontdoor_route: (given) => {
    const what = `route ${text(given, 'name')} of ${text(given, 'cdn_frontdoor_endpoint_id')}`;
    const paths = listAt(given, 'patterns_to_match').join(', ');
    return switched(
      given,
      { key: 'route', what },
      `, for ${paths}, on to ${text(given, 'cdn_frontdoor_origin_group_id')}`,
    );
  },
  azurerm_cdn_frontdoor_origin: (given, resource) =>
    target('host_name', 'cdn_frontdoor_origin_group_id')(given, resource).map((one) => ({
      ...one,
      text: `${one.text}${blocks(given['private_link']).length > 0 ? ', by a private link' : ''}`,
    })),
  azurerm_api_management_api: backend('service_url'),
  azurerm_api_management_backend: backend('url'),
  azurerm_cdn_frontdoor_custom_domain: (given, resource) => [
    fromInternet({ key: 'domain', what: labelOf(resource) }, `the internet, as ${text(given, 'host_name')}`),
  ],
  azurerm_cdn_endpoint: (given, resource) => [
    fromInternet({ key: 'endpoint', what: labelOf(resource), by: ['name'] }, 'the internet'),
    ...blocks(given['origin']).map((one) =>
      leadsTo(
        { key: `origin ${text(one, 'name')}`, what: `origin ${text(one, 'name')}`, isUsual: true, by: ['origin'] },
        [text(one, 'host_name')],
      ),
    ),
  ],
  azurerm_frontdoor: (given) =>
    blocks(given['frontend_endpoint']).map((one) =>
      fromInternet(
        { key: text(one, 'name'), what: `frontend ${text(one, 'name')}`, by: ['frontend_endpoint'] },
        `the internet, as ${text(one, 'host_name')}`,
      ),
    ),
  azurerm_traffic_manager_profile: () => [],
  azurerm_traffic_manager_azure_endpoint: target('target_resource_id', 'profile_id'),
  azurerm_traffic_manager_external_endpoint: target('target', 'profile_id'),
  azurerm_traffic_manager_nested_endpoint: target('target_resource_id', 'profile_id'),
};

/** An entry point at a frontend with a public or a private address. */
function atFrontend(subject: Subject, frontend: JsonObject | undefined, suffix: string): EntryPoint {
  const address = listsAt(frontend ?? {}, ['public_ip_address_id', 'public_ip_prefix_id']);
  if (frontend === undefined) {
    return dependsOn(subject, 'its frontend', suffix);
  }
  return address.length > 0
    ? fromInternet(subject, `the internet, at ${address.join(', ')}${suffix}`)
    : fromNetwork(subject, `the virtual network${suffix}`);
}

/** The traffic that a rule forwards from a frontend of its load balancer. */
function forwards(...names: readonly string[]): Reader {
  return (given, _, find) => {
    const ports = listsAt(given, names);
    const name = text(given, 'frontend_ip_configuration_name');
    const frontend = frontendOf(find?.(text(given, 'loadbalancer_id')), name);
    const traffic = `, port ${ports.join(' to ')}, protocol ${text(given, 'protocol')}, on to port ${text(given, 'backend_port')}`;
    const pools = listsAt(given, ['backend_address_pool_ids', 'backend_address_pool_id']);
    const goal = pools.length > 0 ? ` of ${pools.join(', ')}` : '';
    const subject = { key: 'rule', what: `rule ${text(given, 'name')}` };
    const where = `wherever frontend ${name} of ${text(given, 'loadbalancer_id')} is reachable`;
    const entry =
      frontend === undefined
        ? fromNetwork(subject, `${where}${traffic}${goal}`)
        : atFrontend(subject, frontend, `${traffic}${goal}`);
    return [{ ...entry, ports }];
  };
}

/** The frontend of a load balancer by its name; undefined if the program does not declare it. */
function frontendOf(balancer: Resource | undefined, name: string): JsonObject | undefined {
  const found = balancer?.type === 'azurerm_lb' ? blocks(balancer.attributes['frontend_ip_configuration']) : [];
  return isExpression(name) ? undefined : found.find((one) => text(one, 'name') === name);
}

/** A network interface that receives the traffic of a pool or a rule. */
function behind(name: string): Reader {
  return (given, _, find) => {
    const subject = { key: 'behind', what: text(given, 'network_interface_id') };
    const rule = find?.(text(given, name));
    const way = rule?.type === 'azurerm_lb_nat_rule' && own(BALANCER_WAYS, rule.type)?.(rule.attributes, rule, find)[0];
    return [way ? { ...way, ...subject } : fromNetwork(subject, `wherever ${text(given, name)} is reachable`)];
  };
}

function listener(one: JsonObject, given: JsonObject): EntryPoint {
  const named = (block: string, name: string) =>
    blocks(given[block]).find((other) => text(other, 'name') === text(one, name));
  const port = text(named('frontend_port', 'frontend_port_name') ?? {}, 'port');
  const hosts = listsAt(one, ['host_name', 'host_names']);
  const suffix = `, port ${port}, ${text(one, 'protocol')}${hosts.length > 0 ? `, as ${hosts.join(', ')}` : ''}`;
  const name = `listener ${text(one, 'name')}`;
  const subject = { key: name, what: name, by: ['http_listener', 'frontend_ip_configuration', 'frontend_port'] };
  return {
    ...atFrontend(subject, named('frontend_ip_configuration', 'frontend_ip_configuration_name'), suffix),
    ports: [port],
  };
}

function pool(one: JsonObject): EntryPoint {
  const name = `pool ${text(one, 'name')}`;
  const targets = listsAt(one, ['fqdns', 'ip_addresses']);
  return leadsTo({ key: name, what: name, isUsual: true, by: ['backend_address_pool'] }, targets);
}

/** The targets of the rules of an application gateway. */
function routesOf(given: JsonObject): EntryPoint[] {
  const goalsOf = (one: JsonObject, prefix = '') =>
    ['backend_address_pool_name', 'redirect_configuration_name', 'url_path_map_name'].flatMap((name) =>
      listAt(one, prefix + name),
    );
  const route = (block: string, name: string, goals: readonly string[]): EntryPoint =>
    leadsTo({ key: name, what: name, isUsual: true, by: [block] }, goals);
  return [
    ...blocks(given['request_routing_rule']).map((one) =>
      route('request_routing_rule', `rule ${text(one, 'name')}`, [
        ...listAt(one, 'http_listener_name'),
        ...goalsOf(one),
      ]),
    ),
    ...blocks(given['url_path_map']).flatMap((map) => [
      route('url_path_map', `paths ${text(map, 'name')}`, goalsOf(map, 'default_')),
      ...blocks(map['path_rule']).map((one) =>
        route('url_path_map', `paths ${text(map, 'name')}/${text(one, 'name')}`, [
          ...listAt(one, 'paths'),
          ...goalsOf(one),
        ]),
      ),
    ]),
    ...blocks(given['redirect_configuration']).map((one) =>
      route(
        'redirect_configuration',
        `redirect ${text(one, 'name')}`,
        listsAt(one, ['target_url', 'target_listener_name']),
      ),
    ),
  ];
}

/** The backend of an API. */
function backend(name: string): Reader {
  return (given, resource) =>
    listAt(given, name).map((url) => leadsTo({ key: name, what: labelOf(resource), isUsual: true, by: [name] }, [url]));
}

/** The web application firewalls of an application gateway. */
function filtered(given: JsonObject, resource: Resource): EntryPoint[] {
  const isOn = textAt(given, 'waf_configuration.enabled') === 'true';
  const filter = textAt(given, 'firewall_policy_id') ?? (isOn ? 'its own rules' : undefined);
  return [
    ...filteredBy(filter, { key: 'filter', what: labelOf(resource) }),
    ...blocks(given['http_listener']).flatMap((one) => {
      const what = `listener ${text(one, 'name')}`;
      return filteredBy(textAt(one, 'firewall_policy_id'), { key: `filter ${what}`, what });
    }),
  ];
}

/** The custom rules of a web application firewall policy, and what it does not inspect. */
function exceptions(block: string): Reader {
  return (given, resource) => {
    const rules = blocks(given[block]).filter((rule) => textAt(rule, 'enabled') !== 'false');
    const managed = [...blocks(given['managed_rules']), ...blocks(given['managed_rule'])];
    const off = managed.flatMap(notInspectedBy);
    return [
      ...rules.map((rule): EntryPoint => {
        const name = `rule ${text(rule, 'name')}`;
        const values = [...blocks(rule['match_conditions']), ...blocks(rule['match_condition'])].flatMap((one) =>
          listAt(one, 'match_values'),
        );
        const subject = { key: `${name}, ${text(rule, 'action')}`, what: name, by: [block] };
        return text(rule, 'action') === 'Allow'
          ? {
              ...subject,
              reach: 'internet',
              text: `let past all other rules: ${values.join(', ')}`,
            }
          : { ...subject, text: `denied ${values.join(', ')} (${text(rule, 'action')})`, isDenial: true };
      }),
      ...uninspected(off, resource, ['managed_rules', 'managed_rule']),
    ];
  };
}

/** What managed rules do not inspect. */
function uninspected(names: readonly string[], resource: Resource, by: readonly string[]): EntryPoint[] {
  return names.map((what) => ({
    key: `exclusion ${what}`,
    what: labelOf(resource),
    by,
    reach: 'internet',
    text: `not inspected: ${what}`,
  }));
}

/** The parts of requests that managed rules exclude, and the rules that do not block requests. */
function notInspectedBy(managed: JsonObject): string[] {
  const groups = [
    ...blocks(managed['override']),
    ...blocks(managed['managed_rule_set']).flatMap((set) => blocks(set['rule_group_override'])),
  ];
  const rules = groups.flatMap((group) => blocks(group['rule']));
  return [
    ...[managed, ...groups, ...rules].flatMap((one) => blocks(one['exclusion'])).map(excluded),
    ...groups.flatMap((group) => blocks(group['rule']).flatMap((rule) => ruleOff(rule, group))),
    ...blocks(managed['disabled_rule_group']).flatMap((group) => {
      const off = listAt(group, 'rules').map((rule) => `rule ${rule}`);
      return (off.length > 0 ? off : ['every rule']).map((rule) => `${rule} of ${text(group, 'rule_group_name')}`);
    }),
  ];
}

function excluded(part: JsonObject): string {
  return listsAt(part, ['match_variable', 'selector_match_operator', 'operator', 'selector']).join(' ');
}

/**
 * A rule that a policy disables or that only logs.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/resources/web_application_firewall_policy
 * ("enabled": defaults to false)
 */
function ruleOff(rule: JsonObject, group: JsonObject): string[] {
  const name = `rule ${textAt(rule, 'rule_id') ?? text(rule, 'id')} of ${text(group, 'rule_group_name')}`;
  if (textAt(rule, 'enabled') !== 'true') {
    return [name];
  }
  return textAt(rule, 'action') === 'Log' ? [`${name}, which only writes it down`] : [];
}

/** An entry point that is reachable from the internet unless it is disabled. */
function switched(given: JsonObject, subject: Subject, suffix: string): EntryPoint[] {
  const isOn = at(given, 'enabled') ?? true;
  if (isExpression(isOn)) {
    return [dependsOn(subject, isOn, suffix)];
  }
  return String(isOn) === 'true' ? [fromInternet(subject, `the internet${suffix}`)] : [];
}

/** The target of a name or a group, unless it is disabled. */
function target(name: string, group: string): Reader {
  return (given) =>
    textAt(given, 'enabled') === 'false'
      ? []
      : [leadsTo({ key: 'target', what: `${text(given, 'name')} of ${text(given, group)}` }, listAt(given, name))];
}
