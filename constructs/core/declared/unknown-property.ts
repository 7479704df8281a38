import { show } from '../values/shown';
import { CLASSES, OBJECTS, SIGNATURES, STRUCTS } from './declarations';
import { type Member, membersOf } from './declared-type';
import type { Mistake } from './mistake';
import { isFar, likeliestNames, nearestName } from './nearest';

/** How many properties a message lists. */
const MOST_PROPERTIES = 8;

/** What is wrong with a property that a type does not have, and where it may belong. */
export function unknownProperty(
  type: string,
  members: readonly Member[],
  name: string,
  value: unknown,
): Pick<Mistake, 'must' | 'found' | 'remedy'> {
  // of what nobody declared, nobody knows whether it is a secret
  const found = `got ${typeof value === 'string' ? 'a string' : show(value)}`;
  return { must: `is not a property of ${type}`, found, remedy: remedyOf(type, members, name) };
}

function remedyOf(type: string, members: readonly Member[], name: string): string {
  const names = members.map((member) => member.name).filter((one) => !one.startsWith('_'));
  const near = nearestName(name, names);
  const meant = near === undefined ? undefined : `did you mean '${near}'?`;
  const belongs = methodOf(type, name) ?? takenFrom(name, members) ?? ofAnother(type, name);
  const isMisspelled = near !== undefined && !isFar(near, name);
  return (isMisspelled ? meant : (belongs ?? meant)) ?? listed(name, names);
}

/** A method of the construct, written as a property: { allowFrom: [...] }. */
function methodOf(type: string, name: string): string | undefined {
  const owner = type.replace(/Props$/, '');
  const variable = `${owner.charAt(0).toLowerCase()}${owner.slice(1)}`;
  return `${owner}#${name}` in SIGNATURES
    ? `it is a method, to be called on the construct: ${variable}.${name}(...)`
    : undefined;
}

/** What an object that is given already has, such as the region of a resource group; everything has a name and a node. */
function takenFrom(name: string, members: readonly Member[]): string | undefined {
  const holder = members.find(
    ({ type }) =>
      !['name', 'node'].includes(name) &&
      membersOf(OBJECTS[type] ?? CLASSES[type] ?? '').some((one) => one.name === name),
  );
  return holder === undefined ? undefined : `it belongs to '${holder.name}'`;
}

/** How many other constructs a message names. */
const MOST_OWNERS = 3;

/** The constructs that have a property of this name, where this one has none. */
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
