import { type FindingOptions, GATES, hasChanges, review, tripped } from '../../../../lib/review';
import { run } from '../../../../lib/review/command';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { folder, program, written, type Resources } from '../fixtures';

const registry = (more: JsonObject = {}): Resources => ({
  azurerm_container_registry: { acr: { name: 'acr', sku: 'Premium', public_network_access_enabled: false, ...more } },
});
const cluster = (dnsPrefix: string): Resources => ({
  azurerm_kubernetes_cluster: { aks: { name: 'aks', dns_prefix: dnsPrefix, local_account_disabled: true } },
});
const address = (more: JsonObject): Resources => ({ azurerm_public_ip: { ip: { name: 'ip', ...more } } });
const identity = (more: JsonObject): Resources => ({ azurerm_user_assigned_identity: { id: { name: 'id', ...more } } });
const role = (name: string): Resources => ({
  azurerm_role_definition: { role: { name: 'own', scope: '/s', permissions: [{ actions: [name] }] } },
});
const service = (type: string): Resources => ({
  kubernetes_service_v1: { web: { metadata: { name: 'web' }, spec: { type, port: [{ port: 80 }] } } },
});
const runNow = (task: string): Resources => ({
  azurerm_container_registry_task_schedule_run_now: { run: { container_registry_task_id: task } },
});
const from = (type: string, name: string) => ({ from: `${type}.${name}` });
const ACR = 'azurerm_container_registry';

/** The gates that are about changes and not about findings. */
const ABOUT_CHANGES = GATES.filter((gate) => !gate.startsWith('finding:'));

const CASES: readonly [what: string, before: Resources, after: Resources, gates: string[], rest?: JsonObject][] = [
  ['nothing', registry(), registry(), []],
  ['an update', registry(), registry({ sku: 'Standard' }), []],
  ['something new', {}, identity({}), []],
  ['a replacement', cluster('a'), cluster('b'), ['replace']],
  ['a replacement that is possible', cluster('a'), cluster('${var.prefix}'), ['replace']],
  ['a replacement of what holds nothing', runNow('a'), runNow('b'), []],
  ['a destruction', registry(), {}, ['destroy']],
  [
    'what is left behind',
    registry(),
    {},
    ['destroy'],
    { removed: [{ ...from(ACR, 'acr'), lifecycle: { destroy: false } }] },
  ],
  ['fewer instances', address({ count: 3 }), address({ count: 1 }), ['replace', 'destroy']],
  ['a key less', address({ for_each: ['a', 'b'] }), address({ for_each: ['a'] }), ['replace', 'destroy']],
  [
    'fewer instances with something else',
    address({ count: 3 }),
    address({ count: 1, name: '${var.name}' }),
    ['replace', 'destroy'],
  ],
  ['more instances', identity({ count: 1 }), identity({ count: 3 }), []],
  ['more instances of an entry point', address({ count: 1 }), address({ count: 3 }), ['exposure']],
  ['another address', registry(), { [ACR]: { other: registry()[ACR]!['acr']! } }, ['rename']],
  [
    'another address that is declared',
    registry(),
    { [ACR]: { other: registry()[ACR]!['acr']! } },
    [],
    { moved: [{ ...from(ACR, 'acr'), to: `${ACR}.other` }] },
  ],
  ['a permission', {}, role('*'), ['access']],
  ['a wider permission', role('a/read'), role('a/*'), ['access']],
  ['another permission', role('a/read'), role('b/read'), ['access']],
  ['a narrower permission', role('a/*'), role('a/read'), []],
  ['an entry point', service('ClusterIP'), service('LoadBalancer'), ['exposure']],
  ['an entry point that closes', service('LoadBalancer'), service('ClusterIP'), []],
];

test.each(CASES)('the gates for %s', (_, before, after, gates, ...[rest]) => {
  const found = review(program(before), program(after, rest));
  expect(tripped(found, ABOUT_CHANGES)).toEqual(gates);
  expect(ABOUT_CHANGES.filter((gate) => tripped(found, [gate]).length > 0)).toEqual(gates);
});

describe('the gates for a finding', () => {
  const ABOUT_FINDINGS = GATES.filter((gate) => gate.startsWith('finding:'));
  const vault = { azurerm_key_vault: { it: { network_acls: { default_action: 'Deny' } } } };
  const user = (admin_enabled: boolean) => ({ azurerm_container_registry: { it: { name: 'images', admin_enabled } } });
  const pod = { kubernetes_pod_v1: { it: { spec: { container: [{ security_context: { privileged: true } }] } } } };
  const found = (before: Resources, after: Resources, rule?: string, options: FindingOptions = {}) =>
    tripped(
      review(program(before), program(after), undefined, {
        ...(rule !== undefined && { accepted: [{ rule, reason: 'known', until: '2026-06-01' }] }),
        ...options,
      }),
      ABOUT_FINDINGS,
    );

  test('are those of its severity and of what is less grave', () => {
    expect(found({}, vault)).toEqual(['finding:medium', 'finding:low']);
    expect(found(user(false), user(true))).toEqual(['finding:high', 'finding:medium', 'finding:low']);
    expect(found({}, pod)).toEqual(['finding:critical', 'finding:high', 'finding:medium', 'finding:low']);
  });

  test('are none where it is old, fixed or accepted', () => {
    const rule = 'registry-admin-user';
    expect(found(user(true), user(true))).toEqual([]);
    expect(found(user(true), user(false))).toEqual([]);
    expect(found(user(false), user(true), rule, { today: '2026-06-01' })).toEqual([]);
    expect(found(user(false), user(true), rule, { today: '2026-06-02' })).toContain('finding:high');
  });
});

describe('something changes', () => {
  const backend = (key: string) => ({ terraform: { backend: { azurerm: { key } } } });

  test.each([
    ['where a resource does', review(program(registry()), program(registry({ sku: 'Basic' }))), true],
    ['where a setting does', review(program({}, backend('a')), program({}, backend('b'))), true],
    ['not where nothing does', review(program(registry(), backend('a')), program(registry(), backend('a'))), false],
  ])('%s', (_, found, expected) => {
    expect(hasChanges(found)).toBe(expected);
  });
});

describe('the exit code is', () => {
  const command = async (before: Resources, after: Resources, args: string[], rest?: JsonObject) => {
    const said = { out: '', error: '' };
    const code = await run(
      ['--base', written(program(before)), '--head', written(program(after, rest)), '--format', 'summary', ...args],
      { env: {}, write: (text) => (said.out += text), writeError: (text) => (said.error += text), isColoured: false },
    );
    return { code, ...said };
  };

  test.each<[what: string, before: Resources, after: Resources, args: string[], code: number]>([
    ['0 for a change', cluster('a'), cluster('b'), [], 0],
    ['0 for a change that no gate of the list is about', cluster('a'), cluster('b'), ['--fail-on', 'rename,access'], 0],
    ['0 for no change, if codes are asked for', registry(), registry(), ['--detailed-exitcode'], 0],
    ['2 for a change, if codes are asked for', cluster('a'), cluster('b'), ['--detailed-exitcode'], 2],
    ['3 for one gate of a list', cluster('a'), cluster('b'), ['--fail-on', 'access, replace'], 3],
    [
      '3 for a gate, if codes are asked for',
      cluster('a'),
      cluster('b'),
      ['--detailed-exitcode', '--fail-on', 'replace'],
      3,
    ],
    ['1 for an option that there is not', registry(), registry(), ['--fail-on', 'change'], 1],
    ['1 for a folder that there is not', registry(), registry(), ['--plan', `${folder()}/plan.json`], 1],
  ])('%s', async (_, before, after, args, code) => {
    expect((await command(before, after, args)).code).toBe(code);
  });

  test('2 for a setting that changes', async () => {
    const rest = { terraform: { required_version: '>= 1.9' } };
    expect((await command(registry(), registry(), ['--detailed-exitcode'], rest)).code).toBe(2);
  });

  test('explained by the gates that were tripped, in one line, after the review', async () => {
    const { out, error } = await command(registry(), address({}), ['--fail-on', 'access,destroy,rename']);
    expect(out).toMatch(/\S/);
    expect(error).toBe('cdktf-review: stopped by --fail-on destroy\n');
    expect((await command(registry(), registry(), ['--fail-on', 'access,destroy,rename'])).error).toBe('');
  });
});
