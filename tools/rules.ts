import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

/*
 * Generates docs/rules.md with all rules of the library and their stable ids. `npm run rules` writes it; a test fails if it is
 * not current, and if two rules have the same id.
 */

const ROOT = resolve(__dirname, '..');
const CONSTRUCTS = join(ROOT, 'constructs');
const TARGET = join(ROOT, 'docs/rules.md');

/** The ids of rules that are checked in several places. */
const SHARED = new Set([
  ...[
    'autoscaling-needs-request',
    'disruption-budget-lets-drain',
    'kubenet-retires',
    'other',
    'secret-not-literal',
    'task-name',
    'declared-type',
  ],
  // for constructs and for objects in YAML
  ...['autoscaling-replicas-in-order', 'container-name-unique', 'mount-path-unique', 'no-replicas', 'probe-port-open'],
  ...['replicas-or-autoscaling', 'request-within-limit', 'rollout-deadline', 'rollout-moves', 'rollout-of-recreate'],
  ...['container-limits-in-order', 'port-range-in-order'],
  ...['root-or-non-root', 'service-port-names-unique', 'service-ports-unique', 'sys-admin-escalates'],
  ...['toleration-seconds-of-no-execute', 'toleration-value-of-key', 'volume-name-unique'],
  ...['manifest-kind', 'manifest-name', 'manifest-one-of', 'manifest-value', 'manifest-yaml'],
]);

interface Entry {
  readonly id: string;
  readonly room: string;
  readonly kind: 'problem' | 'problem, can be acknowledged' | 'warning';
  readonly text: string;
  readonly source?: string;
}

/** A rule that a module exports as data. */
interface DataRule {
  readonly id: string;
  readonly must?: string;
  readonly rule?: string;
  readonly source: string;
  readonly hint?: string;
  readonly canBeMeant?: boolean;
}

const files = readdirSync(CONSTRUCTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

const load = createRequire(__filename);

/** The rules that are exported as data, each once. */
function dataEntries(): Entry[] {
  const seen = new Set<object>();
  return files.flatMap((file) =>
    Object.values(load(join(CONSTRUCTS, file)) as object)
      .flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value]))
      .filter(isDataRule)
      .filter((rule) => !seen.has(rule) && seen.add(rule))
      .map(({ id, must, rule = '', source, hint, canBeMeant }) => ({
        id,
        room: roomOf(file),
        kind: problemKind(canBeMeant === true),
        text: must === undefined ? rule : `${must}${hint === undefined ? '' : `: ${hint}`}`,
        source,
      })),
  );
}

function isDataRule(value: unknown): value is DataRule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'source' in value &&
    ('must' in value || 'rule' in value)
  );
}

/** The rules that are written where they are checked, with "…" for the values in their messages. */
function codeEntries(): Entry[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(CONSTRUCTS, file), 'utf8'),
      ts.ScriptTarget.ES2022,
      true,
    );
    const entries: Entry[] = [];
    const visit = (node: ts.Node): void => {
      const entry = ts.isCallExpression(node) ? entryOf(node, file) : undefined;
      if (entry !== undefined) {
        entries.push(entry);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return entries;
  });
}

function entryOf(call: ts.CallExpression, file: string): Entry | undefined {
  const name = call.expression.getText();
  const position = { violation: 0, questionable: 0, when: 1 }[name];
  const id = position === undefined ? undefined : call.arguments[position];
  if (position === undefined || id === undefined || !ts.isStringLiteral(id)) {
    return undefined;
  }
  const message = call.arguments[position + 1];
  const kind = isWarning(call) ? 'warning' : problemKind(name === 'questionable');
  return { id: id.text, room: roomOf(file), kind, text: message === undefined ? '' : textOf(message) };
}

function problemKind(canBeMeant: boolean): Entry['kind'] {
  return canBeMeant ? 'problem, can be acknowledged' : 'problem';
}

/** Whether a violation is reported as a warning, which the enclosing function or call shows. */
function isWarning(node: ts.Node): boolean {
  for (let one = node.parent; one !== undefined; one = one.parent) {
    const isReport = ts.isCallExpression(one) && /^reportWarnings/.test(one.expression.getText());
    const isFunction =
      (ts.isFunctionDeclaration(one) || ts.isMethodDeclaration(one) || ts.isGetAccessor(one)) && one.name;
    if (isReport || (isFunction && /warn/i.test(isFunction.getText()))) {
      return true;
    }
  }
  return false;
}

function textOf(node: ts.Node): string {
  if (ts.isArrowFunction(node)) {
    return textOf(node.body);
  }
  if (ts.isParenthesizedExpression(node)) {
    return textOf(node.expression);
  }
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  }
  return ts.isBinaryExpression(node) ? textOf(node.left) + textOf(node.right) : '…';
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? '';
}

function doubledIds(entries: readonly Entry[]): string[] {
  const ids = entries.map(({ id }) => id).filter((id) => !SHARED.has(id));
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function pageOf(entries: readonly Entry[]): string {
  const rooms = [...new Set(entries.map(({ room }) => room))].sort();
  const sections = rooms.map((room) => {
    const own = entries.filter((entry) => entry.room === room).sort((one, other) => (one.id < other.id ? -1 : 1));
    const unique = own.filter(({ id }, index) => own.findIndex((entry) => entry.id === id) === index);
    const rows = unique.map(({ id, kind, text, source }) => {
      const link = source === undefined ? '' : ` ([source](${source}))`;
      return `| \`${id}\` | ${kind} | ${text.replace(/\|/g, '\\|').replace(/</g, '&lt;').replace(/\*/g, '\\*')}${link} |`;
    });
    return `## ${room}\n\n| rule | kind | message |\n| --- | --- | --- |\n${rows.join('\n')}`;
  });
  return `${INTRODUCTION}\n${sections.join('\n\n')}\n`;
}

const INTRODUCTION = `# Rules

Every rule has a stable ID. \`Problems.list(scope)\` returns it with the path, the message and the severity of each problem.
\`Problems.acknowledge\` accepts warnings, and problems that can be intentional. All other problems cannot be acknowledged, since
the deployment would fail.

\`\`\`ts
import { App } from 'cdktf';
import { Problems, Severity } from 'cdktf-aks';

export function report(app: App): void {
  Problems.acknowledge(app, 'kubenet-retires', 'the cluster is replaced in the spring');
  for (const { path, rule, message, severity } of Problems.list(app)) {
    console.log(severity === Severity.ERROR ? 'error' : 'warning', path, rule, message);
  }
}
\`\`\`

In the messages, "…" is a placeholder for values. This list is generated by \`npm run rules\`.
`;

/** The current content of the page, before Prettier lays it out. */
export function rulesText(): string {
  const entries = [...dataEntries(), ...codeEntries()];
  const doubled = doubledIds(entries);
  const unfit = entries.map(({ id }) => id).filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id));
  if (doubled.length + unfit.length > 0) {
    throw new Error(`ids must be unique and in kebab case, got ${[...doubled, ...unfit].join(', ')}`);
  }
  return pageOf(entries);
}

async function main(): Promise<void> {
  const options = await resolveConfig(TARGET);
  writeFileSync(TARGET, await format(rulesText(), { ...options, parser: 'markdown' }));
}

if (require.main === module) {
  void main();
}
