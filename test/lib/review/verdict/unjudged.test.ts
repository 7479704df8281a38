import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, program, type Resources } from '../fixtures';

const SENTENCE = 'These attributes look related to access or network exposure';

/** What a review lists as not judged, of one resource that changes. */
function unjudged(type: string, given: JsonObject, path: string, before: Json | undefined, after: Json | undefined) {
  const [base, head] = [before, after].map((value) =>
    program({ [type]: { it: change(given, { [path]: value }) } } as Resources),
  );
  return review(base, head!).unknown.filter((sentence) => sentence.startsWith(SENTENCE));
}

const WEB = { name: 'web', site_config: { ftps_state: 'Disabled' } };
const POD = {
  metadata: { name: 'web' },
  spec: { template: { spec: { security_context: {}, container: { name: 'c' } } } },
};

test.each<[type: string, given: JsonObject, path: string, before: Json | undefined, after: Json | undefined]>([
  ['azurerm_linux_web_app', WEB, 'site_config.cors', { allowed_origins: ['a'] }, { allowed_origins: ['*'] }],
  ['azurerm_linux_web_app', WEB, 'site_config.ip_restriction', [{ ip_address: '10.0.0.0/8' }], undefined],
  ['azurerm_kubernetes_cluster', { name: 'a' }, 'private_cluster_public_fqdn_enabled', false, true],
  [
    'azuread_application',
    { display_name: 'a' },
    'web',
    { redirect_uris: ['https://a'] },
    { redirect_uris: ['http://b'] },
  ],
  ['kubernetes_deployment_v1', POD, 'spec.template.spec.security_context.fs_group', 1000, 0],
  ['aws_db_instance', { identifier: 'd' }, 'publicly_accessible', false, true],
  ['google_storage_bucket', { name: 'b' }, 'public_access_prevention', 'enforced', 'inherited'],
])('what opens something and is not judged is listed: %s.%s.%s', (type, given, path, before, after) => {
  const name = path.split('.').at(-1);
  expect(unjudged(type, given, path, before, after)).toEqual([expect.stringContaining(`${name}`)]);
});

test.each<[type: string, given: JsonObject, path: string, before: Json, after: Json]>([
  ['azurerm_linux_web_app', WEB, 'https_only', true, false],
  ['azurerm_redis_cache', { name: 'r' }, 'access_keys_authentication_enabled', false, true],
  ['azurerm_container_registry', { name: 'r' }, 'export_policy_enabled', false, true],
  ['azurerm_kubernetes_cluster', { name: 'a' }, 'run_command_enabled', false, true],
  ['azurerm_storage_account', { name: 'a' }, 'public_network_access_enabled', false, true],
  ['azurerm_postgresql_flexible_server', { name: 'p' }, 'public_network_access_enabled', false, true],
  ['azurerm_storage_account', { name: 'a' }, 'access_tier', 'Hot', 'Cool'],
  ['azurerm_virtual_network', { name: 'a' }, 'tags', { a: 'b' }, { a: 'c' }],
  ['kubernetes_deployment_v1', POD, 'spec.replicas', 1, 2],
  ['kubernetes_deployment_v1', POD, 'spec.template.spec.restart_policy', 'Always', 'Never'],
  ['kubernetes_deployment_v1', POD, 'spec.template.spec.container.image_pull_policy', 'Always', 'Never'],
])('what is judged, or opens nothing, is not: %s.%s.%s', (type, given, path, before, after) => {
  expect(unjudged(type, given, path, before, after)).toEqual([]);
});

describe('what may open something and is not judged asks for attention', () => {
  test.each<[string, JsonObject | undefined, JsonObject]>([
    ['azurerm_api_management_policy', undefined, { xml_content: '<policies/>' }],
    ['azurerm_cosmosdb_mongo_role_definition', { role_name: 'r' }, { role_name: 'r', inherited_role_names: ['s'] }],
    ['azuread_claims_mapping_policy', undefined, { display_name: 'p' }],
    ['azurerm_mssql_server', { name: 'r' }, { name: 'r', administrators: { object_id: 'eve' } }],
    ['helm_release', { name: 'r', values: ['a'] }, { name: 'r', values: ['b'] }],
    ['aws_security_group_rule', undefined, { cidr_blocks: ['0.0.0.0/0'] }],
  ])('%s', (type, before, after) => {
    const { level, headline, text } = review(
      program(before === undefined ? {} : { [type]: { r: before } }),
      program({ [type]: { r: after } }),
    ).verdict;
    expect(level).toBe('attention');
    expect(headline).toContain('may grant or open something, which is not judged');
    expect(text).toContain('not judged');
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['azurerm_lb_rule', { name: 'r', tags: { a: 'b' } }, { name: 'r', tags: { a: 'c' } }],
    ['azurerm_private_endpoint', { name: 'r' }, { name: 'r', subnet_id: 's' }],
    ['azurerm_virtual_network', { name: 'r' }, { name: 'r', flow_timeout_in_minutes: 5 }],
  ])('and %s does not, since nothing can open', (type, before, after) => {
    const { text } = review(program({ [type]: { r: before } }), program({ [type]: { r: after } })).verdict;
    expect(text).not.toContain('not judged');
  });

  test('what is judged already is not counted again', () => {
    const vault = (rbac_authorization_enabled: boolean) =>
      program({ azurerm_key_vault: { v: { name: 'v', rbac_authorization_enabled } } });
    expect(review(vault(false), vault(true)).verdict.text).not.toContain('not judged');
  });
});
