import { Construct, type IConstruct } from 'constructs';
import { show } from '../values/shown';
import { SIGNATURES, STRUCTS } from './declarations';
import { type Declared, type Member, membersOf, returnsNothing } from './declared-type';
import { keepMistakes, type Mistake } from './mistake';
import { type AnyClass, insteadOf, isWritten, readMember, readStruct, registerClass, UNUSABLE } from './read';
import { report } from './report';
import { markUnusable } from './stand-in';

type Method = (this: unknown, ...given: unknown[]) => unknown;

/**
 * Makes the factories and methods of a class check their arguments against its declaration.
 *
 * Mistakes in a call of a method are reported on its construct, those of a factory of constructs on the construct that
 * it creates, and those of a factory of values on the construct that uses the value, under the name of the property
 * there.
 *
 * @param name The name in the public API of the class, or of the interface that it implements
 */
export function checkArguments(type: AnyClass, name = type.name): void {
  if (name === type.name) {
    registerClass(name, type);
  }
  for (const signature of signaturesOf.get(name) ?? []) {
    const target = signature.charAt(name.length) === '.' ? type : type.prototype;
    const method = signature.slice(name.length + 1);
    if (Object.prototype.hasOwnProperty.call(target, method)) {
      checkMethod(target, method, SIGNATURES[signature] ?? '');
    }
  }
}

/** The signatures of each class: searching all of them for each class would take long. */
const signaturesOf = new Map<string, string[]>();
for (const signature of Object.keys(SIGNATURES)) {
  const name = signature.slice(0, signature.search(/[.#]/));
  const known = signaturesOf.get(name);
  if (known === undefined) {
    signaturesOf.set(name, [signature]);
  } else {
    known.push(signature);
  }
}

function checkMethod(target: object, name: string, parameters: Declared): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  const method = descriptor?.value as Method;
  // a function with this name, which messages show when it is passed without being called
  const { [name]: checked } = {
    [name](this: unknown, ...given: unknown[]): unknown {
      // read here and not above, since a program calls few of the methods
      const members = membersOf(parameters);
      const mistakes: Mistake[] = [];
      const values = readArguments(members, given, this, mistakes);
      // before the method passes the arguments on, under other names
      reportCall(this, name, members, given, mistakes);
      if (mistakes.some(({ isFatal }) => isFatal) && returnsNothing(parameters)) {
        return undefined;
      }
      const result = method.apply(this, values);
      if (mistakes.length > 0 && !Construct.isConstruct(this)) {
        reportResult(result, mistakes);
      }
      return result;
    },
  };
  Object.defineProperty(target, name, { ...descriptor, value: checked });
}

function reportCall(
  receiver: unknown,
  method: string,
  members: readonly Member[],
  given: readonly unknown[],
  mistakes: readonly Mistake[],
): void {
  const place = placeOf(receiver);
  if (place !== undefined) {
    const shown = members[0]?.name === 'id' ? show(given[0]) : '...';
    report(place, mistakes, `${method}(${shown}): `);
  }
}

/** The construct on which the mistakes of a call are reported: the receiver, or the construct that it refers to. */
function placeOf(receiver: unknown): IConstruct | undefined {
  const place = Construct.isConstruct(receiver)
    ? receiver
    : (receiver as { readonly _reportsAt?: unknown } | undefined)?._reportsAt;
  return Construct.isConstruct(place) ? place : undefined;
}

function reportResult(result: unknown, mistakes: readonly Mistake[]): void {
  if (Construct.isConstruct(result)) {
    report(result, mistakes);
  } else if (typeof result === 'object' && result !== null) {
    keepMistakes(result, mistakes);
    if (mistakes.some(({ isFatal }) => isFatal)) {
      markUnusable(result);
    }
  }
}

function readArguments(
  members: readonly Member[],
  given: readonly unknown[],
  receiver: unknown,
  mistakes: Mistake[],
): unknown[] {
  return members.flatMap((member, index) => {
    const argument = member.isRest === true ? given.slice(index) : given[index];
    const path = argumentPath(member, members, receiver);
    const read = readArgument(member, argument, path, mistakes, index < given.length);
    const value = read === UNUSABLE ? insteadOfArgument(member, receiver, mistakes) : read;
    return member.isRest === true ? (value as unknown[]) : [value];
  });
}

function readArgument(
  member: Member,
  value: unknown,
  path: string,
  mistakes: Mistake[],
  isWrittenDown: boolean,
): unknown {
  if (!(member.type in STRUCTS)) {
    return readMember(member, value, path, mistakes, isWrittenDown);
  }
  if (value === undefined && !member.isOptional) {
    // so that each required property is named
    return readStruct(member.type, {}, path, mistakes);
  }
  return readMember(member, value, isWritten(value) ? path : member.name, mistakes);
}

/**
 * Messages name properties of an options object without the name of the argument, and omit the name of the only
 * argument of a factory of values.
 */
function argumentPath(member: Member, members: readonly Member[], receiver: unknown): string {
  const others = members.filter((one) => one !== member && one.name !== 'scope' && one.name !== 'id');
  const isOnly = others.length === 0 && placeOf(receiver) === undefined && members.length === 1;
  return member.type in STRUCTS || isOnly ? '' : member.name;
}

function insteadOfArgument(member: Member, receiver: unknown, mistakes: Mistake[]): unknown {
  if (member.name === 'id') {
    return 'unnamed';
  }
  return member.name === 'scope' && Construct.isConstruct(receiver) ? receiver : insteadOf(member, mistakes);
}
