import { isExpression } from '../../terraform-json/expression';
import { isScalar, listAt, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { quantityOf } from './quantity';
import type { ConditionalRule } from './rule';

/** A rule whose condition depends on the two values, unless one of them is an expression. */
export function when(
  path: string,
  text: string,
  isReplaced: (before: string, after: string) => boolean | undefined,
): ConditionalRule {
  const holds = (before: Json | undefined, after: Json | undefined) =>
    isExpression(before) || isExpression(after) ? undefined : isReplaced(scalar(before), scalar(after));
  return { path, when: { text, holds } };
}

/** A value as text; the provider does not distinguish a missing text from an empty one. */
function scalar(value: Json | undefined): string {
  return isScalar(value) ? String(value) : '';
}

export function whenRemoved(path: string): ConditionalRule {
  // the provider does not distinguish an empty text, an empty list or a zero from a missing value.
  const holds = (_: unknown, after: Json | undefined) =>
    after === undefined || after === '' || String(after) === '0' || (Array.isArray(after) && after.length === 0);
  return { path, when: { text: 'when it is removed', holds } };
}

/** A rule for lists to which items can be added, but not removed. */
export function whenItemRemoved(path: string, text: string): ConditionalRule {
  const items = (side: Json | undefined) => listAt({ side: side ?? null }, 'side');
  const holds = (before: Json | undefined, after: Json | undefined) => {
    const [olds, news] = [items(before), items(after)];
    return [...olds, ...news].some(isExpression) ? undefined : olds.some((item) => !news.includes(item));
  };
  return { path, when: { text, holds } };
}

/** A rule for switches that cannot be turned off. */
export function whenTurnedOff(path: string): ConditionalRule {
  return when(path, 'when it is turned off', (before, after) => before === 'true' && after !== 'true');
}

/** A rule for a value that cannot be changed to another one. */
export function whenLeaving(path: string, state: string): ConditionalRule {
  return when(path, `when it was "${state}"`, (before, after) => before === state && after !== state);
}

export function onceSet(path: string): ConditionalRule {
  return { path, when: { text: 'once it has been set', holds: (before) => before !== undefined && before !== '' } };
}

export function unlessTo(path: string, value: string): ConditionalRule {
  const text = `unless it changes to "${value}"`;
  return { path, when: { text, holds: (_, after) => (isExpression(after) ? undefined : String(after) !== value) } };
}

/** A rule for changes from or to one of the values. */
export function fromOrTo(path: string, ...values: string[]): ConditionalRule {
  const text = `from or to ${values.map((value) => `"${value}"`).join(' or ')}`;
  return when(path, text, (before, after) => values.includes(before) || values.includes(after));
}

export function whenFrom(path: string, ...values: string[]): ConditionalRule {
  const text = `when it was ${values.map((value) => `"${value}"`).join(' or ')} or not set`;
  const holds = (before: Json | undefined) =>
    isExpression(before) ? undefined : before === undefined || (isScalar(before) && values.includes(String(before)));
  return { path, when: { text, holds } };
}

export function unlessBoth(path: string, family: RegExp, text: string): ConditionalRule {
  const holds = (before: Json | undefined, after: Json | undefined) => {
    const values = [before, after].filter((value) => value !== undefined);
    return values.some(isExpression) ? undefined : !values.every((value) => family.test(String(value)));
  };
  return { path, when: { text, holds } };
}

/** A rule for ordered values that can only be raised; other values cannot be changed. */
export function whenLowered(path: string, order: readonly string[]): ConditionalRule {
  return when(path, `unless it goes up in ${order.join(', ')}`, (before, after) => {
    const [old, now] = [order.indexOf(before), order.indexOf(after)];
    return old < 0 || now < 0 || now < old;
  });
}

/** A rule whose condition depends on the service or the state, and not on the code. */
export function may(path: string, text: string): ConditionalRule {
  return { path, when: { text, holds: () => undefined } };
}

/** A rule for arguments that cannot be changed in an immutable object. */
export function ifFrozen(path: string): ConditionalRule {
  const holds = (_before: unknown, _after: unknown, base: JsonObject) =>
    isExpression(base['immutable']) ? undefined : textAt(base, 'immutable') === 'true';
  return { path, when: { text: 'because the object is immutable', holds } };
}

/** A rule for sizes and numbers that can be increased in place, but not decreased. */
export function whenShrinking(path: string): ConditionalRule {
  const holds = (before: Json | undefined, after: Json | undefined) => {
    const [old, next] = [quantityOf(before), quantityOf(after)];
    return old === undefined || next === undefined ? undefined : next < old;
  };
  return { path, when: { text: 'when it decreases', holds } };
}
