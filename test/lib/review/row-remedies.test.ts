import { review } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import { change, program, type Resources } from './fixtures';

const PATH = { '//': { metadata: { path: 'app/it/Resource' } } };
const REGISTRY: Resources = {
  azurerm_container_registry: { acr: { name: 'acr' } },
  azurerm_resource_group: { shop: { name: 'shop' } },
};
const ACR = '${azurerm_container_registry.acr.id}';
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';

/** What a review says of who is let in by one resource, with what to do about it. */
function ways(type: string, before: JsonObject | undefined, after: JsonObject | undefined): string[][] {
  const side = (it: JsonObject | undefined) => program({ ...REGISTRY, ...(it ? { [type]: { it } } : {}) });
  const { access, exposure } = review(side(before), side(after));
  return [...access, ...exposure].map(({ remedies }) =>
    remedies.map(({ text, code }) => (code === undefined ? text : `${text}: ${code}`)),
  );
}

const assigned = (role: string, scope = ACR) => ({ role_definition_name: role, scope, principal_id: 'p' });
const ROLE = 'azurerm_role_assignment';
const ADMINS = (...groups: string[]) => ({
  azure_active_directory_role_based_access_control: [{ admin_group_object_ids: groups }],
});
const SERVICE = { metadata: { name: 'web' }, spec: { type: 'ClusterIP', port: [{ port: 80 }] } };
const RULE = {
  ...{ name: 'r', direction: 'Inbound', access: 'Allow', priority: 200, protocol: 'Tcp' },
  ...{ source_address_prefix: '10.0.0.0/8', destination_address_prefix: '*', destination_port_range: '443' },
};
const BINDING = { role_ref: { kind: 'ClusterRole', name: 'edit' }, subject: [{ kind: 'User', name: 'ann' }] };
const RESTRICTED = {
  name: 'n',
  labels: { team: 'a', 'pod-security.kubernetes.io/enforce': 'restricted' },
};

test.each<[what: string, type: string, before: JsonObject | undefined, after: JsonObject | undefined, ways: string[]]>([
  [
    'a stronger role',
    ROLE,
    assigned('AcrPull'),
    assigned('Owner'),
    ['to undo it, set role_definition_name back to: AcrPull'],
  ],
  [
    'a strong role that is new',
    ROLE,
    undefined,
    { ...assigned('Owner'), ...PATH },
    ['assign a narrower role, such as: AcrPull or AcrPush', 'or leave out the construct: app/it/Resource'],
  ],
  [
    'a role that is no stronger than needed',
    ROLE,
    undefined,
    assigned('AcrPull'),
    ['to undo it, leave out: azurerm_role_assignment.it'],
  ],
  [
    'a wider scope',
    ROLE,
    { ...assigned('Reader', ACR), ...PATH },
    { ...assigned('Reader', SUBSCRIPTION), ...PATH },
    ['to undo it, restore the value of: scope', 'or assign it only on the resource that it is needed for, in: scope'],
  ],
  [
    'a role that is more than needed',
    ROLE,
    undefined,
    assigned('AcrPush'),
    ['assign a narrower role, such as: AcrPull', 'or leave out: azurerm_role_assignment.it'],
  ],
  [
    'a role on one resource of a group',
    ROLE,
    undefined,
    assigned('Contributor', '/subscriptions/a/resourceGroups/shop/providers/Microsoft.Web/sites/web'),
    ['to undo it, leave out: azurerm_role_assignment.it'],
  ],
  [
    'a role on a group of the program',
    ROLE,
    undefined,
    assigned('Contributor', '${azurerm_resource_group.shop.id}'),
    ['assign it only on the resource that it is needed for, in: scope', 'or leave out: azurerm_role_assignment.it'],
  ],
  [
    'a role that allows more',
    'azurerm_role_definition',
    { name: 'r', scope: ACR, permissions: [{ actions: ['a'] }] },
    { name: 'r', scope: ACR, permissions: [{ actions: ['a', 'b'] }] },
    [
      'to undo it, restore the value of: permissions.actions',
      'or name only the actions that it needs, in: permissions',
    ],
  ],
  [
    'a scope map for more',
    'azurerm_container_registry_scope_map',
    { name: 'm', actions: ['repositories/a/content/read'] },
    { name: 'm', actions: ['repositories/a/content/read', 'repositories/b/content/read'] },
    ['to undo it, restore the value of: actions', 'or name only the repositories that it needs, in: actions'],
  ],
  [
    'a further access policy',
    'azurerm_key_vault',
    { name: 'v', access_policy: [{ object_id: 'o', secret_permissions: ['Get'] }] },
    {
      name: 'v',
      access_policy: ['o', 'q'].map((object_id) => ({ object_id, secret_permissions: ['Get'] })),
    },
    ['to undo it, leave out: access_policy[1]'],
  ],
  [
    'local accounts',
    'azurerm_kubernetes_cluster',
    { name: 'c', local_account_disabled: true },
    { name: 'c', local_account_disabled: false },
    [
      'to undo it, set local_account_disabled back to: true',
      'or require Microsoft Entra ID by setting: local_account_disabled',
    ],
  ],
  [
    'a further group of administrators',
    'azurerm_kubernetes_cluster',
    { name: 'c', local_account_disabled: true, ...ADMINS('g') },
    { name: 'c', local_account_disabled: true, ...ADMINS('g', 'h') },
    [
      [
        'to undo it, restore the value of',
        'azure_active_directory_role_based_access_control.admin_group_object_ids',
      ].join(': '),
    ],
  ],
  [
    'an exemption from a policy',
    'azurerm_subscription_policy_exemption',
    undefined,
    { subscription_id: SUBSCRIPTION, policy_assignment_id: 'p' },
    ['to undo it, leave out: azurerm_subscription_policy_exemption.it'],
  ],
  [
    'a role on a group that is new',
    ROLE,
    undefined,
    assigned('Contributor', '/subscriptions/a/resourceGroups/shop'),
    ['assign it only on the resource that it is needed for, in: scope', 'or leave out: azurerm_role_assignment.it'],
  ],
  [
    'a lock that is gone',
    'azurerm_management_lock',
    { scope: ACR, lock_level: 'CanNotDelete', ...PATH },
    undefined,
    ['to undo it, restore the construct: app/it/Resource'],
  ],
  [
    'the admin of a registry',
    'azurerm_container_registry',
    { name: 'a', admin_enabled: false, tags: { a: 'b' } },
    { name: 'a', admin_enabled: true, tags: { a: 'c' } },
    ['to undo it, set admin_enabled back to: false'],
  ],
  [
    'a level of Pod Security',
    'kubernetes_namespace_v1',
    { metadata: RESTRICTED },
    { metadata: { name: 'n', labels: { team: 'a' } } },
    ['to undo it, set metadata.labels["pod-security.kubernetes.io/enforce"] back to: restricted'],
  ],
  [
    'a cluster role for everything',
    'kubernetes_cluster_role_v1',
    { metadata: { name: 'r' }, rule: [{ api_groups: [''], resources: ['pods'], verbs: ['get'] }] },
    { metadata: { name: 'r' }, rule: [{ api_groups: [''], resources: ['pods'], verbs: ['*'] }] },
    ['to undo it, restore the value of: rule.verbs', 'or name only the verbs and resources that it needs, in: rule'],
  ],
  [
    'a cluster role that one more is bound to',
    'kubernetes_cluster_role_binding_v1',
    { ...BINDING, metadata: { name: 'b' } },
    { ...BINDING, metadata: { name: 'b' }, subject: [...BINDING.subject, { kind: 'User', name: 'eve' }] },
    [
      'to undo it, leave out: subject[eve]',
      'or bind the role in the namespaces that it is for (a RoleBinding), with: metadata.namespace',
    ],
  ],
  [
    'a role that one more is bound to',
    'kubernetes_role_binding_v1',
    { ...BINDING, metadata: { name: 'b', namespace: 'n' } },
    {
      ...BINDING,
      metadata: { name: 'b', namespace: 'n' },
      subject: [...BINDING.subject, { kind: 'User', name: 'eve' }],
    },
    ['to undo it, leave out: subject[eve]', 'or bind a role with only the required rights, in: role_ref'],
  ],
  [
    'a public service',
    'kubernetes_service_v1',
    { ...SERVICE, ...PATH },
    { ...change(SERVICE, { 'spec.type': 'LoadBalancer' }), ...PATH },
    [
      'to undo it, set spec.type back to: ClusterIP',
      'or restrict the sources by setting: spec.loadBalancerSourceRanges',
    ],
  ],
  [
    'a public service that is new',
    'kubernetes_service_v1',
    undefined,
    change(SERVICE, { 'spec.type': 'LoadBalancer' }),
    ['restrict the sources by setting: spec.load_balancer_source_ranges', 'or leave out: spec.type'],
  ],
  [
    'the API server',
    'azurerm_kubernetes_cluster',
    {
      name: 'c',
      local_account_disabled: true,
      api_server_access_profile: [{ authorized_ip_ranges: ['192.0.2.0/24'] }],
    },
    { name: 'c', local_account_disabled: true },
    [
      'to undo it, restore the value of: api_server_access_profile',
      'or restrict the sources by setting: api_server_access_profile.authorized_ip_ranges',
    ],
  ],
  [
    'a rule for everywhere',
    'azurerm_network_security_rule',
    RULE,
    { ...RULE, source_address_prefix: '*' },
    [
      'to undo it, set source_address_prefix back to: 10.0.0.0/8',
      'or restrict the sources by setting: source_address_prefixes',
    ],
  ],
  [
    'a key vault',
    'azurerm_key_vault',
    { name: 'v', public_network_access_enabled: false },
    { name: 'v', public_network_access_enabled: true },
    [
      'to undo it, set public_network_access_enabled back to: false',
      'or deny by default (default_action), and list the allowed sources in: network_acls',
    ],
  ],
  [
    'a network policy that is gone',
    'kubernetes_network_policy_v1',
    { metadata: { name: 'p' }, spec: { pod_selector: {}, policy_types: ['Ingress'] } },
    undefined,
    ['to undo it, restore: kubernetes_network_policy_v1.it'],
  ],
  [
    'several values at once',
    'azurerm_virtual_network_peering',
    { virtual_network_name: 'a', remote_virtual_network_id: '/b' },
    {
      ...{ virtual_network_name: 'a', remote_virtual_network_id: '/b' },
      ...{ allow_forwarded_traffic: true, allow_gateway_transit: true },
    },
    ['to undo it, restore the values of: allow_forwarded_traffic, allow_gateway_transit'],
  ],
  [
    'another instance',
    ROLE,
    { ...assigned('AcrPull'), principal_id: '${each.value}', for_each: ['a'] },
    { ...assigned('AcrPull'), principal_id: '${each.value}', for_each: ['a', 'b'] },
    ['to undo it, leave out: azurerm_role_assignment.it["b"]'],
  ],
])('%s ends with what to do', (_, type, before, after, expected) => {
  expect(ways(type, before, after)).toEqual([expected]);
});

test('what is no longer let in needs nothing', () => {
  expect(ways(ROLE, assigned('Owner'), undefined)).toEqual([[]]);
  expect(ways(ROLE, assigned('Owner'), assigned('AcrPull'))).toEqual([[]]);
});

test('a check that is gone is put back, and what was seen needs nothing', () => {
  const webhook = (name: string) => ({
    name,
    client_config: [{ url: `https://${name}` }],
    rule: [{ operations: ['*'] }],
  });
  const given = (...names: string[]) => ({ metadata: { name: 'w' }, webhook: names.map(webhook) });
  const [type, checks] = ['kubernetes_validating_webhook_configuration_v1', given('a.b', 'c.d')];
  expect(ways(type, checks, given('a.b')).sort()).toEqual([[], ['to undo it, restore the value of: webhook[c.d]']]);
});

test('and never a secret', () => {
  const given = (value: Json) => ({
    metadata: { name: 'web', annotations: { 'x/api-password': value } },
    spec: { type: value === 'hunter2-old' ? 'ClusterIP' : 'LoadBalancer' },
  });
  const found = ways('kubernetes_service_v1', given('hunter2-old'), given('hunter2-new'));
  expect(found.flat().length).toBeGreaterThan(0);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});
