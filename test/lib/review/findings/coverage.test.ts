import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { equivalentsOf, FINDING_RULES, rulesNamed } from '../../../../lib/review/findings/catalog';
import { CHECKOV, FAILED, KUBE_SCORE, OTHERWISE, WITHOUT_RULE } from '../../../data/scanner-checks';
import { shownBlocks } from '../shown';

const ROOT = join(__dirname, '../../../..');
const ALL_CHECKS = [...CHECKOV.flatMap(({ checks }) => checks), ...KUBE_SCORE];

test('every check has a rule, or a reason why not, and not both', () => {
  const ways = (check: string) => Number(rulesNamed(check).length > 0) + Number(Object.hasOwn(WITHOUT_RULE, check));
  expect(ALL_CHECKS.filter((check) => ways(check) !== 1)).toEqual([]);
});

test('every reason is about a check, and every difference about a rule', () => {
  expect(Object.keys(WITHOUT_RULE).filter((check) => !ALL_CHECKS.includes(check))).toEqual([]);
  expect(Object.keys(OTHERWISE).filter((check) => rulesNamed(check).length === 0)).toEqual([]);
});

test('whatever fails in a program of this repository is a check that has an answer', () => {
  const failed = Object.values(FAILED).flatMap(({ checkov, kubeScore }) => [...checkov, ...kubeScore]);
  expect(failed.length).toBeGreaterThan(200);
  expect(failed.filter((check) => !ALL_CHECKS.includes(check))).toEqual([]);
  expect(Object.keys(FAILED).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('what a rule tells users to set is there', () => {
  const api = ['cluster', 'registry', 'network', 'identity', 'workload', 'kubernetes', 'azure', 'routing']
    .map((room) => readFileSync(join(ROOT, 'docs/api', `${room}.md`), 'utf8'))
    .join('\n');
  const names = FINDING_RULES.flatMap(({ id, fix }) =>
    [...(fix.typescript ?? '').matchAll(/\b([a-z]\w+)(?=: )|\b([A-Z]\w+)\.([a-z]\w+|[A-Z_]+)\b/g)].map(
      ([, property, owner, member]) => ({ id, names: [property, owner, member].filter((name) => name !== undefined) }),
    ),
  );
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((one) => one.names.some((name) => !new RegExp(`\\b${name}\\b`).test(api)))).toEqual([]);
});

const code = (text: string) => `\`${text.replace(/\|/g, '\\|')}\``;
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
const table = (head: string[], rows: string[]) => [row(...head), `|${'-|'.repeat(head.length)}`, ...rows].join('\n');

const answerTo = (check: string) => {
  const rules = rulesNamed(check).map(({ id }) => code(id));
  return rules.length > 0 ? [rules.join(', '), OTHERWISE[check] ?? ''] : ['', WITHOUT_RULE[check] ?? ''];
};

const blocks = {
  rules: table(
    ['rule', 'severity', 'profile', 'what it finds', 'to do', 'elsewhere'],
    FINDING_RULES.map((rule) =>
      row(
        `[${code(rule.id)}](${rule.source})`,
        ...[rule.severity, rule.profile, `${rule.title}. ${rule.reason}`],
        code(rule.fix.typescript ?? rule.fix.terraform),
        equivalentsOf(rule).join(', '),
      ),
    ),
  ),
  checks: table(
    ['check', 'rule', 'otherwise, or why not'],
    [
      ...CHECKOV.flatMap(({ about, checks }) => [
        row(`**checkov: ${about}**`, '', ''),
        ...checks.map((check) => row(check, ...answerTo(check))),
      ]),
      row('**kube-score**', '', ''),
      ...KUBE_SCORE.map((check) => row(check, ...answerTo(check))),
    ],
  ),
  programs: table(
    ['program', 'checks that fail', 'without a rule, or decided otherwise'],
    Object.entries(FAILED).map(([file, { checkov, kubeScore }]) => {
      const failed = [...checkov, ...kubeScore];
      const rest = failed.filter((check) => rulesNamed(check).length === 0 || Object.hasOwn(OTHERWISE, check));
      return row(code(file), failed.join(', ') || 'none', rest.join(', '));
    }),
  ),
};

test.each(shownBlocks('docs/findings.md', blocks))('docs/findings.md shows the $name', ({ shown, made }) => {
  expect(made.length).toBeGreaterThan(1_000);
  expect(shown).toBe(made);
});

/** The findings that no property of the library fixes, with the reasons. */
const TERRAFORM_ALONE: Readonly<Record<string, readonly string[]>> = {
  'no property of the library makes it so': [
    'account-default-token',
    'cluster-http-routing',
    'cluster-rbac-off',
    'container-repeated-variable',
    'node-availability-set',
    'pod-account-token',
    'pod-host-ipc',
    'pod-host-network',
    'pod-host-pid',
    'pod-sysctls',
    'service-external-address',
    'stateful-set-without-service',
    'workload-selector',
  ],
  'the library makes no such resource, or has no such property': [
    'container-ephemeral-storage',
    'federated-credential-open',
    'key-in-software',
    'key-without-end',
    'network-one-dns-server',
    'role-definition-grants',
    'role-definition-wildcard',
    'secret-without-end',
    'secret-without-type',
    'storage-local-users',
    'storage-network-rules-open',
    'storage-old-tls',
    'storage-one-place',
    'storage-open-network',
    'storage-plain-traffic',
    'storage-public-blobs',
    'storage-shared-keys',
    'storage-without-undelete',
    'vault-public-network',
    'vault-purge',
    'vault-without-firewall',
  ],
  'who gets what, and what runs, is for the program to decide': [
    'binding-everybody',
    'container-git-sync',
    'role-assignment-owner',
  ],
};

test('a finding names the property that settles it, unless the library has none', () => {
  const without = FINDING_RULES.filter(({ fix }) => fix.typescript === undefined).map(({ id }) => id);

  expect(without.sort()).toEqual(Object.values(TERRAFORM_ALONE).flat().sort());
});
