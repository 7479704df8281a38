import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

/** The specifications of policies by their names, which may begin with a namespace: "other/it". */
type Policies = Record<string, JsonObject>;

const side = (policies: Policies) =>
  program({
    kubernetes_network_policy_v1: Object.fromEntries(
      Object.entries(policies).map(([id, spec]) => {
        const [namespace, name] = id.includes('/') ? id.split('/') : ['shop', id];
        return [String(name), { metadata: { name: String(name), namespace: String(namespace) }, spec }];
      }),
    ),
  });

/** The rows of the policy "it". */
function rows(before: Policies, after: Policies): string[] {
  const { exposure } = review(side(before), side(after));
  return exposure
    .filter(({ address }) => address.endsWith('.it'))
    .map(({ what, shift, before: old, after: now }) => `${what} ${shift}: ${old} > ${now}`);
}

const shifts = (...given: Parameters<typeof rows>) => rows(...given).map((row) => / (\w+): /.exec(row)?.[1]);

const labelled = (labels: JsonObject) => ({ pod_selector: { match_labels: labels } });
const ALL = { pod_selector: {} };
const OUT = { policy_types: ['Egress'] };
const FROM_WEB = { ingress: [{ from: [labelled({ app: 'web' })] }] };
const fromCidr = (cidr: string, except: Json = []) => ({ ingress: [{ from: [{ ip_block: { cidr, except } }] }] });

test.each<[what: string, other: Policies, whenNew: string | undefined, whenGone: string | undefined]>([
  ['no other one', {}, 'narrowed', 'widened'],
  ['one for all pods', { all: ALL }, 'widened', 'narrowed'],
  ['one for pods with some of its labels', { some: labelled({ app: 'one' }) }, 'widened', 'narrowed'],
  ['one for all pods of another namespace', { 'other/all': ALL }, 'narrowed', 'widened'],
  ['one for what goes out', { out: { ...ALL, ...OUT } }, 'narrowed', 'widened'],
  ['one for pods with another value of a label', { two: labelled({ app: 'two' }) }, 'narrowed', 'widened'],
  ['one for pods with another label', { tier: labelled({ tier: 'front' }) }, 'changed', 'changed'],
  ['one for pods with a label that is a variable', { it2: labelled({ app: '${var.app}' }) }, 'changed', 'changed'],
  [
    'one for pods by an expression',
    { some: { pod_selector: { match_expressions: [{ key: 'app', operator: 'Exists' }] } } },
    'changed',
    'changed',
  ],
  [
    'one for pods with two labels, of which one has another value',
    { some: labelled({ tier: 'front', app: 'two' }) },
    'narrowed',
    'widened',
  ],
])('a policy that lets somebody in, beside %s', (_, other, whenNew, whenGone) => {
  const it = { ...labelled({ app: 'one' }), ...FROM_WEB };
  expect(shifts(other, { ...other, it })).toEqual([whenNew]);
  expect(shifts({ ...other, it }, other)).toEqual([whenGone]);
});

test.each<[what: string, other: Policies, whenNew: string[], whenGone: string[]]>([
  ['no other one', {}, ['narrowed'], ['widened']],
  ['one for all pods', { all: { ...ALL, ...FROM_WEB } }, [], []],
  [
    'one that may be for the same',
    { some: { ...labelled({ tier: 'front' }), ...FROM_WEB } },
    ['narrowed'],
    ['widened'],
  ],
])('a policy that lets nobody in, beside %s', (_, other, whenNew, whenGone) => {
  expect(shifts(other, { ...other, it: ALL })).toEqual(whenNew);
  expect(shifts({ ...other, it: ALL }, other)).toEqual(whenGone);
});

test('a policy by an expression, beside one by labels, may be for the same pods', () => {
  const it = { pod_selector: { match_expressions: [{ key: 'app', operator: 'Exists' }] }, ...FROM_WEB };
  const other = { one: labelled({ app: 'one' }) };
  expect(rows(other, { ...other, it })).toEqual([
    'some pods of namespace shop, incoming changed: what other policies allow, or everyone > pods app=web',
  ]);
});

test.each<[what: string, rules: JsonObject, expected: string[]]>([
  ['everyone', { ingress: [{}] }, []],
  ['everyone on one port', { ingress: [{ ports: [{ port: 80 }] }] }, ['narrowed']],
  ['every address', fromCidr('0.0.0.0/0'), []],
  ['every address of version 6', fromCidr('::/0'), []],
  [
    'every address, in two halves',
    { ingress: [...fromCidr('0.0.0.0/1').ingress, ...fromCidr('128.0.0.0/1').ingress] },
    [],
  ],
  ['every address but some', fromCidr('0.0.0.0/0', ['1.0.0.0/8']), ['narrowed']],
  ['an address that is none', fromCidr('${var.cidr}'), ['narrowed']],
])('a new policy that lets in %s', (_, rules, expected) => {
  expect(shifts({}, { it: { ...ALL, ...rules } })).toEqual(expected);
});

test.each<[what: string, given: JsonObject, expected: string[]]>([
  ['nothing: it limits what comes in', {}, ['incoming']],
  ['nothing, and rules for what goes out', { egress: [] }, ['incoming', 'outgoing']],
  ['what comes in', { policy_types: ['Ingress'], egress: [] }, ['incoming']],
  ['what goes out', { policy_types: ['Egress'] }, ['outgoing']],
  ['what only Terraform knows', { policy_types: ['${var.a}'] }, ['incoming', 'outgoing']],
  ['both, of which Terraform knows one', { policy_types: ['Ingress', '${var.a}'] }, ['incoming', 'outgoing']],
])('a policy whose types are %s', (_, given, expected) => {
  const found = rows({}, { it: { ...ALL, ...given } });
  expect(found.map((row) => /, (\w+) /.exec(row)?.[1])).toEqual(expected);
  expect(found.every((row) => row.endsWith(' narrowed: everyone, since no policy limits them > nobody'))).toBe(true);
});

test.each<[what: string, before: Policies, after: Policies, expected: string[]]>([
  [
    'other pods',
    { it: { ...labelled({ app: 'one' }), ...FROM_WEB } },
    { it: { ...ALL, ...FROM_WEB } },
    [
      'all pods of namespace shop, incoming changed: pods app=web (pods app=one of namespace shop) > pods app=web (all pods of namespace shop)',
    ],
  ],
  [
    'another namespace',
    { it: { ...ALL, ...FROM_WEB } },
    { 'other/it': { ...ALL, ...FROM_WEB } },
    [
      'all pods of namespace other, incoming changed: pods app=web (all pods of namespace shop) > pods app=web (all pods of namespace other)',
    ],
  ],
  [
    'another direction',
    { it: { ...ALL, ...FROM_WEB } },
    { it: { ...ALL, ...OUT, egress: [{ to: [labelled({ app: 'db' })], ports: [{ port: 5432 }] }] } },
    [
      'all pods of namespace shop, incoming widened: pods app=web > not limited by the policy it',
      'all pods of namespace shop, outgoing narrowed: not limited by the policy it > pods app=db, port 5432/TCP',
    ],
  ],
  ['the same', { it: { ...ALL, ...FROM_WEB } }, { it: { ...ALL, ...FROM_WEB } }, []],
])('a policy that is then for %s', (_, before, after, expected) => {
  const moved = (row: string) => !row.includes('replace');
  expect(rows(before, after).filter(moved)).toEqual(expected);
});
