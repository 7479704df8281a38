import { show } from '../values/shown';
import type { Mistake } from './mistake';
import { isStandIn } from './stand-in';

/** The part of a rule that a message states. */
interface Statement {
  readonly must: string;
  readonly example: unknown;
}

const asked = new Map<unknown, Statement>();

/**
 * Remembers the rule that was checked on the stand-in for a value, or a list, of a wrong type.
 *
 * The table of types does not know the rules: constructs check them later.
 */
export function rememberAsked(value: unknown, rule: Statement): void {
  if (isStandIn(value) && !asked.has(value)) {
    asked.set(value, rule);
  }
}

/** The sentence about a mistake, with the rule of the property if one was checked. */
export function sentenceOf({ path, must, found, remedy, standIn }: Mistake): string {
  const rule = asked.get(standIn);
  const stated = rule === undefined ? must : stateRule(must, rule, Array.isArray(standIn));
  return `'${path}' ${stated}, ${found}${remedy === undefined ? '' : `: ${remedy}`}`;
}

function stateRule(must: string, { must: rule, example }: Statement, isList: boolean): string {
  const such = `such as ${show(isList ? [example] : example)}`;
  if (isList) {
    return `${must}, each of which ${rule}, ${such}`;
  }
  return must.startsWith(GIVEN) ? `${mustBeGiven(rule)}, ${such}` : `${rule}, ${such}`;
}

const GIVEN = 'must be given';

/** The statement of a rule about a missing value: "must be given: 1 to 63 letters". */
export function mustBeGiven(rule: string): string {
  return rule.startsWith('must be ') ? `${GIVEN}: ${rule.slice('must be '.length)}` : `${GIVEN}, and ${rule}`;
}
