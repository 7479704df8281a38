import { blocks, isScalar, own, sameJson, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { lostBlock, lostProviderGuard, lostResourceGuard } from '../knowledge/guards';
import { programOf } from '../knowledge/programs';
import { maskValue } from '../mask/mask-value';
import { labelOf } from '../names/label';
import type { SettingRow } from '../model';
import type { Resource, Stack } from '../read/program';
import { backendRows } from './backend';
import { unmarked, type Closure } from './closure';
import type { Comparison, Finding } from './compare';
import { dataRows } from './data-rows';
import { dropsCondition, outputRows, UNCHECKED, variableRows } from './declared-rows';
import { differences, leavesOf, rulePath, showPath, type Difference } from './diff';
import { maskedRow, names, row, SECRET_CHANGES, type Row } from './row';
import { statementRows } from './statement-rows';
import { numberOf } from './write-only';

/** The note of a resource that is no longer protected. */
const UNGUARDED = 'no longer protected against destruction';

/** The changes outside of resources, which determine how and where these are applied, and which no plan shows. */
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
    ...dataRows(comparisons),
    ...statementRows(base, head, comparisons),
    ...names(marked.rest, head.rest).flatMap((name) => restRows(marked, head, name)),
    ...names(base.unread, head.unread).flatMap((name) => fileRows(base, head, name)),
  ];
  return rows.map(({ before, ...found }) => {
    const note = closure.reasonOf(before, head.name) ?? found.note;
    return { stack: head.name, before: unmarked(before), ...found, note };
  });
}

/** The old side, in which texts are marked whose meaning changes. */
function withMarks(base: Stack, stack: string, closure: Closure): Stack {
  return {
    ...base,
    providers: base.providers.map((config) => ({ ...config, attributes: closure.marked(config.attributes, stack) })),
    outputs: closure.marked(base.outputs, stack),
    rest: closure.marked(base.rest, stack),
  };
}

function versionRows(base: Stack, head: Stack, name: string): Row[] {
  const asked = (stack: Stack): JsonObject => {
    const required = own(stack.requiredProviders, name);
    return isScalar(required) ? { version: required } : (blocks(required)[0] ?? {});
  };
  const [before, after] = [asked(base), asked(head)];
  const [old, now] = [before, after].map((one) => textAt(one, 'version'));
  const isSame = old === undefined || now === undefined || major(old) === major(now);
  const versions = row(
    'provider version',
    name,
    old,
    now,
    isSame ? undefined : 'new major version: see its upgrade guide',
  );
  const others = names(before, after)
    .filter((key) => key !== 'version' && key !== 'source')
    .flatMap((key) => row('provider version', `${name} ${key}`, own(before, key), own(after, key)));
  const isOnBoth = Object.hasOwn(base.requiredProviders, name) && Object.hasOwn(head.requiredProviders, name);
  if (isOnBoth) {
    return [...versions, ...sourceRows(before, after, name), ...others];
  }
  return [
    ...(versions.length > 0 ? versions : [{ kind: 'provider version' as const, what: name, note: 'any version' }]),
    ...others,
  ];
}

/** The change of the source of a provider. */
function sourceRows(before: JsonObject, after: JsonObject, name: string): Row[] {
  const [old, now] = [before, after].map((one) => textAt(one, 'source')?.replace(/^registry\.terraform\.io\//, ''));
  const isForeign = old !== undefined && now !== undefined && publisher(old, name) !== publisher(now, name);
  return row('provider version', `${name} source`, old, now).map((one) =>
    isForeign ? { ...one, concern: 'program', note: FOREIGN } : one,
  );
}

const FOREIGN = 'a program of another publisher gets the credentials, and runs wherever Terraform does';

function publisher(source: string, name: string): string {
  return source.includes('/') ? source : `hashicorp/${source || name}`;
}

function providerRows(base: Stack, head: Stack): Row[] {
  const [olds, news] = [configsOf(base), configsOf(head)];
  return [...new Set([...olds.keys(), ...news.keys()])].sort().flatMap((key) => {
    const [before, after] = [olds.get(key), news.get(key)];
    return before === undefined || after === undefined
      ? [
          ...row('provider', key, before && 'configured', after && 'configured'),
          ...configRows(key, {}, after ?? {}).filter(({ concern }) => concern !== undefined),
        ]
      : configRows(key, before, after);
  });
}

/** The configurations of the providers of a stack, by key. */
function configsOf({ providers }: Stack): ReadonlyMap<string, JsonObject> {
  return new Map(providers.map(({ key, attributes }) => [key, attributes]));
}

function configRows(key: string, before: JsonObject, after: JsonObject): Row[] {
  return differences(before, after).flatMap((difference) => {
    const steps = rulePath(difference.path).split('.');
    const what = `${key}: ${showPath(difference.path)}`;
    const mask = (value: Json) => maskValue('provider', steps, value);
    const found = maskedRow('provider', what, difference.before, difference.after, mask);
    return found.map((one) => ({ ...one, ...concernOf(difference) }));
  });
}

/** The concern of a provider setting that drops a guard or runs a program. */
function concernOf(difference: Difference): Pick<Row, 'concern' | 'note'> {
  const guards = leavesOf(difference).flatMap((leaf) => lostProviderGuard(leaf.path, leaf.before, leaf.after) ?? []);
  if (guards.length > 0) {
    return { concern: 'guard', note: [...new Set(guards)].join('; ') };
  }
  const isProgram = difference.after !== undefined && rulePath(difference.path).split('.').includes('exec');
  return isProgram ? { concern: 'program', note: 'this program runs wherever Terraform plans or applies' } : {};
}

function masked(value: Json): Json {
  return maskValue('block', [], value);
}

/** The changes of other blocks, such as checks. */
function restRows(base: Stack, head: Stack, name: string): Row[] {
  const found = maskedRow('block', name, own(base.rest, name), own(head.rest, name), masked);
  const programs = name === 'check' ? newPrograms(own(base.rest, name), own(head.rest, name)) : [];
  if (programs.length > 0) {
    return found.map((one) => ({ ...one, concern: 'program', note: programs.join('; ') }));
  }
  const isProgram = name === 'action' && own(head.rest, name) !== undefined;
  return isProgram
    ? found.map((one) => ({ ...one, concern: 'program', note: 'what it names is done in the apply' }))
    : found;
}

/** The programs that data sources in checks run, and did not run before. */
function newPrograms(before: Json | undefined, after: Json | undefined): string[] {
  const [olds, news] = [before, after].map((checks) =>
    blocks(checks)
      .flatMap((named) => Object.values(named).flatMap((check) => blocks(check)))
      .flatMap((check) => blocks(check['data']))
      .flatMap((types) => Object.entries(types))
      .flatMap(([type, named]) =>
        blocks(named)
          .flatMap((one) => Object.values(one).flatMap((given) => blocks(given)))
          .flatMap((attributes) => programOf({ type, attributes }) ?? []),
      ),
  );
  return (news ?? []).filter((one) => olds?.includes(one) !== true);
}

/** The change of a file that Terraform reads and the review does not. */
function fileRows(base: Stack, head: Stack, name: string): Row[] {
  const [before, after] = [own(base.unread, name), own(head.unread, name)];
  return before === after
    ? []
    : [{ kind: 'file', what: name, note: `${verbOf(before, after)}; Terraform reads it, and the review does not` }];
}

function verbOf(before: unknown, after: unknown): string {
  if (before === undefined) {
    return 'is new';
  }
  return after === undefined ? 'is gone' : 'changes';
}

/**
 * The meta-arguments whose changes are reported, besides `lifecycle` and `provider`. `depends_on` only affects the order
 * of operations.
 */
const ARGUMENTS = ['providers', 'connection'];

/** The changes of the meta-arguments of a resource, and of a data source. */
function resourceRows({ base, head, findings, ignored = [], marked = base }: Comparison): Row[] {
  if (base === undefined || head === undefined || marked === undefined) {
    const isNewModule = base === undefined && head?.mode === 'module';
    return isNewModule
      ? moduleRows({ attributes: {} }, head).map((found) => ({ ...found, address: head.address }))
      : [];
  }
  const { address, mode } = head;
  const label = labelOf(head);
  const [before, after] = [marked, head].map(({ meta }) => blocks(meta['lifecycle'])[0]);
  const isUnprotected = textAt(before, 'prevent_destroy') === 'true' && textAt(after, 'prevent_destroy') !== 'true';
  const isUnchecked = ['precondition', 'postcondition'].some((name) => dropsCondition(before?.[name], after?.[name]));
  const lost = isUnprotected ? UNGUARDED : undefined;
  const note = lost ?? (isUnchecked ? UNCHECKED : undefined);
  const data = mode === 'data' ? findings : [];
  const runs = mode === 'data' ? programOf(head) : undefined;
  const rows = [
    ...row('lifecycle', label, before, after, note).map((one): Row =>
      note === undefined ? one : { ...one, concern: 'guard' },
    ),
    ...triggers(label, before, after),
    ...(mode === 'data' ? [] : guardRows(head, findings)),
    ...ignored.flatMap((finding) => ignoredRow(head, finding)),
    ...ARGUMENTS.flatMap((name) =>
      maskedRow('lifecycle', `${label}: ${name}`, marked.meta[name], head.meta[name], masked),
    ),
    ...provisionerRows(label, marked, head),
    ...(mode === 'module' ? moduleRows(base, head) : []),
    ...row('provider', label, base.provider, head.provider, 'managed by another provider configuration'),
    ...data.map(({ path, before: old, after: now, note: reason }): Row => ({
      kind: 'data',
      what: `${label}: ${showPath(path)}`,
      before: old,
      after: now,
      note: reason ?? runs,
      ...(runs !== undefined && { concern: 'program' }),
    })),
    ...(mode === 'data' ? ['count', 'for_each'] : []).flatMap((name) =>
      row('data', `${label}: ${name}`, marked.meta[name], head.meta[name]),
    ),
  ];
  return rows.map((found) => ({ ...found, address }));
}

/** The changes of arguments that guarded a resource. */
function guardRows(resource: Resource, findings: readonly Finding[]): Row[] {
  const { type } = resource;
  return findings.flatMap((finding) => {
    const what = (path: string) => `${labelOf(resource)}: ${path}`;
    const found = leavesOf(finding).flatMap(({ path, before, after }): Row[] => {
      const note = lostResourceGuard(type, path, before, after);
      return note === undefined ? [] : [{ kind: 'lifecycle', what: what(path), before, after, note, concern: 'guard' }];
    });
    const gone = finding.after === undefined ? lostBlock(type, rulePath(finding.path)) : undefined;
    return gone === undefined || found.length > 0
      ? found
      : [{ kind: 'lifecycle', what: what(showPath(finding.path)), note: gone, concern: 'guard' }];
  });
}

/** A module with other code from outside of the program, which is not reviewed. */
function moduleRows(base: Pick<Resource, 'attributes'>, head: Resource): Row[] {
  const [before, after] = [base, head].map(({ attributes }) =>
    // another version in a registry is other code.
    [textAt(attributes, 'source')?.split('?')[0] ?? '', textAt(attributes, 'version')].filter(Boolean).join(' '),
  );
  return before === after || after === undefined || /^\.{0,2}\//.test(after)
    ? []
    : [
        {
          kind: 'lifecycle',
          what: labelOf(head),
          before: before || undefined,
          after,
          concern: 'program',
          note: 'its code comes from elsewhere, and what is in it is not seen',
        },
      ];
}

/** The changes of provisioners, which run when a resource is created or destroyed. */
function provisionerRows(label: string, before: Resource, after: Resource): Row[] {
  const [old, now] = [before, after].map(({ meta }) => meta['provisioner']);
  const found = maskedRow('lifecycle', `${label}: provisioner`, old, now, masked);
  const isProgram = blocks(after.meta['provisioner']).length > 0;
  return found.map((one) => ({
    ...one,
    ...(isProgram && { concern: 'program', note: 'runs once the resource is created again, or destroyed' }),
  }));
}

/** The change of the actions that a resource triggers. */
function triggers(label: string, before: JsonObject | undefined, after: JsonObject | undefined): Row[] {
  const [old, now] = [before, after].map((lifecycle) => lifecycle?.['action_trigger']);
  return now === undefined || sameJson(old, now)
    ? []
    : [
        {
          kind: 'lifecycle',
          what: `${label}: action_trigger`,
          concern: 'program',
          note: 'what it names is done in the apply',
        },
      ];
}

/** A change that is not applied, which its author may not expect. */
function ignoredRow(resource: Resource, finding: Finding): Row[] {
  const { path, before, after } = finding;
  if (before === undefined || after === undefined) {
    return [];
  }
  const number = numberOf(finding, resource.attributes);
  if (number !== undefined) {
    const note = `changes and is not applied: Terraform does not keep it, and applies it with another ${number}`;
    return [{ kind: 'lifecycle', what: `${labelOf(resource)}: ${showPath(path)}`, note }];
  }
  const [old, now] = [before, after].map((value) => maskValue(resource.type, rulePath(path).split('.'), value));
  const what = `${labelOf(resource)}: ${showPath(path)}`;
  return sameJson(old, now)
    ? [{ kind: 'lifecycle', what, note: `${SECRET_CHANGES}, which is ignored` }]
    : row('lifecycle', what, old, now, 'ignored by ignore_changes: only a new resource gets it');
}

function major(version: string): string | undefined {
  return /\d+/.exec(version)?.[0];
}
