/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** A resource of Terraform JSON. */
export interface TerraformResource {
  readonly type: string;
  readonly name: string;
  readonly attributes: JsonObject;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The blocks that stand where Terraform JSON takes one, a list of them, or none. */
export function blocks(value: unknown): JsonObject[] {
  return [value].flat().filter(isObject);
}

/** The first of the blocks, for what there is only one of. */
export function block(value: unknown): JsonObject {
  return blocks(value)[0] ?? {};
}

/** The resources, or data sources, that Terraform JSON defines. At each level it takes an object or a list of them. */
export function resourcesOf(json: JsonObject, section: 'resource' | 'data' = 'resource'): TerraformResource[] {
  return members(json[section]).flatMap(([type, named]) =>
    members(named).flatMap(([name, value]) => blocks(value).map((attributes) => ({ type, name, attributes }))),
  );
}

function members(value: unknown): [string, unknown][] {
  return blocks(value)
    .flatMap((one) => Object.entries(one))
    .filter(([key]) => key !== '//');
}
