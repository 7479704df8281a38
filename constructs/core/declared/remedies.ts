import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { show } from '../values/shown';
import { CLASSES, ENUMS, OBJECTS } from './declarations';
import { itemType, membersOf } from './declared-type';
import { nearestName } from './nearest';

/** The remedy for a value that is undefined although an expression was given for it. */
export function remedyForUndefined(type: string): string {
  return isObject(type)
    ? 'create it before it is passed'
    : 'set the source of the value, such as an environment variable';
}

/**
 * The remedy for a value of a wrong type; undefined if the message says enough.
 *
 * @param name The name of the property: an object with a property of this name was probably given in place of that
 *   property
 */
export function remedyFor(type: string, value: unknown, name: string, isOptional: boolean): string | undefined {
  const item = itemType(type);
  if (value === null) {
    return isOptional ? 'leave it out' : undefined;
  }
  if (typeof value === 'function') {
    return 'call it, and pass the result';
  }
  if (value instanceof Promise) {
    return "use 'await' before the construct is created";
  }
  if (item !== undefined) {
    const isOne = isOfType(item, value) || (isObject(item) && Construct.isConstruct(value));
    return isOne ? `wrap it in a list${Construct.isConstruct(value) ? '' : `: [${show(value)}]`}` : undefined;
  }
  return Array.isArray(value)
    ? listRemedy(type, value)
    : (conversion(type, value) ?? enumRemedy(type, value) ?? memberRemedy(type, value, name));
}

function isObject(type: string): boolean {
  return type in OBJECTS || type in CLASSES;
}

function isOfType(type: string, value: unknown): boolean {
  return typeof value === type || (type in ENUMS && typeof value === 'string');
}

function listRemedy(type: string, [only, ...others]: readonly unknown[]): string | undefined {
  return others.length === 0 && isOfType(type, only) ? `remove the list: ${show(only)}` : undefined;
}

function conversion(type: string, value: unknown): string | undefined {
  if (type === 'string' && ['number', 'boolean', 'bigint'].includes(typeof value)) {
    return `write it in quotes, or convert it with String(...)`;
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  if (type === 'number') {
    return Number.isFinite(Number(value)) && value.trim() !== ''
      ? `write ${value.trim()} without quotes, or convert it with Number(...)`
      : undefined;
  }
  const isSwitch = type === 'boolean' && /^(true|false|yes|no|on|off|1|0)$/i.test(value);
  return isSwitch ? `write it without quotes, or compare the source, as in text === "true"` : undefined;
}

function enumRemedy(type: string, value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const entries = Object.entries(ENUMS[type] ?? {});
  const near = nearestName(value, [...entries.map(([member]) => member), ...entries.map(([, text]) => text)]);
  const meant = entries.find((entry) => near !== undefined && entry.includes(near));
  return meant === undefined ? undefined : `did you mean ${type}.${meant[0]}?`;
}

/** An object was given instead of its name or id: 'subnetId: subnet' for 'subnetId: subnet.subnetId'. */
function memberRemedy(type: string, value: unknown, name: string): string | undefined {
  if (!Construct.isConstruct(value)) {
    return undefined;
  }
  const has = (member: string): boolean => {
    const one: unknown = Reflect.get(value, member);
    return typeof one === type || (type === 'string' && typeof one === 'object' && Token.isUnresolved(one));
  };
  const own = membersOf(CLASSES[value.constructor.name] ?? '').find((one) => isObject(type) && one.type === type);
  if (own !== undefined) {
    return `pass its '${own.name}'`;
  }
  const member = [name, `${name.replace(/Name$|Id$/, '')}`, /Id$/.test(name) ? 'id' : 'name'].find(has);
  return member === undefined ? undefined : `pass its '${member}'`;
}
