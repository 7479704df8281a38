import { isExpression, pick, resolver } from '../../terraform-json/expression';
import {
  blocks,
  isObject,
  mapEntries,
  mapItems,
  mapStrings,
  textAt,
  type Json,
  type JsonObject,
} from '../../terraform-json/json';
import { eachOf, MOST_INSTANCES } from './each';

/**
 * The arguments of a resource with the blocks that its `dynamic` blocks generate, if the code decides how many there are.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
export function withDynamicBlocks(attributes: JsonObject): JsonObject {
  return expanded(attributes) as JsonObject;
}

function expanded(value: Json): Json {
  if (Array.isArray(value)) {
    return mapItems(value, expanded);
  }
  if (!isObject(value)) {
    return value;
  }
  const known = Object.hasOwn(value, 'dynamic') ? withMade(value) : value;
  return mapEntries(known, (child, key) => (key === 'dynamic' ? child : expanded(child)));
}

/** A block with the blocks that its dynamic blocks generate; dynamic blocks that only Terraform can expand stay. */
function withMade({ dynamic, ...others }: JsonObject): JsonObject {
  const made: Record<string, Json> = { ...others };
  const left: JsonObject[] = [];
  for (const [name, body] of blocks(dynamic).flatMap((one) => Object.entries(one))) {
    for (const block of blocks(body)) {
      const found = contentsOf(name, block);
      if (found === undefined) {
        left.push({ [name]: block });
      } else {
        made[name] = [...blocks(made[name]), ...found];
      }
    }
  }
  return left.length === 0 ? made : { ...made, dynamic: left };
}

/** The content for each value of a dynamic block; undefined if the code does not decide the values. */
function contentsOf(name: string, block: JsonObject): JsonObject[] | undefined {
  const each = block['for_each'];
  const values = Array.isArray(each)
    ? new Map(each.map((value, index): [string, Json] => [String(index), value]))
    : eachOf(each);
  const [content] = blocks(block['content']);
  if (values === undefined || content === undefined || values.size > MOST_INSTANCES) {
    return undefined;
  }
  const iterator = textAt(block, 'iterator') ?? name;
  return [...values].map(([key, value]) => {
    const resolve = resolver(({ address, path }) => {
      if (address === `${iterator}.key`) {
        return key;
      }
      return address === `${iterator}.value` ? pick(value, path) : undefined;
    });
    return mapStrings(content, (text) => (isExpression(text) ? resolve(text) : text)) as JsonObject;
  });
}
