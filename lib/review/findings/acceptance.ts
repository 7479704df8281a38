import { at, blocks, isObject, isScalar, own, textAt, type Json } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { rulesNamed } from './catalog';
import { objectsOf } from '../objects/kubernetes-object';

/** An acceptance of findings. */
export interface Acceptance {
  /** The id of a rule, or its name in another scanner. */
  readonly rule: string;
  readonly reason: string;
  /** The last day of the acceptance, as YYYY-MM-DD. */
  readonly until?: string;
  /**
   * In a file, the address of a resource, or the path of a construct for everything in it; absent for all resources.
   */
  readonly resource?: string;
}

/** The acceptances in the code of a resource by rule id, and the reasons why others are rejected. */
export interface CodeAcceptances {
  readonly byRule: ReadonlyMap<string, Acceptance>;
  readonly refused: readonly string[];
}

/** Why an acceptance is rejected; undefined if it is valid. */
export function refusalOf(given: Json): string | undefined {
  const { rule, reason, until, resource, ...others } = isObject(given) ? given : {};
  const [unknown] = Object.keys(others);
  if (typeof rule !== 'string') {
    return 'it names no rule';
  }
  if (rulesNamed(rule).length === 0) {
    return `there is no rule '${rule}'`;
  }
  if (typeof reason !== 'string' || reason.trim() === '') {
    return `${rule} is accepted without a reason`;
  }
  if (until !== undefined && !isDay(until)) {
    return `'until' of ${rule} must be a day, as YYYY-MM-DD`;
  }
  if (resource !== undefined && (typeof resource !== 'string' || resource === '')) {
    return `'resource' of ${rule} must be an address, or the path of a construct`;
  }
  return unknown === undefined ? undefined : `'${unknown}' of ${rule} is not known`;
}

/** Whether a value is a day of the calendar, as YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  const [, year = 0, month = 0, day = 0] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value))?.map(Number) ?? [];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return typeof value === 'string' && day >= 1 && day <= days;
}

/** The acceptances in the code of a resource: comments in its JSON, or annotations of its objects. */
export function acceptancesIn(resource: Resource): CodeAcceptances {
  const given = [...ofReview(resource.comment), ...ofCheckov(resource.comment), ...ofAnnotations(resource)];
  const byRule = new Map<string, Acceptance>();
  const refused: string[] = [];
  for (const entry of given) {
    const refusal = refusalOf(entry);
    if (refusal === undefined) {
      const acceptance = entry as unknown as Acceptance;
      rulesNamed(acceptance.rule).forEach(({ id }) => byRule.set(id, acceptance));
    } else {
      refused.push(refusal);
    }
  }
  return { byRule, refused };
}

/** The acceptances in the format of the review: `"//": { "cdktf-review": { "accept": [...] } }`. */
function ofReview(comment: Json | undefined): Json[] {
  const own = isObject(comment) ? comment['cdktf-review'] : undefined;
  const list = isObject(own) ? (own['accept'] ?? []) : [];
  return Array.isArray(list) ? list : [list];
}

/** The checks that checkov skips, if they are equivalent to a rule. */
function ofCheckov(comment: Json | undefined): Json[] {
  const texts: Json[] = typeof comment === 'object' && comment !== null ? Object.values(comment) : [comment ?? null];
  const skips = blocks(at(comment, 'checkov.skip'));
  return [
    ...skips.map((skip) => entry(textAt(skip, 'id'), textAt(skip, 'comment'))),
    ...texts.flatMap((text) =>
      typeof text === 'string'
        ? [...text.matchAll(/\b(?:checkov|bridgecrew|cortex):skip=(\w+)(?::([^\n]*))?/g)].map(([, id, reason]) =>
            entry(id, reason),
          )
        : [],
    ),
  ].filter(isKnown);
}

/** The checks that checkov, kube-linter and kube-score skip by annotations of an object. */
function ofAnnotations(resource: Resource): Json[] {
  return objectsOf(resource)
    .flatMap(({ metadata }) => Object.entries(metadata.map('annotations') ?? {}))
    .flatMap(([name, value]) => (isScalar(value) ? annotation(name, String(value)) : []))
    .filter(isKnown);
}

function annotation(name: string, value: string): Json[] {
  if (/^(?:checkov|bridgecrew|cortex)\.io\/skip\d*$/.test(name)) {
    const end = value.indexOf('=');
    return [end < 0 ? entry(value, undefined) : entry(value.slice(0, end), value.slice(end + 1))];
  }
  if (name.startsWith('ignore-check.kube-linter.io/')) {
    return [entry(name.slice(name.indexOf('/') + 1), value)];
  }
  return name === 'kube-score/ignore' ? value.split(',').map((id) => entry(id, undefined)) : [];
}

function entry(rule: string | undefined, reason: string | undefined): Json {
  return { rule: rule?.trim() ?? '', reason: reason?.trim() ?? '' };
}

function isKnown(given: Json): boolean {
  return isObject(given) && rulesNamed(String(own(given, 'rule'))).length > 0;
}
