import type { Comparison } from './compare';
import { differences, rulePath, showPath } from './diff';
import { at, blocks, by, sameJson, isObject, own, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { maskLeaf, maskValue } from '../mask/mask-value';
import type { SettingRow } from '../model';
import { body, type Stack } from '../read/program';
import { soundsSecret } from '../../terraform-json/sensitive';

/** What changes around the resources: it decides how and where they are applied, and no provider plans it. */
export function surroundingsOf(base: Stack, head: Stack, comparisons: readonly Comparison[]): SettingRow[] {
  const row = (kind: SettingRow['kind'], what: string, before?: Json, after?: Json, note?: string): SettingRow[] =>
    sameJson(before, after)
      ? []
      : [
          {
            ...{ stack: head.name, kind, what },
            ...(before === undefined ? {} : { before }),
            ...(after === undefined ? {} : { after }),
            ...(note ? { note } : {}),
          },
        ];
  return [
    ...names(base.requiredProviders, head.requiredProviders).flatMap((name) => versionRows(base, head, name, row)),
    ...row('terraform version', 'terraform', base.terraformVersion, head.terraformVersion),
    ...backendRows(base, head, row),
    ...providerRows(base, head, row),
    ...names(base.variables, head.variables).flatMap((name) =>
      declaredRows('variable', base.variables, head.variables, name, row),
    ),
    ...names(base.outputs, head.outputs).flatMap((name) => outputRows(base, head, name, row)),
    ...comparisons.flatMap((comparison) => resourceRows(comparison, row)),
  ];
}

type Row = (kind: SettingRow['kind'], what: string, before?: Json, after?: Json, note?: string) => SettingRow[];

function versionRows(base: Stack, head: Stack, name: string, row: Row): SettingRow[] {
  const version = (stack: Stack) => {
    const required = own(stack.requiredProviders, name);
    return typeof required === 'string' ? required : textAt(required, 'version');
  };
  const source = (stack: Stack) =>
    textAt(own(stack.requiredProviders, name), 'source')?.replace(/^registry\.terraform\.io\//, '');
  const [before, after] = [version(base), version(head)];
  const isMajor = before !== undefined && after !== undefined && major(before) !== major(after);
  return [
    ...row('provider version', name, before, after, isMajor ? 'new major version: see its upgrade guide' : undefined),
    ...(before !== undefined && after !== undefined
      ? row('provider version', `${name} source`, source(base), source(head))
      : []),
  ];
}

function backendRows(base: Stack, head: Stack, row: Row): SettingRow[] {
  const [before, after] = [backend(base), backend(head)];
  const existed = base.resources.size > 0;
  const note = existed ? 'the state moves: without a migration, everything is created a second time' : undefined;
  return row('backend', 'state', before, after, note);
}

/** Where the state is kept. The path of a local state is that of the machine which synthesized, and says nothing. */
function backend(stack: Stack): Json | undefined {
  const [type, config] = Object.entries(stack.backends)[0] ?? [];
  if (type === undefined || type === 'local') {
    return type;
  }
  return { type, ...(isObject(config) ? (maskValue('backend', [], config) as JsonObject) : {}) };
}

function providerRows(base: Stack, head: Stack, row: Row): SettingRow[] {
  const config = (stack: Stack, key: string) => stack.providers.find((provider) => provider.key === key)?.attributes;
  const keys = [...new Set([...base.providers, ...head.providers].map(({ key }) => key))].sort();
  return keys.flatMap((key) => {
    const [before, after] = [config(base, key), config(head, key)];
    if (before === undefined || after === undefined) {
      return row('provider', key, before && 'configured', after && 'configured');
    }
    return differences(before, after).flatMap((difference) => {
      const steps = rulePath(difference.path).split('.');
      const masked = (value: Json | undefined) =>
        value === undefined ? undefined : maskValue('provider', steps, value);
      const isHidden = sameJson(masked(difference.before), masked(difference.after));
      const what = `${key}: ${showPath(difference.path)}`;
      return isHidden
        ? [{ stack: head.name, kind: 'provider' as const, what, note: 'a sensitive value changes' }]
        : row('provider', what, masked(difference.before), masked(difference.after));
    });
  });
}

function outputRows(base: Stack, head: Stack, name: string, row: Row): SettingRow[] {
  const hidden = (stack: Stack) => textAt(body(stack.outputs, name), 'sensitive') === 'true';
  const isExposed = [base, head].every(({ outputs }) => Object.hasOwn(outputs, name)) && hidden(base) && !hidden(head);
  return [
    ...declaredRows('output', base.outputs, head.outputs, name, row),
    ...(isExposed
      ? row('output', name, 'sensitive', 'not sensitive', 'its value will be printed and stored in plain text')
      : []),
  ];
}

/** Changes of a resource that Terraform reads itself, and changes of what is only read. */
function resourceRows({ base, head, findings }: Comparison, row: Row): SettingRow[] {
  if (base === undefined || head === undefined) {
    return [];
  }
  const lifecycle = (meta: JsonObject) => blocks(meta['lifecycle'])[0];
  const [before, after] = [lifecycle(base.meta), lifecycle(head.meta)];
  const guarded = textAt(before, 'prevent_destroy') === 'true' && textAt(after, 'prevent_destroy') !== 'true';
  return [
    ...row('lifecycle', head.address, before, after, guarded ? 'no longer protected against destruction' : undefined),
    ...(base.provider === head.provider
      ? []
      : row('provider', head.address, base.provider, head.provider, 'managed by another provider configuration')),
    ...(head.mode === 'data'
      ? findings.flatMap(({ path, before: old, after: now }) =>
          row('data', `${head.address}: ${showPath(path)}`, old, now),
        )
      : []),
  ];
}

/** A variable by its default or an output by its value; a secret is masked, and a change of it still is one. */
function declaredRows(
  kind: 'variable' | 'output',
  base: JsonObject,
  head: JsonObject,
  name: string,
  row: Row,
): SettingRow[] {
  const value = (declared: JsonObject) => {
    const key = kind === 'variable' ? 'default' : 'value';
    return Object.hasOwn(declared, name)
      ? (at(body(declared, name), key) ?? (kind === 'variable' ? 'no default' : ''))
      : undefined;
  };
  const [before, after] = [value(base), value(head)];
  const isSecret =
    [base, head].some((declared) => textAt(body(declared, name), 'sensitive') === 'true') || soundsSecret(name);
  const hide = (side: Json | undefined) =>
    side === undefined ? side : isSecret ? maskLeaf(side) : maskValue('variable', [name], side);
  const rows = row(kind, name, before, after);
  return rows.map((found) => {
    const [old, now] = [hide(before), hide(after)];
    const isHidden = old !== undefined && now !== undefined && sameJson(old, now);
    const { stack, what } = found;
    return isHidden
      ? { stack, kind, what, note: 'a sensitive value changes' }
      : {
          stack,
          kind,
          what,
          ...(old === undefined ? {} : { before: old }),
          ...(now === undefined ? {} : { after: now }),
        };
  });
}

function names(a: JsonObject, b: JsonObject): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(by((name) => name));
}

function major(version: string): string | undefined {
  return /\d+/.exec(version)?.[0];
}
