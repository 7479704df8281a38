import { hasExpression } from '../../terraform-json/expression';
import { at, isScalar, type Json } from '../../terraform-json/json';
import type { Comparison, Finding } from '../compare/compare';
import { rulePath } from '../compare/diff';
import type { ResourceRules } from '../knowledge/rule';
import { isSameSpelled } from '../knowledge/spellings';
import { knowledgeOf, type Versions } from '../knowledge/tables';
import type { Resource } from '../read/program';

/**
 * A comparison without the differences in the code that are none to the provider: a default that is written out or no
 * longer is, a value that the service chose and that stays, and another spelling of the same value.
 */
export function withoutEchoes(comparison: Comparison, versions: Versions): Comparison {
  const { base, head, findings } = comparison;
  const knowledge = head && findings.length > 0 ? knowledgeOf(head, versions) : undefined;
  if (base === undefined || head === undefined || knowledge?.rules === undefined || knowledge.doubt !== undefined) {
    return comparison;
  }
  const { rules } = knowledge;
  return { ...comparison, findings: findings.filter((finding) => !isEcho(finding, head, rules)) };
}

function isEcho({ path, before, after, note }: Finding, head: Resource, rules: ResourceRules): boolean {
  const name = rulePath(path);
  if (note !== undefined) {
    return false;
  }
  if (before !== undefined && after !== undefined) {
    return isSameSpelled(head.type, name, before, after);
  }
  const isLeftOut = after === undefined && typeof path.at(-1) === 'string' && at(head.attributes, name) === undefined;
  return (isLeftOut && rules.computed.includes(name)) || isDefault(before ?? after, rules.defaults[name]);
}

function isDefault(value: Json | undefined, standard: string | undefined): boolean {
  return standard !== undefined && isScalar(value) && !hasExpression(value) && String(value) === standard;
}
