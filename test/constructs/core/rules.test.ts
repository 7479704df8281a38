import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as names from '../../../constructs/azure/resource-name-rules';
import { cronSchedule } from '../../../constructs/workload/jobs/job-rules';
import * as imageRules from '../../../constructs/workload/pod/image-rules';
import { memoryQuantity } from '../../../constructs/workload/pod/pod-rules';
import { isIpRange, networkAddress, rangeHolds } from '../../../constructs/core/addresses/address-space';
import { isAbove } from '../../../constructs/kubernetes/quantity';
import {
  check,
  checkEachLiteral,
  checkGiven,
  checkLiteral,
  integerRule,
  isUnknownList,
  orExample,
  type Rule,
} from '../../../constructs/core/rules/rule';
import { checkSet } from '../../../constructs/core/rules/set-rule';
import { location } from '../../../constructs/azure/location-rules';
import { show } from '../../../constructs/core/values/shown';
import { systemVmSize, systemVmSizeWarnings } from '../../../constructs/cluster/node-pools/vm-size';
import { RULE_EDGES } from '../../data/rule-edges';
import { testStack, token } from '../../util';
import type { Violation } from '../../../constructs/core/problems/violation';

const load = createRequire(__filename);
const CONSTRUCTS = join(__dirname, '../../../constructs');

/** The rules of single values that any file of the constructs exports, by their names. */
const rules = readdirSync(CONSTRUCTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => Object.entries(load(join(CONSTRUCTS, file)) as object))
  .filter((entry): entry is [string, Rule<unknown>] => isRule(entry[1]))
  .filter(([, rule], index, all) => all.findIndex(([, other]) => other === rule) === index);

function isRule(value: unknown): value is Rule<unknown> {
  return typeof value === 'object' && value !== null && ['id', 'must', 'holds'].every((key) => key in value);
}

test('each rule has a different id, and edges in the table', () => {
  const ids = rules.map(([, { id }]) => id);

  expect(ids).toEqual([...new Set(ids)]);
  expect([...ids].sort()).toEqual(Object.keys(RULE_EDGES).sort());
});

describe.each(rules)('%s', (name, rule) => {
  const { inside, outside } = RULE_EDGES[rule.id] ?? { inside: [], outside: [] };

  test('allows each value inside it, its example among them', () => {
    expect(inside.length).toBeGreaterThan(0);
    expect([...inside, rule.example].flatMap((value) => check(rule, name, value))).toEqual([]);
  });

  test('refuses each value outside it, with the property, the rule, an example and the value', () => {
    expect(outside.length).toBeGreaterThan(0);
    for (const value of outside) {
      const message = new RegExp(`^'${name}' must .*, such as .+, got ${escape(show(value))}`, 's');
      const { id, canBeMeant } = rule;
      expect(check(rule, name, value)).toEqual([{ rule: id, message: expect.stringMatching(message), canBeMeant }]);
    }
  });

  test('lets tokens and absent values pass', () => {
    const variable = token(testStack());
    expect(check(rule, name, undefined)).toEqual([]);
    expect(check(rule, name, variable.stringValue)).toEqual([]);
    expect(check(rule, name, variable.numberValue)).toEqual([]);
    expect(check(rule, name, `a${variable.stringValue}!`)).toEqual([]);
    // cdktf says how to read such a list
    expect(check(rule, name, variable.listValue[0])).toEqual([]);
  });

  test('says where it comes from', () => {
    expect(rule.source).toMatch(/^https:\/\//);
  });
});

describe('what Terraform would evaluate', () => {
  const textRules = rules.filter(([, { example }]) => typeof example === 'string');
  const templates = ['${x}', '%{x}', '$${x}', '%{ if true }'];

  test('is allowed in free text alone', () => {
    const names = textRules.filter(([, { isFreeText }]) => isFreeText === true).map(([name]) => name);

    expect(names.sort()).toEqual(['healthProbePath', 'probePath', 'voteTitle', 'voteValue']);
  });

  test.each(textRules)('and refused elsewhere: %s', (name, rule) => {
    const reference = token(testStack()).stringValue;
    const values = [...RULE_EDGES[rule.id]!.inside, reference].flatMap((value) =>
      templates.map((template) => `${String(value)}${template}`),
    );

    for (const value of values.filter((one) => rule.isFreeText !== true || rule.holds(one))) {
      expect(check(rule, name, value)).toHaveLength(rule.isFreeText === true ? 0 : 1);
    }
  });

  test('is shown with its references', () => {
    const reference = token(testStack()).stringValue;
    expect(messages(check(names.clusterName, 'clusterName', `${reference}-\${x}`))).toEqual([
      `'clusterName' must not contain "\${" or "%{", which Terraform interprets as a template, got "<reference>-\${x}": use the value itself, or a reference such as` +
        " 'variable.stringValue'",
    ]);
  });
});

test('each rule says what a value must be, for which its example is one', () => {
  const negative = rules.filter(
    ([, { must }]) =>
      !/^must (be|begin|end|have|hold|name|give|match|lie|start)\b/.test(must) || /\bmust not\b/.test(must),
  );

  expect(negative.map(([, { id, must }]) => `${id}: ${must}`)).toEqual([]);
});

test('a message reads as a sentence about the property', () => {
  expect(messages(check(integerRule('days', 1, 5, 'https://example.com', 2), 'nodeCount', 9))).toEqual([
    "'nodeCount' must be a whole number from 1 to 5, such as 2, got 9",
  ]);
  expect(messages(check(systemVmSize, 'vmSize', 'Standard_B1s'))).toEqual([
    `'vmSize' must be a VM size with at least 2 vCPUs and 4 GB of memory, such as "Standard_D4s_v5", ` +
      'got "Standard_B1s" (1 vCPU and 1 GB)',
  ]);
  expect(messages(check(systemVmSize, 'vmSize', 'large'))).toEqual([
    expect.stringMatching(/got "large" \(no VM size has such a name\)$/),
  ]);
  expect(messages(check(integerRule('days', 1, Number.MAX_SAFE_INTEGER, 'https://example.com'), 'days', 0))).toEqual([
    "'days' must be a whole number of at least 1, such as 1, got 0",
  ]);
  expect(messages(check(location, 'location', '!'))).toEqual([
    expect.stringMatching(/, got "!": 'az account list-locations --output table' lists them$/),
  ]);
});

test.each([
  ['memory', memoryQuantity, '128mb', 'Kubernetes writes it as "128Mi"'],
  ['memory', memoryQuantity, '1.25 GiB', 'Kubernetes writes it as "1.25Gi"'],
  ['repositories', imageRules.imageRepository, 'shop@sha256:1', 'the tag or digest is given separately'],
  ['schedules', cronSchedule, '@never', '"@" begins one of @yearly, .* and @every with a duration'],
])('the rule of %s explains what is wrong with a value', (_, rule, value, reason) => {
  expect(messages(check(rule, 'value', value))).toEqual([
    expect.stringMatching(new RegExp(`got "${escape(value)}" \\(${reason}\\)$`)),
  ]);
});

test.each([
  ['memory', memoryQuantity, 'about 128mb'],
  ['memory', memoryQuantity, '128mbit'],
  ['repositories', imageRules.imageRepository, 'Shop'],
])('the rule of %s has no explanation for what is merely wrong', (_, rule, value) => {
  expect(messages(check(rule, 'value', value))).toEqual([expect.stringMatching(/got "[^"]*"$/)]);
});

test('a value that a rule allows may be one that is likely misspelled', () => {
  expect(messages(check(location, 'location', 'westeurop'))).toEqual([
    expect.stringMatching(/^'location' must be a region of Azure, .* did you mean "westeurope"/),
  ]);
  expect(orExample(location, 'westeurop')).toBe('westeurop');
});

test('rules about several values have their messages in the order of the rules', () => {
  const rule = { rule: 'as many', source: 'https://example.com' };
  const small = { ...rule, id: 'small', canBeMeant: true, problems: (n: number) => (n < 2 ? ['too small'] : []) };
  const odd = { ...rule, id: 'even', problems: (n: number) => (n % 2 === 1 ? ['odd'] : []) };

  expect(checkSet([small, odd], 1)).toEqual([
    { rule: 'small', message: 'too small', canBeMeant: true },
    { rule: 'even', message: 'odd' },
  ]);
  expect(checkSet([small, odd], 2)).toEqual([]);
});

test('a value that is computed with must not be a token', () => {
  const rule = integerRule('days', 1, 5, 'https://example.com');
  expect(messages(checkLiteral(rule, 'days', token(testStack()).numberValue))).toEqual([
    "'days' must be known when the program runs: give a literal value, such as 1",
  ]);
  expect(checkLiteral(rule, 'days', 6)).toHaveLength(1);
  expect(checkLiteral(rule, 'days', 5)).toEqual([]);
  expect(messages(checkEachLiteral(rule, 'days', [5, 6, token(testStack()).numberValue]))).toEqual([
    expect.stringMatching(/^'days\[1\]' must be .*, got 6$/),
    expect.stringMatching(/^'days\[2\]' must be known when the program runs/),
  ]);
});

test('a list is unknown where only Terraform knows how many items it has', () => {
  expect([token(testStack()).listValue, ['a'], undefined].map(isUnknownList)).toEqual([true, false, false]);
});

test('an example takes the place of a value that breaks its rule', () => {
  const rule = integerRule('days', 1, 5, 'https://example.com', 3);
  expect([orExample(rule, 5), orExample(rule, 6), orExample(rule, undefined)]).toEqual([5, 3, 3]);
});

test.each([
  ['Standard_D4s_v5', []],
  ['Standard_NC24ads_A100_v4', []],
  ['Standard_B1s', []], // a problem already
  ['Standard_D2s_v5', ['it has 2 vCPUs where Azure recommends at least 4']],
  ['Standard_E4-2s_v5', ['it has 2 vCPUs where Azure recommends at least 4']],
  ['Standard_B4ms', ['B-series nodes are slowed down when their CPU credits are used up']],
])('warns of %s for a system pool: %j', (size, reasons) => {
  expect(messages(systemVmSizeWarnings('vmSize', size))).toEqual(
    reasons.map((reason) => expect.stringContaining(reason)),
  );
});

test.each([
  ['9m', '0.009'],
  ['250m', '0.25'],
  ['1', '1000m'],
  ['.5', '500m'],
  ['128Mi', '134217728'],
  ['1Gi', '1024Mi'],
  ['1k', '1e3'],
  ['5E-1', '500m'],
  ['2E', '2e18'],
  ['1n', '1e-9'],
  ['1u', '1000n'],
])('knows that %s is as much as %s', (one, other) => {
  expect([isAbove(one, other), isAbove(other, one)]).toEqual([false, false]);
});

test.each([
  ['1Gi', '1G'],
  ['251m', '.25'],
  ['1e400', '1E'],
  ['1', '999999999n'],
])('knows that %s is more than %s', (one, other) => {
  expect([isAbove(one, other), isAbove(other, one)]).toEqual([true, false]);
});

test.each<[unknown, string]>([
  [null, 'null'],
  [5, '5: write it in quotes, or convert it with String(...)'],
  [['abcde'], '["abcde"]: remove the list: "abcde"'],
  [{}, '{}'],
  [true, 'true: write it in quotes, or convert it with String(...)'],
])('refuses %j where a string belongs', (value, found) => {
  expect(messages(check(names.registryName, 'registryName', value as never))).toEqual([
    `'registryName' must be 5 to 50 letters and digits, such as "contososhop", got ${found}`,
  ]);
});

test('refuses what must be given and is not', () => {
  expect(messages(checkGiven(names.registryName, 'registryName', undefined))).toEqual([
    `'registryName' must be given: 5 to 50 letters and digits, such as "contososhop", got nothing`,
  ]);
});

test.each([
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.240.0.0/29', '10.240.0.7', true],
  ['10.240.0.0/29', '10.240.0.8', false],
  ['0.0.0.0/0', '203.0.113.7', true],
  ['2001:db8::/32', '10.0.0.1', false],
])('knows whether %s holds %s', (range, address, holds) => {
  expect(rangeHolds(range, address)).toBe(holds);
});

test.each([
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['203.0.113.255/25', '203.0.113.128/25'],
  ['192.0.2.7/32', '192.0.2.7/32'],
  ['255.255.255.255/0', '0.0.0.0/0'],
  ['2001:db8::1/32', '2001:db8::1/32'],
])('writes %s as %s', (range, normal) => {
  expect(isIpRange(range)).toBe(true);
  expect(networkAddress(range)).toBe(normal);
});

test('the lint of moving tags knows tags, digests, ports and tokens', () => {
  const host = token(testStack()).stringValue;
  const moving = ['redis', 'redis:latest', 'localhost:5000/redis', `${host}/redis`, `${host}/redis:latest`];
  const fixed = [
    'redis:7.2',
    `redis@sha256:${'0'.repeat(64)}`,
    'localhost:5000/redis:7',
    `${host}/redis:7`,
    host,
    5 as never,
  ];
  expect(moving.map((one) => imageRules.movesWithoutNotice(one))).toEqual(moving.map(() => true));
  expect(fixed.map((one) => imageRules.movesWithoutNotice(one))).toEqual(fixed.map(() => false));
});

test.each<[string, string[]]>([
  ['redis:7.2', []],
  ['redis', ['image-tag-moves']],
  ['bitnami/redis', ['image-tag-moves', 'image-source-retired']],
  ['docker.io/bitnamilegacy/redis:7.2', ['image-source-retired']],
  ['mcr.microsoft.com/oss/bitnami/redis:6.0.8', ['image-source-retired']],
  ['ghcr.io/bitnami/redis:7.2', []],
  ['docker.io/contoso/bitnami:7.2', []],
])('the warnings of the image %s are %j', (reference, ids) => {
  const message = expect.stringContaining(`the image "${reference}" `) as unknown;
  expect(imageRules.imageWarnings(reference)).toEqual(ids.map((rule) => ({ rule, message })));
});

function messages(violations: readonly Violation[]): string[] {
  return violations.map(({ message }) => message);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
