import { Manifests, Problems } from '../../../constructs';
import { type Json, only, synth, testStack } from '../../util';

function read(yaml: string): { problems: string[]; resources: Json['resource'] & object } {
  const stack = testStack();
  Manifests.fromYaml(stack, 'manifests', { yaml });
  const problems = Problems.of(stack);
  return { problems, resources: synth(stack).resource ?? {} };
}

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

const laughs = Array.from({ length: 9 }, (_, level) => {
  const inner = level === 0 ? 'lol' : `*l${level - 1}`;
  return `l${level}: &l${level} [${Array(9).fill(inner).join(', ')}]`;
}).join('\n');

test.each([
  ['aliases that multiply', laughs, /Excessive alias count/],
  ['an alias of what it is in', 'a: &a\n  b: *a', /The alias a stands in what it is an alias of in line 2/],
  ['an alias of nothing', 'a: *nothing', /Unresolved alias/],
  ['lists in lists without an end', '['.repeat(20_000), /nested more than 100 levels deep, from line 1/],
  ['maps in maps', '{a: '.repeat(5000) + '}'.repeat(5000), /nested more than 100 levels deep/],
  ['lists of one item in one line', '- '.repeat(20_000), /nested more than 100 levels deep/],
  ['a key twice', `${NAMESPACE}kind: Namespace`, /Map keys must be unique in line 4/],
  [
    'a tag that makes code',
    'a: !!js/function "process.exit()"',
    /Unresolved tag: tag:yaml.org,2002:js\/function in line 1/,
  ],
  ['a tag of somebody', `${NAMESPACE}spec: !include secrets.yaml`, /Unresolved tag: !include in line 4/],
  ['tabs', 'metadata:\n\tname: shop', /Tabs are not allowed as indentation in line 2/],
  ['a text without its end', 'a: "b', /Missing closing "quote in line 1/],
])('refuses %s, and makes nothing of the document', (_, yaml, message) => {
  const { problems, resources } = read(yaml);

  expect(problems[0]).toMatch(/^\[stack\/manifests\] the YAML cannot be read: /);
  expect(problems[0]).toMatch(message);
  expect(resources).toEqual({});
});

test('makes what the other documents have', () => {
  const { problems, resources } = read(`a: *nothing\n---\n${NAMESPACE}`);

  expect(problems).toHaveLength(1);
  expect(Object.keys(resources)).toEqual(['kubernetes_namespace_v1']);
});

test.each(['', '# nothing\n', '---\n---\n', 'null'])('refuses %j, which has no object', (yaml) => {
  expect(read(yaml).problems).toEqual(['[stack/manifests] the YAML must have at least one object, got none']);
});

test.each(['constructor', 'toString', 'valueOf'])('keeps the key %s of a map as one of many', (key) => {
  const { problems, resources } = read(`${NAMESPACE}---\napiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data: { ${key}: text }`);

  expect(problems).toEqual([]);
  expect(JSON.stringify(resources)).toContain(`"data":{"${key}":"text"}`);
});

test('reports the key that no program keeps, as a field and in a map', () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\ndata: { __proto__: { polluted: a } }';

  expect(read(`${NAMESPACE}__proto__: { polluted: a }`).problems).toEqual([
    expect.stringContaining("'__proto__' must be a field"),
  ]);
  expect(read(map).problems[0]).toContain('\'data\' must not have the key "__proto__"');
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});

test('reads what looks like another type as kubectl does', () => {
  const { problems, resources } = read(`apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data: { time: 12:30, day: 2026-01-01, bytes: !!str 1, quoted: "yes", template: "\${HOME} %{if}" }
binaryData: { file: aGVsbG8= }`);

  expect(problems).toEqual([]);
  expect(only({ resource: resources }, 'kubernetes_config_map_v1')).toMatchObject({
    data: { time: '12:30', day: '2026-01-01', bytes: '1', quoted: 'yes', template: '$${HOME} %%{if}' },
    binary_data: { file: 'aGVsbG8=' },
  });
});
