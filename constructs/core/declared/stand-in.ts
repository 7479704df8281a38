import { Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ENUMS, OBJECTS, STRUCTS } from './declarations';
import { itemType, type Member, membersOf, valueType } from './declared-type';

/*
 * Stand-ins replace values that are missing or of a wrong type, after that is reported: construction continues without
 * a second message, and without an exception. They are tokens where a token can be given, so that rules let them pass.
 */

const primitives = new Set<unknown>();
const objects = new WeakSet<object>();

/** Whether a text, a number, a list, a map or an object is a stand-in for one that was reported. */
export function isStandIn(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? objects.has(value) : primitives.has(value);
}

/** The objects that factories created from stand-ins. */
const unusable = new WeakSet<object>();

/** Marks an object that was created from a stand-in. */
export function markUnusable(made: object): void {
  unusable.add(made);
}

/** Whether an object was created from a stand-in, and so cannot be used either. */
export function isUnusable(value: object): boolean {
  return unusable.has(value);
}

/** The stand-in for a required value of a type. */
export function standIn(type: string): unknown {
  switch (type) {
    case 'string':
    case 'secret':
      return standInText();
    case 'number':
      return remembered(Token.asNumber(nothing()));
    case 'boolean':
      return false;
    case '[string]':
      return rememberedList(Token.asList(nothing()));
    default:
      return structure(type);
  }
}

function structure(type: string): unknown {
  if (itemType(type) !== undefined || valueType(type) !== undefined) {
    const nothing = itemType(type) === undefined ? {} : [];
    objects.add(nothing);
    return nothing;
  }
  if (type in ENUMS) {
    return standInText();
  }
  const object = OBJECTS[type];
  if (object !== undefined) {
    return standInObject(membersOf(object));
  }
  const struct = STRUCTS[type];
  return struct === undefined
    ? undefined
    : withMembers(
        {},
        membersOf(struct).filter(({ isOptional }) => !isOptional),
      );
}

/** An object with the members of a class or an interface; a construct outside of any tree, if it must be one. */
function standInObject(members: readonly Member[]): object {
  const isConstruct = members.some(({ name }) => name === 'node');
  const object = isConstruct ? new StandInConstruct() : {};
  objects.add(object);
  return withMembers(object, members);
}

function withMembers(target: object, members: readonly Member[]): object {
  for (const { name, type, isOptional } of members.filter((member) => !(member.name in target))) {
    // computed when it is read, since types may contain themselves
    Object.defineProperty(target, name, { get: () => standInMember(type, isOptional), enumerable: true });
  }
  return target;
}

function standInMember(type: string, isOptional: boolean): unknown {
  if (type.startsWith('()')) {
    const result = type.slice(2);
    return () => (itemType(result) === undefined ? standIn(result) : []);
  }
  // an optional text is present, so that no rule asks for it
  return isOptional && type !== 'string' ? undefined : standIn(type);
}

/** A construct outside of any tree, which also counts as its own stack. */
class StandInConstruct extends Construct {
  constructor() {
    super(undefined as never, '');
    Object.defineProperty(this, Symbol.for('cdktf/TerraformStack'), { value: true });
  }
}

function standInText(): string {
  return remembered(Token.asString(nothing()));
}

function remembered<T>(value: T): T {
  primitives.add(value);
  return value;
}

function rememberedList(list: readonly string[]): readonly string[] {
  objects.add(list);
  return list;
}

function nothing(): ReturnType<typeof Lazy.anyValue> {
  return Lazy.anyValue({ produce: () => undefined });
}
