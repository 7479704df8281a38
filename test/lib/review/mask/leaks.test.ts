import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan, renderJson, review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { folder, program, type Resources } from '../fixtures';

const SECRET = 'hunter22Zebra';

/** What is left of a secret in the review of a change in which it stands in some place. */
function leaks(resources: (secret: string) => Resources, rest: (secret: string) => JsonObject = () => ({})): boolean {
  const [base, head] = [SECRET, `${SECRET}2`].map((secret) => program(resources(secret), rest(secret)));
  return renderJson(review(base, head!)).includes(SECRET);
}

const encoded = (encoding: 'base64url' | 'hex') => Buffer.from(SECRET).toString(encoding);

test('the password in what logs in to a registry is masked where it is repeated', () => {
  const login = (password: string) => JSON.stringify({ auths: { registry: { username: 'u', password } } });
  expect(
    leaks((secret) => ({
      kubernetes_secret: { login: { data: { '.dockerconfigjson': login(secret) } } },
      x_y: { it: { address: `x${secret}` } },
    })),
  ).toBe(false);
});

test.each(['base64url', 'hex'] as const)('a secret is masked where it is repeated in %s', (encoding) => {
  const [base, head] = [encoded(encoding), 'b'].map((a) => program({ x_y: { it: { a, password: SECRET } } }));
  expect(renderJson(review(base, head!))).not.toContain(encoded(encoding));
});

test.each([
  ['YAML', (secret: string) => `user: a\npassword: ${secret}\n`],
  ['JSON', (secret: string) => `{"db_password": "${secret}"}`],
  ['properties', (secret: string) => `spring.datasource.password=${secret}`],
])('a password in a document of %s is masked', (_, write) => {
  expect(leaks((secret) => ({ kubernetes_config_map: { it: { data: { file: write(secret) } } } }))).toBe(false);
});

test.each<[place: string, argument: string, value: string, output: string]>([
  ['a password', 'password', '${false ? "X" : "other"}', 'b'],
  ['a sensitive value', 'a', '${false ? sensitive("X") : "b"}', 'b'],
  ['an output', 'a', 'b', '${false ? sensitive("X") : "b"}'],
])('the secret in the branch of a condition that is not taken is masked: %s', (_, argument, value, output) => {
  const given = (text: string, secret: string) => text.replace('X', secret);
  expect(
    leaks(
      (secret) => ({ x_y: { it: { [argument]: given(value, secret), copy: secret } } }),
      (secret) => ({ output: { it: { value: given(output, secret) } } }),
    ),
  ).toBe(false);
});

test('a short secret inside of an output is masked in its place', () => {
  const outputs = (pin: number) => ({ output: { login: { value: { pin } } } });
  const { settings } = review(program({}, outputs(1234)), program({}, outputs(5678)));
  expect(settings).toEqual([{ stack: 'vote', kind: 'output', what: 'login', note: 'a sensitive value changes' }]);
});

const container = (rest: JsonObject): Resources => ({
  kubernetes_deployment_v1: { it: { spec: { template: { spec: { container: [{ name: 'it', ...rest }] } } } } },
});
const header = (name: string) => (value: string) =>
  container({ liveness_probe: [{ http_get: [{ path: '/', http_header: [{ name, value }] }] }] });
const args =
  (...given: string[]) =>
  (secret: string) =>
    container({ args: given.map((argument) => argument.replace('X', secret)) });
const text = (template: string) => (secret: string) => ({
  kubernetes_config_map_v1: { it: { data: { file: template.replace('X', secret) } } },
});
const manifest = (given: (secret: string) => JsonObject) => (secret: string) => ({
  kubernetes_manifest: { it: { manifest: { apiVersion: 'v1', ...given(secret) } } },
  x_y: { it: { copy: `a ${secret}` } },
});

const NOTHING = (): JsonObject => ({});

test.each<[string, (secret: string) => Resources, (secret: string) => JsonObject]>(
  (
    [
      ['an Authorization header', (secret) => header('Authorization')(`Bearer ${secret}`)],
      ['a Proxy-Authorization header', header('Proxy-Authorization')],
      ['an X-Api-Key header', header('X-Api-Key')],
      ['a Cookie header', header('Cookie')],
      ['a header in a text', text('curl -H "Authorization: Basic X" https://a')],
      ['a header in JSON', text('{"authorization": "token X"}')],
      ['a header among arguments', args('-H', 'Authorization: Bearer X')],
      ['a header by its name', (secret) => ({ x_y: { it: { headers: { authorization: `Basic ${secret}` } } } })],
      ['--requirepass and its value', args('redis-server', '--requirepass', 'X')],
      ['--requirepass on a command line', args('sh', '-c', 'redis-server --requirepass X --port 1')],
      ['--masterauth and its value', args('--masterauth', 'X')],
      ['requirepass in a configuration', text('port 1\nrequirepass X\n')],
      ['--db-password on a command line', args('sh', '-c', 'start --db-password X --port 1')],
      ['--token with an equals sign', args('--token=X')],
      ['-u user:X among arguments', args('curl', '-u', 'admin:X', 'https://a')],
      ['-u user:X on a command line', text('curl -s -u admin:X https://a')],
      ['--user user:X', text('curl --user "admin:X" https://a')],
      ['mysql -pX', text('mysql -u root -pX -h db')],
      ['redis-cli -a X', args('redis-cli', '-a', 'X', 'ping')],
      ['docker login -p X', text('docker login -u me -p X registry.io')],
      ['pass: X', text('user: a\npass: X\n')],
      ['smtp_pass=X', text('smtp_pass=X')],
      ['pass:X of openssl', text('openssl pkcs12 -passin pass:X')],
      ['_authToken', text('//registry.npmjs.org/:_authToken=X')],
      ['_auth', text('//registry.npmjs.org/:_auth=X')],
      ['a key of a query', text('https://a/b?api_key=X&c=d')],
      ['--from-literal', text('kubectl create secret generic a --from-literal=password=X')],
      ['data of a manifest of a Secret', manifest((user) => ({ kind: 'Secret', data: { user } }))],
      ['stringData of a manifest of a Secret', manifest((user) => ({ kind: 'Secret', stringData: { user } }))],
      [
        'a Secret in a list of manifests',
        manifest((a) => ({ kind: 'List', items: [{ kind: 'Secret', data: { a } }] })),
      ],
      ['a Secret in YAML', text('kind: Secret\nmetadata:\n  name: a\nstringData:\n  user: "X"\ntype: Opaque\n')],
      ['a longer value of a Secret in YAML', text('kind: Secret\ndata:\n  file: |\n    first\n    X\n')],
      [
        'a value of for_each that feeds a Secret',
        (secret) => ({
          kubernetes_secret_v1: { it: { for_each: { a: secret }, data: { user: '${each.value}' } } },
          x_y: { it: { copy: `a ${secret}` } },
        }),
      ],
      [
        'an attribute of a value of for_each that feeds a Secret',
        (secret) => ({
          kubernetes_secret_v1: { it: { for_each: { a: { user: secret } }, data: { user: '${each.value.user}' } } },
        }),
      ],
      [
        'a local that feeds a Secret',
        () => ({
          kubernetes_secret_v1: { it: { data: { user: '${local.user}' } } },
          x_y: { it: { copy: '${local.user}' } },
        }),
        (user) => ({ locals: { user } }),
      ],
      [
        'a part of a local that feeds a Secret',
        () => ({ kubernetes_secret_v1: { it: { data: { user: '${base64encode(local.all["user"])}' } } } }),
        (user) => ({ locals: { all: { user } }, output: { shown: { value: '${local.all}' } } }),
      ],
      [
        'the default of a variable that feeds a Secret',
        () => ({ kubernetes_secret_v1: { it: { data: { user: '${var.user}' } } } }),
        (user) => ({ variable: { user: { default: user } } }),
      ],
      ['the certificate of a provider', () => ({}), (it) => ({ provider: { azurerm: [{ client_certificate: it }] } })],
    ] as [string, (secret: string) => Resources, ((secret: string) => JsonObject)?][]
  ).map(([name, resources, rest = NOTHING]) => [name, resources, rest]),
)('a secret is masked in %s', (_, resources, rest) => {
  expect(leaks(resources, rest)).toBe(false);
});

test.each([
  ['a command that fetches credentials', 'output', 'get-credentials', 'az aks get-credentials --name v1'],
  ['a command', 'output', 'login_command', 'az acr login --name v1'],
  ['a flag', 'local', 'flag', 'start --no-password --token-ttl 5 v1'],
  ['a switch', 'local', 'yaml', 'automountServiceAccountToken: false # v1'],
  ['a bypass', 'local', 'bypass', 'bypass: AzureServices v1'],
  ['a user and a group by number', 'local', 'run', 'docker run -u 1000:1000 app:v1'],
  ['a reference', 'local', 'header', 'Authorization: ${x_y.z.token} v1'],
])('what only sounds like a secret is shown: %s', (_, kind, name, value) => {
  const side = (version: string) => {
    const given = value.replace('v1', version);
    return kind === 'output'
      ? program({}, { output: { [name]: { value: given } } })
      : program({ x_y: { it: { [name]: given } } });
  };
  const shown = renderJson(review(side('v1'), side('v2')));
  expect(shown).toContain(JSON.stringify(value.replace('v1', 'v2')));
});

/** What the review shows of a text, with a provider that is given an id. */
function shownWith(provider: JsonObject, text: string): unknown {
  const rest = { provider: { azurerm: [provider] } };
  const [base, head] = ['', text].map((note) => program({ x_y: { it: { note } } }, rest));
  return review(base, head!).changes[0]?.attributes[0]?.after;
}

const ID = '0A1b2c3d-4e5f-6789-abcd-ef0123456789';
const PLAIN = ID.replaceAll('-', '');

test.each([
  ['a subscription', { subscription_id: ID }, `of ${ID}, twice ${ID}`, 'of …6789, twice …6789'],
  ['a tenant', { tenant_id: ID }, `https://login/${ID}/v2`, 'https://login/…6789/v2'],
  ['a tenant without hyphens', { tenant_id: PLAIN }, `https://login/${PLAIN}/v2`, 'https://login/…6789/v2'],
  ['a subscription that no provider is given', {}, `/subscriptions/${ID}/x`, '/subscriptions/…6789/x'],
  ['another id', { client_id: ID }, `of ${ID}`, `of ${ID}`],
  ['a word', { subscription_id: 'production' }, 'of production', 'of production'],
  ['a longer word', { tenant_id: `${PLAIN}-of-ours` }, `of ${PLAIN}-of-ours`, `of ${PLAIN}-of-ours`],
  ['a word that begins otherwise', { tenant_id: `x${PLAIN}` }, `of x${PLAIN}`, `of x${PLAIN}`],
  ['a shorter word', { tenant_id: PLAIN.slice(1) }, `of ${PLAIN.slice(1)}`, `of ${PLAIN.slice(1)}`],
])('of an id, its last characters are shown, which is no secret of its own: %s', (_, provider, text, expected) => {
  expect(shownWith(provider, text)).toBe(expected);
});

test.each([
  ['before', { before_sensitive: { pin: true } }],
  ['after', { after_sensitive: { pin: true } }],
  ['before, with all that is in it', { before_sensitive: { pin: { code: true } } }],
  ['after, in a list', { after_sensitive: { pin: [{ code: true }] } }],
])('what a plan marks on one side only is masked on both: %s', (_, marks) => {
  const isNested = JSON.stringify(marks).includes('code');
  const side = (value: number) => ({ pin: isNested ? [{ code: value }] : value, open: value });
  const change = { actions: ['update'], before: side(1234), after: side(5678), ...marks };
  const address = 'terraform_data.it';
  const file = join(folder(), 'plan.json');
  writeFileSync(
    file,
    JSON.stringify({ format_version: '1.2', resource_changes: [{ address, type: 'terraform_data', change }] }),
  );
  const code = program({ terraform_data: { it: {} } });

  expect(review(code, code, readPlan(file)).changes[0]?.attributes).toMatchObject([
    { path: 'open', before: 1234, after: 5678 },
    { before: '(sensitive)', after: '(sensitive)' },
  ]);
});

test.each<[what: string, resources: (secret: string) => Resources, rest: (secret: string) => JsonObject]>([
  ['a part of a variable', () => ({}), (password) => ({ variable: { settings: { default: { db: { password } } } } })],
  ['a part of an output', () => ({}), (password) => ({ output: { settings: { value: { db: { password } } } } })],
  ['a provider', () => ({}), (it) => ({ provider: { azurerm: [{ client_certificate: it }] } })],
  ['a backend', () => ({}), (it) => ({ terraform: { backend: { azurerm: { access_key: it } } } })],
  ['a local', () => ({}), (it) => ({ locals: { settings: { api_key: it } } })],
  ['arguments of several types', (it) => ({ x_z: { it: { args: ['--port', 80, '--password', it] } } }), () => ({})],
  ['sensitive(...)', (it) => ({ x_z: { it: { a: `\${sensitive("${it}")}` } } }), () => ({})],
  ['sensitive (...)', (it) => ({ x_z: { it: { a: `\${sensitive  ("${it}")}` } } }), () => ({})],
  ['the connection of a provisioner', (password) => ({ x_z: { it: { connection: { password } } } }), () => ({})],
])('a secret is masked where it is repeated: %s', (_, resources, rest) => {
  expect(leaks((secret) => ({ ...resources(secret), x_y: { it: { copy: `a ${secret} b` } } }), rest)).toBe(false);
});

const vault = (rest: JsonObject): Resources => ({ azurerm_key_vault_secret: { it: { name: 'a', ...rest } } });
const EACH = { value: '${each.value}' };
const numbers = [...Array(101).keys()];

test.each<[what: string, resources: (secret: string) => Resources, rest: (secret: string) => JsonObject]>([
  [
    'for each of what another version has otherwise',
    () => vault({ ...EACH, for_each: '${{ for k, v in local.m : k => v }}' }),
    (it) => ({ locals: { m: { a: it } } }),
  ],
  [
    'for each of more than are looked at one by one',
    (it) => vault({ ...EACH, for_each: Object.fromEntries(numbers.map((i) => [`k${i}`, it + i])) }),
    () => ({}),
  ],
  [
    'for each key that only Terraform knows',
    (it) => vault({ ...EACH, for_each: { '${var.k}': it } }),
    () => ({ variable: { k: { type: 'string' } } }),
  ],
  [
    'an ephemeral variable',
    () => ({ x_y: { it: { a: '${var.p}' } } }),
    (it) => ({ variable: { p: { default: it, ephemeral: true } } }),
  ],
  ...['upper', 'lower'].map((name): [string, (secret: string) => Resources, () => JsonObject] => [
    `what ${name}() makes of it`,
    (it) => ({ ...vault({ value: it }), x_y: { it: { a: `\${${name}(azurerm_key_vault_secret.it.value)}` } } }),
    () => ({}),
  ]),
  [
    'a manifest in an expression',
    (it) => ({ x_y: { it: { a: `\${yamldecode("kind: Secret\\nstringData:\\n  a: ${it}\\n")}` } } }),
    () => ({}),
  ],
])('a secret of either version is masked: %s', (_, resources, rest) => {
  const secrets = [SECRET, 'Another99Secret'];
  const [base, head] = secrets.map((secret) => program(resources(secret), rest(secret)));
  const text = renderJson(review(base, head!)).toLowerCase();
  expect(secrets.filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
});
