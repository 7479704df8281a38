import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan, review, type Review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { folder, program, type Resources } from '../fixtures';

const REGISTRY = 'azurerm_container_registry';
const A = `${REGISTRY}.a`;
const side = (resources: JsonObject, rest: JsonObject = {}) => program(resources as Resources, rest);
const registry = (given: JsonObject = {}, id = 'a'): JsonObject => ({ [REGISTRY]: { [id]: { name: 'r', ...given } } });

/** A change in short: what, how sure, on what basis, why, what is lost, and how many ways there are to keep it. */
function inShort(change: Review['changes'][number]) {
  const { action, certainty, provenance, mayReplace, from, causes, holds, consequences, takes, attributes } = change;
  return [
    `${action}${mayReplace ? ', or replace' : ''}: ${certainty} by ${provenance.basis ?? provenance.kind}`,
    ...(from === undefined ? [] : [`from ${from}`]),
    ...causes.map(({ attribute, text }) => `since ${attribute} ${text}`),
    ...(holds === undefined ? [] : [`loses ${holds}: ${consequences.join(', ')}`]),
    ...takes.map(({ address }) => `takes ${address}`),
    ...attributes.map(({ path, before, after }) => `${path} ${JSON.stringify(before)} → ${JSON.stringify(after)}`),
    ...(change.cure === undefined ? [] : ['has a cure']),
    `${change.remedies.length} remedies`,
  ];
}

const IMAGES = 'loses every image in the registry; nodes can no longer pull them: data, outage';
const CHOSEN = 'may force replacement: unless it is the value that was chosen at creation';
const ALL_IN_CLUSTER = [
  'loses everything that runs in the cluster, its dynamically provisioned volumes and the public addresses of its services',
  'data, outage, address',
].join(': ');
const CLUSTER = (rest: JsonObject): JsonObject => ({
  azurerm_kubernetes_cluster: { a: { network_profile: { pod_cidr: '10.0.0.0/16', ...rest } } },
});
const SET = (name: string): JsonObject => ({
  kubernetes_stateful_set_v1: { a: { metadata: { name }, spec: { volume_claim_template: {} } } },
});
const CLAIMS = 'loses the running pods of the set; their claims stay, with the data';
const NODES = {
  azurerm_kubernetes_cluster_node_pool: { p: { kubernetes_cluster_id: '${azurerm_kubernetes_cluster.a.id}' } },
};
const USER = { azurerm_key_vault_access_policy: { p: { key_vault_id: '/v', object_id: `\${${A}.id}` } } };
const OF_AZURE = 'likely by azurerm 4.55.0';

test.each<[what: string, before: JsonObject, after: JsonObject, rest: JsonObject, expected: string[][]]>([
  ['created', {}, registry(), {}, [['create: certain by code', '0 remedies']]],
  ['imported', {}, registry(), { import: [{ to: A, id: '/r' }] }, [['import: certain by code', '0 remedies']]],
  ['destroyed', registry(), {}, {}, [['destroy: certain by code', IMAGES, '3 remedies']]],
  [
    'forgotten',
    registry(),
    {},
    { removed: [{ from: A, lifecycle: { destroy: false } }] },
    [['forget: certain by code', '1 remedies']],
  ],
  [
    'renamed',
    registry(),
    registry({}, 'b'),
    {},
    [['rename: certain by code', `from ${A}`, IMAGES, 'has a cure', '1 remedies']],
  ],
  [
    'replaced',
    registry(),
    registry({ name: 's' }),
    {},
    [[`replace: ${OF_AZURE}`, 'since name forces replacement', IMAGES, 'name "r" → "s"', '2 remedies']],
  ],
  [
    'replaced with what depends on it',
    { ...registry(), ...USER },
    { ...registry({ name: 's' }), ...USER },
    {},
    [
      [
        `replace: ${OF_AZURE}`,
        'since name forces replacement',
        IMAGES,
        'takes azurerm_key_vault_access_policy.p',
        'name "r" → "s"',
        '2 remedies',
      ],
      [
        `replace: ${OF_AZURE}`,
        'since object_id depends on container registry r, which is recreated',
        'loses its permissions, until it is recreated: minute',
        '1 remedies',
      ],
    ],
  ],
  [
    'updated',
    registry(),
    registry({ tags: { a: 'b' } }),
    {},
    [[`update: ${OF_AZURE}`, 'tags undefined → {"a":"b"}', '0 remedies']],
  ],
  [
    'moved',
    registry(),
    registry({}, 'b'),
    { moved: [{ from: A, to: `${REGISTRY}.b` }] },
    [[`move: ${OF_AZURE}`, `from ${A}`, '0 remedies']],
  ],
  [
    'moved and updated',
    registry(),
    registry({ admin_enabled: true }, 'b'),
    { moved: [{ from: A, to: `${REGISTRY}.b` }] },
    [[`update: ${OF_AZURE}`, `from ${A}`, 'admin_enabled undefined → true', '0 remedies']],
  ],
  ['left alone', registry(), registry(), {}, []],
  [
    'there fewer times',
    registry({ count: 2 }),
    registry({ count: 1 }),
    {},
    [
      [
        'update, or replace: likely by azurerm 4.55.0',
        'since count destroys 1 of its instances, [1]',
        IMAGES,
        'count 2 → 1',
        '2 remedies',
      ],
    ],
  ],
  [
    'there more often',
    registry({ count: 1 }),
    registry({ count: 2 }),
    {},
    [[`update: ${OF_AZURE}`, 'count 1 → 2', '0 remedies']],
  ],
  [
    'there for other keys, which only a run knows',
    registry({ for_each: '${var.a}' }),
    registry({ for_each: '${var.b}' }),
    {},
    [
      [
        'update, or replace: possible by azurerm 4.55.0',
        'since for_each destroys the instances whose keys are gone',
        IMAGES,
        'for_each "${var.a}" → "${var.b}"',
        '2 remedies',
      ],
    ],
  ],
  [
    'there no more',
    registry(),
    registry({ count: 0 }),
    {},
    [['destroy: certain by code', 'since count leaves it without instances', IMAGES, '2 remedies']],
  ],
  [
    'replaced for one reason, and perhaps for another one',
    { azurerm_kubernetes_cluster: { a: { dns_prefix: 'a', network_profile: {} } } },
    { azurerm_kubernetes_cluster: { a: { dns_prefix: 'b', network_profile: { service_cidr: '10.1.0.0/16' } } } },
    {},
    [
      [
        `replace: ${OF_AZURE}`,
        'since dns_prefix forces replacement',
        ALL_IN_CLUSTER,
        'dns_prefix "a" → "b"',
        'network_profile.service_cidr undefined → "10.1.0.0/16"',
        '2 remedies',
      ],
    ],
  ],
  [
    'there fewer times, and perhaps replaced',
    { azurerm_kubernetes_cluster: { a: { count: 2, network_profile: {} } } },
    { azurerm_kubernetes_cluster: { a: { count: 1, network_profile: { service_cidr: '10.1.0.0/16' } } } },
    {},
    [
      [
        'update, or replace: possible by azurerm 4.55.0',
        `since network_profile.service_cidr ${CHOSEN}`,
        'since count destroys 1 of its instances, [1]',
        ALL_IN_CLUSTER,
        'network_profile.service_cidr undefined → "10.1.0.0/16"',
        'count 2 → 1',
        '2 remedies',
      ],
    ],
  ],
  [
    'perhaps replaced with what it depends on',
    { ...CLUSTER({}), ...NODES },
    { ...CLUSTER({ service_cidr: '10.1.0.0/16' }), ...NODES },
    {},
    [
      [
        'update, or replace: possible by azurerm 4.55.0',
        `since network_profile.service_cidr ${CHOSEN}`,
        ALL_IN_CLUSTER,
        'network_profile.service_cidr undefined → "10.1.0.0/16"',
        '2 remedies',
      ],
      [
        'update, or replace: possible by azurerm 4.55.0',
        'since kubernetes_cluster_id depends on Kubernetes cluster a, which may be recreated',
        'loses the nodes of the pool; their pods must be scheduled elsewhere: minute',
        '2 remedies',
      ],
    ],
  ],
  [
    'of an unknown type and there for other keys',
    { x_y: { a: { for_each: { a: 1 } } } },
    { x_y: { a: { for_each: { b: 1 } } } },
    {},
    [
      [
        'replace: likely by predicted',
        'since for_each destroys 1 of its instances, ["a"]',
        'for_each {"a":1} → {"b":1}',
        '1 remedies',
      ],
    ],
  ],
  [
    'of an unknown type',
    { x_y: { a: { n: 1 } } },
    { x_y: { a: { n: 2 } } },
    {},
    [['update: certain by code', 'n 1 → 2', '0 remedies']],
  ],
  [
    'there for an event, which happens again',
    { terraform_data: { a: { triggers_replace: 'a' } } },
    { terraform_data: { a: { triggers_replace: 'b' } } },
    {},
    [
      [
        'replace: likely by terraform 1',
        'since triggers_replace forces replacement',
        'triggers_replace "a" → "b"',
        '0 remedies',
      ],
    ],
  ],
  ['gone for good', SET('a'), {}, {}, [['destroy: certain by code', `${CLAIMS}: outage`, '2 remedies']]],
  [
    'soon there again',
    SET('a'),
    SET('b'),
    {},
    [
      [
        'replace: likely by kubernetes 2.38.0',
        'since metadata.name forces replacement',
        `${CLAIMS}: minute`,
        'metadata.name "a" → "b"',
        '1 remedies',
      ],
    ],
  ],
])('what is %s is told with what is lost and why', (_, before, after, rest, expected) => {
  expect(review(side(before), side(after, rest)).changes.map(inShort)).toEqual(expected);
});

test('a change is told with the construct, and with the name that the resource has', () => {
  const of = (name: string) => side(registry({ name, '//': { metadata: { path: 'app/a/Resource' } } }));
  expect(review(of('r'), of('s')).changes).toMatchObject([
    { ...{ stack: 'vote', address: A, type: REGISTRY }, path: 'app/a/Resource', name: 'container registry r' },
  ]);
  expect(review(side(registry()), side(registry({}, 'b'))).changes).toMatchObject([
    { unrelated: false, notes: [expect.stringContaining('unless a moved block declares the rename')] },
  ]);
});

test('of entries with names, only those are hidden that are secrets', () => {
  const of = (...values: string[]) =>
    side({
      kubernetes_pod_v1: {
        a: {
          spec: {
            container: [
              { name: 'c', env: ['DB_PASSWORD', 'COLOR'].map((name, i) => ({ name, value: values[i] ?? '' })) },
            ],
          },
        },
      },
    });
  const [change] = review(of('one', 'red'), of('two', 'blue')).changes;
  expect(change?.attributes.map(({ path, after }) => [path, after])).toEqual([
    ['spec.container[c].env[COLOR].value', 'blue'],
    ['spec.container[c].env[DB_PASSWORD].value', '(sensitive)'],
  ]);
});

/** The change of a registry in a plan. */
function planned(actions: string[], rest: JsonObject = {}, entry: JsonObject = {}) {
  const file = join(folder(), 'plan.json');
  const [before, after] = [
    { sku: 'Basic', zone: 'a' },
    { sku: 'Premium', zone: 'b' },
  ];
  const change = { actions, before, after: actions.includes('forget') ? null : after, ...rest };
  const entries = [{ address: A, type: REGISTRY, change, ...entry }];
  writeFileSync(file, JSON.stringify({ format_version: '1.2', resource_changes: entries }));
  const of = (given: JsonObject) => side({ [REGISTRY]: { a: given } });
  return review(of({ ...before, count: 1 }), of({ ...after, count: 2 }), readPlan(file)).changes.map(inShort);
}

const SKU = 'sku "Basic" → "Premium"';
const ZONE = 'zone "a" → "b"';

test.each<[actions: string[], rest: JsonObject, entry: JsonObject, expected: string[]]>([
  [['update'], {}, {}, ['update: certain by plan', SKU, ZONE, '0 remedies']],
  [
    ['update'],
    { after_sensitive: { sku: true } },
    {},
    ['update: certain by plan', 'sku "(sensitive)" → "(sensitive)"', ZONE, '0 remedies'],
  ],
  [['forget'], {}, {}, ['forget: certain by plan', '1 remedies']],
  [
    ['delete', 'create'],
    { replace_paths: [['zone']] },
    {},
    ['replace: certain by plan', 'since zone forces replacement', IMAGES, ZONE, SKU, '2 remedies'],
  ],
  ...[
    ['replace_because_tainted', 'its last creation failed, or it was tainted', '2 remedies'],
    ['replace_by_request', 'requested on the command line', '1 remedies'],
    ['replace_by_triggers', 'replace_triggered_by', '1 remedies'],
  ].map(([reason = '', text = '', remedies = '']): [string[], JsonObject, JsonObject, string[]] => [
    ['delete', 'create'],
    {},
    { action_reason: reason },
    ['replace: certain by plan', `since the resource ${text}`, IMAGES, SKU, ZONE, remedies],
  ]),
])('a plan to %j is told as it is', (actions, rest, entry, expected) => {
  expect(planned(actions, rest, entry)).toEqual([expected]);
});

test('what a plan leaves alone is no change, whatever the code says', () => {
  expect(planned(['no-op'], { after: { sku: 'Basic', zone: 'a' } })).toEqual([]);
});

test.each([
  [{ temporary_name_for_rotation: 't' }, 'rotates'],
  [{}, 'fails'],
])('of an effect on an attribute, the plan decides, unless the provider does in the apply: %j', (given, effect) => {
  const of = (value: string) => ({
    ...{ dns_prefix: value, default_node_pool: [{ name: 'p', vm_size: value, ...given }] },
  });
  const file = join(folder(), 'plan.json');
  const change = { actions: ['update'], before: of('a'), after: of('b') };
  const entry = { address: 'azurerm_kubernetes_cluster.a', type: 'azurerm_kubernetes_cluster', change };
  writeFileSync(file, JSON.stringify({ format_version: '1.2', resource_changes: [entry] }));
  const [before, after] = [of('a'), of('b')].map((a) => side({ azurerm_kubernetes_cluster: { a } }));
  const [found] = review(before, after!, readPlan(file)).changes;
  expect(found?.attributes.map((one) => [one.path, one.effect?.kind])).toEqual([
    ['default_node_pool.vm_size', effect],
    ['dns_prefix', undefined],
  ]);
});
