import { show } from '../values/shown';
import { CLASSES, MAKERS, OBJECTS, SIGNATURES, STRUCTS } from './declarations';
import { type Member, membersOf } from './declared-type';
import type { Mistake } from './mistake';
import { isFar, likeliestNames, nearestName } from './nearest';

/** The most places that a message names. */
const MOST_OWNERS = 3;

/** The most properties that a message lists. */
const MOST_PROPERTIES = 8;

/** The mistake of a property that a type does not have, and where it may belong. */
export function unknownProperty(
  type: string,
  members: readonly Member[],
  name: string,
  value: unknown,
): Pick<Mistake, 'must' | 'found' | 'remedy'> {
  // the value may be a secret, since the property is not declared
  const found = `got ${typeof value === 'string' ? 'a string' : show(value)}`;
  return { must: `is not a property of ${type}`, found, remedy: remedyOf(type, members, name) };
}

function remedyOf(type: string, members: readonly Member[], name: string): string {
  const names = members.map((member) => member.name).filter((one) => !one.startsWith('_'));
  const near = nearestName(name, names);
  const meant = near === undefined ? undefined : `did you mean '${near}'?`;
  const isMisspelled = near !== undefined && !isFar(near, name);
  const belongs = methodOf(type, name) ?? takenFrom(name, members) ?? ofAnother(type, name);
  // a name that exists one level deeper is hardly a misspelled one
  return deeper(name, members) ?? (isMisspelled ? meant : (belongs ?? meant)) ?? listed(name, names);
}

/** The remedy for a method that is written as a property: { allowFrom: [...] }. */
function methodOf(type: string, name: string): string | undefined {
  const owner = type.replace(/Props$/, '');
  const variable = `${owner.charAt(0).toLowerCase()}${owner.slice(1)}`;
  return `${owner}#${name}` in SIGNATURES
    ? `it is a method, to be called on the construct: ${variable}.${name}(...)`
    : undefined;
}

/**
 * The remedy for a property that another given object already has, such as the region of a resource group. Names and
 * nodes do not count, since most objects have them.
 */
function takenFrom(name: string, members: readonly Member[]): string | undefined {
  const holder = members.find(
    ({ type }) =>
      !['name', 'node'].includes(name) &&
      membersOf(OBJECTS[type] ?? CLASSES[type] ?? '').some((one) => one.name === name),
  );
  return holder === undefined ? undefined : `it belongs to '${holder.name}'`;
}

/**
 * The remedy for a property that belongs one level deeper: in an object, such as `vmSize` in `defaultNodePool`, or in
 * the options of a factory, such as `subnet` in those of a network profile.
 */
function deeper(name: string, members: readonly Member[]): string | undefined {
  if (name === 'name' || takenFrom(name, members) !== undefined) {
    return undefined;
  }
  const has = (type: string) => membersOf(STRUCTS[type] ?? '').some((one) => one.name === name);
  const places = members.flatMap(({ name: property, type }) => {
    if (has(type)) {
      return [`'${property}'`];
    }
    const [maker] = (MAKERS[type] ?? []).filter((one) =>
      membersOf(SIGNATURES[one.replace(/\(.*/, '')] ?? '').some((parameter) => has(parameter.type)),
    );
    return maker === undefined ? [] : [`'${property}', as an option of ${maker}`];
  });
  return places.length === 0 ? undefined : `it belongs in ${places.slice(0, MOST_OWNERS).join(' or in ')}`;
}

/** The remedy for a property of other constructs. */
function ofAnother(type: string, name: string): string | undefined {
  const owners = (type.endsWith('Props') ? Object.keys(STRUCTS) : [])
    .filter((other) => other.endsWith('Props') && membersOf(STRUCTS[other] ?? '').some((one) => one.name === name))
    .map((other) => other.replace(/Props$/, ''))
    .filter((owner) => owner in CLASSES);
  return owners.length === 0 || owners.length > MOST_OWNERS ? undefined : `it is a property of ${owners.join(', ')}`;
}

function listed(name: string, names: readonly string[]): string {
  return names.length <= MOST_PROPERTIES
    ? `its properties are ${names.join(', ')}`
    : `among its ${names.length} properties are ${likeliestNames(name, names, MOST_PROPERTIES).join(', ')}`;
}
