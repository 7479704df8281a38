import { at, blocks, own, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { soundsSecret } from '../../terraform-json/sensitive';
import { maskLeaf, maskValue } from '../mask/mask-value';
import { body, type Stack } from '../read/program';
import { credentialsOf } from './credentials';
import { maskedRow, names, row, type Row } from './row';

/** The changes in the declaration of a variable. */
export function variableRows(base: Stack, head: Stack, name: string): Row[] {
  return [
    ...declaredRows('variable', base.variables, head.variables, name),
    ...constraintRows('variable', base.variables, head.variables, name, ['default', 'description', 'sensitive']),
    ...sensitivityRow('variable', base.variables, head.variables, name),
  ];
}

/** The changes in the declaration of an output, with a note if it contains credentials. */
export function outputRows(base: Stack, head: Stack, name: string): Row[] {
  const rows = [
    ...declaredRows('output', base.outputs, head.outputs, name),
    ...constraintRows('output', base.outputs, head.outputs, name, ['value', 'description', 'sensitive', 'depends_on']),
  ];
  const found = [...rows, ...sensitivityRow('output', base.outputs, head.outputs, name)];
  const given = found.length > 0 ? credentialsOf(name, head) : [];
  return given.length === 0
    ? found
    : found.map((one) => ({
        ...one,
        concern: 'credentials' as const,
        note: `hands out ${given.join(' and ')}: anyone who can read the state or the output has it${one.note === undefined ? '' : `; ${one.note}`}`,
      }));
}

/** A variable or an output that becomes sensitive or stops being so. */
function sensitivityRow(kind: 'variable' | 'output', base: JsonObject, head: JsonObject, name: string): Row[] {
  const isDeclared = Object.hasOwn(base, name) && Object.hasOwn(head, name);
  const [before, after] = [base, head].map((side) => (isSensitive(side, name) ? 'sensitive' : 'not sensitive'));
  const note = before === 'sensitive' ? 'its value will be printed and stored in plain text' : undefined;
  return isDeclared ? row(kind, name, before, after, note) : [];
}

/** The other changes of a variable or an output that both sides have, such as its type and its conditions. */
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
    .flatMap((key) => {
      const found = row(kind, `${name}: ${key}`, own(old, key), own(now, key));
      const isLost = key === 'validation' && dropsCondition(own(old, key), own(now, key));
      return isLost ? found.map((one): Row => ({ ...one, concern: 'guard', note: UNCHECKED })) : found;
    });
}

/** The note of a lost condition. */
export const UNCHECKED = 'a condition that kept wrong values out is gone, or another one';

/** Whether a condition is removed or changed. */
export function dropsCondition(before: Json | undefined, after: Json | undefined): boolean {
  const [olds, news] = [before, after].map((side) => blocks(side).map((one) => textAt(one, 'condition')));
  return olds?.some((condition) => news?.includes(condition) !== true) === true;
}

/** The change of the default of a variable, or of the value of an output. */
function declaredRows(kind: 'variable' | 'output', base: JsonObject, head: JsonObject, name: string): Row[] {
  const isSecret = isSensitive(base, name) || isSensitive(head, name) || soundsSecret(name);
  const mask = (value: Json) => (isSecret ? maskLeaf(value) : maskValue('variable', [name], value));
  return maskedRow(kind, name, valueOf(kind, base, name), valueOf(kind, head, name), mask);
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
