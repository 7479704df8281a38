import {
  readAcceptances,
  renderJson,
  review,
  type Acceptance,
  type FindingOptions,
  type Review,
} from '../../../../lib/review';
import { isDay } from '../../../../lib/review/findings/acceptance';
import { tripped } from '../../../../lib/review/verdict/gates';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, program, stack } from '../fixtures';

type Program = ReturnType<typeof program>;

/** A registry with an admin user, which is a finding of high severity, or without one. */
const registry = (admin_enabled: Json, rest: JsonObject = {}, id = 'it') =>
  program({ azurerm_container_registry: { [id]: { name: 'images', admin_enabled, ...rest } } });

const findings = (base: Program | undefined, head: Program, options: FindingOptions = {}) =>
  review(base, head, undefined, options).findings;
const statesOf = (base: Program | undefined, head: Program, options?: FindingOptions) =>
  findings(base, head, options).rows.map(({ rule, state }) => `${rule} ${state}`);
const printsOf = (base: Program | undefined, head: Program) =>
  findings(base, head).rows.map(({ fingerprint }) => fingerprint);

const BAD = registry(true);
const GOOD = registry(false);

describe('against the base, a finding is', () => {
  test.each<[string, Program | undefined, Program, string[]]>([
    ['new without a base', undefined, BAD, ['new']],
    ['new where it was not', GOOD, BAD, ['new']],
    ['new with its resource', program({}), BAD, ['new']],
    ['old where it was', BAD, BAD, ['old']],
    ['fixed where it is not any more', BAD, GOOD, ['fixed']],
    ['fixed with its resource', BAD, program({}), ['fixed']],
    ['none where it never was', GOOD, GOOD, []],
    ['old at another address', BAD, registry(true, {}, 'other'), ['old']],
    [
      'old where a resource is moved and has another name',
      BAD,
      [
        stack({
          resource: { azurerm_container_registry: { other: { name: 'others', admin_enabled: true } } },
          moved: [{ from: 'azurerm_container_registry.it', to: 'azurerm_container_registry.other' }],
        }),
      ],
      ['old'],
    ],
    ['not fixed where only Terraform knows', BAD, registry('${var.admin}'), []],
    ['new where only Terraform knew', registry('${var.admin}'), BAD, ['new']],
    [
      'that of what a local says',
      GOOD,
      [
        stack({
          locals: { admin: true },
          resource: { azurerm_container_registry: { it: { name: 'images', admin_enabled: '${local.admin}' } } },
        }),
      ],
      ['new'],
    ],
    [
      'open where a variable has a default, since it may be set elsewhere',
      [
        stack({
          variable: { admin: { default: false } },
          resource: { azurerm_container_registry: { it: { name: 'images', admin_enabled: '${var.admin}' } } },
        }),
      ],
      [
        stack({
          variable: { admin: { default: true } },
          resource: { azurerm_container_registry: { it: { name: 'images', admin_enabled: '${var.admin}' } } },
        }),
      ],
      [],
    ],
    ['none of no instances', GOOD, registry(true, { count: 0 }), []],
    [
      'that of each instance',
      GOOD,
      program({
        azurerm_container_registry: {
          it: { name: '${each.key}', admin_enabled: '${each.value}', for_each: { a: false, b: true } },
        },
      }),
      ['new'],
    ],
    [
      'not fixed by leaving the state',
      BAD,
      [stack({ removed: [{ from: 'azurerm_container_registry.it', lifecycle: { destroy: false } }] })],
      [],
    ],
    ['not fixed with the whole stack, for which nobody runs Terraform', BAD, [], []],
  ])('%s', (_, base, head, states) => {
    expect(statesOf(base, head)).toEqual(states.map((state) => `registry-admin-user ${state}`));
  });

  test('told for each part of a resource', () => {
    const pod = (...names: string[]) =>
      program({
        kubernetes_pod_v1: {
          it: { spec: { container: names.map((name) => ({ name, security_context: { privileged: true } })) } },
        },
      });
    const rows = findings(pod('a', 'b'), pod('b', 'c')).rows.filter(({ rule }) => rule === 'container-privileged');
    expect(rows.map(({ state, part }) => `${state} ${part}`)).toEqual([
      'new container[c]',
      'old container[b]',
      'fixed container[a]',
    ]);
  });

  test('of the profile that is asked for', () => {
    expect(findings(undefined, GOOD).rows).toEqual([]);
    expect(statesOf(undefined, GOOD, { profile: 'strict' })).toContain('registry-public-network new');
  });

  test('of what a kubernetes_manifest makes, as of the typed resource', () => {
    const spec = { containers: [{ name: 'web', image: 'web', securityContext: { privileged: true } }], hostPID: true };
    const manifest = (kind: string, body: JsonObject) => ({
      apiVersion: 'v1',
      kind,
      metadata: { name: 'web' },
      ...body,
    });
    const rows = (body: JsonObject) =>
      findings(undefined, program({ kubernetes_manifest: { it: { manifest: body } } })).rows;
    const pod = rows(manifest('Pod', { spec }));
    expect(pod.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['container-privileged', 'pod-host-pid', 'container-image-tag', 'container-memory-limit']),
    );
    const list = rows({ apiVersion: 'v1', kind: 'List', items: [manifest('Pod', { spec })] });
    const job = rows(manifest('CronJob', { spec: { jobTemplate: { spec: { template: { spec } } } } }));
    expect([list, job].map((found) => found.map(({ rule }) => rule))).toEqual(
      Array(2).fill(pod.map(({ rule }) => rule)),
    );
  });
});

describe('a fingerprint', () => {
  test('is the same in the review that renames the resource, and in those before and after', () => {
    const other = registry(true, {}, 'other');
    const [print] = printsOf(undefined, BAD);
    expect(print).toMatch(/^[0-9a-f]{16}$/);
    expect([printsOf(BAD, other), printsOf(other, other), printsOf(undefined, other)].flat()).toEqual(
      Array(3).fill(print),
    );
  });

  test('follows moved blocks where the name is not known', () => {
    const unnamed = (id: string, rest: JsonObject = {}) => [
      stack({
        resource: { azurerm_container_registry: { [id]: { name: '${var.name}', admin_enabled: true } } },
        ...rest,
      }),
    ];
    const moved = unnamed('b', {
      moved: [{ from: 'azurerm_container_registry.a', to: 'azurerm_container_registry.b' }],
    });
    const [print] = printsOf(undefined, unnamed('a'));
    expect([printsOf(unnamed('a'), moved), printsOf(moved, moved)].flat()).toEqual([print, print]);
    expect(printsOf(undefined, unnamed('b'))).not.toEqual([print]);
  });

  test('is another one for another rule, part, stack and resource', () => {
    const two = (name: string) => stack(registry(true)[0]?.files[0] as JsonObject, { name });
    const rule = (name: string) => ({
      name,
      access: 'Allow',
      direction: 'Inbound',
      protocol: 'Tcp',
      source_address_prefix: '*',
      destination_port_range: '*',
    });
    const group = program({
      azurerm_network_security_group: { it: { name: 'x', security_rule: [rule('a'), rule('b')] } },
    });
    const prints = [
      ...printsOf(undefined, [two('a'), two('b')]),
      ...printsOf(
        undefined,
        program({
          azurerm_container_registry: {
            a: { name: 'same', admin_enabled: true },
            b: { name: 'same', admin_enabled: true },
          },
        }),
      ),
      ...printsOf(undefined, group),
    ];
    expect(prints).toHaveLength(10);
    expect(new Set(prints).size).toBe(10);
  });
});

describe('what the code accepts', () => {
  const accept = (entry: JsonObject, rest: JsonObject = {}) =>
    registry(true, {
      '//': { metadata: { path: 'vote/registry/Resource' }, 'cdktf-review': { accept: [entry] }, ...rest },
    });
  const reason = 'builds of the old pipeline log in with it';
  const comment = (text: Json) => registry(true, { '//': text });

  test.each<[string, Program]>([
    ['by the id of the rule', accept({ rule: 'registry-admin-user', reason })],
    ['by what checkov calls it', accept({ rule: 'CKV_AZURE_137', reason })],
    ['in a comment of checkov', comment(`checkov:skip=CKV_AZURE_137:${reason}`)],
    ['in one of several comments', comment(['a comment', `checkov:skip=CKV_AZURE_137: ${reason}`])],
    ['in a comment beside the metadata', comment({ comment: `checkov:skip=CKV_AZURE_137:${reason}` })],
    ['in the metadata of checkov', comment({ checkov: { skip: [{ id: 'CKV_AZURE_137', comment: reason }] } })],
  ])('%s is no finding that counts', (_, head) => {
    const { counts, rows } = findings(undefined, head);
    expect([counts, rows[0]?.accepted]).toEqual([
      { new: 0, old: 0, fixed: 0, accepted: 1 },
      { reason, where: 'code' },
    ]);
    expect(tripped(review(undefined, head), ['finding:low'])).toEqual([]);
  });

  test.each([
    ['checkov.io/skip1', 'CKV_K8S_16=it is a driver'],
    ['ignore-check.kube-linter.io/privileged-container', 'it is a driver'],
  ])('in the annotation %s', (name, text) => {
    const pod = program({
      kubernetes_pod: {
        it: {
          metadata: { annotations: { [name]: text } },
          spec: { container: [{ name: 'x', security_context: { privileged: true } }] },
        },
      },
    });
    const [row] = findings(undefined, pod).rows.filter(({ rule }) => rule === 'container-privileged');
    expect(row?.accepted).toEqual({ reason: 'it is a driver', where: 'code' });
  });

  test.each<[string, Program, string]>([
    ['without a reason', accept({ rule: 'registry-admin-user' }), 'registry-admin-user is accepted without a reason'],
    ['with a blank reason', accept({ rule: 'registry-admin-user', reason: ' ' }), 'without a reason'],
    [
      'with a comment without a reason',
      comment('checkov:skip=CKV_AZURE_137'),
      'CKV_AZURE_137 is accepted without a reason',
    ],
    ['of no rule', accept({ rule: 'registry-admin', reason }), "there is no rule 'registry-admin'"],
    [
      'until no day',
      accept({ rule: 'registry-admin-user', reason, until: '2027-02-29' }),
      "'until' of registry-admin-user must be a day",
    ],
    [
      'with a misspelt property',
      accept({ rule: 'registry-admin-user', reason, untill: '2027-02-28' }),
      "'untill' of registry-admin-user",
    ],
  ])('is refused %s, and said', (_, head, remark) => {
    const { counts, remarks } = findings(undefined, head);
    expect(counts.new).toBe(1);
    expect(remarks).toEqual([expect.stringContaining(remark)]);
    expect(remarks[0]).toContain('vote/azurerm_container_registry.it');
  });

  test('counts again after its last day, which is said', () => {
    const head = accept({ rule: 'registry-admin-user', reason, until: '2026-11-30' });
    const on = (today: string) => findings(GOOD, head, { today });
    expect([on('2026-11-30').counts.new, on('2026-12-01').counts.new]).toEqual([0, 1]);
    expect(on('2026-12-01').rows[0]?.accepted).toMatchObject({ expired: true });
    expect(on('2026-12-01').remarks).toEqual([expect.stringContaining('accepted until 2026-11-30, and counts again')]);
    expect(tripped(review(GOOD, head, undefined, { today: '2026-12-01' }), ['finding:high'])).toEqual(['finding:high']);
  });

  test('is not looked at without a day, which is said', () => {
    const { counts, remarks } = findings(GOOD, accept({ rule: 'registry-admin-user', reason, until: '2020-01-01' }));
    expect([counts.accepted, remarks]).toEqual([1, [expect.stringContaining('without --today')]]);
  });

  test('is new when it is accepted no more, and old when it is from now on', () => {
    const accepted = accept({ rule: 'registry-admin-user', reason });
    expect(findings(accepted, BAD).counts).toEqual({ new: 1, old: 0, fixed: 0, accepted: 0 });
    expect(findings(BAD, accepted).rows).toMatchObject([{ state: 'old', accepted: { reason } }]);
  });
});

test.each<[what: string, each: JsonObject, found: string[], open: number]>([
  ['fails, and of another one it is not known', { a: '${var.admin}', b: true }, ['registry-admin-user new'], 0],
  [
    'fails, and of another one it is not known, the other way round',
    { a: true, b: '${var.admin}' },
    ['registry-admin-user new'],
    0,
  ],
  ['may fail', { a: '${var.admin}', b: false }, [], 1],
  ['holds', { a: false, b: false }, [], 0],
])('of several instances of which one %s', (_, each, found, open) => {
  const head = registry('${each.value}', { for_each: each, name: 'images${each.key}' });
  const { rows, undecided } = findings(undefined, head);
  expect(rows.map(({ rule, state }) => `${rule} ${state}`)).toEqual(found);
  expect(undecided.filter(({ rule }) => rule === 'registry-admin-user')).toHaveLength(open);
});

test.each<[name: string, text: string, expected: RegExp[]]>([
  [
    'checkov.io/skip1',
    'CKV_K8S_16',
    [/^vote\/kubernetes_pod\.it: CKV_K8S_16 is accepted without a reason, so it is not/],
  ],
  ['checkov.io/skip12', 'CKV_K8S_16=', [/CKV_K8S_16 is accepted without a reason/]],
  ['xcheckov.io/skip1', 'CKV_K8S_16=it is a driver', []],
  ['checkov.io/skip1x', 'CKV_K8S_16=it is a driver', []],
  ['checkov.io/skip1', 'CKV_OF_NO_RULE=it is a driver', []],
  ['kube-score/ignore', 'container-security-context-privileged,of-no-rule', [/is accepted without a reason/]],
  ['kube-score/other', 'container-security-context-privileged', []],
])('the annotation %s: %s accepts nothing', (name, text, expected) => {
  const pod = program({
    kubernetes_pod: {
      it: {
        metadata: { annotations: { [name]: text } },
        spec: { container: [{ name: 'x', security_context: { privileged: true } }] },
      },
    },
  });
  const { rows, remarks } = findings(undefined, pod);
  expect(rows.find(({ rule }) => rule === 'container-privileged')).not.toHaveProperty('accepted');
  expect(remarks).toHaveLength(expected.length);
  expected.forEach((remark, i) => expect(remarks[i]).toMatch(remark));
});

test.each<[what: string, inCode: JsonObject | undefined, inFile: JsonObject[], where: string, until: string]>([
  ['in the code, which counts', { until: '2026-12-31' }, [{ until: '2027-01-31' }], 'code', '2026-12-31'],
  ['in a file, as that of the code is over', { until: '2026-01-31' }, [{ until: '2027-01-31' }], 'file', '2027-01-31'],
  ['in the code, as all are over', { until: '2026-01-31' }, [{ until: '2026-02-28' }], 'code', '2026-01-31'],
  [
    'for everything, as the narrower one is over',
    undefined,
    [{ until: '2026-01-31', resource: 'azurerm_container_registry.it' }, { until: '2027-01-31' }],
    'file',
    '2027-01-31',
  ],
  [
    'for the resource, which goes before one for everything',
    undefined,
    [{ until: '2027-01-31' }, { until: '2026-12-31', resource: 'azurerm_container_registry.it' }],
    'file',
    '2026-12-31',
  ],
])('of several acceptances, the one is taken %s', (_, inCode, inFile, where, until) => {
  const entry = (given: JsonObject) => ({ rule: 'registry-admin-user', reason: 'it is', ...given });
  const head = registry(true, inCode && { '//': { 'cdktf-review': { accept: [entry(inCode)] } } });
  const accepted = inFile.map(entry) as unknown as Acceptance[];
  const { rows } = findings(undefined, head, { accepted, today: '2026-11-26' });
  expect(rows[0]?.accepted).toMatchObject({ where, until });
});

describe('what a file accepts', () => {
  const at = (resource: string): Acceptance => ({ rule: 'CKV_AZURE_137', reason: 'for now', resource });
  const head = registry(true, { '//': { metadata: { path: 'vote/images/Resource' } } });
  const counts = (...accepted: Acceptance[]) => findings(undefined, head, { accepted }).counts.accepted;

  test('holds for a resource, a construct, a stack, or everywhere', () => {
    const places = ['azurerm_container_registry.it', 'vote/azurerm_container_registry.it', 'vote/images', 'vote'];
    expect(places.map((place) => counts(at(place)))).toEqual([1, 1, 1, 1]);
    expect(counts({ rule: 'registry-admin-user', reason: 'everywhere' })).toBe(1);
    expect(['azurerm_container_registry', 'vote/image', 'images', 'other'].map((place) => counts(at(place)))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test('is said where it finds nothing, and not where the rule is not asked', () => {
    const remarks = (accepted: Acceptance) => findings(undefined, GOOD, { accepted: [accepted] }).remarks;
    expect(remarks(at('vote'))).toEqual(['CKV_AZURE_137 is accepted for vote, where it finds nothing']);
    expect(remarks({ rule: 'registry-one-zone', reason: 'x' })).toEqual([]);
  });

  const read = (content: Json) => {
    const file = join(folder(), 'accepted.json');
    writeFileSync(file, JSON.stringify(content));
    return readAcceptances(file);
  };

  test('is read from JSON', () => {
    const entry = { rule: 'registry-admin-user', reason: 'x', until: '2028-02-29', resource: 'vote' };
    expect(read({ accept: [entry] })).toEqual([entry]);
  });

  test.each<[Json, string]>([
    [[], 'no list "accept" in it'],
    [{ accept: {} }, 'no list "accept" in it'],
    [{ accept: ['x'] }, 'entry 1 of "accept": it names no rule'],
    [{ accept: [{ rule: 'x', reason: 'x' }] }, `entry 1 of "accept": there is no rule 'x'`],
    [
      { accept: [{ rule: 'registry-basic', reason: 'x' }, { rule: 'registry-basic' }] },
      'entry 2 of "accept": registry-basic is accepted without a reason',
    ],
    [
      { accept: [{ rule: 'registry-basic', reason: 'x', until: '1 May' }] },
      "'until' of registry-basic must be a day, as YYYY-MM-DD",
    ],
    [{ accept: [{ rule: 'registry-basic', reason: 'x', resource: 1 }] }, "'resource' of registry-basic must be"],
    [{ accept: [{ rule: 'registry-basic', reason: 'x', date: 'x' }] }, "'date' of registry-basic is not known"],
  ])('is refused when it is wrong: %j', (content, message) => {
    expect(() => read(content)).toThrow(message);
  });
});

test('a gate stops at its severity and worse, for new findings only', () => {
  const medium = program({ azurerm_key_vault: { it: { network_acls: { default_action: 'Deny' } } } });
  const gates = (found: Review) =>
    tripped(found, ['finding:critical', 'finding:high', 'finding:medium', 'finding:low']);
  expect(gates(review(GOOD, BAD))).toEqual(['finding:high', 'finding:medium', 'finding:low']);
  expect(gates(review(undefined, medium))).toEqual(['finding:medium', 'finding:low']);
  expect([gates(review(BAD, BAD)), gates(review(BAD, GOOD))]).toEqual([[], []]);
});

test('a secret is in no finding, and no text of a rule is taken for one', () => {
  const name = 'registry-admin-user';
  const head = registry(true, { '//': { comment: 'checkov:skip=CKV_AZURE_137:the password is hunter2hunter2' } });
  const secret = { kubernetes_secret: { it: { data: { a: 'hunter2hunter2', b: name, c: 'admin user' } } } };
  const text = renderJson(review(undefined, [...head, stack({ resource: secret }, { name: 'other' })]));
  expect(text).not.toContain('hunter2');
  expect(text).toContain(`"rule": "${name}"`);
  expect(text).toContain('has an admin user');
});

test.each(['2026-11-26', '2028-02-29', '2000-02-29', '2026-12-31'])('%s is a day', (day) => {
  expect(isDay(day)).toBe(true);
});

test.each(['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', 'today', ''])(
  '%j is none',
  (day) => {
    expect(isDay(day)).toBe(false);
  },
);
