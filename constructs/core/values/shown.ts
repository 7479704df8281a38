import { Token } from 'cdktf';
import { Construct } from 'constructs';

/** The most characters of a value that a message shows. */
const MAX_LENGTH = 120;

/** Any value as a message shows it. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return `the function ${value.name}`.trimEnd();
    case 'object':
      return value === null ? 'null' : showObject(value);
    default:
      return String(value);
  }
}

function showObject(value: object): string {
  if (Construct.isConstruct(value)) {
    return `the construct ${value.node.path}`;
  }
  if (Token.isUnresolved(value)) {
    return 'a value that only Terraform knows';
  }
  const name = (Object.getPrototypeOf(value) as object | null)?.constructor.name ?? 'Object';
  if (name !== 'Object' && name !== 'Array') {
    return `an object of the class ${name}`;
  }
  const text = jsonOf(value);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}...`;
}

/** The JSON of a value, without what JSON cannot contain. */
function jsonOf(value: object): string {
  const parents: unknown[] = [];
  return JSON.stringify(value, function (this: unknown, _key, item: unknown) {
    parents.length = parents.indexOf(this) + 1;
    if (typeof item === 'object' && item !== null) {
      if (parents.includes(item) || Construct.isConstruct(item)) {
        return '...';
      }
      parents.push(item);
    }
    return typeof item === 'bigint' ? `${item}n` : item;
  });
}
