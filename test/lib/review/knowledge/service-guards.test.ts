import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, program, type Resources } from '../fixtures';

const AKS = 'azurerm_kubernetes_cluster';
const ACR = 'azurerm_container_registry';
const JOB = 'kubernetes_cron_job_v1';
const WEB = 'kubernetes_deployment_v1';
const INGRESS = 'kubernetes_ingress_v1';
const annotated = (name: string, value: string): JsonObject => ({
  annotations: { [`nginx.ingress.kubernetes.io/${name}`]: value },
});

const reviewed = (type: string, path: string, before: Json | undefined, after: Json | undefined) => {
  const side = (value: Json | undefined) =>
    program({ [type]: { it: change({ name: 'x' }, { [path]: value }) } } as Resources);
  return review(side(before), side(after));
};

const CASES: readonly (readonly [
  type: string,
  path: string,
  on: Json | undefined,
  off: Json | undefined,
  said: string,
])[] = [
  [AKS, 'workload_identity_enabled', true, false, 'tokens'],
  [AKS, 'storage_profile', { disk_driver_enabled: true }, { disk_driver_enabled: false }, 'volumes'],
  [AKS, 'storage_profile', undefined, { disk_driver_enabled: false }, 'volumes'],
  [AKS, 'workload_autoscaler_profile', { keda_enabled: true }, { keda_enabled: false }, 'keep their size'],
  [AKS, 'key_vault_secrets_provider', { secret_rotation_enabled: true }, { secret_rotation_enabled: false }, 'renewed'],
  [AKS, 'node_os_upgrade_channel', 'NodeImage', 'None', 'security updates'],
  [AKS, 'node_os_upgrade_channel', undefined, 'None', 'security updates'],
  [AKS, 'sku_tier', 'Standard', 'Free', 'guarantees'],
  [AKS, 'microsoft_defender', { log_analytics_workspace_id: '/w' }, undefined, 'attacks'],
  [AKS, 'oms_agent', { log_analytics_workspace_id: '/w' }, undefined, 'collected'],
  [AKS, 'web_app_routing', { dns_zone_ids: ['/z'] }, undefined, 'no longer be reached'],
  [AKS, 'maintenance_window_auto_upgrade', { frequency: 'Weekly' }, undefined, 'at any time'],
  [INGRESS, 'metadata', annotated('auth-url', 'https://a'), {}, 'no longer authenticated'],
  [
    INGRESS,
    'metadata',
    annotated('auth-tls-secret', 'a/b'),
    annotated('rewrite-target', '/'),
    'no longer authenticated',
  ],
  [INGRESS, 'metadata', {}, annotated('ssl-redirect', 'false'), 'without encryption'],
  [INGRESS, 'metadata', annotated('enable-modsecurity', 'true'), {}, 'attacks'],
  [ACR, 'trust_policy_enabled', true, false, 'unsigned'],
  [ACR, 'retention_policy_in_days', undefined, 7, 'without a tag'],
  [ACR, 'retention_policy_in_days', 30, 7, 'without a tag'],
  ['azurerm_log_analytics_workspace', 'daily_quota_gb', undefined, 1, 'are lost'],
  ['azurerm_log_analytics_workspace', 'daily_quota_gb', -1, 1, 'are lost'],
  [JOB, 'spec', { suspend: false }, { suspend: true }, 'no longer starts'],
  [WEB, 'spec', { paused: false }, { paused: true }, 'rolled out'],
  [WEB, 'spec', { strategy: { type: 'RollingUpdate' } }, { strategy: { type: 'Recreate' } }, 'stops all of its pods'],
  [WEB, 'spec', {}, { strategy: { type: 'Recreate' } }, 'stops all of its pods'],
];

test.each(CASES)('what a %s no longer does is said: %s %j -> %j', (type, path, on, off, said) => {
  const { verdict, settings } = reviewed(type, path, on, off);
  expect(verdict.level).toBe('attention');
  expect(settings).toContainEqual(
    expect.objectContaining({ concern: 'guard', note: expect.stringContaining(said) as string }),
  );
  // the other way round it is turned on, which may open something, and guards.
  expect(reviewed(type, path, off, on).settings.filter(({ concern }) => concern === 'guard')).toEqual([]);
});

test.each<[type: string, path: string, before: Json | undefined, after: Json | undefined]>([
  ['azurerm_key_vault', 'purge_protection_enabled', true, false],
  ['azurerm_key_vault', 'purge_protection_enabled', true, undefined],
  ['azurerm_key_vault', 'soft_delete_retention_days', undefined, 30],
  ['azurerm_key_vault', 'soft_delete_retention_days', 90, 7],
  [ACR, 'encryption', undefined, { key_vault_key_id: '/k' }],
])('%s refuses another %s: %j -> %j', (type, path, before, after) => {
  expect(reviewed(type, path, before, after).traps.map(({ attribute }) => attribute)).toEqual([path]);
});

test.each<[type: string, path: string, before: Json | undefined, after: Json | undefined]>([
  ['azurerm_key_vault', 'purge_protection_enabled', false, true],
  ['azurerm_key_vault', 'soft_delete_retention_days', undefined, 90],
  ['azurerm_key_vault', 'soft_delete_retention_days', 7, '${var.days}'],
  [ACR, 'encryption', { key_vault_key_id: '/k' }, { key_vault_key_id: '/l' }],
])('%s takes another %s: %j -> %j', (type, path, before, after) => {
  expect(reviewed(type, path, before, after).traps).toEqual([]);
});

test('a Deployment in a manifest restarts its pods', () => {
  const manifest = (image: string): JsonObject => ({
    manifest: {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'a' } },
      spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
    },
  });
  const of = (image: string) => program({ kubernetes_manifest: { it: manifest(image) } });
  expect(review(of('x:1'), of('x:2')).verdict.text).toContain('1 restarts its pods');
});

test.each([
  ['get', 'pods', 'low'],
  ['get', 'secrets', 'medium'],
  ['escalate', 'clusterroles', 'high'],
  ['impersonate', 'users', 'high'],
])('a role that may %s %s is of %s severity', (verb, resource, severity) => {
  const role = (rule: readonly JsonObject[]) =>
    program({ kubernetes_cluster_role_v1: { it: { metadata: { name: 'r' }, rule: [...rule] } } });
  const rule = { api_groups: [''], resources: [resource], verbs: [verb] };
  expect(review(role([]), role([rule])).access.map((row) => row.severity)).toEqual([severity]);
});

test.each<[before: readonly string[] | undefined, after: readonly string[], evicted: boolean]>([
  [undefined, ['gpu=true:NoExecute'], true],
  [['a=b:NoExecute'], ['a=b:NoExecute', 'c=d:NoExecute'], true],
  [undefined, ['gpu=true:NoSchedule'], false],
  [['a=b:NoExecute', 'c=d:NoExecute'], ['a=b:NoExecute'], false],
])('pods are evicted by taints: %j -> %j: %p', (before, after, evicted) => {
  const type = 'azurerm_kubernetes_cluster_node_pool';
  const { changes } = reviewed(type, 'node_taints', before && [...before], [...after]);
  expect(changes.flatMap(({ notes }) => notes).some((note) => note.includes('evicted'))).toBe(evicted);
});

test.each<[before: string | undefined, after: string | undefined, shift: string | undefined]>([
  ['None', 'AzureServices', 'widened'],
  ['None', undefined, 'widened'],
  [undefined, 'None', 'narrowed'],
  [undefined, 'AzureServices', undefined],
])('the services that Azure trusts at a registry: %j -> %j', (before, after, shift) => {
  const { exposure, verdict } = reviewed(ACR, 'network_rule_bypass_option', before, after);
  expect(exposure.map((row) => row.shift)).toEqual(shift === undefined ? [] : [shift]);
  expect(verdict.text).not.toContain('not judged');
});
