import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { change, program, VERSIONS } from '../fixtures';

const POOL = { name: 'system', vm_size: 'Standard_B2s', node_count: 2 };
const CLUSTER = {
  name: 'aks',
  dns_prefix: 'aks',
  default_node_pool: POOL,
  network_profile: { network_plugin: 'azure' },
};

/** What a change of one resource does: how many are replaced, may be, and fail. */
function effects(type: string, before: JsonObject, changes: Parameters<typeof change>[1]): number[] {
  const [base, head] = [before, change(before, changes)].map((it) => program({ [type]: { it } }));
  const { counts, traps } = review(base, head!);
  return [counts.replace, counts.mayReplace, traps.length];
}

const DRAIN = 'default_node_pool.upgrade_settings.drain_timeout_in_minutes';
const GMSA = 'windows_profile.gmsa';

test.each([
  ['a time to drain that becomes zero', { [DRAIN]: 30 }, { [DRAIN]: 0 }, [1, 0, 0]],
  ['a time to drain that only changes', { [DRAIN]: 30 }, { [DRAIN]: 10 }, [0, 0, 0]],
  [
    'a domain that is blanked',
    { [GMSA]: { dns_server: 'd', root_domain: 'r' } },
    { [`${GMSA}.dns_server`]: '' },
    [1, 0, 0],
  ],
  ['a data plane that was the default', {}, { 'network_profile.network_data_plane': 'cilium' }, [1, 0, 0]],
  [
    'nodes of another family',
    { 'default_node_pool.os_sku': 'Ubuntu' },
    { 'default_node_pool.os_sku': 'Windows2022' },
    [0, 0, 1],
  ],
  [
    'nodes of the same family',
    { 'default_node_pool.os_sku': 'Ubuntu' },
    { 'default_node_pool.os_sku': 'AzureLinux' },
    [0, 0, 0],
  ],
])('a cluster with %s', (_, given, changes, expected) => {
  expect(effects('azurerm_kubernetes_cluster', change(CLUSTER, given), changes)).toEqual(expected);
});

test.each([
  ['that is written out', {}, { os_sku: 'Ubuntu' }, [0, 0, 0]],
  ['that is no longer given', { os_sku: 'Ubuntu' }, { os_sku: undefined }, [0, 0, 0]],
  ['of Windows that is written out', {}, { os_sku: 'Windows2022' }, [0, 1, 0]],
  ['that leaves its family', { os_sku: 'Windows2019' }, { os_sku: 'Windows2022' }, [1, 0, 0]],
])('a pool with a system %s', (_, given, changes, expected) => {
  expect(effects('azurerm_kubernetes_cluster_node_pool', { name: 'a', ...given }, changes)).toEqual(expected);
});

test.each([
  ['is not immutable', {}, { 'data.a': '2' }, [0, 0, 0]],
  ['is immutable', { immutable: true }, { 'data.a': '2' }, [1, 0, 0]],
  ['is immutable and shall not be', { immutable: true }, { immutable: false }, [1, 0, 0]],
  ['becomes immutable', {}, { immutable: true, 'data.a': '2' }, [0, 0, 0]],
  ['may be immutable', { immutable: '${var.frozen}' }, { 'data.a': '2' }, [0, 1, 0]],
])('a map of settings that %s', (_, given, changes, expected) => {
  const before = { metadata: { name: 'a' }, data: { a: '1' }, ...given };
  expect(effects('kubernetes_config_map', before, changes)).toEqual(expected);
});

test('a deployment is replaced by another choice of nodes by their fields', () => {
  const path =
    'spec.template.spec.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term.match_fields';
  const before = change({ metadata: { name: 'a' } }, { [path]: [{ key: 'metadata.name', values: ['x'] }] });
  const changes = { [path]: [{ key: 'metadata.name', values: ['y'] }] };
  expect(effects('kubernetes_deployment', before, changes)).toEqual([1, 0, 0]);
});

test('a role that is given by its id instead of its name may be the same one', () => {
  const before = { scope: '/s', principal_id: 'p', role_definition_name: 'AcrPull' };
  const changes = { role_definition_name: undefined, role_definition_id: '/x/7f951dda-4ed3-4680-a7ca-43fe172d538d' };
  expect(effects('azurerm_role_assignment', before, changes)).toEqual([0, 1, 0]);
});

test('a provider of another owner is not taken for the one that the knowledge is about', () => {
  const terraform = { required_providers: { ...VERSIONS, azurerm: { source: 'someone/azurerm', version: '4.55.0' } } };
  const [base, head] = ['a', 'b'].map((name) => program({ azurerm_resource_group: { it: { name } } }, { terraform }));
  expect(review(base, head!).counts).toMatchObject({ replace: 0, update: 1 });
});

test.each([
  ['azurerm_subnet', { name: 'a', default_outbound_access_enabled: true }, { default_outbound_access_enabled: false }],
  ['azurerm_monitor_alert_prometheus_rule_group', { name: 'a', interval: 'PT1M' }, { interval: 'PT5M' }],
])('a change of %s is an update for certain: its code only checks', (type, before, changes) => {
  const [base, head] = [before, change(before, changes)].map((it) => program({ [type]: { it } }));
  const { counts, unknown } = review(base, head!);
  expect(counts).toMatchObject({ update: 1, mayReplace: 0 });
  expect(unknown.join()).not.toContain(type);
});
