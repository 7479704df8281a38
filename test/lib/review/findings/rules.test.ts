import { FINDING_RULES, rulesNamed } from '../../../../lib/review/findings/catalog';
import { findingsOf } from '../../../../lib/review/findings/findings';
import { versionsOf } from '../../../../lib/review/versions';
import { isObject, type Json } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';
import { CASES } from './cases';

/** The judgement of a rule about the resource "it": that it fails, that it passes, or nothing. */
function answerOf(rule: string, resources: Resources): 'fails' | 'holds' | 'open' {
  const { rows, undecided } = findingsOf(versionsOf([], program(resources)).pairs, { profile: 'strict' });
  if (rows.some((row) => row.rule === rule && row.address.endsWith('.it'))) {
    return 'fails';
  }
  return undecided.some((one) => one.rule === rule && one.resources.some((name) => name.endsWith('.it')))
    ? 'open'
    : 'holds';
}

/** The variants of a value in which Terraform determines one scalar or one list of blocks. */
function blurred(value: Json): Json[] {
  if (Array.isArray(value)) {
    const each = value.flatMap((item, i) => blurred(item).map((blur) => value.map((one, j) => (i === j ? blur : one))));
    return ['${var.all}', ...each];
  }
  if (isObject(value)) {
    // meta-arguments of Terraform must be known.
    const each = Object.entries(value).flatMap(([key, child]) =>
      (key === 'lifecycle' ? [] : blurred(child)).map((blur): Json => ({ ...value, [key]: blur })),
    );
    const blocks = Object.entries(value)
      .filter(([, child]) => Array.isArray(child) && child.some(isObject))
      .map(([key, child]): Json => {
        const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
        return { ...rest, dynamic: { [key]: { for_each: '${var.all}', content: (child as Json[])[0] ?? {} } } };
      });
    return [...each, ...blocks];
  }
  return ['${var.one}'];
}

test('each rule has both of its sides', () => {
  expect(FINDING_RULES.map(({ id }) => id).sort()).toEqual(Object.keys(CASES).sort());
});

describe.each(Object.entries(CASES))('%s', (id, { fails, holds }) => {
  test('is found, and not found where it is done', () => {
    expect([answerOf(id, fails), answerOf(id, holds)]).toEqual(['fails', 'holds']);
  });

  test('says neither of what only Terraform knows, unless that does not matter', () => {
    const said = (resources: Resources) =>
      new Set(blurred(resources as Json).map((one) => answerOf(id, one as Resources)));
    expect(said(fails)).not.toContain('holds');
    expect(said(holds)).not.toContain('fails');
  });
});

test('each rule says why, what to do, and where it is from', () => {
  const wrong = FINDING_RULES.filter(
    ({ id, title, reason, fix, source }) =>
      !/^[a-z]+(-[a-z]+)+$/.test(id) ||
      !/^[a-z].*[^.]$/.test(title) ||
      !/^[A-Z].*\.$/.test(reason) ||
      fix.terraform === '' ||
      !source.startsWith('https://'),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test('names of other scanners lead to the rules', () => {
  expect(rulesNamed('CKV_AZURE_141').map(({ id }) => id)).toEqual(['cluster-local-accounts']);
  expect(rulesNamed('container-resources')).toHaveLength(4);
  expect(rulesNamed('constructor')).toEqual([]);
});
