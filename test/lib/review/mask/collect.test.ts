import { secretsOf } from '../../../../lib/review/mask/collect';
import type { Plan } from '../../../../lib/review/read/plan';
import { stackOf } from '../../../../lib/review/read/program';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const MASK = '(sensitive)';

/** Which of some words are masked, wherever they stand, once they have been seen in a program or a plan. */
function masked(words: readonly string[], resources: Resources, rest: JsonObject = {}, plan?: Plan): string[] {
  const secrets = secretsOf([stackOf(program(resources, rest)[0]!)], plan);
  return words.filter((word) => secrets.hide(word) === MASK);
}

const resource = (attributes: JsonObject): Resources => ({ x_y: { it: attributes } });

/** The words of a text that are no part of another word: those that begin with "secret", and those that begin with "open". */
const wordsIn = (value: Json) => JSON.stringify(value).match(/\b(?:secret|open)[\w-]*/g) ?? [];

/** The words of a value that are masked, once a program with it has been seen. */
const maskedIn = (value: Json, resources: Resources, rest: JsonObject = {}) => masked(wordsIn(value), resources, rest);

/** The words of a value that are to be masked. */
const secretsIn = (value: Json) => wordsIn(value).filter((word) => word.startsWith('secret'));

describe('of the arguments of a command', () => {
  test.each<[what: string, args: Json[]]>([
    ['what follows an option', ['--credential', 'secret-1', 'open-1', '-credential', 'secret-2']],
    ['what follows an option of another name', ['--name', 'open-1', '--credentials-path', 'open-2']],
    ['what follows no option', ['credential', 'open-1', 'x--credential', 'open-2', '--credential x', 'open-3']],
    [
      'what an option is set to',
      ['--credential=secret-1', '-credential=secret-2', 'CREDENTIAL=secret-3', '--name=open-1'],
    ],
    ['what is set to nothing', ['--credential=', 'open-1']],
    ['what something else is set to', ['a credential=open-1', 'credential!=open-2']],
    ['what stands among numbers', [1, '--credential', 'secret-1', 2, 'CREDENTIAL=secret-2', true]],
    [
      'what stands in a list of lists',
      [
        ['--credential', 'secret-1'],
        ['--name', 'open-1'],
      ],
    ],
  ])('%s', (_, args) => {
    expect(maskedIn(args, resource({ args }))).toEqual(secretsIn(args));
  });

  test('a value of several lines is a secret as a whole', () => {
    expect(masked(['one\ntwo'], resource({ args: ['--credential=one\ntwo'] }))).toEqual(['one\ntwo']);
  });

  test.each<[what: string, args: Json[]]>([
    ['a text', ['curl', '-u', 'admin:secret-1', 'https://open-1']],
    ['a number or a switch', ['curl', '-m', 5, true, '-u', 'admin:secret-1', 'https://open-1']],
    ['something else', [{ a: 'open-1' }, 'curl', '-u', 'admin:secret-1']],
  ])('what only the command line shows, also beside %s', (_, args) => {
    expect(maskedIn(args, resource({ args }))).toEqual(secretsIn(args));
  });

  test('a number is one as well', () => {
    const secrets = secretsOf(
      [stackOf(program(resource({ args: ['--credential', 123456, '--name', 654321] }))[0]!)],
      undefined,
    );
    expect(secrets.hide([123456, 654321, 'a 123456'])).toEqual([MASK, 654321, `a ${MASK}`]);
  });
});

describe('of the YAML of a Secret', () => {
  const inYaml = (text: string) => maskedIn(text, resource({ file: text }));

  test('the values below its fields', () => {
    const text = [
      'apiVersion: open-1',
      'kind: Secret',
      'metadata:',
      '  name: open-2',
      'data:',
      '  user:   secret-1  ',
      "  a: 'secret-2'",
      '  b: "secret-3"',
      '',
      '  c: secret-4',
      'type: open-3',
      'stringData:',
      '  d: secret-5',
      'binaryData:',
      '  e: secret-6',
      'immutable: open-4',
    ].join('\n');
    expect(inYaml(text)).toEqual(secretsIn(text));
  });

  test('values of several lines, and not how they are written', () => {
    const text = [
      'kind: Secret',
      'data:',
      '  file: |',
      '    secret-1',
      '    secret-2',
      '  folded: >-',
      '    secret-3',
      'x: open-1',
    ].join('\n');
    expect(inYaml(text)).toEqual(secretsIn(text));
    expect(
      masked(['|', '>-', '|-'], resource({ file: 'kind: Secret\ndata:\n  a: |\n    b\n  c: >-\n    d\n' })),
    ).toEqual([]);
  });

  test.each([
    'kind: "Secret"',
    "kind: 'Secret'",
    '  kind:  Secret  ',
    'kind:Secret',
    'kind: Secret # of ours',
    'kind: Secret\r',
  ])('however its kind is written: %j', (kind) => {
    const text = [kind, 'data:', '  a: secret-1'].join('\n');
    expect(inYaml(text)).toEqual(secretsIn(text));
  });

  test.each([
    'kind: ConfigMap',
    'kind: SecretStore',
    'kind: ASecret',
    'akind: Secret',
    '# kind: Secret',
    'kind: "Secret" x',
  ])('and of no other kind: %j', (kind) => {
    const text = [kind, 'data:', '  a: open-1'].join('\n');
    expect(inYaml(text)).toEqual(secretsIn(text));
  });

  test('also where it is one of several, further in', () => {
    const text = [
      ...[
        'items:',
        '  - apiVersion: v1',
        '    kind: Secret',
        '    data:',
        '      a: secret-1',
        '',
        '  ',
        '      b: secret-2',
      ],
      ...['    type: open-1', '  - kind: ConfigMap', '    metadata:', '      name: open-2'],
    ].join('\n');
    expect(inYaml(text)).toEqual(secretsIn(text));
  });

  test('and not what only looks like its fields', () => {
    const text = ['kind: Secret', 'data', '  a: open-1', 'metadata:', '  b: open-2', 'dataset:', '  c: open-3'].join(
      '\n',
    );
    expect(inYaml(text)).toEqual(secretsIn(text));
  });

  test('a value with the signs of YAML in it is one secret', () => {
    const text = ['kind: Secret', 'data:', '  a: host:80:x', '  b: in"side', '  c: a|b>c', '  d: "in\'side"', ''].join(
      '\n',
    );
    const words = ['host:80:x', 'in"side', 'a|b>c', "in'side"];
    expect(masked([...words, 'host', 'side', 'a|b'], resource({ file: text }))).toEqual(words);
  });
});

describe('of an object', () => {
  test('the fields of a Secret, and of no other kind', () => {
    const manifest = (kind: string, word: string) => ({
      ...{ kind, metadata: { name: 'open-1' }, type: 'open-2' },
      ...{ data: { a: `${word}-1` }, stringData: { a: `${word}-2` }, binaryData: { a: `${word}-3` } },
    });
    const [secret, other] = [manifest('Secret', 'secret'), manifest('ConfigMap', 'open')];
    expect(maskedIn(secret, resource({ manifest: secret }))).toEqual(secretsIn(secret));
    expect(maskedIn(other, resource({ manifest: other }))).toEqual(secretsIn(other));
    const list = { kind: 'List', items: [secret, other] };
    expect(maskedIn(list, resource({ manifest: list }))).toEqual(secretsIn(list));
  });

  test('what is sensitive(...)', () => {
    const given = {
      a: '${sensitive("secret-1")}',
      b: '${upper(sensitive  ("secret-2"))}',
      c: '${nonsensitive("open-1")}',
      d: 'sensitive("open-2")',
      e: '${upper("open-3")}',
    };
    expect(maskedIn(given, resource(given))).toEqual(secretsIn(given));
  });

  test('what a meta-argument holds', () => {
    const given = { connection: { password: 'secret-1', host: 'open-1' }, lifecycle: { ignore_changes: ['open-2'] } };
    expect(maskedIn(given, resource(given))).toEqual(secretsIn(given));
  });

  test('what becomes one for an instance', () => {
    const data = { user: '${each.value}' };
    const of = (type: string, word: string) => ({ [type]: { it: { for_each: { a: word }, data } } });
    expect(
      masked(['secret-1', 'open-1'], {
        ...of('kubernetes_secret', 'secret-1'),
        ...of('kubernetes_config_map', 'open-1'),
      }),
    ).toEqual(['secret-1']);
  });
});

test.each<[what: string, rest: JsonObject]>([
  [
    'a provider',
    { provider: { azurerm: [{ client_certificate: 'secret-1', client_secret: 'secret-2', environment: 'open-1' }] } },
  ],
  ['a backend', { terraform: { backend: { azurerm: { access_key: 'secret-1', container_name: 'open-1' } } } }],
  ['a local', { locals: { api_key: 'secret-1', all: { password: 'secret-2', name: 'open-1' } } }],
  ['a variable by its name', { variable: { db_password: { default: 'secret-1', description: 'open-1' } } }],
  ['a variable that says so', { variable: { a: { default: 'secret-1', sensitive: true, description: 'open-1' } } }],
  ['a variable that says the opposite', { variable: { a: { default: 'open-1', sensitive: false } } }],
  ['a part of a variable', { variable: { a: { default: { password: 'secret-1', name: 'open-1' } } } }],
  ['an output by its name', { output: { token: { value: 'secret-1', description: 'open-1' } } }],
  ['an output that says so', { output: { a: { value: { b: ['secret-1'] }, sensitive: true } } }],
  ['a part of an output', { output: { a: { value: { password: 'secret-1', name: 'open-1' } } } }],
])('what %s holds', (_, rest) => {
  expect(maskedIn(rest, {}, rest)).toEqual(secretsIn(rest));
});

test('ids are not secret: their ends are shown', () => {
  const [a, b] = ['11111111-2222-3333-4444-555555555555', '11111111-2222-3333-4444-666666666666'];
  const provider = { azurerm: [{ subscription_id: a, tenant_id: b, name: 'n' }] };
  const secrets = secretsOf([stackOf(program({}, { provider })[0]!)], undefined);
  expect(secrets.hide([a, `of ${b}`])).toEqual(['…5555', 'of …6666']);
});

test.each(['production', `x${'1'.repeat(36)}`, `${'1'.repeat(36)}-x`, '1'.repeat(31), `${'1'.repeat(31)}g`])(
  'what is given for an id is shown where it is none: %s',
  (word) => {
    const provider = { azurerm: [{ subscription_id: word }] };
    expect(secretsOf([stackOf(program({}, { provider })[0]!)], undefined).hide(`of ${word}`)).toBe(`of ${word}`);
  },
);

test('what a plan marks is a secret on the side that it is marked on', () => {
  const of = (before: JsonObject, after: JsonObject, marks: { beforeMarks?: Json; afterMarks?: Json }): Plan => ({
    ...{ isPartial: false, secrets: ['secret-0'] },
    changes: [
      {
        ...{ address: 'x_y.it', declared: 'x_y.it', type: 'x_y', actions: ['update'], unknown: {}, replacePaths: [] },
        ...{ previousAddress: undefined, reason: undefined, importing: false, before, after },
        ...{ beforeMarks: {}, afterMarks: {}, ...marks },
      },
    ],
  });
  const found = (before: JsonObject, after: JsonObject, marks: { beforeMarks?: Json; afterMarks?: Json }) =>
    masked(wordsIn([before, after, 'secret-0', 'open-0']), {}, {}, of(before, after, marks));

  expect(found({ a: 'secret-1' }, { a: 'open-1' }, { beforeMarks: { a: true } })).toEqual(['secret-1', 'secret-0']);
  expect(found({ a: 'open-1' }, { a: 'secret-1' }, { afterMarks: { a: true } })).toEqual(['secret-1', 'secret-0']);
  expect(found({ a: ['open-1', 'secret-1'] }, {}, { beforeMarks: { a: [false, true] } })).toEqual([
    'secret-1',
    'secret-0',
  ]);
  expect(found({}, { a: { b: 'secret-1', c: 'open-1' } }, { afterMarks: { a: { b: true, c: false } } })).toEqual([
    'secret-1',
    'secret-0',
  ]);
  expect(
    found({}, { a: [{ b: 'secret-1' }, { b: 'secret-2', c: 'open-1' }] }, { afterMarks: { a: { b: true } } }),
  ).toEqual([...['secret-1', 'secret-2', 'secret-0']]);
  expect(found({ a: { b: 'secret-1' } }, {}, { beforeMarks: { a: true, x: { y: true } } })).toEqual([
    'secret-1',
    'secret-0',
  ]);
  expect(found({ a: 'open-1' }, {}, { beforeMarks: { a: { b: true }, c: [true] } })).toEqual(['secret-0']);
});
