import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { buildSync } from 'esbuild';
import type { JsonObject } from '../lib/review/json';

/** What a review may cost: seconds and megabytes for 5,000 resources. */
const BUDGET = { seconds: 2, megabytes: 400 };

/** How much more than ten times the resources may take, for the noise of a shared machine and the start of node. */
const LINEAR = 13;

const SIZES = [500, 5_000];

/** A stack of many resources of the kinds that a real one has; the second version changes some of each kind. */
function program(size: number, version: 1 | 2): JsonObject {
  const indexes = Array.from({ length: Math.ceil(size / 5) }, (_, i) => i);
  const each = (make: (i: number, changed: boolean) => JsonObject): JsonObject =>
    Object.fromEntries(
      indexes.map((i) => [
        `it_${i}`,
        { '//': { metadata: { path: `bench/it${i}` } }, ...make(i, version === 2 && i % 4 === 0) },
      ]),
    );
  return {
    terraform: { required_providers: { azurerm: { source: 'azurerm', version: '4.55.0' } } },
    provider: { kubernetes: [{ host: '${azurerm_kubernetes_cluster.aks.kube_config[0].host}' }] },
    resource: {
      azurerm_kubernetes_cluster: { aks: { name: 'aks', dns_prefix: `aks${version}` } },
      azurerm_public_ip: each((i, changed) => ({
        name: `ip${i}`,
        location: 'x',
        ...(changed ? { zones: ['1'] } : {}),
      })),
      azurerm_role_assignment: each((i, changed) => ({
        principal_id: `\${azurerm_user_assigned_identity.it_${i}.principal_id}`,
        role_definition_name: changed ? 'Contributor' : 'AcrPull',
        scope: `\${azurerm_public_ip.it_${i}.id}`,
      })),
      azurerm_user_assigned_identity: each((i) => ({ name: `id${i}`, resource_group_name: 'rg' })),
      kubernetes_service: each((i, changed) => ({
        metadata: { name: `web${i}` },
        spec: { type: changed ? 'LoadBalancer' : 'ClusterIP', port: [{ port: 80 }] },
      })),
      kubernetes_deployment: each((i, changed) => ({
        metadata: { name: `web${i}` },
        spec: {
          selector: { match_labels: { app: `web${i}` } },
          template: {
            spec: {
              container: [
                {
                  name: 'web',
                  image: `web:${changed ? 2 : 1}`,
                  env: [
                    { name: 'A', value: 'b' },
                    { name: 'PASSWORD', value: `secret-${i}` },
                  ],
                },
              ],
            },
          },
        },
      })),
    },
  };
}

/** The seconds and megabytes of one run of the bundled command, in all three formats. */
function measure(command: string, folder: string, size: number): { seconds: number; megabytes: number } {
  const [base, head] = ([1, 2] as const).map((version) => {
    const target = mkdtempSync(join(folder, `v${version}-`));
    writeFileSync(join(target, 'cdk.tf.json'), JSON.stringify(program(size, version), null, 2));
    return target;
  });
  const probe = join(folder, 'probe.js');
  writeFileSync(
    probe,
    "process.on('exit', () => process.stderr.write(`\\nkilobytes ${process.resourceUsage().maxRSS}\\n`));",
  );
  const args = ['-r', probe, command, '--base', String(base), '--head', String(head), '--out', join(folder, 'out')];
  const start = process.hrtime.bigint();
  const errors = execFileSync('sh', ['-c', '"$@" 2>&1 >/dev/null', 'sh', process.execPath, ...args], {
    encoding: 'utf8',
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, megabytes: Number(/kilobytes (\d+)/.exec(errors)?.[1]) / 1024 };
}

const folder = mkdtempSync(join(tmpdir(), 'bench-review-'));
try {
  const command = join(folder, 'cdktf-review.js');
  buildSync({
    entryPoints: ['lib/review/cdktf-review.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile: command,
  });
  const results = SIZES.map((size) => {
    const runs = [1, 2, 3].map(() => measure(command, folder, size));
    const best = {
      seconds: Math.min(...runs.map((run) => run.seconds)),
      megabytes: Math.max(...runs.map((run) => run.megabytes)),
    };
    console.log(`review of ${size} resources: ${best.seconds.toFixed(2)} s, ${best.megabytes.toFixed(0)} MB`);
    return best;
  });
  const [small, large] = [results[0], results.at(-1)];
  const isLinear = small !== undefined && large !== undefined && large.seconds <= small.seconds * LINEAR;
  const isWithin = large !== undefined && large.seconds <= BUDGET.seconds && large.megabytes <= BUDGET.megabytes;
  console.log(
    `budget: ${BUDGET.seconds} s, ${BUDGET.megabytes} MB, at most ${LINEAR} times the time of a tenth: ${isWithin && isLinear ? 'kept' : 'EXCEEDED'}`,
  );
  process.exitCode = isWithin && isLinear ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
