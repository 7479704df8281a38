import { at, blocks, listAt, listsAt, textAt, type JsonObject } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import { present } from '../names/present';
import type { Resource } from '../read/program';
import { fromInternet, inBlock, limitedTo, type EntryPoint } from './entry-point';
import { filteredBy, from, text, type Reader } from './ways';

/** The networks, sites and clients that can reach a network, by resource type. */
export const CONNECTION_WAYS: Readonly<Record<string, Reader>> = {
  azurerm_bastion_host: (given, resource) =>
    listAt(given, 'virtual_network_id').map((network) =>
      fromInternet(
        { key: 'bastion', what: labelOf(resource) },
        `the internet, signed in to the portal, into ${network}`,
      ),
    ),
  azurerm_local_network_gateway: (given, resource) => [
    site(resource, listAt(given, 'address_space'), listsAt(given, ['gateway_address', 'gateway_fqdn'])),
  ],
  azurerm_vpn_site: (given, resource) => [
    site(
      resource,
      listAt(given, 'address_cidrs'),
      blocks(given['link']).flatMap((one) => listsAt(one, ['ip_address', 'fqdn'])),
    ),
  ],
  azurerm_virtual_network_gateway: clientsOf,
  azurerm_virtual_network_gateway_connection: (given) => [
    from(
      { key: 'connection', what: text(given, 'virtual_network_gateway_id') },
      listsAt(given, ['local_network_gateway_id', 'peer_virtual_network_gateway_id', 'express_route_circuit_id']),
      ` (${text(given, 'type')})`,
    ),
  ],
  azurerm_vpn_gateway: () => [],
  azurerm_vpn_gateway_connection: joins('vpn_gateway_id', 'remote_vpn_site_id'),
  azurerm_vpn_server_configuration: (given, resource) => [
    from({ key: 'clients', what: `clients by ${labelOf(resource)}`, isUsual: true }, whoOf(given)),
  ],
  azurerm_point_to_site_vpn_gateway: (given) =>
    blocks(given['connection_configuration']).map((one) =>
      from(
        { key: `clients ${text(one, 'name')}`, what: `hub ${text(given, 'virtual_hub_id')}` },
        [`clients by ${text(given, 'vpn_server_configuration_id')}`],
        `, as ${listAt(blocks(one['vpn_client_address_pool'])[0] ?? {}, 'address_prefixes').join(', ')}`,
      ),
    ),
  azurerm_express_route_circuit: () => [],
  azurerm_express_route_port: () => [],
  azurerm_express_route_circuit_peering: (given) => [
    from(
      { key: 'peering', what: `circuit ${text(given, 'express_route_circuit_name')}` },
      [`the network ${text(given, 'peer_asn')} behind it`],
      ` (${text(given, 'peering_type')})${listAt(given, 'microsoft_peering_config.advertised_public_prefixes')
        .map((one) => `, ${one}`)
        .join('')}`,
    ),
  ],
  azurerm_express_route_circuit_connection: joins('peering_id', 'peer_peering_id'),
  azurerm_express_route_connection: joins('express_route_gateway_id', 'express_route_circuit_peering_id'),
  azurerm_express_route_gateway: switchOf('allow_non_virtual_wan_traffic', 'networks outside of the virtual WAN'),
  azurerm_virtual_wan: switchOf('allow_branch_to_branch_traffic', 'each of its branches to the others', 'true'),
  azurerm_route_server: switchOf('branch_to_branch_traffic_enabled', 'each of its branches to the others'),
  azurerm_virtual_hub: (given, resource) => [
    ...switchOf('branch_to_branch_traffic_enabled', 'each of its branches to the others')(given, resource),
    ...inBlock(
      'route',
      blocks(given['route']).map((one) =>
        routed(one, listAt(one, 'address_prefixes'), text(one, 'next_hop_ip_address')),
      ),
    ),
  ],
  azurerm_virtual_hub_route_table: (given) =>
    inBlock(
      'route',
      blocks(given['route']).map((one) => routed(one, listAt(one, 'destinations'), text(one, 'next_hop'))),
    ),
  azurerm_virtual_hub_route_table_route: (given) => [
    routed(given, listAt(given, 'destinations'), text(given, 'next_hop')),
  ],
  azurerm_virtual_hub_routing_intent: (given) =>
    blocks(given['routing_policy']).flatMap((one) =>
      filteredBy(text(one, 'next_hop'), {
        key: text(one, 'name'),
        what: `${listAt(one, 'destinations').join(', ')} of ${text(given, 'virtual_hub_id')}`,
      }),
    ),
  azurerm_virtual_hub_bgp_connection: routesFrom('virtual_hub_id'),
  azurerm_route_server_bgp_connection: routesFrom('route_server_id'),
  azurerm_private_link_service: (given, resource) =>
    listAt(given, 'auto_approval_subscription_ids').length === 0
      ? []
      : [
          limitedTo(
            { key: 'private link', what: labelOf(resource), by: ['auto_approval_subscription_ids'] },
            listAt(given, 'auto_approval_subscription_ids').map((id) => (id === '*' ? '*' : `subscription ${id}`)),
            ', by private endpoints of theirs',
          ),
        ],
  azurerm_network_interface_application_security_group_association: (given) => [
    from({ key: 'member', what: text(given, 'network_interface_id') }, [
      `whom rules let in to ${text(given, 'application_security_group_id')}`,
    ]),
  ],
  ...Object.fromEntries(
    ['mssql', 'postgresql', 'mariadb', 'mysql'].map((kind): [string, Reader] => [
      `azurerm_${kind}_virtual_network_rule`,
      (given) => [
        from(
          { key: 'subnet', what: textAt(given, 'server_id') ?? text(given, 'server_name') },
          listAt(given, 'subnet_id'),
        ),
      ],
    ]),
  ),
};

/** A site that connections refer to; it reaches nothing by itself. */
function site(resource: Resource, ranges: readonly string[], addresses: readonly string[]): EntryPoint {
  return from({ key: 'site', what: labelOf(resource), isUsual: true }, ranges, `, by way of ${addresses.join(', ')}`);
}

/** A connection that lets in traffic from the other side. */
function joins(inside: string, outside: string): Reader {
  return (given) => [from({ key: 'connection', what: text(given, inside) }, listAt(given, outside))];
}

/** The traffic that a boolean argument allows; only changes are reported. */
function switchOf(name: string, who: string, standard = 'false'): Reader {
  return (given, resource) => {
    const isOn = String(at(given, name) ?? standard) !== 'false';
    const subject = { key: name, what: labelOf(resource), isUsual: true as const, by: [name] };
    return [isOn ? from(subject, [who]) : { ...subject, reach: 'network', sources: [], text: `not from ${who}` }];
  };
}

function routed(route: JsonObject, destinations: readonly string[], hop: string): EntryPoint {
  const name = `route ${textAt(route, 'name') ?? destinations.join(', ')}`;
  return { key: name, what: name, reach: 'network', text: `${destinations.join(', ')} by ${hop}` };
}

/** A peer that announces routes to a router, and so receives traffic. */
function routesFrom(router: string): Reader {
  return (given) => [
    from({ key: 'routes', what: `routes of ${text(given, router)}` }, [
      `${text(given, 'peer_ip')} (AS ${text(given, 'peer_asn')})`,
    ]),
  ];
}

/** The VPN clients of a gateway. */
function clientsOf(given: JsonObject, resource: Resource): EntryPoint[] {
  return blocks(given['vpn_client_configuration']).map((one) =>
    from(
      { key: 'clients', what: labelOf(resource), by: ['vpn_client_configuration'] },
      whoOf(one),
      `, as ${listAt(one, 'address_space').join(', ')}`,
    ),
  );
}

/** Who may connect: users of a directory or of a RADIUS server, or holders of a certificate of a root. */
function whoOf(given: JsonObject): string[] {
  const directory = textAt(given, 'aad_tenant') ?? textAt(given, 'azure_active_directory_authentication.tenant');
  const servers = [...blocks(given['radius_server']), ...blocks(at(given, 'radius.server'))].map((one) =>
    text(one, 'address'),
  );
  const certificates = [...blocks(given['root_certificate']), ...blocks(given['client_root_certificate'])];
  return [
    ...present(directory && `users of ${directory}`),
    ...[...listAt(given, 'radius_server_address'), ...servers].map((one) => `users of ${one}`),
    ...certificates.map((one) => `holders of certificates by ${text(one, 'name')}`),
  ];
}
