import Ajv from 'ajv';
import { renderSarif, review, type Finding, type Review, type StackFiles } from '../../../../lib/review';
import { RULES } from '../../../../lib/review/render/sarif-rules';
// the official schema of OASIS, as @microsoft/jest-sarif 1.0.0-beta.0 (MIT) ships it.
import official from '../../../data/sarif-2.1.0-rtm.5.schema.json';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, stack, VERSIONS, type Resources } from '../fixtures';
import { hostile, HOSTILE_TEXTS } from '../hostile-texts';
import { BASE, HEAD } from '../vote';

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number };
      };
    },
  ];
  readonly kind?: string;
  readonly baselineState?: string;
  readonly suppressions?: readonly object[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

interface Log {
  readonly runs: readonly [
    { readonly tool: { readonly driver: { readonly rules: readonly { id: string }[] } }; results: readonly Result[] },
  ];
}

// ajv knows the keywords of draft 4 that the schema uses, and not the names of the draft and of the schema.
const { $schema, id, ...schema } = official;
const valid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
const logOf = (found: Review) => JSON.parse(renderSarif(found)) as Log;
const allResultsOf = (found: Review) => logOf(found).runs[0].results;
/** The results about the change, without findings. */
const resultsOf = (found: Review) => allResultsOf(found).filter(({ ruleId }) => Object.hasOwn(RULES, ruleId));
const printsOf = (found: Review) => resultsOf(found).map((it) => it.partialFingerprints.primaryLocationLineHash);
const placeOf = ({ locations: [{ physicalLocation }] }: Result) =>
  `${physicalLocation.artifactLocation.uri}:${physicalLocation.region.startLine}`;

/** A change with results of every kind. */
const side = (resources: Resources, source: string) => [
  stack(
    { resource: resources, terraform: { required_providers: VERSIONS } },
    { sources: { 'azurerm_resource_group.it': source } },
  ),
];

describe('the log', () => {
  test('is what the schema of SARIF 2.1.0 says, and the schema refuses what is not', () => {
    expect([$schema, id]).toEqual([expect.stringContaining('draft-04'), expect.stringContaining('sarif-2.1.0')]);
    const log = logOf(review(BASE, HEAD));
    expect([valid(log), valid.errors]).toEqual([true, null]);
    expect(valid({ ...log, version: '2.0.0' })).toBe(false);
    expect(valid({ ...log, runs: [{ ...log.runs[0], results: [{ ruleId: 'x' }] }] })).toBe(false);
  });

  test('has each danger, failure, permission and entry point of the change, at its line', () => {
    const found = resultsOf(review(BASE, HEAD)).map((it) => [
      it.ruleId,
      it.level,
      placeOf(it).replace(/(\.ts):\d+$/, '$1:N'),
    ]);
    const file = 'lib/vote/vote-parts.ts:N';
    expect(found).toEqual([
      ['resource-replaced', 'error', file],
      ['resource-renamed', 'error', file],
      ['resource-destroyed', 'error', file],
      ['resource-replaced', 'error', file],
      ['apply-fails', 'error', file],
      ['apply-fails', 'error', 'cdktf.json:1'],
      ['access-opened', 'warning', file],
      ['reach-opened', 'warning', file],
    ]);
  });

  test('is empty when nothing is lost, fails or opens', () => {
    expect(resultsOf(review(HEAD, HEAD))).toEqual([]);
    const [base, head] = ['a', 'b'].map((tag) => program({ azurerm_resource_group: { it: { tags: { tag } } } }));
    expect(resultsOf(review(base, head!))).toEqual([]);
    const role = { principal_id: 'p', scope: '/s', role_definition_name: 'Owner' };
    const [owner, reader] = [role, { ...role, role_definition_name: 'Reader' }].map((it) =>
      program({ azurerm_role_assignment: { it } }),
    );
    const openings = (found: Review) => resultsOf(found).filter(({ ruleId }) => ruleId === 'access-opened').length;
    expect([openings(review(owner, reader!)), openings(review(reader, owner!))]).toEqual([0, 1]);
  });

  test('explains every rule that it may use', () => {
    const found = review(HEAD, HEAD);
    const { rules } = logOf(found).runs[0].tool.driver;
    expect(rules.map((rule) => rule.id)).toEqual([
      ...Object.keys(RULES),
      ...found.findings.rules.map((rule) => rule.id),
    ]);
  });

  test('says so when a replacement is not certain, and when a resource is left behind', () => {
    const [base, head] = ['a', 'b'].map((name) => program({ azurerm_of_tomorrow: { it: { name } } }));
    expect(resultsOf(review(base, head!))).toMatchObject([{ ruleId: 'resource-may-be-replaced', level: 'warning' }]);
    const removed = [{ from: 'azurerm_resource_group.it', lifecycle: { destroy: false } }];
    const left = review(program({ azurerm_resource_group: { it: { name: 'a' } } }), program({}, { removed }));
    expect(resultsOf(left)).toMatchObject([{ ruleId: 'resource-left-behind', level: 'error' }]);
  });
});

describe('a fingerprint', () => {
  const group = (name: string, id = 'it') => ({ azurerm_resource_group: { [id]: { name } } });
  const at = (source: string, after = 'b') => printsOf(review(side(group('a'), source), side(group(after), source)));

  test('is the same at another line, in another file, and for another value', () => {
    expect(at('main.ts:1')).toHaveLength(1);
    expect([at('main.ts:2'), at('lib/other.ts:2'), at('main.ts:1', 'c')]).toEqual(Array(3).fill(at('main.ts:1')));
  });

  test('is the same when the resource is moved, and another one for another resource, stack or rule', () => {
    const moved = program(group('b', 'other'), {
      moved: [{ from: 'azurerm_resource_group.it', to: 'azurerm_resource_group.other' }],
    });
    const [same] = at('main.ts:1');
    expect(printsOf(review(program(group('a')), moved))).toEqual([same]);
    const named = (name: string, n: string) => [stack({ resource: group(n) }, { name })];
    const others = [
      printsOf(review(program(group('a', 'x')), program(group('b', 'x')))),
      printsOf(review(named('x', 'a'), named('x', 'b'))),
      printsOf(review(program(group('a')), program({}))),
    ].flat();
    expect(new Set([same, ...others]).size).toBe(4);
  });

  test('is one for each finding', () => {
    const prints = allResultsOf(review(BASE, HEAD)).map((it) => it.partialFingerprints.primaryLocationLineHash);
    expect(prints.length).toBeGreaterThan(10);
    expect(new Set(prints).size).toBe(prints.length);
    expect(prints.filter((print) => !/^[0-9a-f]{16}:\d+$/.test(print))).toEqual([]);
  });
});

describe('the findings by rules', () => {
  const registry = (admin_enabled: boolean, comment?: JsonObject) =>
    program({ azurerm_container_registry: { it: { name: 'x', admin_enabled, ...(comment && { '//': comment }) } } });
  const accepted = (until: string) =>
    registry(true, { 'cdktf-review': { accept: [{ rule: 'registry-admin-user', reason: 'for now', until }] } });
  const today = '2026-11-26';
  const stateOf = (base: StackFiles[] | undefined, head: StackFiles[]) => {
    const found = review(base, head, undefined, { today });
    expect([valid(logOf(found)), valid.errors]).toEqual([true, null]);
    const results = allResultsOf(found).filter((it) => it.ruleId === ruleId);
    return results.map(({ level, kind, baselineState, suppressions }) => ({
      ...{ ruleId, level, kind, baselineState, suppressions },
    }));
  };
  const ruleId = 'registry-admin-user';

  test('are new, unchanged or absent', () => {
    const bad = registry(true);
    expect(stateOf(registry(false), bad)).toEqual([{ ruleId, level: 'error', baselineState: 'new' }]);
    expect(stateOf(bad, bad)).toEqual([{ ruleId, level: 'error', baselineState: 'unchanged' }]);
    // readers that do not know baselines must not take fixed findings for failures
    expect(stateOf(bad, registry(false))).toEqual([{ ruleId, level: 'none', kind: 'pass', baselineState: 'absent' }]);
  });

  test('say what is accepted, and what is no more', () => {
    const suppression = { kind: 'inSource', justification: 'for now' };
    expect(stateOf(undefined, accepted('2026-11-26'))).toMatchObject([
      { suppressions: [{ ...suppression, status: 'accepted' }] },
    ]);
    expect(stateOf(undefined, accepted('2026-11-25'))).toMatchObject([
      { suppressions: [{ ...suppression, status: 'rejected' }] },
    ]);
  });

  test('come with help, and with what other scanners call them', () => {
    const { rules } = logOf(review(undefined, registry(true))).runs[0].tool.driver;
    expect(rules.at(-1)).toEqual({
      id: ruleId,
      shortDescription: { text: 'Has an admin user' },
      fullDescription: { text: expect.stringContaining('password') as unknown },
      helpUri: expect.stringMatching(/^https:/) as unknown,
      help: { text: expect.stringContaining('admin_enabled = false') as unknown },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'profile baseline', 'CKV_AZURE_137'], 'security-severity': '8.0' },
    });
  });

  test('are not more than code scanning takes', () => {
    const found = review(undefined, registry(true));
    const rows = Array.from({ length: 25_010 }, () => found.findings.rows[0] as Finding);
    expect(allResultsOf({ ...found, findings: { ...found.findings, rows } })).toHaveLength(25_000);
  });
});

describe('a value stays a value', () => {
  test.each(HOSTILE_TEXTS)('%j', (text) => {
    const log = logOf(hostile(text));
    expect([valid(log), valid.errors]).toEqual([true, null]);
    const texts = log.runs[0].results.map(({ message }) => message.text);
    expect(texts.length).toBeGreaterThan(3);
    // a link, a placeholder, a line break, a character that reorders the text
    expect(texts.filter((it) => /\]\(|\{\d|[\n\u202e\u200b]/.test(it))).toEqual([]);
  });

  test('and no command to GitHub Actions', () => {
    const [base, head] = ['1', '2'].map((name) => program({ azurerm_resource_group: { '##[error]x': { name } } }));
    const found = review(base, head!);
    expect(resultsOf(found)).toHaveLength(1);
    const lines = renderSarif(found).split('\n');
    expect(lines.join('')).toContain('[error]x');
    expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
  });

  test.each([
    ['../../etc/passwd:3', 'cdktf.json:1'],
    ['/etc/passwd:3', 'cdktf.json:1'],
    ['a/../../b.ts:3', 'cdktf.json:1'],
    ['javascript:alert(1):3', 'javascript%3Aalert(1):3'],
    ['a b/ü#?.ts:3', 'a%20b/%C3%BC%23%3F.ts:3'],
    ['main.ts:0', 'main.ts:1'],
    [`main.ts:${'9'.repeat(400)}`, 'main.ts:2147483647'],
    ['\ud800.ts:3', '%5Cu%7Bd800%7D.ts:3'],
    ['', 'cdktf.json:1'],
  ])('and a path stays in the repository: %j', (source, place) => {
    const group = (name: string) => ({ azurerm_resource_group: { it: { name } } });
    const found = review(side(group('a'), source), side(group('b'), source));
    expect(resultsOf(found).map(placeOf)).toEqual([place]);
    expect([valid(logOf(found)), valid.errors]).toEqual([true, null]);
  });
});

test('a secret is in no finding', () => {
  const set = (n: number) => ({ principal_id: 'p', scope: `/s${n}`, role_definition_name: 'Owner' });
  const [base, head] = [1, 2].map((n) =>
    program({
      azurerm_role_assignment: { it: set(n) },
      kubernetes_secret: { it: { metadata: { name: `hunter2-${n}` }, data: { p: `hunter2-${n}` } } },
    }),
  );
  const text = renderSarif(review(base, head!));
  expect(JSON.parse(text)).toMatchObject({
    runs: [{ results: expect.arrayContaining([expect.anything()]) as unknown }],
  });
  expect(text).not.toContain('hunter2');
});
