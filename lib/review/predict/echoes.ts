import { hasExpression } from '../../terraform-json/expression';
import { blocks, isObject, isScalar, own, type Json, type JsonObject } from '../../terraform-json/json';
import { isWithin } from '../../terraform-json/paths';
import type { Comparison, Finding } from '../compare/compare';
import { rulePath, type Step } from '../compare/diff';
import { OPAQUE } from '../knowledge/roles';
import type { ResourceRules } from '../knowledge/rule';
import { isSameSpelled } from '../knowledge/spellings';
import type { FindKnowledge } from '../knowledge/tables';
import type { Resource } from '../read/program';

/**
 * A comparison without the differences that the provider does not see: a default that is written out or left out, a value
 * that the service chose and keeps, and another spelling of the same value.
 */
export function withoutEchoes(comparison: Comparison, knowledgeOf: FindKnowledge): Comparison {
  const { base, head, findings } = comparison;
  const knowledge = head && findings.length > 0 ? knowledgeOf(head) : undefined;
  const known = knowledge?.rules;
  if (base === undefined || head === undefined || known === undefined || knowledge?.doubt !== undefined) {
    return comparison;
  }
  const left = findings.filter((finding) => !isEcho(finding, head, known));
  // a recreated resource gets new values from the service
  const kept = left.some((finding) => mayReplace(finding, known))
    ? []
    : findings.filter(
        ({ path, before, after }) => before !== undefined && after === undefined && isKept(path, head, known),
      );
  return {
    ...comparison,
    head: {
      ...head,
      attributes: kept.reduce((all, { path, before }) => withValue(all, path, before), head.attributes),
    },
    findings: left,
  };
}

function mayReplace({ path }: Finding, { replaces, sometimes }: ResourceRules): boolean {
  const name = rulePath(path);
  return replaces.some((rule) => isWithin(name, rule)) || sometimes.some((rule) => isWithin(name, rule.path));
}

/** Whether the service keeps the value that the code no longer sets; it keeps no default of a removed block. */
function isKept(path: readonly Step[], head: Resource, { computed, defaults, sometimes }: ResourceRules): boolean {
  const name = rulePath(path);
  const isDecided = sometimes.some((rule) => rule.path.startsWith(`${name}.`) && defaults[rule.path] !== undefined);
  return (
    typeof path.at(-1) === 'string' &&
    computed.includes(name) &&
    !isDecided &&
    (valueAt(head.attributes, path) ?? undefined) === undefined
  );
}

/** The value at the path of a difference, after the change. */
function valueAt(attributes: JsonObject, path: readonly Step[]): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => {
    if (typeof step === 'string') {
      const [block] = blocks(value);
      return block === undefined ? undefined : own(block, step);
    }
    return Array.isArray(value) ? value[step.after ?? value.length] : value;
  }, attributes);
}

/** Attributes with a value set at a path of names; a path through one of several blocks sets nothing. */
function withValue(attributes: JsonObject, [step, ...rest]: readonly Step[], value: Json | undefined): JsonObject {
  if (typeof step !== 'string' || value === undefined) {
    return attributes;
  }
  const found = blocks(attributes[step]);
  if (rest.length > 0 && found.length !== 1) {
    return attributes;
  }
  return { ...attributes, [step]: rest.length === 0 ? value : withValue(found[0] ?? {}, rest, value) };
}

function isEcho({ path, before, after, note }: Finding, head: Resource, rules: ResourceRules): boolean {
  const name = rulePath(path);
  if (note !== undefined) {
    return false;
  }
  if (before !== undefined && after !== undefined) {
    return isSameSpelled(head.type, name, before, after);
  }
  return (
    (after === undefined && isKept(path, head, rules)) ||
    isDefault(before ?? after, rules.defaults[name]) ||
    (isZero(name, before ?? after) && isUnsetByZero(head.type, name, rules))
  );
}

/** Whether the provider cannot tell a zero value of an attribute from a missing one. */
function isUnsetByZero(type: string, name: string, { defaults, computed }: ResourceRules): boolean {
  return defaults[name] === undefined && !computed.includes(name) && !OPAQUE.test(type);
}

/** Attributes whose values are maps: any other empty object is a block, whose presence matters. */
const MAPS = /(^|[._])(tags|labels|annotations|node_selector|match_labels)$/;

/**
 * Whether a value is one that Go does not distinguish from a missing value: false, zero, or empty.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/sdkv2/schemas/schema-types
 */
function isZero(name: string, value: Json | undefined): boolean {
  return Array.isArray(value) || isObject(value)
    ? Object.keys(value).length === 0 && (Array.isArray(value) || MAPS.test(name))
    : value === false || value === 0 || value === '';
}

function isDefault(value: Json | undefined, standard: string | undefined): boolean {
  return standard !== undefined && isScalar(value) && !hasExpression(value) && String(value) === standard;
}
