import { defaultsOf, fieldName, isOmitted, isUserMap, listName, type Path, valueType } from './fields';
import type { Placeholders } from './placeholders';
import { isExpression } from '../terraform-json/expression';
import { blocks, isObject, type JsonObject } from '../terraform-json/json';
import { block } from '../terraform-json/resources';

/** The fields of a Kubernetes object. */
export interface Fields {
  readonly [name: string]: unknown;
}

/** Translates the blocks of one resource from the provider's fields to those of Kubernetes. */
export class Translator {
  /** Remarks about the translation. */
  readonly notes: string[] = [];

  constructor(readonly placeholders: Placeholders) {}

  /**
   * The fields of a block, as Kubernetes has them.
   *
   * @param fields The content of the block in Terraform
   * @param path The path of the block
   */
  object(fields: JsonObject, path: Path): Fields {
    const given = this.withDynamicBlocks(fields, path);
    const all: Fields = { ...defaultsOf(path), ...given };
    return Object.fromEntries(
      Object.keys(all)
        .sort((a, b) => Number(b === 'name') - Number(a === 'name')) // the name first, as people write it
        .map((field) => this.field(all[field], [...path, field]))
        .filter((entry) => entry !== undefined),
    );
  }

  /** The name and the value of a field; undefined for a field that is left out. */
  private field(value: unknown, path: Path): [string, unknown] | undefined {
    if (value === null || value === undefined || isEmptyList(value) || isOmitted(path)) {
      return undefined;
    }
    const name = fieldName(path);
    if (isUserMap(path)) {
      return [name, this.userMap(value)];
    }
    if (!isBlock(value)) {
      const translated = this.value(value, path);
      return translated === undefined ? undefined : [name, translated];
    }
    const list = listName(path);
    return list === undefined ? [name, this.single(value, path)] : [list, this.list(value, path)];
  }

  /** A block that is a single object in Kubernetes, even if it is in a list in Terraform. */
  private single(value: unknown, path: Path): unknown {
    const objects = blocks(value).map((one) => this.object(one, path));
    return objects.length === 1 ? objects[0] : objects;
  }

  private list(value: unknown, path: Path): unknown[] {
    // Terraform groups the sources of a projected volume by type; Kubernetes has a list with one source in each item
    const items =
      path.at(-1) === 'sources'
        ? blocks(value).flatMap((group) =>
            Object.entries(group).flatMap(([source, content]) => blocks(content).map((one) => ({ [source]: one }))),
          )
        : blocks(value);
    return items.map((one) => this.object(one, path));
  }

  private userMap(value: unknown): unknown {
    if (!isBlock(value)) {
      return this.placeholders.inAll(value);
    }
    const entries = Object.entries(block(value)).filter(([, one]) => one !== null);
    return Object.fromEntries(entries.map(([key, one]) => [key, this.placeholders.in(String(one))]));
  }

  private value(value: unknown, path: Path): unknown {
    if (Array.isArray(value)) {
      return value.filter((one) => one !== null).map((one) => this.value(one, path));
    }
    const text = this.placeholders.in(String(value));
    switch (valueType(path)) {
      case 'number':
        return numeric(text, /^-?\d+$/, 10);
      case 'boolean':
        return text === 'true' || text === 'false' ? text === 'true' : text;
      case 'octal':
        return numeric(text, /^[0-7]+$/, 8);
      case 'bytes':
        return isExpression(String(value)) ? `<base64encode(${text})>` : Buffer.from(text).toString('base64');
      case 'text':
        return text;
      default:
        return typeof value === 'string' ? text : value;
    }
  }

  /** The fields with the content of each dynamic block, once, after the static blocks of the same name. */
  private withDynamicBlocks(fields: JsonObject, path: Path): JsonObject {
    const { dynamic, ...rest } = fields;
    return blocks(dynamic)
      .flatMap((one) => Object.entries(one))
      .flatMap(([name, loops]) => blocks(loops).map((loop) => ({ name, loop })))
      .reduce<JsonObject>((all, { name, loop }) => {
        const field = [...path.slice(1), name].join('.');
        this.notes.push(`Terraform creates ${field} in a loop; it is listed once`);
        return { ...all, [name]: [...blocks(all[name]), ...blocks(loop.content)] };
      }, rest);
  }
}

/** The number in a text; any other text as it is, and undefined for an empty one. */
function numeric(text: string, pattern: RegExp, radix: number): number | string | undefined {
  if (text === '') {
    return undefined;
  }
  return pattern.test(text) ? parseInt(text, radix) : text;
}

function isBlock(value: unknown): boolean {
  return isObject(value) || (Array.isArray(value) && value.some(isObject));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => one === null);
}
