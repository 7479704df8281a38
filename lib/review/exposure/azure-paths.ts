import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, listsAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import { present } from '../names/present';
import type { Resource } from '../read/program';
import { comparedOf, portsOf, trafficOf } from './azure-entry-points';
import { inBlock, dependsOn, undecided, type EntryPoint } from './entry-point';
import { parseSource } from './source';
import { BALANCER_WAYS } from './azure-balancers';
import { CONNECTION_WAYS } from './azure-connections';
import { FIREWALL_WAYS } from './azure-firewalls';
import { from, text, to, type Reader } from './ways';

/** The routes and filters of traffic, by resource type. */
export const AZURE_PATHS: Readonly<Record<string, Reader>> = {
  azurerm_kubernetes_cluster: (given, resource) => [egressOf(given, resource), ...controllersOf(given, resource)],
  azurerm_container_registry: (given, resource) => [trustedServices(given, resource)],
  azurerm_network_security_rule: outgoingRule,
  azurerm_network_security_group: (given) =>
    inBlock('security_rule', blocks(given['security_rule']).flatMap(outgoingRule)),
  azurerm_route: route,
  azurerm_route_table: (given) => inBlock('route', blocks(given['route']).flatMap(route)),
  azurerm_subnet: (given) => [defaultOutbound(given)],
  azurerm_subnet_nat_gateway_association: (given) => [
    to({ key: 'nat', what: `${text(given, 'subnet_id')}, outgoing` }, ['Internet'], ', through its NAT gateway'),
  ],
  azurerm_subnet_network_security_group_association: filter('subnet_id', 'network_security_group_id'),
  azurerm_network_interface_security_group_association: filter('network_interface_id', 'network_security_group_id'),
  azurerm_subnet_route_table_association: filter('subnet_id', 'route_table_id', 'routed by'),
  azurerm_virtual_network_peering: peering,
  azurerm_virtual_hub_connection: (given) => [
    from({ key: 'hub', what: `hub ${text(given, 'virtual_hub_id')}` }, [text(given, 'remote_virtual_network_id')]),
  ],
  azurerm_virtual_network: (given, resource) => [
    {
      key: 'dns',
      what: `names for ${labelOf(resource)}`,
      isUsual: true,
      reach: 'network',
      by: ['dns_servers'],
      text: `looked up at ${listAt(given, 'dns_servers').join(', ') || "Azure's own servers"}`,
    },
  ],
  ...FIREWALL_WAYS,
  ...BALANCER_WAYS,
  ...CONNECTION_WAYS,
  ...Object.fromEntries(
    ['a', 'aaaa', 'cname', 'mx', 'ns', 'srv', 'txt', 'caa', 'ptr'].flatMap((kind) =>
      ['dns', 'private_dns'].map((zone): [string, Reader] => [`azurerm_${zone}_${kind}_record`, record]),
    ),
  ),
};

/** The access of trusted Azure services to a registry with restricted access. */
function trustedServices(given: JsonObject, resource: Resource): EntryPoint {
  const by = ['network_rule_bypass_option'];
  const subject = { key: 'trusted', what: `${labelOf(resource)}, past its rules`, isUsual: true, by } as const;
  const option = textAt(given, 'network_rule_bypass_option') ?? 'AzureServices';
  if (isExpression(option)) {
    return dependsOn(subject, option);
  }
  return option === 'None'
    ? { ...subject, reach: 'network', sources: [], text: 'nobody' }
    : from(subject, ['the services that Azure trusts']);
}

/** An outbound rule of a network security group. */
function outgoingRule(given: JsonObject): EntryPoint[] {
  const [direction, access] = [text(given, 'direction'), text(given, 'access')];
  if (direction !== 'Outbound') {
    return []; // an expression is read as inbound.
  }
  const name = `rule ${text(given, 'name')}, outgoing`;
  const limit = { text: 'allow only the required destinations, with', argument: 'destination_address_prefixes' };
  const subject = { key: name, what: name, limit };
  const destinations = listsAt(given, ['destination_address_prefix', 'destination_address_prefixes']);
  const sources = listsAt(given, ['source_address_prefix', 'source_address_prefixes']);
  const suffix = trafficOf(given, sources.some((one) => one !== '*') ? `from ${sources.join(', ')}` : '');
  if (isExpression(access)) {
    return [dependsOn(subject, access, suffix)];
  }
  const compared = comparedOf(given, [...sources, ...listAt(given, 'source_application_security_group_ids')]);
  const denied = `denied to ${destinations.join(', ')}${suffix}`;
  return access === 'Deny'
    ? [
        {
          ...subject,
          key: `${name}, denied`,
          text: denied,
          isDenial: true,
          ...compared,
          sources: destinations.map(parseSource),
        },
      ]
    : [{ ...to(subject, destinations, suffix), ...compared, ports: portsOf(given) }];
}

/** A DNS record and its targets; a new one is reported only if it delegates names to other servers. */
function record(given: JsonObject, { type }: Resource): EntryPoint[] {
  const target = ['records', 'record', 'target_resource_id'].flatMap((name) => {
    const value = at(given, name) ?? null;
    return blocks(value).length > 0
      ? blocks(value).map((one) => Object.values(one).map(String).join(' '))
      : listAt(given, name);
  });
  const name = [text(given, 'name'), text(given, 'zone_name')].filter((part) => part !== '@').join('.');
  return [
    {
      key: 'name',
      what: `name ${name}`,
      reach: 'network',
      text: `leads to ${target.join(', ')}`,
      ...(!type.endsWith('_ns_record') && { isUsual: true }),
    },
  ];
}

/** A route; traffic to an appliance or to nowhere does not leave the network directly. */
function route(given: JsonObject): EntryPoint[] {
  const name = `route ${text(given, 'name')}`;
  const subject = { key: name, what: name };
  const [prefix, hop] = [text(given, 'address_prefix'), text(given, 'next_hop_type')];
  const address = textAt(given, 'next_hop_in_ip_address');
  const way = `${prefix} by ${hop}${address === undefined ? '' : ` ${address}`}`;
  if (isExpression(hop)) {
    return [undecided(subject, way)];
  }
  return ['VirtualAppliance', 'None'].includes(hop)
    ? [{ ...subject, key: `${name}, held`, text: way, isDenial: true }]
    : [{ ...subject, reach: hop === 'Internet' ? 'internet' : 'network', text: way }];
}

/** A filter or a route table, without which the target is open. */
function filter(target: string, by: string, verb = 'filtered by'): Reader {
  return (given) => {
    const what = text(given, target);
    return [{ key: target, what, text: `${verb} ${text(given, by)}`, isDenial: true }];
  };
}

/** The peering of two networks. */
function peering(given: JsonObject): EntryPoint[] {
  const isOn = (name: string) => textAt(given, name) === 'true';
  const sources = present(
    textAt(given, 'allow_virtual_network_access') !== 'false' && text(given, 'remote_virtual_network_id'),
    isOn('allow_forwarded_traffic') && 'what that network forwards',
    isOn('allow_gateway_transit') && 'that network to the gateway',
    isOn('use_remote_gateways') && 'the gateway of that network',
  );
  return sources.length === 0
    ? []
    : [from({ key: 'peering', what: `network ${text(given, 'virtual_network_name')}` }, sources)];
}

const OUTBOUND = ['default_outbound_access_enabled'];

/** The default outbound access of a subnet, for which Azure provides an address. */
function defaultOutbound(given: JsonObject): EntryPoint {
  const subject = {
    key: 'egress',
    what: `subnet ${text(given, 'name')}, outgoing`,
    isUsual: true,
    by: OUTBOUND,
  } as const;
  const isOn = at(given, 'default_outbound_access_enabled') ?? true;
  if (isExpression(isOn)) {
    return dependsOn(subject, isOn);
  }
  return String(isOn) === 'true'
    ? to(subject, ['Internet'], ', with an address of Azure')
    : { ...subject, reach: 'network', text: 'only with its own outbound access' };
}

/** The outbound types for which AKS sets up the outbound access of a cluster. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  loadBalancer: 'a load balancer',
  managedNATGateway: 'a NAT gateway',
  userAssignedNATGateway: 'the NAT gateway of its subnet',
};

function egressOf(given: JsonObject, resource: Resource): EntryPoint {
  const what = `nodes of ${labelOf(resource)}, outgoing`;
  const subject = { key: 'egress', what, isUsual: true, by: ['outbound_type'] } as const;
  const type = textAt(given, 'network_profile.outbound_type') ?? 'loadBalancer';
  if (isExpression(type)) {
    return dependsOn(subject, type);
  }
  const way = own(WAYS_OUT, type);
  return way === undefined
    ? { ...subject, reach: 'network', text: type === 'none' ? 'nowhere' : 'only by the routes of their subnet' }
    : to(subject, ['Internet'], ` by ${way}`);
}

const ROUTING = 'http_application_routing_enabled';
const MESH = 'service_mesh_profile';
const EXTERNAL = 'external_ingress_gateway_enabled';
const INTERNAL = 'internal_ingress_gateway_enabled';
const APPLICATION_GATEWAY = 'ingress_application_gateway';

/** The managed ingress controllers of a cluster, which have their own addresses. */
function controllersOf(given: JsonObject, resource: Resource): EntryPoint[] {
  const isOn = (path: string) => textAt(given, path) === 'true';
  const routing = blocks(at(given, 'web_app_routing'))[0];
  const nginx = routing && (textAt(routing, 'default_nginx_controller') ?? 'AnnotationControlled');
  const found = [
    isOn(ROUTING) && ['HTTP application routing', 'internet', ROUTING],
    nginx !== undefined &&
      nginx !== 'None' && ['application routing', nginx === 'Internal' ? 'network' : 'internet', 'web_app_routing'],
    isOn(`${MESH}.${EXTERNAL}`) && ['external gateway of the mesh', 'internet', EXTERNAL],
    isOn(`${MESH}.${INTERNAL}`) && ['internal gateway of the mesh', 'network', INTERNAL],
    at(given, APPLICATION_GATEWAY) !== undefined && ['application gateway', 'internet', APPLICATION_GATEWAY],
  ].filter((one): one is [string, 'internet' | 'network', string] => Array.isArray(one));
  return found.map(([name, reach, argument]) => ({
    key: name,
    what: `${name} of ${labelOf(resource)}`,
    reach,
    by: [argument],
    text: reach === 'internet' ? 'the internet' : 'the virtual network',
  }));
}
