/**
 * Members and their types in the notation of the table of declarations: "name: string, ports?: [number]". It is a text,
 * since a program reads few of the declarations, and unread texts cost least.
 *
 * A type is "string", "number", "boolean", "secret" (a string that no message shows), the name of a struct, a class, an
 * interface or an enum, "[T]" for a list, "{T}" for a map, "()T" for a method, or "unknown" for what is not checked. A
 * name that ends with "?" is optional, and one that begins with "..." is a rest parameter. The parameters of a method
 * that returns nothing end with "(): void".
 */
export type Declared = string;

/** A member of a struct, or a parameter. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** Whether it is a rest parameter, which takes all further arguments as a list. */
  readonly isRest?: boolean;
}

const RETURNS_NOTHING = '(): void';

const read = new Map<Declared, readonly Member[]>();

/** The members that a text declares. */
export function membersOf(declared: Declared): readonly Member[] {
  const known = read.get(declared);
  if (known !== undefined) {
    return known;
  }
  const members = declared
    .split(', ')
    .filter((member) => member !== '' && member !== RETURNS_NOTHING)
    .map(memberOf);
  read.set(declared, members);
  return members;
}

/** Whether a method with these parameters returns nothing. */
export function returnsNothing(parameters: Declared): boolean {
  return parameters.endsWith(RETURNS_NOTHING);
}

function memberOf(declared: string): Member {
  const [name = '', type = ''] = declared.split(': ');
  if (name.startsWith('...')) {
    return { name: name.slice(3), type, isOptional: true, isRest: true };
  }
  return name.endsWith('?') ? { name: name.slice(0, -1), type, isOptional: true } : { name, type, isOptional: false };
}

/** The type of a list's items; undefined if the type is not a list. */
export function itemType(type: string): string | undefined {
  return type.startsWith('[') ? type.slice(1, -1) : undefined;
}

/** The type of a map's values; undefined if the type is not a map. */
export function valueType(type: string): string | undefined {
  return type.startsWith('{') ? type.slice(1, -1) : undefined;
}
