import { Token, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { show } from '../values/shown';
import { CLASSES, ENUMS, LITERAL_ENUMS, MAKERS, OBJECTS, STRUCTS } from './declarations';
import { itemType, type Member, membersOf, valueType } from './declared-type';
import { described } from './described';
import { joinPath, keptMistakes, type Mistake } from './mistake';
import { remedyFor, remedyForUndefined } from './remedies';
import { isStandIn, isUnusable, standIn } from './stand-in';
import { unknownProperty } from './unknown-property';

/*
 * Reads a value as a declared type. A wrong value is added to the mistakes and is not passed on: an optional value is
 * omitted, and a required one is replaced by a stand-in.
 */

/** Stands for a value that cannot be used. */
export const UNUSABLE = Symbol('unusable');

/** A class, whether or not its constructor is public. */
export interface AnyClass {
  readonly name: string;
  readonly prototype: object;
}

/** The loaded classes of the public API: others have no instances. */
const classes = new Map<string, AnyClass>();
const prototypes = new Set<object>();

/** Registers a class, so that its instances can be recognized. */
export function registerClass(name: string, type: AnyClass): void {
  classes.set(name, type);
  prototypes.add(type.prototype);
}

function isOf({ prototype }: AnyClass, value: object): boolean {
  return Object.prototype.isPrototypeOf.call(prototype, value);
}

function isOfKnownClass(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype !== null && (prototypes.has(prototype) || isOfKnownClass(prototype));
}

/** The value of a member, or `UNUSABLE` after a mistake in it was added. */
export function readMember(
  { name, type, isOptional }: Member,
  value: unknown,
  path: string,
  mistakes: Mistake[],
  isWrittenDown = false,
): unknown {
  if (value === undefined && isOptional) {
    return undefined;
  }
  const place = { name, isOptional, path };
  const read =
    value === undefined ? missing(type, path, mistakes, isWrittenDown) : readValue(type, value, place, mistakes);
  const last = mistakes.at(-1);
  if (read === UNUSABLE && last !== undefined && !isOptional && (type in OBJECTS || type in STRUCTS)) {
    mistakes[mistakes.length - 1] = { ...last, isFatal: true };
  }
  return read;
}

/** @param isWrittenDown Whether the property was written down, but its value is undefined */
function missing(type: string, path: string, mistakes: Mistake[], isWrittenDown: boolean): typeof UNUSABLE {
  mistakes.push({
    path,
    must: `must be given: ${described(type)}`,
    ...(isWrittenDown ? { found: 'got undefined', remedy: remedyForUndefined(type) } : { found: 'got nothing' }),
  });
  return UNUSABLE;
}

/** Types for which a token can replace even an optional value, so that the rule of the property is checked on it. */
const TOKENS = ['string', 'secret', 'number', '[string]'];

/** The replacement of a member that cannot be used, after the mistake was added. */
export function insteadOf({ type, isOptional }: Member, mistakes: Mistake[]): unknown {
  const isToken = TOKENS.includes(type) || (type in ENUMS && !LITERAL_ENUMS.includes(type));
  const isList = itemType(type) !== undefined;
  const value = isOptional && !isToken && !isList ? undefined : standIn(type);
  const last = mistakes.at(-1);
  if (last !== undefined && TOKENS.includes(type)) {
    mistakes[mistakes.length - 1] = { ...last, standIn: value };
  }
  return value;
}

/** The declared properties of an object; others are reported. */
export function readStruct(type: string, given: object, path: string, mistakes: Mistake[]): object {
  const values = given as { readonly [name: string]: unknown };
  const members = membersOf(STRUCTS[type] ?? '');
  const names = new Set(members.map(({ name }) => name));
  for (const name of Object.keys(values)) {
    if (values[name] !== undefined && !names.has(name)) {
      mistakes.push({ path: joinPath(path, name), ...unknownProperty(type, members, name, values[name]) });
    }
  }
  const struct: { [name: string]: unknown } = {};
  for (const member of members) {
    const read = readMember(member, values[member.name], joinPath(path, member.name), mistakes, member.name in values);
    const value = read === UNUSABLE ? insteadOf(member, mistakes) : read;
    // an undefined value would override defaults when the struct is spread over them
    if (value !== undefined) {
      struct[member.name] = value;
    }
  }
  return struct;
}

/** Whether a value is a plain object: not a list, a construct, a Map or a Promise. */
export function isWritten(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.prototype.toString.call(value) === '[object Object]' &&
    !Construct.isConstruct(value) &&
    !isOfKnownClass(value)
  );
}

/** The place of a value. */
interface Place {
  readonly name: string;
  readonly isOptional: boolean;
  readonly path: string;
}

function readValue(type: string, value: unknown, place: Place, mistakes: Mistake[]): unknown {
  const { path } = place;
  if (type === 'unknown') {
    return value;
  }
  if (Token.isUnresolved(value) && !Construct.isConstruct(value)) {
    return readToken(type, value, path, mistakes);
  }
  const item = itemType(type);
  if (item !== undefined && Array.isArray(value)) {
    return readList(item, value, path, mistakes);
  }
  const values = valueType(type);
  if (values !== undefined && isWritten(value)) {
    return readMap(values, value, path, mistakes);
  }
  if (type in STRUCTS && isWritten(value)) {
    return readStruct(type, value, path, mistakes);
  }
  if (type in OBJECTS && isA(type, value)) {
    return readObject(type, value, path, mistakes);
  }
  return isPrimitive(type, value) ? value : wrong(type, value, place, mistakes);
}

function wrong(type: string, value: unknown, { name, isOptional, path }: Place, mistakes: Mistake[]): typeof UNUSABLE {
  const shown = mayBeSecret(type, value) ? `a value of the type ${typeof value}` : show(value);
  mistakes.push({
    path,
    must: `must be ${described(type)}`,
    found: `got ${shown}`,
    remedy: remedyFor(type, value, name, isOptional),
  });
  return UNUSABLE;
}

/** Whether a message must not show a value, since it is or may be a secret. */
function mayBeSecret(type: string, value: unknown): boolean {
  const isOfSecrets = (MAKERS[type] ?? []).some((maker) => maker.includes('.fromSecretValue'));
  return type === 'secret' || (isOfSecrets && typeof value === 'string');
}

function isPrimitive(type: string, value: unknown): boolean {
  const members = ENUMS[type];
  return members === undefined
    ? typeof value === (type === 'secret' ? 'string' : type)
    : typeof value === 'string' && Object.values(members).includes(value);
}

/** A token can stand for a text, a number, or texts, but not for values by which the program decides. */
function readToken(type: string, value: unknown, path: string, mistakes: Mistake[]): unknown {
  const [resolvable, ...others] = Tokenization.reverse(value);
  const whole = others.length === 0 ? resolvable : undefined;
  const isText = type === 'string' || type === 'secret' || (type in ENUMS && !LITERAL_ENUMS.includes(type));
  if (isText && typeof value === 'string') {
    return value;
  }
  if (whole !== undefined && isText) {
    return Token.asString(whole);
  }
  if (whole !== undefined && type === 'number') {
    return typeof value === 'number' ? value : Token.asNumber(whole);
  }
  if (whole !== undefined && type === '[string]') {
    return Array.isArray(value) ? value : Token.asList(whole);
  }
  if (whole !== undefined && type === '{string}') {
    return Tokenization.isResolvable(value) || typeof value !== 'object' ? Token.asStringMap(whole) : value;
  }
  mistakes.push({
    path,
    must: `must be known when the program runs: ${described(type)}`,
    found: 'got a value that only Terraform knows',
  });
  return UNUSABLE;
}

function readList(type: string, list: readonly unknown[], path: string, mistakes: Mistake[]): readonly unknown[] {
  // not `map`, which skips holes
  const items = Array.from(list, (value, index) => readItem(type, value, `${path}[${index}]`, mistakes));
  // the same list if it is right, since its author may add to it
  return items.every((item, index) => item === list[index]) ? list : items;
}

function readMap(type: string, map: object, path: string, mistakes: Mistake[]): object {
  const entries = Object.entries(map) as [string, unknown][];
  return Object.fromEntries(entries.map(([key, value]) => [key, readItem(type, value, joinPath(path, key), mistakes)]));
}

function hole(type: string, path: string, mistakes: Mistake[]): typeof UNUSABLE {
  const remedy = 'leave it out, or set the source of the value';
  mistakes.push({ path, must: `must be ${described(type)}`, found: 'got nothing', remedy });
  return UNUSABLE;
}

/** An item of a list or a map, which cannot be omitted. */
function readItem(type: string, value: unknown, path: string, mistakes: Mistake[]): unknown {
  const item = { name: '', type, isOptional: false };
  const read = value === undefined ? hole(type, path, mistakes) : readValue(type, value, { ...item, path }, mistakes);
  return read === UNUSABLE ? insteadOf(item, mistakes) : read;
}

/** Whether a value is of a class, or has the members of an interface. */
function isA(type: string, value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  if (type in CLASSES) {
    const own = classes.get(type);
    // by its name, too, since there may be another copy of this library
    return (own !== undefined && isOf(own, value)) || value.constructor?.name === type || isStandIn(value);
  }
  return membersOf(OBJECTS[type] ?? '').every(({ name, isOptional }) => isOptional || name in value);
}

function readObject(type: string, value: object, path: string, mistakes: Mistake[]): unknown {
  mistakes.push(...keptMistakes(value, path));
  if (isUnusable(value)) {
    return UNUSABLE;
  }
  return Construct.isConstruct(value) || type in CLASSES ? value : readReference(type, value, path, mistakes);
}

/** A reference to something elsewhere, such as { name, location }, with wrong members replaced. */
function readReference(type: string, value: object, path: string, mistakes: Mistake[]): object {
  const values = value as { readonly [name: string]: unknown };
  const replaced: { [name: string]: PropertyDescriptor } = {};
  for (const member of membersOf(OBJECTS[type] ?? '').filter((one) => !one.type.startsWith('()'))) {
    const here = joinPath(path, member.name);
    if (readMember(member, values[member.name], here, mistakes, member.name in values) === UNUSABLE) {
      replaced[member.name] = { value: insteadOf(member, mistakes), enumerable: true };
    }
  }
  return Object.keys(replaced).length === 0 ? value : (Object.create(value, replaced) as object);
}
