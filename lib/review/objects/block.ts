import { isExpression } from '../../terraform-json/expression';
import { blocks, isScalar, own, type Json, type JsonObject } from '../../terraform-json/json';
import { onlyReference } from '../../terraform-json/references';
import { all, any, type Answer } from './answer';

/** A list whose items the code may not all determine. */
export interface Items<T> {
  readonly known: readonly T[];
  readonly isComplete: boolean;
}

/** Maps a name in the documentation to the name in Terraform. */
export type Naming = (name: string) => string;

const AS_IT_IS: Naming = (name) => name;

/**
 * A block of a resource, of which every answer is three-valued: what only Terraform knows is undefined.
 *
 * A value that is null is not set, which is what null means to Terraform.
 */
export class Block {
  private constructor(
    private readonly content: JsonObject,
    /** Whether the block exists. */
    public readonly exists: Answer,
    private readonly naming: Naming,
  ) {}

  /** The block in a value, which may be a list of one block. */
  public static of(value: Json | undefined, naming: Naming = AS_IT_IS): Block {
    const [first] = blocks(value);
    return first === undefined
      ? new Block({}, isExpression(firstOf(value)) ? undefined : false, naming)
      : new Block(first, true, naming);
  }

  /** The value of an argument: null if it is not set, undefined if only Terraform knows it. */
  public value(name: string): Json | undefined {
    const value = own(this.content, this.naming(name)) ?? null;
    return this.exists === undefined || isExpression(value) ? undefined : value;
  }

  /** The text of an argument; null if it is not set or empty, undefined if only Terraform knows it. */
  public text(name: string): string | null | undefined {
    const value = this.value(name);
    if (value === undefined) {
      return undefined;
    }
    return isScalar(value) && value !== '' ? String(value) : null;
  }

  /** The number of an argument; null if it is not set, undefined if only Terraform knows it. */
  public number(name: string): number | null | undefined {
    const text = this.text(name);
    return typeof text === 'string' ? Number(text) : text;
  }

  /** Whether an argument is true. */
  public isTrue(name: string, byDefault = false): Answer {
    return this.is(name, (text) => text === 'true', byDefault);
  }

  /** Whether a statement holds for the text of an argument. */
  public is(name: string, holds: (text: string) => Answer, whenNotSet: Answer = false): Answer {
    const text = this.text(name);
    if (text === undefined) {
      return undefined;
    }
    return text === null ? whenNotSet : holds(text);
  }

  /** Whether an argument is set. A reference to a resource counts as set. */
  public has(name: string): Answer {
    const written = own(this.content, this.naming(name));
    const value = this.value(name);
    if (value === undefined) {
      return refersToResource(written) || undefined;
    }
    const isSet = value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
    return isSet || !this.hasDynamic(name) ? isSet : undefined;
  }

  /** The only block with a name. */
  public block(name: string): Block {
    const written = own(this.content, this.naming(name));
    const found = Block.of(written, this.naming);
    const isOpen = this.exists === undefined || (found.exists === false && this.hasDynamic(name));
    return isOpen ? new Block({}, undefined, this.naming) : found;
  }

  /** The blocks with a name. */
  public blocks(name: string): Items<Block> {
    const written = own(this.content, this.naming(name));
    const items = Array.isArray(written) ? written : [written];
    const isComplete = this.exists !== undefined && !this.hasDynamic(name) && !items.some((item) => isExpression(item));
    return { known: blocks(written).map((content) => new Block(content, true, this.naming)), isComplete };
  }

  /** The texts of a list; a single one counts as a list of one. */
  public list(name: string): Items<string> {
    const written = own(this.content, this.naming(name)) ?? [];
    const items = (Array.isArray(written) ? written : [written]).filter(isScalar);
    const known = items.filter((item) => !isExpression(item)).map(String);
    return { known, isComplete: this.exists !== undefined && known.length === items.length };
  }

  /** The entries of a map with arbitrary keys; undefined if only Terraform knows them. */
  public map(name: string): JsonObject | undefined {
    const value = own(this.content, this.naming(name)) ?? {};
    const [first] = blocks(value);
    return this.exists === undefined || isExpression(value) ? undefined : (first ?? {});
  }

  /** The written content. */
  public get json(): JsonObject {
    return this.content;
  }

  private hasDynamic(name: string): boolean {
    return blocks(own(this.content, 'dynamic')).some((dynamic) => Object.hasOwn(dynamic, this.naming(name)));
  }
}

/** Whether a statement holds for any item. */
export function some<T>(items: Items<T>, holds: (item: T) => Answer): Answer {
  return any(answersOf(items, holds));
}

/** Whether a statement holds for all items. */
export function every<T>(items: Items<T>, holds: (item: T) => Answer): Answer {
  return all(answersOf(items, holds));
}

/** An answer for each known item, and an open answer for the others. */
function answersOf<T>({ known, isComplete }: Items<T>, holds: (item: T) => Answer): Answer[] {
  const answers = known.map(holds);
  return isComplete ? answers : [...answers, undefined];
}

function firstOf(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Whether a text is an attribute of a resource, which is assumed not to be null. */
function refersToResource(value: Json | undefined): boolean {
  const address = typeof value === 'string' ? onlyReference(value)?.address : undefined;
  return address !== undefined && !/^(?:var|local|each|count|module|path|self|terraform)\./.test(address);
}
