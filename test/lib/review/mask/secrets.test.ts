import {
  readPlan,
  renderAnnotations,
  renderJson,
  renderMarkdown,
  renderTerminal,
  review,
  type Review,
} from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { folder, stack } from '../fixtures';

/** Every output of a review as one text. */
const everything = (found: Review) =>
  [renderJson(found), renderMarkdown(found), renderTerminal(found, true), renderAnnotations(found)].join('\n');

const encode = (text: string) => Buffer.from(text).toString('base64');

/** Secrets in every place that is known to hold them, and repeats of them in places that are not. */
function planted(n: number): { files: JsonObject; secrets: string[] } {
  const secret = (name: string) => `${name}-S3cr"t/${n}\\x`;
  const pem = `-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA${n}\nabcdefghijklmnopqr${n}\n-----END RSA PRIVATE KEY-----`;
  const names = [
    'attribute',
    'env',
    'data',
    'provider',
    'backend',
    'variable',
    'output',
    'nested',
    'quoted',
    'declared',
    'local',
    'chart',
  ];
  const [attribute, env, data, provider, backend, variable, output, nested, quoted, declared, local, chart] = names.map(
    secret,
  ) as [string, string, string, string, string, string, string, string, string, string, string, string];
  const repeats = {
    name: `x-${n}`,
    repeated: `before ${attribute} after`,
    also: env,
    url: `https://u:${encodeURIComponent(data)}@h`,
    more: encode(provider),
    v: `a ${variable} b ${n}`,
  };
  const files = {
    terraform: {
      backend: { azurerm: { access_key: backend, key: `k${n}` } },
      required_providers: { azurerm: `4.${n}.0` },
    },
    provider: { azurerm: [{ client_secret: provider, subscription_id: `1111111${n}-aaaa-bbbb-cccc-dddddddddddd` }] },
    variable: { declared: { sensitive: true, default: variable }, db_password: { default: declared } },
    output: { shown: { sensitive: true, value: output }, token: { value: `t${n} ${output}` } },
    locals: { api_key: local },
    resource: {
      azurerm_sql_server: {
        it: { administrator_login_password: attribute, tags: repeats, connection: { secrets: { any: nested } } },
      },
      kubernetes_secret: { it: { metadata: { name: 'it' }, data: { user: data }, binary_data: { f: encode(data) } } },
      kubernetes_deployment: {
        it: {
          metadata: { name: 'it', annotations: repeats },
          spec: {
            template: {
              spec: {
                container: [
                  {
                    name: 'it',
                    image: `r:${n}`,
                    env: [
                      { name: 'DB_PASSWORD', value: env },
                      { name: 'PIN', value: `12345678${n}` },
                      { name: 'OK', value: `${local} ${n}` },
                    ],
                  },
                ],
              },
            },
          },
        },
      },
      helm_release: { it: { name: `h${n}`, set_sensitive: [{ name: 'x', value: chart }] } },
      null_resource: {
        it: {
          triggers: {
            a: `\${sha256("${quoted.replace(/["\\]/g, '')}")}`,
            b: `key ${pem}`,
            access_token: quoted.replace(/["\\]/g, ''),
          },
        },
      },
      azurerm_role_assignment: {
        it: {
          principal_id: `p${n}`,
          role_definition_name: `R ${attribute}`,
          scope: `/subscriptions/1111111${n}-aaaa-bbbb-cccc-dddddddddddd/${n}`,
        },
      },
      kubernetes_service: {
        [`it_${n}`]: { metadata: { name: env }, spec: { type: 'LoadBalancer', load_balancer_source_ranges: [data] } },
      },
    },
  };
  const secrets = [attribute, env, data, provider, backend, variable, output, nested, declared, local, chart, pem];
  const lines = [`MIIEowIBAAKCAQEA${n}`, `12345678${n}`, `1111111${n}-aaaa`, quoted.replace(/["\\]/g, '')];
  return {
    files,
    secrets: [
      ...secrets.flatMap((text) => [text, encode(text), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]),
      ...lines,
    ],
  };
}

test('no secret and no repeat of one is in any output', () => {
  const [before, after] = [planted(1), planted(2)];
  const found = everything(review([stack(before.files)], [stack(after.files)]));
  expect([...before.secrets, ...after.secrets].filter((secret) => found.includes(secret))).toEqual([]);
});

test('no secret is in a first review, nor in one of a stack that is gone', () => {
  const { files, secrets } = planted(3);
  const found = everything(review(undefined, [stack(files)])) + everything(review([stack(files)], [stack({})]));
  expect(secrets.filter((secret) => found.includes(secret))).toEqual([]);
});

test('a secret that changes is a change, and neither side of it is shown', () => {
  const side = (password: string) => [stack({ resource: { azurerm_sql_server: { it: { password } } } })];
  expect(review(side('one-secret'), side('two-secret')).changes[0]?.attributes).toEqual([
    { path: 'password', before: '(sensitive)', after: '(sensitive)' },
  ]);
});

test('a short secret is masked where it is the whole text, and blanks nothing else', () => {
  const side = (tag: string) => [
    stack({ resource: { azurerm_sql_server: { it: { password: 'ab', copy: `x${tag}`, other: tag } } } }),
  ];
  const found = review(side('cab'), side('ab'));
  expect(found.changes[0]?.attributes.map(({ before, after }) => [before, after])).toEqual([
    ['xcab', 'xab'],
    ['cab', '(sensitive)'],
  ]);
});

test('where a secret comes from is no secret, nor whether there is one', () => {
  const side = (password: string | null, enabled: boolean) => [
    stack({
      resource: {
        azurerm_sql_server: { it: { password, secret_rotation_enabled: enabled, secret_name: `n${enabled}` } },
      },
    }),
  ];
  const found = review(side('${random_password.a.result}', true), side('${random_password.b.result}', false));
  expect(found.changes[0]?.attributes).toEqual([
    { path: 'password', before: '${random_password.a.result}', after: '${random_password.b.result}' },
    { path: 'secret_name', before: 'ntrue', after: 'nfalse' },
    { path: 'secret_rotation_enabled', before: true, after: false },
  ]);
});

test('what a plan marks as sensitive is masked, and every repeat of it', () => {
  const file = join(folder(), 'plan.json');
  const change = (value: string) => ({ input: value, list: [{ inner: value }], plain: `copy of ${value}` });
  const plan = {
    format_version: '1.2',
    variables: { given: { value: 'var-secret-value' } },
    configuration: { root_module: { variables: { given: { sensitive: true } } } },
    planned_values: { outputs: { o: { sensitive: true, value: 'out-secret-value' } } },
    resource_changes: [
      {
        address: 'terraform_data.it',
        type: 'terraform_data',
        change: {
          actions: ['update'],
          before: { ...change('old-secret-value'), note: 'x' },
          after: { ...change('new-secret-value'), note: 'var-secret-value and out-secret-value', flag: true },
          before_sensitive: { input: true, list: [{ inner: true }] },
          after_sensitive: { input: true, list: [{ inner: true }], flag: true },
        },
      },
    ],
  };
  writeFileSync(file, JSON.stringify(plan));
  const program = [stack({ resource: { terraform_data: { it: { input: '${var.given}' } } } })];
  const found = review(program, program, readPlan(file));
  expect(everything(found)).not.toMatch(/-secret-value/);
  expect(found.changes[0]?.attributes.map(({ path }) => path)).toEqual([
    'flag',
    'input',
    'list.inner',
    'note',
    'plain',
  ]);
});

test('the default of a sensitive variable that changes is told without its value', () => {
  const side = (value: string) => [stack({ variable: { pin: { sensitive: true, default: value } } })];
  expect(review(side('one-secret'), side('two-secret')).settings).toEqual([
    { stack: 'vote', kind: 'variable', what: 'pin', note: 'a sensitive value changes' },
  ]);
});

test('the secrets among the arguments of a command are masked', () => {
  const side = (n: number) => [
    stack({
      resource: {
        job: {
          it: {
            args: ['--user', `me${n}`, '--password', `follows-${n}`, `--api-key=joined-${n}`, `DB_PASSWORD=set-${n}`],
          },
        },
      },
    }),
  ];
  const [attribute] = review(side(1), side(2)).changes[0]?.attributes ?? [];
  expect(attribute?.after).toEqual([
    '--user',
    'me2',
    '--password',
    '(sensitive)',
    '--api-key=(sensitive)',
    'DB_PASSWORD=(sensitive)',
  ]);
});
