import fc from 'fast-check';
import { depict, renderJson, renderMarkdown, renderSarif, renderTerminal, review } from '../../../lib/review';
import { evaluated } from '../../../lib/terraform-json/evaluate';
import type { JsonObject } from '../../../lib/terraform-json/json';
import { growsFaster, timeOf } from '../../growth';
import { program, stack } from './fixtures';

/** Where a text may stand. */
const PLACES: readonly ((text: string) => ReturnType<typeof program>)[] = [
  (text) => program({ x_y: { it: { text } } }),
  (text) => program({ kubernetes_config_map_v1: { it: { data: { file: text } } } }),
  (text) => program({ x_y: { it: { [text]: 1, password: text } } }),
  (text) => program({ x_y: { it: { text: '${local.it}', list: '${upper(local.it)}' } } }, { locals: { it: text } }),
  (text) => program({ x_y: { it: { for_each: text, text: '${each.value}' } } }),
  (text) => program({ x_y: { it: { lifecycle: { ignore_changes: [text], replace_triggered_by: [text] } } } }),
  (text) =>
    program({
      kubernetes_pod_v1: {
        it: {
          '//': { comment: text, 'cdktf-review': { accept: [{ rule: text, reason: text, until: text }] } },
          metadata: { name: text, annotations: { [text]: text, 'checkov.io/skip': text, 'kube-score/ignore': text } },
          spec: { container: [{ name: text, image: text, env: [{ name: text, value: text }] }], host_pid: text },
        },
      },
    }),
  (text) => program({}, { output: { it: { value: text } }, provider: { x: [{ host: text }] } }),
  (text) =>
    program({
      azurerm_role_assignment: { it: { scope: text, principal_id: text, role_definition_name: text } },
      kubernetes_service_v1: { it: { metadata: { name: text }, spec: { load_balancer_source_ranges: [text] } } },
    }),
];

/** The time to review a change, and to render it. */
function reviewTime(base: ReturnType<typeof program>, head: ReturnType<typeof program>): number {
  return timeOf(() => {
    const found = review(base, head, undefined, { profile: 'strict' });
    const texts = [renderJson(found), renderMarkdown(found), renderTerminal(found, false), renderSarif(found)];
    texts.forEach((text) => text.length);
  });
}

/** Texts of which scanners may read the same part again and again. */
const HOSTILE = [
  ...[
    '${a.b} ',
    '${a.b ',
    'a.b ',
    '"\\\\',
    '${',
    '%{',
    '$${',
    '}',
    '"',
    '\\',
    '|',
    '\\|',
    '`',
    ')',
    ',',
    ' ',
    '\n',
    '[',
  ],
  ...['${"', '${"${', '${{', '${[', 'a.', 'a[0]', 'a["', '.*', '$', '1', '1.', '\u200b', '\ud83d\ude00', '\ud83d'],
  ...['password=', '--password ', '-p ', '-u a:', 'a:', '://a:', '@', 'eyJ', '-----BEGIN ', 'A ', '-', '_', 'bearer '],
  ...['authorization: ', 'AccountKey=', ': ', '/', '/subscriptions/', 'kind: Secret\n', 'data:\n', '{"', '{', "'", '*'],
  ...[
    'mysql ',
    'toset([',
    '::',
    '##[',
    'file("',
    'ghp_',
    'local.',
    'local.it ',
    '${local.it}',
    'each.',
    'count.index ',
  ],
];

const texts = fc
  .tuple(
    fc.constantFrom('', '${', '${"', '%{', '{', '['),
    fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '}', '"}', ']'),
  )
  .map(
    ([start, unit, end]) =>
      (size: number): string =>
        start + unit.join('').repeat(size / unit.join('').length) + end,
  );

/** What a place takes with a plain text, which is not the fault of a text. */
const PLAIN = new Map(
  PLACES.map((place) => {
    const time = () => reviewTime(place('word '.repeat(12_800)), place('word '.repeat(12_801)));
    time();
    return [place, time()];
  }),
);

test('no text takes a time that grows faster than its length', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom(...PLACES), (text, place) => {
      const time = (size: number) => reviewTime(place(text(size)), place(`${text(size)}x`));
      const isSlow = () => time(64_000) > 4 * 8 * (time(8_000) + PLAIN.get(place)!);
      expect(isSlow() && isSlow()).toBe(false);
    }),
    { numRuns: 25 },
  );
});

type Side = ReturnType<typeof program>;

const many = (count: number, make: (i: number) => JsonObject, name = 'r'): Record<string, JsonObject> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${i}`, make(i)]));

/** Programs of any size, before and after a change. */
const SHAPES: readonly [name: string, version: (count: number, version: 1 | 2) => Side][] = [
  [
    'equal resources that are all renamed',
    (count, version) => program({ azurerm_subnet: many(count, () => ({ a: 1 }), `v${version}_`) }),
  ],
  [
    'a chain of replace_triggered_by',
    (count, version) =>
      program({
        azurerm_public_ip: many(count, (i) => ({
          name: i === count - 1 ? `a${version}` : 'b',
          lifecycle: { replace_triggered_by: i === count - 1 ? [] : [`azurerm_public_ip.r${i + 1}`] },
        })),
      }),
  ],
  [
    'a chain of moves',
    (count, version) =>
      program(
        { x_y: { [version === 1 ? 'm0' : `m${count}`]: { a: 1 } } },
        { moved: Array.from({ length: count }, (_, i) => ({ from: `x_y.m${i}`, to: `x_y.m${i + 1}` })) },
      ),
  ],
  [
    'an expression of many references',
    (count, version) =>
      program({
        x_y: {
          ...many(count, () => ({ a: version })),
          all: { a: `\${[${Array.from({ length: count }, (_, i) => `x_y.r${i}.a`).join(', ')}]}` },
        },
      }),
  ],
  [
    'a provider for each cluster',
    (all, version) => {
      const count = all / 2; // of each type
      return program(
        {
          azurerm_kubernetes_cluster: many(count, (i) => ({ name: `a${i}${version}` })),
          kubernetes_service: many(count, (i) => ({ provider: `kubernetes.r${i}`, metadata: { name: 'x' } })),
        },
        {
          provider: {
            kubernetes: Array.from({ length: count }, (_, i) => ({
              alias: `r${i}`,
              host: `\${azurerm_kubernetes_cluster.r${i}.host}`,
            })),
          },
        },
      );
    },
  ],
  [
    'pods and policies, which select others',
    (all, version) => {
      const count = all / 4; // of each kind
      const labels = (app: string, i: number) => ({ app, tier: 'web', [`l${i}`]: 'x' });
      return program({
        kubernetes_deployment_v1: many(count, (i) => ({
          metadata: { name: `d${i}`, labels: { version } },
          spec: {
            replicas: 2,
            template: { metadata: { labels: labels('a', i) }, spec: { container: [{ image: 'a' }] } },
          },
        })),
        kubernetes_network_policy_v1: many(count, (i) => ({
          spec: { pod_selector: { match_labels: labels('b', i) } },
        })),
        kubernetes_service_v1: many(count, (i) => ({ metadata: { name: `s${i}` }, spec: { cluster_ip: 'None' } })),
        kubernetes_stateful_set_v1: many(count, (i) => ({
          metadata: { name: `t${i}` },
          spec: { service_name: `s${i}` },
        })),
      });
    },
  ],
  [
    'containers with variables',
    (count, version) =>
      program({
        kubernetes_pod_v1: {
          it: {
            spec: {
              container: Array.from({ length: count }, (_, i) => ({
                name: `c${i}`,
                image: `i${version}`,
                env: [{ name: `A${i}`, value: 'x' }],
              })),
            },
          },
        },
      }),
  ],
  [
    'rules of one security group',
    (count, version) => {
      const rule = { direction: 'Inbound', access: 'Allow', protocol: 'Tcp', destination_address_prefix: '*' };
      const source = version === 1 ? '10.0.0.0/8' : '*';
      const rules = Object.values(many(count, (i) => ({ ...rule, name: `r${i}`, source_address_prefix: source })));
      return program({ azurerm_network_security_group: { it: { name: 'g', security_rule: rules } } });
    },
  ],
  [
    'places that may be in use, and change',
    (count, version) =>
      program({
        azurerm_subnet: many(count, (i) => ({ name: `s${i}`, address_prefixes: [`10.${version}.0.0/24`] })),
        azurerm_network_interface: many(count, (i) => ({ subnet_id: `\${azurerm_subnet.r${i}.id}` })),
      }),
  ],
  [
    'networks whose space changes, with their subnets',
    (all, version) => {
      const count = all / 2; // of each type
      return program({
        azurerm_virtual_network: many(count, (i) => ({
          name: `n${i}`,
          address_space: ['10.0.0.0/16', `192.168.${version}.0/24`],
        })),
        azurerm_subnet: many(count, (i) => ({ virtual_network_name: `n${i}`, address_prefixes: ['10.0.0.0/24'] })),
      });
    },
  ],
  [
    'identities that change, with their roles',
    (all, version) => {
      const count = all / 2; // of each type
      const user = { type: 'UserAssigned', identity_ids: ['${azurerm_user_assigned_identity.it.id}'] };
      return program({
        azurerm_linux_web_app: many(count, () => ({ identity: version === 1 ? { type: 'SystemAssigned' } : user })),
        azurerm_role_assignment: many(count, (i) => ({
          principal_id: `\${azurerm_linux_web_app.r${i}.identity[0].principal_id}`,
        })),
      });
    },
  ],
  [
    'moves of instances',
    (count, version) =>
      program(
        { x_y: many(count, () => ({ count: 1, a: 1 }), `m${version}_`) },
        { moved: Array.from({ length: count }, (_, i) => ({ from: `x_y.m1_${i}[0]`, to: `x_y.m2_${i}[0]` })) },
      ),
  ],
  [
    'many stacks',
    (count, version) =>
      Array.from({ length: count }, (_, i) =>
        stack({ resource: { x_y: { it: { a: version } } } }, { name: `stack${i}` }),
      ),
  ],
];

test.each(SHAPES)('the time of %s grows with their number', (_, version) => {
  const time = (count: number) => reviewTime(version(count, 1), version(count, 2));
  expect(growsFaster(time, 104)).toBe(false);
});

test('the time of a picture grows with the number of workloads, and of what belongs to them', () => {
  const version = (all: number, tag: 1 | 2): Side => {
    const count = all / 4; // of each kind
    const labels = (i: number) => ({ tier: 'web', app: `a${i}` });
    return program({
      kubernetes_deployment_v1: many(count, (i) => ({
        metadata: { name: `d${i}` },
        spec: {
          template: {
            metadata: { labels: labels(i) },
            spec: {
              volume: [{ name: 'c', config_map: { name: `c${i}` } }],
              container: [{ image: `a:${tag}`, env: [{ name: 'A', value: `s${i}` }] }],
            },
          },
        },
      })),
      kubernetes_config_map_v1: many(count, (i) => ({ metadata: { name: `c${i}` } })),
      kubernetes_network_policy_v1: many(count, (i) => ({ spec: { pod_selector: { match_labels: labels(i) } } })),
      kubernetes_service_v1: many(count, (i) => ({ metadata: { name: `s${i}` }, spec: { selector: labels(i) } })),
    });
  };
  const time = (count: number) => timeOf(() => depict(version(count, 1), version(count, 2), { changes: [] }));
  expect(growsFaster(time, 208)).toBe(false);
});

test.each(['(', '[', '!', 'true ? ', '{ a = ', '1 + '])(
  'the time to evaluate %p again and again grows with its length',
  (piece) => {
    const time = (length: number) => timeOf(() => evaluated(piece.repeat(length)));
    expect(growsFaster(time, 2_000)).toBe(false);
  },
);
