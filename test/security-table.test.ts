import { App } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProduction } from '../examples/production';
import type { Block, Json } from './util';

/** What checkov 3.3.30 looks at, in the words of its source: the type of the resource, and whether it passes. */
interface Check {
  readonly type: RegExp;
  readonly passes: (resource: Block) => boolean;
}

const isPublic = (source: unknown): boolean => ['*', 'Internet', '0.0.0.0/0'].includes(String(source));

const cluster = (passes: Check['passes']): Check => ({ type: /^azurerm_kubernetes_cluster$/, passes });
const pools = (passes: Check['passes']): Check => ({
  type: /^azurerm_kubernetes_cluster(_node_pool)?$/,
  passes: (one) => passes((one['default_node_pool'] as Block | undefined) ?? one),
});
const registry = (passes: Check['passes']): Check => ({ type: /^azurerm_container_registry$/, passes });
const containers = (passes: Check['passes']): Check => ({
  type: /^kubernetes_deployment_v1$/,
  passes: (one) =>
    (one as { spec: { template: { spec: { container: Block[] } } } }).spec.template.spec.container.every(passes),
});

const CHECKS: { readonly [id: string]: Check } = {
  CKV_AZURE_4: cluster((one) => one['oms_agent'] !== undefined),
  CKV_AZURE_6: cluster(
    (one) => one['private_cluster_enabled'] === true || one['api_server_access_profile'] !== undefined,
  ),
  CKV_AZURE_115: cluster((one) => one['private_cluster_enabled'] === true),
  CKV_AZURE_116: cluster((one) => one['azure_policy_enabled'] === true),
  CKV_AZURE_117: cluster((one) => one['disk_encryption_set_id'] !== undefined),
  CKV_AZURE_139: registry((one) => one['public_network_access_enabled'] === false),
  CKV_AZURE_160: {
    type: /^azurerm_network_security_rule$/,
    passes: (one) =>
      !(one['access'] === 'Allow' && one['destination_port_range'] === '80' && isPublic(one['source_address_prefix'])),
  },
  CKV_AZURE_164: registry((one) => one['trust_policy_enabled'] === true),
  CKV_AZURE_165: registry((one) => one['georeplications'] !== undefined),
  CKV_AZURE_166: registry((one) => one['quarantine_policy_enabled'] === true),
  CKV_AZURE_167: registry((one) => one['retention_policy_in_days'] !== undefined),
  CKV_AZURE_168: pools((one) => Number(one['max_pods'] ?? 30) >= 50),
  CKV_AZURE_171: cluster((one) => (one['automatic_upgrade_channel'] ?? 'none') !== 'none'),
  CKV_AZURE_172: cluster(
    (one) => (one['key_vault_secrets_provider'] as Block | undefined)?.['secret_rotation_enabled'] === true,
  ),
  CKV_AZURE_226: cluster((one) => (one['default_node_pool'] as Block)['os_disk_type'] === 'Ephemeral'),
  CKV_AZURE_227: pools((one) => one['host_encryption_enabled'] === true),
  CKV_AZURE_233: registry((one) => one['zone_redundancy_enabled'] === true),
  CKV_AZURE_237: registry((one) => one['data_endpoint_enabled'] === true),
  CKV_K8S_15: containers((one) => one['image_pull_policy'] === 'Always'),
  CKV_K8S_21: {
    type: /^kubernetes_(deployment|service)_v1$/,
    passes: (one) => !['default', undefined].includes((one['metadata'] as { namespace?: string }).namespace),
  },
  CKV_K8S_22: containers(
    (one) => (one['security_context'] as Block | undefined)?.['read_only_root_filesystem'] === true,
  ),
  CKV_K8S_25: containers(
    (one) => (one['security_context'] as { capabilities?: Block }).capabilities?.['add'] === undefined,
  ),
  CKV_K8S_43: containers((one) => String(one['image']).includes('@')),
};

const resources = synthesized();

/** The table of the page: what the result of each check is. */
const results = Object.fromEntries(
  [
    ...readFileSync(join(__dirname, '../docs/security.md'), 'utf8').matchAll(
      /^\| (CKV_\w+)\s+\|.*?\| (\w+)\s+\| (.+?)\s+\|$/gm,
    ),
  ].map(([, check = '', result, reason]) => [check, { result, reason }]),
);

test('the page has each check once, with a result and its reason', () => {
  expect(Object.keys(results).sort()).toEqual(Object.keys(CHECKS).sort());
  for (const { result, reason } of Object.values(results)) {
    expect(['passes', 'stays']).toContain(result);
    expect(reason!.length).toBeGreaterThan(10);
  }
});

test.each(Object.entries(CHECKS))('%s is what the page says', (id, { type, passes }) => {
  const found = resources.filter((one) => type.test(one.type));

  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ resource }) => passes(resource)) ? 'passes' : 'stays').toBe(results[id]?.result);
});

/** The resources of both stacks of the example. */
function synthesized(): { readonly type: string; readonly resource: Block }[] {
  const outdir = mkdtempSync(join(tmpdir(), 'production-'));
  const app = new App({ stackTraces: false, outdir });
  createProduction(app);
  app.synth();
  const stacks = ['production-platform', 'production-application'].map(
    (stack) => JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as Json,
  );
  rmSync(outdir, { recursive: true });
  return stacks.flatMap(({ resource = {} }) =>
    Object.entries(resource).flatMap(([type, all]) => Object.values(all).map((one) => ({ type, resource: one }))),
  );
}
