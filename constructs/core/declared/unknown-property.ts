import { show } from '../values/shown';
import { ALIASES, CLASSES, MAKERS, OBJECTS, SIGNATURES, STRUCTS } from './declarations';
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
  // a name that exists elsewhere is hardly a misspelled one
  const known = otherName(name, members) ?? deeper(name, members) ?? elsewhere(type, name, members);
  return known ?? (isMisspelled ? meant : (belongs ?? meant)) ?? listed(name, names);
}

/** The remedy for a method that is written as a property: { allowFrom: [...] }. */
function methodOf(type: string, name: string): string | undefined {
  const owner = type.replace(/Props$/, '');
  return `${owner}#${name}` in SIGNATURES
    ? `it is a method, to be called on the construct: ${variableOf(owner)}.${name}(...)`
    : undefined;
}

function variableOf(type: string): string {
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
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
 * The remedy for a property that belongs deeper: in an object, such as `vmSize` in `defaultNodePool`, or in the options
 * of a factory, such as `subnet` in those of a network profile.
 */
function deeper(name: string, members: readonly Member[]): string | undefined {
  const places = name === 'name' || takenFrom(name, members) !== undefined ? [] : placesOf(name, members);
  const kinds = [...new Set(places.map(({ maker }) => maker))].map((maker) => {
    const properties = places.filter((one) => one.maker === maker).map(({ property }) => `'${property}'`);
    const holders = properties.slice(0, MOST_OWNERS).join(' or in ');
    return maker === undefined ? holders : `${holders}, as an option of ${maker}`;
  });
  return places.length === 0 ? undefined : `it belongs in ${kinds.slice(0, MOST_OWNERS).join(' or in ')}`;
}

/** A property that holds others, or takes what a factory makes of them. */
interface Holder {
  readonly property: string;
  readonly maker?: string;
}

/** The deepest that objects in objects are looked into. */
const DEEPEST = 3;

/** Where a property belongs in the properties of others: as close as possible. */
function placesOf(name: string, members: readonly Member[], depth = 1, prefix = ''): Holder[] {
  const has = (type: string) => membersOf(STRUCTS[type] ?? '').some((one) => one.name === name);
  const found = members.flatMap((member): Holder[] => {
    const property = `${prefix}${member.name}`;
    if (has(member.type)) {
      return [{ property }];
    }
    const maker = (MAKERS[member.type] ?? []).find((one) => optionsOf(one).some(has));
    return maker === undefined ? [] : [{ property, maker }];
  });
  return found.length > 0 || depth === DEEPEST
    ? found
    : members.flatMap(({ name: property, type }) =>
        placesOf(name, membersOf(STRUCTS[type] ?? ''), depth + 1, `${prefix}${property}.`),
      );
}

/** The types that a factory takes; none for one that creates a construct, which is no value to be written there. */
function optionsOf(maker: string): string[] {
  const parameters = membersOf(SIGNATURES[maker.replace(/\(.*/, '')] ?? '');
  return parameters.some(({ name }) => name === 'scope') ? [] : parameters.map(({ type }) => type);
}

/** The remedy for a property that has another name here than in azurerm, `az`, manifests or charts. */
function otherName(name: string, members: readonly Member[]): string | undefined {
  const target = targetsOf(name).find((one) => members.some((member) => member.name === one));
  return target === undefined ? undefined : `it is '${target}' here`;
}

/** The remedy for such a name of something else than a property of this object. */
function elsewhere(type: string, name: string, members: readonly Member[]): string | undefined {
  const targets = targetsOf(name);
  const [first] = [
    ...targets.flatMap((target) => {
      const place = deeper(target, members);
      return place === undefined ? [] : [`it is '${target}' here; ${place}`];
    }),
    ...targets.filter((target) => /\W/.test(target)).map((target) => `use ${callOf(target)}`),
    ...targets.flatMap((target) => ofAnother(type, target)?.replace(/^it/, `'${target}'`) ?? []),
  ];
  return first;
}

/** What a name is here; nothing for one that every object in JavaScript has, such as "constructor". */
function targetsOf(name: string): readonly string[] {
  return Object.prototype.hasOwnProperty.call(ALIASES, name) ? (ALIASES[name] ?? []) : [];
}

/** The call that a method, a factory or a class stands for. */
function callOf(target: string): string {
  const [owner = '', method] = target.split('#');
  return method === undefined ? target : `${variableOf(owner)}.${method}(...)`;
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
