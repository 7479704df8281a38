import { AZURE_PATHS } from '../../../../lib/review/exposure/azure-paths';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { resourceOf, told } from './reading';

/** Two frontends and two ports of a gateway, which its listeners name. */
const FRONTENDS: JsonObject = {
  frontend_ip_configuration: [
    { name: 'f', public_ip_address_id: '/ip' },
    { name: 'g', subnet_id: '/s' },
  ],
  frontend_port: [
    { name: 'p', port: 443 },
    { name: 'q', port: 80 },
  ],
};

test.each<[type: string, given: JsonObject, told: string[], by: string[]]>([
  [
    'azurerm_kubernetes_cluster',
    {
      http_application_routing_enabled: true,
      service_mesh_profile: { external_ingress_gateway_enabled: true, internal_ingress_gateway_enabled: true },
      ingress_application_gateway: { subnet_id: '/s' },
      web_app_routing: {},
    },
    [
      'nodes of Kubernetes cluster it, outgoing: internet, to everywhere by a load balancer (usual)',
      'HTTP application routing of Kubernetes cluster it: internet, the internet',
      'application routing of Kubernetes cluster it: internet, the internet',
      'external gateway of the mesh of Kubernetes cluster it: internet, the internet',
      'internal gateway of the mesh of Kubernetes cluster it: network, the virtual network',
      'application gateway of Kubernetes cluster it: internet, the internet',
    ],
    [
      'outbound_type',
      'http_application_routing_enabled',
      'web_app_routing',
      'external_ingress_gateway_enabled',
      'internal_ingress_gateway_enabled',
      'ingress_application_gateway',
    ],
  ],
  [
    'azurerm_kubernetes_cluster',
    { network_profile: { outbound_type: 'none' }, web_app_routing: { default_nginx_controller: 'Internal' } },
    [
      'nodes of Kubernetes cluster it, outgoing: network, nowhere (usual)',
      'application routing of Kubernetes cluster it: network, the virtual network',
    ],
    ['outbound_type', 'web_app_routing'],
  ],
  [
    'azurerm_kubernetes_cluster',
    { network_profile: { outbound_type: 'userDefinedRouting' }, web_app_routing: { default_nginx_controller: 'None' } },
    ['nodes of Kubernetes cluster it, outgoing: network, only by the routes of their subnet (usual)'],
    ['outbound_type'],
  ],
  [
    'azurerm_kubernetes_cluster',
    { network_profile: { outbound_type: '${var.type}' } },
    ['nodes of Kubernetes cluster it, outgoing: undecided, depends on ${var.type} (usual)'],
    ['outbound_type'],
  ],
  [
    'azurerm_container_registry',
    {},
    ['container registry it, past its rules: network, from the services that Azure trusts (usual)'],
    ['network_rule_bypass_option'],
  ],
  [
    'azurerm_container_registry',
    { network_rule_bypass_option: 'None' },
    ['container registry it, past its rules: network, nobody (usual)'],
    ['network_rule_bypass_option'],
  ],
  [
    'azurerm_container_registry',
    { network_rule_bypass_option: '${var.option}' },
    ['container registry it, past its rules: undecided, depends on ${var.option} (usual)'],
    ['network_rule_bypass_option'],
  ],
  [
    'azurerm_network_security_rule',
    {
      name: 'r',
      direction: 'Outbound',
      access: '${var.access}',
      protocol: 'Tcp',
      source_address_prefixes: ['10.0.0.0/8', '*'],
      destination_port_range: '443',
    },
    ['rule r, outgoing: undecided, depends on ${var.access}, port 443, protocol Tcp, from 10.0.0.0/8, *'],
    [],
  ],
  [
    'azurerm_route',
    { name: 'r', address_prefix: '0.0.0.0/0', next_hop_type: 'VirtualAppliance', next_hop_in_ip_address: '10.0.0.4' },
    ['route r: denied, 0.0.0.0/0 by VirtualAppliance 10.0.0.4'],
    [],
  ],
  [
    'azurerm_route',
    { name: 'r', address_prefix: '10.0.0.0/8', next_hop_type: 'VnetLocal' },
    ['route r: network, 10.0.0.0/8 by VnetLocal'],
    [],
  ],
  [
    'azurerm_route',
    { name: 'r', address_prefix: '0.0.0.0/0', next_hop_type: 'Internet' },
    ['route r: internet, 0.0.0.0/0 by Internet'],
    [],
  ],
  [
    'azurerm_route',
    { name: 'r', address_prefix: '0.0.0.0/0', next_hop_type: '${var.hop}' },
    ['route r: undecided, 0.0.0.0/0 by ${var.hop}'],
    [],
  ],
  [
    'azurerm_subnet',
    { name: 's', default_outbound_access_enabled: '${var.on}' },
    ['subnet s, outgoing: undecided, depends on ${var.on} (usual)'],
    ['default_outbound_access_enabled'],
  ],
  [
    'azurerm_subnet_nat_gateway_association',
    { subnet_id: '/s', nat_gateway_id: '/n' },
    ['/s, outgoing: internet, to everywhere, through its NAT gateway'],
    [],
  ],
  [
    'azurerm_virtual_network_peering',
    { virtual_network_name: 'a', remote_virtual_network_id: '/b', allow_virtual_network_access: false },
    [],
    [],
  ],
  [
    'azurerm_virtual_network_peering',
    {
      virtual_network_name: 'a',
      remote_virtual_network_id: '/b',
      allow_forwarded_traffic: true,
      allow_gateway_transit: true,
      use_remote_gateways: true,
    },
    [
      'network a: network, from /b, what that network forwards, that network to the gateway, the gateway of that network',
    ],
    [],
  ],
  [
    'azurerm_virtual_hub_connection',
    { virtual_hub_id: '/h', remote_virtual_network_id: '/n' },
    ['hub /h: network, from /n'],
    [],
  ],
  [
    'azurerm_virtual_network',
    { name: 'n', dns_servers: ['10.0.0.4'] },
    ['names for virtual network n: network, looked up at 10.0.0.4 (usual)'],
    ['dns_servers'],
  ],
  [
    'azurerm_virtual_network',
    { name: 'n' },
    ["names for virtual network n: network, looked up at Azure's own servers (usual)"],
    ['dns_servers'],
  ],
  [
    'azurerm_dns_a_record',
    { name: '@', zone_name: 'a.b', records: ['1.2.3.4'] },
    ['name a.b: network, leads to 1.2.3.4 (usual)'],
    [],
  ],
  [
    'azurerm_local_network_gateway',
    { address_space: ['10.1.0.0/16'], gateway_address: '1.2.3.4', gateway_fqdn: 'a.b' },
    ['local network gateway it: network, from 10.1.0.0/16, by way of 1.2.3.4, a.b (usual)'],
    [],
  ],
  [
    'azurerm_vpn_site',
    { address_cidrs: ['10.1.0.0/16'], link: [{ ip_address: '1.2.3.4' }, { fqdn: 'a.b' }] },
    ['vpn site it: network, from 10.1.0.0/16, by way of 1.2.3.4, a.b (usual)'],
    [],
  ],
  [
    'azurerm_virtual_network_gateway_connection',
    { type: 'IPsec', virtual_network_gateway_id: '/g', local_network_gateway_id: '/l' },
    ['/g: network, from /l (IPsec)'],
    [],
  ],
  ['azurerm_vpn_gateway', {}, [], []],
  ['azurerm_express_route_port', {}, [], []],
  [
    'azurerm_point_to_site_vpn_gateway',
    {
      virtual_hub_id: '/h',
      vpn_server_configuration_id: '/v',
      connection_configuration: [{ name: 'c', vpn_client_address_pool: [{ address_prefixes: ['10.9.0.0/16'] }] }],
    },
    ['hub /h: network, from clients by /v, as 10.9.0.0/16'],
    [],
  ],
  [
    'azurerm_express_route_circuit_peering',
    {
      express_route_circuit_name: 'c',
      peering_type: 'MicrosoftPeering',
      peer_asn: 65001,
      microsoft_peering_config: { advertised_public_prefixes: ['1.2.3.0/24', '1.2.4.0/24'] },
    },
    ['circuit c: network, from the network 65001 behind it (MicrosoftPeering), 1.2.3.0/24, 1.2.4.0/24'],
    [],
  ],
  ['azurerm_private_link_service', {}, [], []],
  [
    'azurerm_private_link_service',
    { auto_approval_subscription_ids: ['a', '*'] },
    ['private link service it: internet, the internet, by private endpoints of theirs'],
    ['auto_approval_subscription_ids'],
  ],
  [
    'azurerm_network_interface_application_security_group_association',
    { network_interface_id: '/n', application_security_group_id: '/g' },
    ['/n: network, from whom rules let in to /g'],
    [],
  ],
  ['azurerm_postgresql_virtual_network_rule', { server_name: 's', subnet_id: '/n' }, ['s: network, from /n'], []],
  ['azurerm_mssql_virtual_network_rule', { server_id: '/s', subnet_id: '/n' }, ['/s: network, from /n'], []],
  [
    'azurerm_virtual_hub_route_table_route',
    { destinations: ['10.0.0.0/8', '11.0.0.0/8'], next_hop: '/h' },
    ['route 10.0.0.0/8, 11.0.0.0/8: network, 10.0.0.0/8, 11.0.0.0/8 by /h'],
    [],
  ],
  [
    'azurerm_virtual_hub_route_table_route',
    { name: 'r', destinations: ['10.0.0.0/8'], next_hop: '/h' },
    ['route r: network, 10.0.0.0/8 by /h'],
    [],
  ],
  [
    'azurerm_virtual_hub_bgp_connection',
    { virtual_hub_id: '/h', peer_ip: '10.0.0.4', peer_asn: 65001 },
    ['routes of /h: network, from 10.0.0.4 (AS 65001)'],
    [],
  ],
  [
    'azurerm_vpn_server_configuration',
    { radius: { server: [{ address: '10.0.0.5' }] }, client_root_certificate: [{ name: 'root' }] },
    [
      'clients by vpn server configuration it: network, from users of 10.0.0.5, holders of certificates by root (usual)',
    ],
    [],
  ],
  [
    'azurerm_virtual_network_gateway',
    {
      vpn_client_configuration: {
        address_space: ['10.9.0.0/16'],
        aad_tenant: 'tenant',
        radius_server_address: '10.0.0.5',
        radius_server: [{ address: '10.0.0.6' }],
      },
    },
    ['virtual network gateway it: network, from users of tenant, users of 10.0.0.5, users of 10.0.0.6, as 10.9.0.0/16'],
    ['vpn_client_configuration'],
  ],
  [
    'azurerm_lb_outbound_rule',
    { backend_address_pool_id: '/p', protocol: 'All' },
    ['/p, outgoing: internet, to everywhere, protocol All'],
    [],
  ],
  ['azurerm_lb_backend_address_pool', {}, [], []],
  [
    'azurerm_lb_backend_address_pool_address',
    { backend_address_pool_id: '/p', ip_address: '10.0.0.4' },
    ['/p: network, leads to 10.0.0.4'],
    [],
  ],
  [
    'azurerm_lb_rule',
    { name: 'r', protocol: 'Tcp', frontend_port: 80, backend_port: 8080, backend_address_pool_ids: ['/p', '/q'] },
    ['rule r: network, wherever frontend  of  is reachable, port 80, protocol Tcp, on to port 8080 of /p, /q'],
    [],
  ],
  [
    'azurerm_application_gateway',
    {
      ...FRONTENDS,
      http_listener: [
        {
          name: 'l',
          frontend_ip_configuration_name: 'g',
          frontend_port_name: 'q',
          protocol: 'Http',
          host_names: ['a.b', 'c.d'],
        },
      ],
    },
    ['listener l: network, the virtual network, port 80, Http, as a.b, c.d'],
    ['http_listener', 'frontend_ip_configuration', 'frontend_port'],
  ],
  [
    'azurerm_application_gateway',
    {
      ...FRONTENDS,
      http_listener: [
        {
          name: 'l',
          frontend_ip_configuration_name: 'none',
          frontend_port_name: 'q',
          protocol: 'Http',
          firewall_policy_id: '/w',
        },
      ],
      waf_configuration: { enabled: true },
    },
    [
      'listener l: undecided, depends on its frontend, port 80, Http',
      'application gateway it: denied, filtered by its own rules',
      'listener l: denied, filtered by /w',
    ],
    ['http_listener', 'frontend_ip_configuration', 'frontend_port'],
  ],
  [
    'azurerm_application_gateway',
    {
      waf_configuration: {
        enabled: false,
        disabled_rule_group: [{ rule_group_name: 'g' }, { rule_group_name: 'h', rules: [1, 2] }],
        exclusion: [{ match_variable: 'v', selector_match_operator: 'Equals', selector: 's' }],
      },
    },
    [
      'application gateway it: internet, not inspected: v Equals s',
      'application gateway it: internet, not inspected: every rule of g',
      'application gateway it: internet, not inspected: rule 1 of h',
      'application gateway it: internet, not inspected: rule 2 of h',
    ],
    ['waf_configuration'],
  ],
  [
    'azurerm_web_application_firewall_policy',
    {
      custom_rules: [
        { name: 'a', action: 'Allow', match_conditions: [{ match_values: ['1.2.3.4', '1.2.3.5'] }] },
        { name: 'b', action: 'Block', match_conditions: [{ match_values: ['5.6.7.8'] }] },
        { name: 'c', action: 'Allow', enabled: false },
      ],
      managed_rules: {
        exclusion: [{ match_variable: 'v', selector_match_operator: 'Equals', selector: 's' }],
        managed_rule_set: [
          {
            rule_group_override: [
              {
                rule_group_name: 'g',
                rule: [{ id: 1 }, { id: 2, enabled: true, action: 'Log' }, { id: 3, enabled: true, action: 'Block' }],
              },
            ],
          },
        ],
      },
    },
    [
      'rule a: internet, let past all other rules: 1.2.3.4, 1.2.3.5',
      'rule b: denied, denied 5.6.7.8 (Block)',
      'web application firewall policy it: internet, not inspected: v Equals s',
      'web application firewall policy it: internet, not inspected: rule 1 of g',
      'web application firewall policy it: internet, not inspected: rule 2 of g, which only writes it down',
    ],
    ['custom_rules', 'managed_rules', 'managed_rule'],
  ],
  [
    'azurerm_cdn_frontdoor_firewall_policy',
    {
      managed_rule: [
        {
          override: [
            {
              rule_group_name: 'g',
              rule: [{ rule_id: 1, exclusion: [{ match_variable: 'v', operator: 'Equals', selector: 's' }] }],
            },
          ],
        },
      ],
    },
    [
      'cdn frontdoor firewall policy it: internet, not inspected: v Equals s',
      'cdn frontdoor firewall policy it: internet, not inspected: rule 1 of g',
    ],
    ['managed_rules', 'managed_rule'],
  ],
  [
    'azurerm_cdn_frontdoor_endpoint',
    { name: 'e', enabled: '${var.on}' },
    ['cdn frontdoor endpoint e: undecided, depends on ${var.on}'],
    [],
  ],
  [
    'azurerm_cdn_frontdoor_security_policy',
    {
      security_policies: {
        firewall: {
          cdn_frontdoor_firewall_policy_id: '/p',
          association: { domain: [{ cdn_frontdoor_domain_id: '/d' }], patterns_to_match: ['/*'] },
        },
      },
    },
    ['/d: denied, filtered by /p'],
    [],
  ],
  [
    'azurerm_cdn_frontdoor_origin',
    { name: 'o', host_name: 'a.b', private_link: { private_link_target_id: '/t', location: 'westeurope' } },
    ['o of : network, leads to a.b, by a private link'],
    [],
  ],
  ['azurerm_cdn_frontdoor_origin', { name: 'o', host_name: 'a.b' }, ['o of : network, leads to a.b'], []],
  [
    'azurerm_cdn_endpoint',
    { name: 'e', origin: [{ name: 'o', host_name: 'a.b' }] },
    ['cdn endpoint e: internet, the internet', 'origin o: network, leads to a.b (usual)'],
    ['name', 'origin'],
  ],
  ['azurerm_traffic_manager_profile', {}, [], []],
  [
    'azurerm_firewall_nat_rule_collection',
    {
      name: 'c',
      priority: 100,
      action: 'Dnat',
      rule: [
        {
          name: 'r',
          protocols: ['TCP'],
          source_addresses: ['*'],
          destination_addresses: ['1.2.3.4'],
          destination_ports: ['443'],
          translated_address: '10.0.0.4',
          translated_port: 8443,
        },
      ],
    },
    ['rule c/r: internet, the internet, port 443, protocol TCP, priority 100, on to 10.0.0.4:8443'],
    [],
  ],
  [
    'azurerm_firewall_policy_rule_collection_group',
    {
      priority: 1,
      nat_rule_collection: [
        {
          name: 'c',
          priority: 2,
          action: 'Dnat',
          rule: [
            {
              name: 'r',
              protocols: ['TCP'],
              source_addresses: ['10.0.0.0/8'],
              destination_address: '1.2.3.4',
              destination_ports: ['443'],
              translated_fqdn: 'a.b',
              translated_port: 443,
            },
          ],
        },
      ],
      application_rule_collection: [
        {
          name: 'd',
          priority: 3,
          action: 'Allow',
          rule: [
            {
              name: 's',
              source_addresses: ['10.0.0.0/8'],
              destination_fqdns: ['a.b'],
              web_categories: ['News'],
              protocols: [{ type: 'Https', port: 443 }],
            },
          ],
        },
      ],
    },
    [
      'rule d/s, outgoing: ranges, to a.b, News, port 443 (Https), priority 1/3, from 10.0.0.0/8',
      'rule c/r: ranges, only 10.0.0.0/8, port 443, protocol TCP, priority 1/2, on to a.b:443',
    ],
    ['application_rule_collection', 'priority', 'nat_rule_collection'],
  ],
  [
    'azurerm_firewall_application_rule_collection',
    {
      name: 'c',
      priority: 100,
      action: 'Allow',
      rule: [{ name: 'r', source_addresses: ['10.0.0.0/8'], target_fqdns: ['a.b'] }],
    },
    ['rule c/r, outgoing: ranges, to a.b, port any, priority 100, from 10.0.0.0/8'],
    [],
  ],
  [
    'azurerm_firewall_network_rule_collection',
    {
      name: 'c',
      priority: 100,
      action: '${var.action}',
      rule: [
        {
          name: 'r',
          protocols: ['TCP'],
          source_addresses: ['10.0.0.0/8'],
          destination_addresses: ['*'],
          destination_ports: ['443'],
        },
      ],
    },
    ['rule c/r: undecided, depends on ${var.action}, port 443, protocol TCP, priority 100'],
    [],
  ],
  [
    'azurerm_firewall_policy',
    {
      name: 'p',
      base_policy_id: '/base',
      intrusion_detection: { mode: 'Deny', traffic_bypass: [{ name: 'b', protocol: 'TCP' }] },
    },
    ['firewall policy p: denied, filtered by /base', 'firewall policy p: network, not inspected: b'],
    ['base_policy_id', 'traffic_bypass'],
  ],
])('%s %j is told, with the arguments that decide it', (type, given, texts, by) => {
  const found = AZURE_PATHS[type]?.(given, resourceOf(type, given)) ?? [];

  expect(told(found)).toEqual(texts);
  expect([...new Set(found.flatMap((one) => one.by ?? []))]).toEqual(by);
});
