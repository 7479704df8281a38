import fc from 'fast-check';
import { settledIn } from '../../../../lib/review/match/settled';
import { stackOf } from '../../../../lib/review/read/program';
import { reviewOf } from '../../../../lib/review/review';
import { versionsOf } from '../../../../lib/review/versions';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import type { StackFiles } from '../../../../lib/terraform-json/read';
import { program, stack, type Resources } from '../fixtures';

const isSettled = (base: readonly StackFiles[], head: readonly StackFiles[], address: string, name = 'vote') => {
  const [olds, news] = [base, head].map((side) => side.map((files) => stackOf(files)));
  const resource = news?.find((one) => one.name === name)?.resources.get(address);
  return resource && settledIn(olds ?? [], news ?? [])(resource);
};

const USER = { x_y: { it: { a: '${x_z.other.id}' } } };

test('a resource is settled if it and all that it refers to are the same', () => {
  const other = (a: Json) => program({ ...USER, x_z: { other: { a }, third: { a: 1 } } });

  expect(isSettled(other(1), other(1), 'x_y.it')).toBe(true);
  expect(isSettled(other(1), other(2), 'x_y.it')).toBe(false);
  expect(isSettled(other(1), other(2), 'x_z.third')).toBe(true);
});

test.each<[string, JsonObject, JsonObject]>([
  ['an argument', { resource: { x_y: { it: { a: 1 } } } }, { resource: { x_y: { it: { a: '1' } } } }],
  ['a meta-argument', { resource: { x_y: { it: {} } } }, { resource: { x_y: { it: { count: 2 } } } }],
  [
    'what it says to its readers',
    { resource: { x_y: { it: { '//': 'a' } } } },
    { resource: { x_y: { it: { '//': 'b' } } } },
  ],
  ['a local', { locals: { b: 1 } }, { locals: { b: 2 } }],
  ['a local of a local', { locals: { b: '${local.c}', c: 1 } }, { locals: { b: '${local.c}', c: 2 } }],
  ['the default of a variable', { variable: { b: { default: 1 } } }, { variable: { b: { default: 2 } } }],
  ['a query', { data: { x_y: { b: { a: 1 } } } }, { data: { x_y: { b: { a: 2 } } } }],
  ['a module', { module: { b: { a: 1 } } }, { module: { b: { a: 2 } } }],
  ['a new local', {}, { locals: { b: 1 } }],
  ['a local that is gone', { locals: { b: 1 } }, {}],
  ['another resource in its place', {}, { moved: [{ from: 'x_z.b', to: 'x_z.c' }] }],
  ['another cloud', { provider: { x: [{ environment: 'public' }] } }, { provider: { x: [{ environment: 'china' }] } }],
])('%s unsettles what uses it', (_, base, head) => {
  const uses = ['local.b', 'var.b', 'data.x_y.b.c', 'module.b.c', 'x_z.b.c'].map((name) => `\${${name}}`);
  const side = (rest: JsonObject) => [stack({ resource: { x_y: { it: { uses } } }, ...rest })];

  expect(isSettled(side(base), side(base), 'x_y.it')).toBe(true);
  expect(isSettled(side(base), side(head), 'x_y.it')).toBe(false);
});

test.each<[string, JsonObject]>([
  ['depends on it', { depends_on: ['x_z.other'] }],
  ['is replaced with it', { lifecycle: { replace_triggered_by: ['x_z.other.a'] } }],
])('a change unsettles what %s', (_, user) => {
  const side = (a: Json) => program({ x_y: { it: user }, x_z: { other: { a } } });

  expect(isSettled(side(1), side(1), 'x_y.it')).toBe(true);
  expect(isSettled(side(1), side(2), 'x_y.it')).toBe(false);
});

test('an output unsettles what reads it in another stack', () => {
  const reader = stack(
    { resource: { x_y: { it: { a: '${data.terraform_remote_state.vote.outputs.out}' } } } },
    { name: 'reader' },
  );
  const writer = (a: Json) => stack({ locals: { a }, output: { out: { value: '${local.a}' } } });

  expect(isSettled([reader, writer(1)], [reader, writer(1)], 'x_y.it', 'reader')).toBe(true);
  expect(isSettled([reader, writer(1)], [reader, writer(2)], 'x_y.it', 'reader')).toBe(false);
});

/** Resources of which much is said, with a value that may be anything. */
const SHAPES: readonly ((value: Json) => [type: string, body: JsonObject])[] = [
  (value) => ['azurerm_subnet', { name: value, virtual_network_name: 'net', address_prefixes: [value] }],
  (value) => ['azurerm_public_ip', { name: 'ip', zones: [value], domain_name_label: value }],
  (value) => ['azurerm_role_assignment', { principal_id: value, scope: '/a', role_definition_name: 'Owner' }],
  (value) => ['azurerm_kubernetes_cluster', { name: value, dns_prefix: 'x', private_cluster_enabled: value }],
  (value) => [
    'azurerm_subnet_network_security_group_association',
    { subnet_id: value, network_security_group_id: 'x' },
  ],
  (value) => ['kubernetes_service_v1', { metadata: { name: 'web' }, spec: { type: value, cluster_ip: 'None' } }],
  (value) => [
    'kubernetes_network_policy_v1',
    { metadata: { name: 'p' }, spec: { pod_selector: { match_labels: { app: value } }, ingress: [] } },
  ],
  (value) => [
    'kubernetes_pod_disruption_budget_v1',
    { metadata: { name: 'p' }, spec: { selector: { match_labels: { app: value } } } },
  ],
  (value) => [
    'kubernetes_deployment_v1',
    {
      metadata: { name: 'web', labels: { app: 'a' } },
      spec: {
        replicas: 2,
        template: {
          metadata: { labels: { app: 'a' } },
          spec: { container: [{ name: 'web', image: value, env: [{ name: 'PASSWORD', value }] }] },
        },
      },
    },
  ],
  (value) => ['x_y', { a: value, lifecycle: { replace_triggered_by: ['azurerm_subnet.r0'] }, for_each: { k: value } }],
];

const values = fc.oneof(
  fc.constantFrom<Json>('a', 'LoadBalancer', true, '10.0.0.0/24'),
  fc
    .tuple(
      fc.constantFrom(...SHAPES.map((shape) => shape('')[0])),
      fc.nat(4),
      fc.constantFrom('id', 'name', 'zones[0]'),
    )
    .map(([type, index, attribute]) => `\${${type}.r${index}.${attribute}}`),
  fc.constantFrom<Json>('${local.a}', '${var.a}', 'x-${local.b}'),
);
const sides = fc.record({
  resources: fc.array(fc.tuple(fc.constantFrom(...SHAPES), values), { minLength: 2, maxLength: 8 }),
  locals: fc.record({ a: values, b: fc.constantFrom('${local.a}', 'b') }),
  byDefault: fc.constantFrom('a', 'b'),
});
type Side = typeof sides extends fc.Arbitrary<infer T> ? T : never;

const edits = fc.array(fc.tuple(fc.nat(8), values), { maxLength: 2 });

test('a review is the same when nothing is taken for settled', () => {
  const programOf = ({ resources, locals, byDefault }: Side) => {
    const found: Resources = {};
    resources.forEach(([shape, value], index) => {
      const [type, body] = shape(value);
      found[type] = { ...found[type], [`r${index}`]: body };
    });
    return program(found, { locals, variable: { a: { default: byDefault } } });
  };
  fc.assert(
    fc.property(sides, edits, fc.option(values), (side, changes, local) => {
      const base = programOf(side);
      const head = programOf({
        ...side,
        resources: side.resources.flatMap(([shape, value], index) => {
          const change = changes.find(([at]) => at === index);
          return index === 0 && change?.[1] === true
            ? []
            : [[shape, change?.[1] ?? value] as (typeof side.resources)[0]];
        }),
        locals: local === null ? side.locals : { ...side.locals, a: local },
      });
      const versions = versionsOf(base, head);
      const unsettled = versions.pairs.map((pair) => ({ ...pair, isSettled: () => false }));
      const options = { profile: 'strict' } as const;

      expect(reviewOf(versions, options)).toEqual(reviewOf({ ...versions, pairs: unsettled }, options));
    }),
    { numRuns: 100 },
  );
});
