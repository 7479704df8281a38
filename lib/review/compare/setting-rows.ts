import {
  at,
  blocks,
  compare,
  sameJson,
  isObject,
  own,
  textAt,
  type Json,
  type JsonObject,
} from '../../terraform-json/json';
import { soundsSecret } from '../../terraform-json/sensitive';
import { maskLeaf, maskValue } from '../mask/mask-value';
import { labelOf } from '../names/label';
import type { SettingRow } from '../model';
import { body, type Resource, type Stack } from '../read/program';
import { unmarked, type Closure } from './closure';
import type { Comparison, Finding } from './compare';
import { differences, rulePath, showPath } from './diff';

/** A row without its stack. */
type Row = Omit<SettingRow, 'stack'>;

/** The note of a resource that was protected. */
export const UNGUARDED = 'no longer protected against destruction';

const SECRET_CHANGES = 'a sensitive value changes';

/** The changes around the resources, which decide how and where they are applied, and which no provider plans. */
export function settingRowsOf(
  base: Stack,
  head: Stack,
  comparisons: readonly Comparison[],
  closure: Closure,
): SettingRow[] {
  const marked = withMarks(base, head.name, closure);
  const rows: Row[] = [
    ...names(base.requiredProviders, head.requiredProviders).flatMap((name) => versionRows(base, head, name)),
    ...row('terraform version', 'terraform', base.terraformVersion, head.terraformVersion),
    ...backendRows(base, head),
    ...providerRows(marked, head),
    ...names(base.variables, head.variables).flatMap((name) => variableRows(base, head, name)),
    ...names(marked.outputs, head.outputs).flatMap((name) => outputRows(marked, head, name)),
    ...comparisons.flatMap((comparison) => resourceRows(comparison)),
    ...names(marked.rest, head.rest).flatMap((name) => restRows(marked, head, name)),
    ...names(base.unread, head.unread).flatMap((name) => fileRows(base, head, name)),
  ];
  return rows.map(({ before, ...found }) => {
    const reasons = closure.reasonsOf(before, head.name);
    const note =
      reasons.length > 0 ? `${reasons.join(' and ')} ${reasons.length === 1 ? 'changes' : 'change'}` : found.note;
    return { stack: head.name, before: unmarked(before), ...found, note };
  });
}

/** The old side, in which the texts are marked that now mean something else. */
function withMarks(base: Stack, stack: string, closure: Closure): Stack {
  return {
    ...base,
    providers: base.providers.map((config) => ({ ...config, attributes: closure.marked(config.attributes, stack) })),
    outputs: closure.marked(base.outputs, stack),
    rest: closure.marked(base.rest, stack),
  };
}

/** One row for two values that differ; none for equal ones. */
function row(kind: Row['kind'], what: string, before?: Json, after?: Json, note?: string): Row[] {
  return sameJson(before, after) ? [] : [{ kind, what, before, after, note }];
}

function versionRows(base: Stack, head: Stack, name: string): Row[] {
  const version = (stack: Stack) => {
    const required = own(stack.requiredProviders, name);
    return typeof required === 'string' ? required : textAt(required, 'version');
  };
  const source = (stack: Stack) =>
    textAt(own(stack.requiredProviders, name), 'source')?.replace(/^registry\.terraform\.io\//, '');
  const [before, after] = [version(base), version(head)];
  if (before === undefined || after === undefined) {
    return row('provider version', name, before, after);
  }
  const note = major(before) === major(after) ? undefined : 'new major version: see its upgrade guide';
  return [
    ...row('provider version', name, before, after, note),
    ...row('provider version', `${name} source`, source(base), source(head)),
  ];
}

function backendRows(base: Stack, head: Stack): Row[] {
  const isDeployed = base.resources.size > 0;
  const note = isDeployed ? 'the state moves: without a migration, everything is created a second time' : undefined;
  return row('backend', 'state', backendOf(base), backendOf(head), note);
}

/** The backend of the state. The path of a local state depends on the machine that synthesized, and is left out. */
export function backendOf(stack: Stack): Json | undefined {
  const [type, config] = Object.entries(stack.backends)[0] ?? [];
  if (type === undefined || type === 'local') {
    return type;
  }
  return { type, ...(isObject(config) ? (maskValue('backend', [], config) as JsonObject) : {}) };
}

function providerRows(base: Stack, head: Stack): Row[] {
  const config = (stack: Stack, key: string) => stack.providers.find((provider) => provider.key === key)?.attributes;
  const keys = [...new Set([...base.providers, ...head.providers].map(({ key }) => key))].sort();
  return keys.flatMap((key) => {
    const [before, after] = [config(base, key), config(head, key)];
    return before === undefined || after === undefined
      ? row('provider', key, before && 'configured', after && 'configured')
      : configRows(key, before, after);
  });
}

function configRows(key: string, before: JsonObject, after: JsonObject): Row[] {
  return differences(before, after).flatMap((difference) => {
    const steps = rulePath(difference.path).split('.');
    const masked = (value: Json | undefined) => (value === undefined ? undefined : maskValue('provider', steps, value));
    const [old, now] = [masked(difference.before), masked(difference.after)];
    const what = `${key}: ${showPath(difference.path)}`;
    return sameJson(old, now) ? { kind: 'provider', what, note: SECRET_CHANGES } : row('provider', what, old, now);
  });
}

function variableRows(base: Stack, head: Stack, name: string): Row[] {
  return [
    ...declaredRows('variable', base.variables, head.variables, name),
    ...constraintRows('variable', base.variables, head.variables, name, ['default', 'description', 'sensitive']),
    ...sensitivityRow('variable', base.variables, head.variables, name),
  ];
}

function outputRows(base: Stack, head: Stack, name: string): Row[] {
  const rows = [
    ...declaredRows('output', base.outputs, head.outputs, name),
    ...constraintRows('output', base.outputs, head.outputs, name, ['value', 'description', 'sensitive', 'depends_on']),
  ];
  return [...rows, ...sensitivityRow('output', base.outputs, head.outputs, name)];
}

/** A variable or an output that becomes sensitive, or no longer is. */
function sensitivityRow(kind: 'variable' | 'output', base: JsonObject, head: JsonObject, name: string): Row[] {
  const isDeclared = Object.hasOwn(base, name) && Object.hasOwn(head, name);
  const [before, after] = [base, head].map((side) => (isSensitive(side, name) ? 'sensitive' : 'not sensitive'));
  const note = before === 'sensitive' ? 'its value will be printed and stored in plain text' : undefined;
  return isDeclared ? row(kind, name, before, after, note) : [];
}

/** What else is declared of a variable or an output on both sides: its type, its conditions. */
function constraintRows(
  kind: 'variable' | 'output',
  base: JsonObject,
  head: JsonObject,
  name: string,
  others: readonly string[],
): Row[] {
  if (!Object.hasOwn(base, name) || !Object.hasOwn(head, name)) {
    return [];
  }
  const [old, now] = [body(base, name), body(head, name)];
  return names(old, now)
    .filter((key) => key !== '//' && !others.includes(key))
    .flatMap((key) => row(kind, `${name}: ${key}`, own(old, key), own(now, key)));
}

/** Blocks that nothing else is known about, such as checks. */
function restRows(base: Stack, head: Stack, name: string): Row[] {
  const masked = (value: Json | undefined) => (value === undefined ? undefined : maskValue('block', [], value));
  return row('block', name, masked(own(base.rest, name)), masked(own(head.rest, name)));
}

/** A file that Terraform reads and the review does not. */
function fileRows(base: Stack, head: Stack, name: string): Row[] {
  const [before, after] = [own(base.unread, name), own(head.unread, name)];
  const verb = after === undefined ? 'is gone' : 'changes';
  return before === after
    ? []
    : [
        {
          kind: 'file',
          what: name,
          note: `${before === undefined ? 'is new' : verb}; Terraform reads it, and the review does not`,
        },
      ];
}

/**
 * The meta-arguments that have a row when they change, besides `lifecycle` and `provider`. `depends_on` only decides the
 * order in which things happen.
 */
const ARGUMENTS = ['providers', 'provisioner', 'connection'];

/** Changes of the meta-arguments of a resource, and of data sources. */
function resourceRows({ base, head, findings, ignored = [], marked = base }: Comparison): Row[] {
  if (base === undefined || head === undefined || marked === undefined) {
    return [];
  }
  const { address, mode } = head;
  const label = labelOf(head);
  const [before, after] = [marked, head].map(({ meta }) => blocks(meta['lifecycle'])[0]);
  const isUnprotected = textAt(before, 'prevent_destroy') === 'true' && textAt(after, 'prevent_destroy') !== 'true';
  const note = isUnprotected ? UNGUARDED : undefined;
  const data = mode === 'data' ? findings : [];
  const masked = (value: Json | undefined) => (value === undefined ? undefined : maskValue('block', [], value));
  const rows = [
    ...row('lifecycle', label, before, after, note),
    ...ignored.flatMap((finding) => ignoredRow(head, finding)),
    ...ARGUMENTS.flatMap((name) =>
      row('lifecycle', `${label}: ${name}`, masked(marked.meta[name]), masked(head.meta[name])),
    ),
    ...row('provider', label, base.provider, head.provider, 'managed by another provider configuration'),
    ...data.map(({ path, before: old, after: now, note: reason }): Row => ({
      ...{ kind: 'data', what: `${label}: ${showPath(path)}`, before: old, after: now, note: reason },
    })),
    ...(mode === 'data' ? ['count', 'for_each'] : []).flatMap((name) =>
      row('data', `${label}: ${name}`, marked.meta[name], head.meta[name]),
    ),
  ];
  return rows.map((found) => ({ ...found, address }));
}

/** A value that the program changes and `ignore_changes` keeps as it is: somebody may wait for it. */
function ignoredRow(resource: Resource, { path, before, after }: Finding): Row[] {
  if (before === undefined || after === undefined) {
    return [];
  }
  const [old, now] = [before, after].map((value) => maskValue(resource.type, rulePath(path).split('.'), value));
  const what = `${labelOf(resource)}: ${showPath(path)}`;
  return sameJson(old, now)
    ? [{ kind: 'lifecycle', what, note: `${SECRET_CHANGES}, which is ignored` }]
    : row('lifecycle', what, old, now, 'ignored by ignore_changes: only a new resource gets it');
}

/** A variable by its default, or an output by its value; a secret is masked, and its change is still a row. */
function declaredRows(kind: 'variable' | 'output', base: JsonObject, head: JsonObject, name: string): Row[] {
  const [before, after] = [valueOf(kind, base, name), valueOf(kind, head, name)];
  if (sameJson(before, after)) {
    return [];
  }
  const isSecret = isSensitive(base, name) || isSensitive(head, name) || soundsSecret(name);
  const [old, now] = [before, after].map((value) => {
    if (value === undefined) {
      return undefined;
    }
    return isSecret ? maskLeaf(value) : maskValue('variable', [name], value);
  });
  return [
    sameJson(old, now) ? { kind, what: name, note: SECRET_CHANGES } : { kind, what: name, before: old, after: now },
  ];
}

function valueOf(kind: 'variable' | 'output', declared: JsonObject, name: string): Json | undefined {
  if (!Object.hasOwn(declared, name)) {
    return undefined;
  }
  const block = body(declared, name);
  return kind === 'variable' ? (at(block, 'default') ?? 'no default') : (at(block, 'value') ?? '');
}

function isSensitive(declared: JsonObject, name: string): boolean {
  return textAt(body(declared, name), 'sensitive') === 'true';
}

function names(a: JsonObject, b: JsonObject): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compare);
}

function major(version: string): string | undefined {
  return /\d+/.exec(version)?.[0];
}
