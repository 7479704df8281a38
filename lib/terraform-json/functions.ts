import { compare, isObject, isScalar, type Json } from './json';

/** Combines two values; undefined where Terraform may give another result, or none. */
export type Operator = (left: Json, right: Json) => Json | undefined;

const logic =
  (combine: (left: boolean, right: boolean) => boolean): Operator =>
  (left, right) =>
    typeof left === 'boolean' && typeof right === 'boolean' ? combine(left, right) : undefined;

const numeric =
  (combine: (left: number, right: number) => Json | undefined): Operator =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number' ? combine(left, right) : undefined;

/** Arithmetic with whole numbers; Terraform adds fractions more exactly than JavaScript. */
const arithmetic = (combine: (left: number, right: number) => number): Operator =>
  numeric((left, right) => {
    const result = combine(left, right);
    return [left, right, result].every(Number.isSafeInteger) ? result + 0 : undefined; // 0, and not -0
  });

const equality =
  (isEqual: boolean): Operator =>
  (left, right) => {
    const same = areEqual(left, right);
    return same === undefined ? undefined : same === isEqual;
  };

/**
 * Whether two values are equal in Terraform; undefined for values of different types, and for lists and objects: an empty list
 * does not equal "[]", which is a tuple, and JSON does not distinguish the two.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators
 */
function areEqual(left: Json, right: Json): boolean | undefined {
  const isComparable = left === null || right === null || (isScalar(left) && typeof left === typeof right);
  return isComparable ? left === right : undefined;
}

/** A function for ASCII texts, which Go and JavaScript convert in the same way. */
const ofAscii =
  (convert: (text: string) => string) =>
  ([text]: readonly Json[]): Json | undefined =>
    typeof text === 'string' && /^[\0-\x7f]*$/.test(text) ? convert(text) : undefined;

/** The binary operators by increasing precedence; of operators with the same start, the longer one is first. */
export const OPERATORS: readonly Readonly<Record<string, Operator>>[] = [
  { '||': logic((a, b) => a || b) },
  { '&&': logic((a, b) => a && b) },
  { '==': equality(true), '!=': equality(false) },
  {
    '>=': numeric((a, b) => a >= b),
    '<=': numeric((a, b) => a <= b),
    '>': numeric((a, b) => a > b),
    '<': numeric((a, b) => a < b),
  },
  { '+': arithmetic((a, b) => a + b), '-': arithmetic((a, b) => a - b) },
  {
    '*': arithmetic((a, b) => a * b),
    // other results are not evaluated: Terraform has a higher precision.
    '/': arithmetic((a, b) => a / b),
    '%': arithmetic((a, b) => (a < 0 || b <= 0 ? NaN : a % b)),
  },
];

const listOf = (value: Json | undefined): Json[] | undefined => (Array.isArray(value) ? value : undefined);

/** The supported functions of Terraform; they return undefined for unsupported arguments. */
export const FUNCTIONS: Readonly<Record<string, (args: readonly Json[]) => Json | undefined>> = {
  toset: ([list]) => {
    const items = listOf(list);
    const isOfScalars = items?.every((item) => isScalar(item)) === true;
    return isOfScalars ? [...new Set(items.map(String))].sort(compare) : undefined;
  },
  tolist: ([list]) => listOf(list),
  tomap: ([map]) => (isObject(map) ? map : undefined),
  length: ([value]) => (isObject(value) ? Object.keys(value).length : listOf(value)?.length),
  concat: (lists) => (lists.every((list) => Array.isArray(list)) ? lists.flat() : undefined),
  merge: (maps) => (maps.every(isObject) ? Object.fromEntries(maps.flatMap((map) => Object.entries(map))) : undefined),
  keys: ([map]) => (isObject(map) ? Object.keys(map).sort(compare) : undefined),
  contains: ([list, item]) => {
    const matches = listOf(list)?.map((one) => (isScalar(item) && isScalar(one) ? areEqual(one, item) : undefined));
    return matches?.includes(undefined) === true ? undefined : matches?.includes(true);
  },
  lower: ofAscii((text) => text.toLowerCase()),
  upper: ofAscii((text) => text.toUpperCase()),
};
