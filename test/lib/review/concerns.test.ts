import { review } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import { program, stack } from './fixtures';

/** A program with a few resources, and with something else beside them. */
function given(rest: JsonObject = {}, resource: JsonObject = {}) {
  const resources = {
    azurerm_kubernetes_cluster: { c: { name: 'c' } },
    azurerm_mssql_server: { s: { name: 's', administrator_login_password: 'Zx9-quartz-hill' } },
    azurerm_key_vault: { v: { name: 'v' } },
    ...resource,
  };
  return program(resources as never, rest);
}

const reviewOf = (before: JsonObject, after: JsonObject) => review(given(before), given(after));
const azurerm = (features: JsonObject, more: JsonObject = {}) => ({ provider: { azurerm: [{ features, ...more }] } });

describe('a guard that goes', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    ['a purge that was off', { key_vault: { purge_soft_delete_on_destroy: false } }, {}, 'purged'],
    ['a purge of keys', { key_vault: [{ purge_soft_deleted_keys_on_destroy: false }] }, {}, 'purged'],
    ['recovery', {}, { key_vault: { recover_soft_deleted_secrets: false } }, 'recovered'],
    [
      'a check of what a group holds',
      {},
      { resource_group: { prevent_deletion_if_contains_resources: false } },
      'everything in it',
    ],
    ['the logs of a workspace', {}, { log_analytics_workspace: { permanently_delete_on_destroy: true } }, 'logs'],
    ['the end of a subscription', { subscription: { prevent_cancellation_on_destroy: true } }, {}, 'cancelled'],
    ['volumes', {}, { netapp: { prevent_volume_destruction: false } }, 'volumes'],
    [
      'machines that are shut down',
      {},
      { virtual_machine: { skip_shutdown_and_force_delete: true } },
      'without a shutdown',
    ],
    ['backups', { recovery_service: { vm_backup_stop_protection_and_retain_data_on_destroy: true } }, {}, 'backups'],
  ])('is one of the provider: %s', (_, before, after, text) => {
    const { settings, verdict } = reviewOf(azurerm(before), azurerm(after));
    expect(settings).toMatchObject([{ kind: 'provider', concern: 'guard', note: expect.stringContaining(text) }]);
    expect(verdict.level).toBe('attention');
    expect(verdict.headline).toContain(text);
    // the other way round, nothing is lost.
    const back = reviewOf(azurerm(after), azurerm(before)).settings.map(({ concern }) => concern);
    expect(back).toEqual([undefined]);
  });

  test('is none that was not there before, although only now the program says so', () => {
    const { settings, verdict } = reviewOf(
      azurerm({}),
      azurerm({ key_vault: { purge_soft_delete_on_destroy: true }, virtual_machine: { force_delete: false } }),
    );
    expect(settings.map(({ concern }) => concern)).toEqual([undefined]);
    expect(verdict.level).toBe('change');
  });

  test.each([
    ['kubernetes', 'insecure', true],
    ['helm', 'kubernetes', { insecure: true }],
    ['vault', 'skip_tls_verify', true],
    ['azurerm', 'resource_provider_registrations', 'none'],
    ['azurerm', 'skip_provider_registration', true],
  ])('is one of the provider %s: %s', (name, setting, off) => {
    const config = (more: JsonObject) => ({ provider: { [name]: [{ features: {}, ...more }] } });
    const found = reviewOf(config({}), config({ [setting]: off } as JsonObject));
    expect(found.settings).toMatchObject([{ concern: 'guard' }]);
    expect(found.verdict.level).toBe('attention');
  });

  test('is one of a new provider as well', () => {
    const { settings } = reviewOf({}, { provider: { kubernetes: [{ insecure: true }] } });
    expect(settings.map(({ concern }) => concern)).toEqual([undefined, 'guard']);
  });

  test.each([
    ['azurerm_key_vault', 'purge_protection_enabled', true, false],
    ['azurerm_linux_web_app', 'https_only', true, undefined],
    ['azurerm_linux_virtual_machine', 'encryption_at_host_enabled', true, false],
    ['azurerm_servicebus_namespace', 'local_auth_enabled', false, true],
    ['azurerm_cosmosdb_account', 'local_authentication_enabled', false, true],
    ['azurerm_cosmosdb_account', 'local_authentication_disabled', true, undefined],
    ['azurerm_role_assignment', 'skip_service_principal_aad_check', undefined, true],
    ['aws_db_instance', 'deletion_protection', true, false],
    ['aws_s3_bucket', 'force_destroy', undefined, true],
  ])('is one of a resource: %s.%s', (type, path, before, after) => {
    const side = (value: boolean | undefined) => ({ name: 'n', ...(value !== undefined && { [path]: value }) });
    const both = [before, after].map((value) => program({ [type]: { n: side(value) } })) as [never, never];
    expect(review(...both).settings).toMatchObject([{ kind: 'lifecycle', concern: 'guard' }]);
    expect(review(...both).verdict.level).not.toBe('change');
    expect(review(both[1], both[0]).settings).toEqual([]);
  });
});

test.each<[type: string, before: JsonObject, after: JsonObject, text: string]>([
  ['azurerm_firewall_policy', { threat_intelligence_mode: 'Deny' }, { threat_intelligence_mode: 'Off' }, 'attackers'],
  [
    'azurerm_web_application_firewall_policy',
    { policy_settings: { mode: 'Prevention' } },
    { policy_settings: { mode: 'Detection' } },
    'no longer blocked',
  ],
  ['azurerm_mssql_server', { minimum_tls_version: '1.2' }, { minimum_tls_version: '1.0' }, 'TLS'],
  ['azurerm_storage_account', { min_tls_version: 'TLS1_2' }, { min_tls_version: 'TLS1_1' }, 'TLS'],
  ['azurerm_redis_cache', {}, { minimum_tls_version: '1.0' }, 'TLS'],
  ['azurerm_security_center_subscription_pricing', { tier: 'Standard' }, { tier: 'Free' }, 'no longer detected'],
  ['azurerm_monitor_metric_alert', { enabled: true }, { enabled: false }, 'detects or blocks'],
  [
    'azurerm_postgresql_flexible_server',
    { backup_retention_days: 30 },
    { backup_retention_days: 7 },
    'deleted earlier',
  ],
  ['azurerm_log_analytics_workspace', { retention_in_days: 90 }, { retention_in_days: 30 }, 'deleted earlier'],
  [
    'azurerm_monitor_diagnostic_setting',
    { enabled_log: [{ category: 'a' }, { category: 'b' }] },
    { enabled_log: [{ category: 'a' }] },
    'no longer collected',
  ],
  ['azurerm_linux_web_app', {}, { site_config: { remote_debugging_enabled: true } }, 'another path'],
  ['kubernetes_ingress_v1', { spec: { tls: { hosts: ['a'] } } }, { spec: {} }, 'TLS'],
  ['kubernetes_deployment_v1', { spec: { replicas: 2 } }, { spec: { replicas: 0 } }, 'no instance of it runs'],
  [
    'kubernetes_validating_webhook_configuration_v1',
    { webhook: { failure_policy: 'Fail' } },
    { webhook: { failure_policy: 'Ignore' } },
    'are accepted while',
  ],
])('%s guards less: %j to %j', (type, before, after, text) => {
  const side = (given: JsonObject) => program({ [type]: { it: { name: 'it', metadata: { name: 'it' }, ...given } } });
  const found = review(side(before), side(after)).settings;
  expect(found).toMatchObject([{ concern: 'guard', note: expect.stringContaining(text) }]);
  expect(review(side(after), side(before)).settings).toEqual([]);
});

test.each<[type: string, argument: string, before: Json, after: Json]>([
  ['azurerm_virtual_machine_extension', 'settings', '{"a":1}', '{"commandToExecute":"id"}'],
  ['azurerm_resource_deployment_script_azure_cli', 'script_content', 'a', 'b'],
  ['azurerm_automation_runbook', 'content', 'a', 'b'],
  ['azurerm_kubernetes_flux_configuration', 'git_repository', { url: 'https://a' }, { url: 'https://b' }],
  ['helm_release', 'repository', 'https://a', 'https://b'],
])('%s runs what it is given', (type, argument, before, after) => {
  const side = (value: Json) => program({ [type]: { it: { name: 'it', [argument]: value } } });
  expect(review(side(before), side(after)).settings).toMatchObject([{ concern: 'program' }]);
  expect(review(program({}), side(after)).settings).toMatchObject([{ concern: 'program' }]);
  expect(review(side(before), side(before)).settings).toEqual([]);
});

describe('a backend', () => {
  const s3 = (more: JsonObject) => ({ terraform: { backend: { s3: { bucket: 'b', key: 'k', ...more } } } });

  test.each<[string, JsonObject, JsonObject]>([
    ['encrypts', { encrypt: true }, {}],
    ['locks', { use_lockfile: true }, {}],
    ['locks by a table', { dynamodb_table: 't' }, {}],
  ])('that no longer %s stays where it is', (_, before, after) => {
    const found = reviewOf(s3(before), s3(after));
    expect(found.settings).toMatchObject([{ kind: 'backend', concern: 'guard' }]);
    expect(found.verdict.level).toBe('attention');
    expect(reviewOf(s3(after), s3(before)).verdict.level).toBe('change');
  });

  test('whose key changes is told, without the key', () => {
    const found = reviewOf(s3({ secret_key: 'Zx9-quartz-hill' }), s3({ secret_key: 'Zy9-quartz-hill' }));
    expect(found.settings).toMatchObject([{ kind: 'backend', note: 'a sensitive value changes' }]);
    expect(JSON.stringify(found)).not.toContain('quartz');
  });

  test.each([
    ['another file', '/a/one.tfstate', '/a/two.tfstate', 'danger'],
    ['another folder, as on another machine', '/a/one.tfstate', '/b/one.tfstate', 'none'],
  ])('that is local, in %s', (_, before, after, level) => {
    const local = (path: string) => ({ terraform: { backend: { local: { path } } } });
    expect(reviewOf(local(before), local(after)).verdict.level).toBe(level);
  });
});

describe('a program that runs', () => {
  test.each<[string, JsonObject, string]>([
    ['external', { program: ['sh', '-c', 'id'] }, 'runs "sh -c id" wherever Terraform plans'],
    ['local_command', { command: 'id', arguments: ['-u'] }, 'runs "id -u" wherever Terraform plans'],
    ['http', { url: 'https://a.example' }, 'sends a request to https://a.example from wherever Terraform plans'],
  ])('is the data source %s', (type, query, note) => {
    const found = reviewOf({}, { data: { [type]: { d: query } } });
    expect(found.settings).toMatchObject([{ kind: 'data', concern: 'program', note }]);
    expect(found.verdict.level).toBe('attention');
    expect(
      reviewOf({ data: { [type]: { d: { other: 'x' } } } }, { data: { [type]: { d: query } } }).verdict.level,
    ).toBe('attention');
  });

  test('is that of a new stack as well', () => {
    const added = stack({ data: { external: { d: { program: ['id'] } } } }, { name: 'other' });
    const { settings, verdict } = review(given(), [...given(), added]);
    expect(settings).toMatchObject([
      { stack: 'other', kind: 'stack' },
      { stack: 'other', concern: 'program' },
    ]);
    expect(verdict.level).toBe('attention');
  });

  const runs = (when?: string) => [{ 'local-exec': { command: 'deploy -u me:quartz9', ...(when && { when }) } }];

  test.each<[string, JsonObject, JsonObject, string]>([
    ['created', {}, { n: { provisioner: runs() } }, 'created'],
    ['destroyed', { n: { provisioner: runs('destroy') } }, {}, 'destroyed'],
    [
      'triggered',
      { n: { triggers: { a: '1' }, provisioner: runs() } },
      { n: { triggers: { a: '2' }, provisioner: runs() } },
      'created',
    ],
  ])('is the provisioner of a resource that is %s', (_, before, after, why) => {
    const found = review(given({}, { null_resource: before }), given({}, { null_resource: after }));
    expect(found.settings).toMatchObject([
      { concern: 'program', note: `runs "deploy -u me:(sensitive)" on the machine that applies, since it is ${why}` },
    ]);
  });

  test('is the provisioner that a resource gets', () => {
    const side = (provisioner: JsonObject[]) => given({}, { terraform_data: { t: { provisioner } } });
    const found = review(side([]), side([{ 'remote-exec': { inline: ['id'] } }]));
    expect(found.settings).toMatchObject([{ concern: 'program', note: expect.stringContaining('created again') }]);
  });

  test('is the command by which a provider signs in', () => {
    const config = (exec: JsonObject) => ({ provider: { kubernetes: [{ exec }] } });
    const found = reviewOf(config({ command: 'kubelogin' }), config({ command: './kubelogin' }));
    expect(found.settings).toMatchObject([{ concern: 'program' }]);
  });

  test('is an action', () => {
    expect(reviewOf({}, { action: { x_y: { z: {} } } }).settings).toMatchObject([{ concern: 'program' }]);
  });
});

describe('code of others', () => {
  const required = (azurerm: Json) => ({ terraform: { required_providers: { azurerm } } });
  const side = (rest: JsonObject) => [stack({ resource: { azurerm_key_vault: { v: { name: 'v' } } }, ...rest })];

  test.each<[string, Json, Json, string | undefined]>([
    ['by another publisher', { source: 'hashicorp/azurerm' }, { source: 'evil/azurerm' }, 'program'],
    ['by the same one, in full', { source: 'azurerm' }, { source: 'hashicorp/azurerm' }, undefined],
    ['in another version', { version: '4.55.0' }, { version: '4.56.0' }, undefined],
    ['with other aliases', {}, { configuration_aliases: ['azurerm.two'] }, undefined],
  ])('is a provider %s', (_, before, after, concern) => {
    const { settings } = review(side(required(before)), side(required(after)));
    expect(settings.map((one) => one.concern)).toEqual([concern]);
  });

  test('is a provider that is required without a version', () => {
    const found = review(side({}), side({ terraform: { required_providers: { http: { source: 'hashicorp/http' } } } }));
    expect(found.settings).toMatchObject([{ kind: 'provider version', what: 'http' }]);
  });

  test.each([
    ['git::https://a.example/m.git?ref=v1', 'git::https://b.example/m.git?ref=v1', ['program']],
    ['git::https://a.example/m.git?ref=v1', 'git::https://a.example/m.git?ref=v2', []],
    ['./a', './b', []],
  ])('is a module from elsewhere: %s to %s', (before, after, concerns) => {
    const call = (source: string) => side({ module: { m: { source } } });
    expect(review(call(before), call(after)).settings.map(({ concern }) => concern)).toEqual(concerns);
  });
});

test.each<[string, JsonObject]>([
  ['a count of none', { count: 0 }],
  ['no keys', { for_each: {} }],
])('what has %s grants and opens nothing', (_, meta) => {
  const resources = {
    azurerm_public_ip: { p: { name: 'p', ...meta } },
    azurerm_role_assignment: { r: { scope: 's', role_definition_name: 'Owner', principal_id: 'p', ...meta } },
  };
  const { access, exposure } = review(program({}), program(resources));
  expect([access, exposure]).toEqual([[], []]);
});

describe('an output of credentials', () => {
  const output = (value: string, more: JsonObject = {}) => ({ output: { o: { value, ...more } } });

  test.each([
    ['an attribute of the provider', '${azurerm_kubernetes_cluster.c.kube_config_raw}'],
    ['a part of one', '${azurerm_kubernetes_cluster.c.kube_config[0].client_key}'],
    ['one that the program sets', '${azurerm_mssql_server.s.administrator_login_password}'],
    ['one in a function', '${base64encode(azurerm_kubernetes_cluster.c.kube_admin_config_raw)}'],
    ['a local', '${local.config}'],
    ['a variable', '${var.key}'],
  ])('is refused unless it is marked: %s', (_, value) => {
    const rest = {
      locals: { config: { raw: '${azurerm_kubernetes_cluster.c.kube_config_raw}' } },
      variable: { key: { sensitive: true } },
    };
    const open = reviewOf(rest, { ...rest, ...output(value) });
    expect(open.traps).toMatchObject([{ name: 'output o', text: expect.stringContaining('Terraform rejects') }]);
    const marked = reviewOf(rest, { ...rest, ...output(value, { sensitive: true }) });
    expect(marked.traps).toEqual([]);
    expect(marked.settings).toMatchObject([{ kind: 'output', concern: 'credentials' }]);
    expect(marked.verdict).toMatchObject({
      level: 'attention',
      headline: expect.stringContaining('output o hands out'),
    });
    expect(JSON.stringify(open)).not.toContain('quartz');
  });

  test('that says that it is none is told, and not refused', () => {
    const found = reviewOf({}, output('${nonsensitive(azurerm_kubernetes_cluster.c.kube_config_raw)}'));
    expect(found.traps).toEqual([]);
    expect(found.settings).toMatchObject([{ concern: 'credentials' }]);
  });

  test('that was there is not told again', () => {
    const same = output('${azurerm_kubernetes_cluster.c.kube_config_raw}', { sensitive: true });
    expect(reviewOf(same, same).settings).toEqual([]);
    expect(reviewOf({}, output('${azurerm_kubernetes_cluster.c.name}')).settings[0]?.concern).toBeUndefined();
  });
});

describe('what is said about the state', () => {
  test.each<[string, JsonObject]>([
    ['import', { import: [{ to: 'azurerm_key_vault.v', id: '/v' }] }],
    ['moved', { moved: [{ from: 'azurerm_key_vault.old', to: 'azurerm_key_vault.v' }] }],
    ['removed', { removed: [{ from: 'azurerm_key_vault.old', lifecycle: { destroy: false } }] }],
  ])('is a row, new or gone: %s', (kind, statement) => {
    expect(reviewOf({}, statement).settings).toMatchObject([{ kind }]);
    expect(reviewOf(statement, {}).settings).toMatchObject([{ kind }]);
    expect(reviewOf(statement, statement).settings).toEqual([]);
  });

  test('is none where the change of a resource tells it', () => {
    const without = program({ azurerm_key_vault: { a: { name: 'v' } } });
    const moved = program(
      { azurerm_key_vault: { b: { name: 'v' } } },
      { moved: [{ from: 'azurerm_key_vault.a', to: 'azurerm_key_vault.b' }] },
    );
    expect(review(without, moved).settings).toEqual([]);
    const left = program({}, { removed: [{ from: 'azurerm_key_vault.a', lifecycle: { destroy: false } }] });
    expect(review(without, left).settings).toEqual([]);
    const imported = program(
      { azurerm_key_vault: { a: { name: 'v' } } },
      { import: [{ to: 'azurerm_key_vault.a', id: '/v' }] },
    );
    expect(review(program({}), imported).settings).toEqual([]);
  });
});

test('a data source is a row where it is new or gone, and none under another name', () => {
  const data = (name: string) => ({ data: { azurerm_key_vault: { [name]: { name: 'v' } } } });
  expect(reviewOf({}, data('a')).settings).toMatchObject([{ kind: 'data', note: expect.stringContaining('new') }]);
  expect(reviewOf(data('a'), {}).settings).toMatchObject([{ kind: 'data', note: 'is no longer read' }]);
  expect(reviewOf(data('a'), data('b')).settings).toEqual([]);
});

test('a stack without resources is told, new or gone', () => {
  const empty = stack({ output: { o: { value: 'x' } } }, { name: 'other' });
  expect(review(given(), [...given(), empty]).settings).toMatchObject([{ kind: 'stack', note: 'is new' }]);
  expect(review([...given(), empty], given()).settings).toMatchObject([
    { kind: 'stack', note: expect.stringContaining('gone') },
  ]);
});
