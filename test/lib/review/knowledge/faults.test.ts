import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { faultsOf, KNOWN_FAULTS } from '../../../../lib/review/knowledge/faults';
import { createEstate } from '../../../data/azure-estate';
import { synth, testStack } from '../../../util';
import { program } from '../fixtures';

const ROOT = join(__dirname, '../../../..');
const POOL = 'azurerm_kubernetes_cluster_node_pool';
const RUN = 'azurerm_container_registry_task_schedule_run_now';
const TRIGGERS = { lifecycle: { replace_triggered_by: ['azurerm_container_registry_task.build.encoded_step'] } };
const RUNTIME = { workload_runtime: 'OCIContainer' };

/** The symptoms of the faults that a resource runs into. */
function faults(type: string, body: JsonObject, isNew = false): string[] {
  const { lifecycle, for_each: each, ...attributes } = body;
  const meta = Object.fromEntries(
    Object.entries({ lifecycle, for_each: each }).filter(([, value]) => value !== undefined),
  ) as { [key: string]: Json };
  const resource = {
    stack: 's',
    mode: 'resource' as const,
    address: `${type}.it`,
    type,
    provider: '',
    attributes,
    meta,
  };
  return faultsOf(resource, isNew).map((text) => /"(\w+)/.exec(text)?.[1] ?? text);
}

const ignoring = (...names: string[]): JsonObject => ({ lifecycle: { ignore_changes: names } });

/** A resource that a fault meets, and the one that its cure makes of it. */
const CASES: readonly [string, string, JsonObject, JsonObject, boolean][] = [
  ['Unexpected', 'kubernetes_deployment_v1', {}, { wait_for_rollout: false }, true],
  ['Unexpected', 'kubernetes_stateful_set_v1', {}, { wait_for_rollout: false }, true],
  ['gpu_driver', POOL, { ...RUNTIME, vm_size: 'Standard_NC6s_v3' }, ignoring('gpu_driver'), true],
  ['gpu_driver', POOL, { ...RUNTIME, vm_size: 'standard_nv36ads_a10_v5' }, { gpu_driver: 'None' }, false],
  ['upgrade_settings', POOL, { ...RUNTIME, priority: 'Spot' }, ignoring('upgrade_settings'), true],
  ['workload_runtime', POOL, {}, RUNTIME, true],
  ['zone_redundancy_enabled', 'azurerm_container_registry', {}, ignoring('zone_redundancy_enabled'), false],
  ['an', RUN, TRIGGERS, { for_each: '${toset([])}' }, true],
  [
    'kubernetes_version',
    'azurerm_kubernetes_cluster',
    { automatic_upgrade_channel: 'patch', kubernetes_version: '1.36' },
    ignoring('kubernetes_version'),
    false,
  ],
];

test.each(CASES)('%s is said of %s, until it is cured', (symptom, type, body, cure, isNew) => {
  expect(faults(type, body, isNew)).toEqual([symptom]);
  expect(faults(type, { ...body, ...cure }, isNew)).toEqual([]);
});

test('every fault that the code tells has a case', () => {
  const told = KNOWN_FAULTS.filter(({ meets }) => meets !== undefined).map(({ symptom }) => /^\w+/.exec(symptom)?.[0]);

  expect([...new Set(CASES.map(([symptom]) => symptom))].sort()).toEqual(told.sort());
});

test('what the library makes in Azure meets none of them', () => {
  const stack = testStack();
  createEstate(stack);
  const resources = Object.entries(synth(stack).resource ?? {}).flatMap(([type, named]) =>
    Object.values(named).map((body) => ({ type, body: body as JsonObject })),
  );
  const met = resources.flatMap(({ type, body }) => [true, false].flatMap((isNew) => faults(type, body, isNew)));

  expect(resources.length).toBeGreaterThan(50);
  expect(met).toEqual([]);
});

test('a pool that runs without a runtime has shown its fault before, and other changes do not repeat it', () => {
  const pool = (more: JsonObject) => program({ [POOL]: { it: { name: 'p', node_count: 1, ...more } } });
  const said = (base: JsonObject | undefined, head: JsonObject) =>
    review(base === undefined ? [] : pool(base), pool(head)).changes.flatMap(({ notes }) => notes).length;
  expect(said({}, { node_count: 2 })).toBe(0);
  expect(said({}, { vm_size: 'x', temporary_name_for_rotation: 'tmp' })).toBe(0);
  expect(said(RUNTIME, {})).toBe(1);
  expect(said(undefined, {})).toBe(1);
});

test('a review says the fault that a change meets, and its cure', () => {
  const { changes } = review(
    program({ azurerm_container_registry: { it: { name: 'a', sku: 'Basic' } } }),
    program({ azurerm_container_registry: { it: { name: 'a', sku: 'Standard' } } }),
  );

  expect(changes.map(({ notes }) => notes)).toEqual([
    [expect.stringMatching(/^known fault of azurerm 4\.55, "zone_redundancy_enabled .*ignore_changes/)],
  ]);
});

test.each([
  ['another source', { context_path: 'https://github.com/a/b.git#2' }, true],
  ['another source and tag', { context_path: 'https://github.com/a/b.git#2', task_content: 'build -t v2' }, false],
  ['another tag', { task_content: 'build -t v2' }, false],
])('an image of %s replaces pods or not, which a review says', (_, step, isSaid) => {
  const task = (more: JsonObject): JsonObject => ({
    name: 'build',
    encoded_step: { context_path: 'https://github.com/a/b.git#1', task_content: 'build -t v1', ...more },
  });
  const { changes } = review(
    program({ azurerm_container_registry_task: { build: task({}) } }),
    program({ azurerm_container_registry_task: { build: task(step) } }),
  );

  const notes = changes.flatMap((change) => change.notes);

  expect(notes.map((note) => /under the same tag/.test(note))).toEqual(isSaid ? [true] : []);
});

test('the page of known faults is the table', () => {
  const page = readFileSync(join(ROOT, 'docs/known-faults.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| \w+ +\| [\d.]/.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

  expect(rows).toEqual(
    KNOWN_FAULTS.map(({ provider, versions, symptom, when, cure, source }) => [
      provider,
      versions,
      `\`${symptom}\``,
      when,
      cure,
      `[${/\d+$/.exec(source)?.[0]}](${source})`,
    ]),
  );
});
