import { blocks, type Json, type JsonObject } from './json';

/** A resource or a data source of Terraform JSON. */
export interface TerraformResource {
  readonly type: string;
  readonly name: string;
  readonly attributes: JsonObject;
}

/** The resources or data sources of Terraform JSON, in which each level is an object or a list of objects. */
export function resourcesOf(json: JsonObject, section: 'resource' | 'data' = 'resource'): TerraformResource[] {
  return members(json[section]).flatMap(([type, named]) =>
    members(named).flatMap(([name, value]) => blocks(value).map((attributes) => ({ type, name, attributes }))),
  );
}

/** The first block, for blocks of which there is only one. */
export function block(value: unknown): JsonObject {
  return blocks(value)[0] ?? {};
}

function members(value: Json | undefined): [string, Json][] {
  return blocks(value)
    .flatMap((one) => Object.entries(one))
    .filter(([key]) => key !== '//');
}
