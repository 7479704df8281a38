import { blocks, type Json, type JsonObject } from './json';

/** A resource or a data source of Terraform JSON. */
export interface TerraformResource {
  /** The address, such as "kubernetes_service_v1.front" or "data.azurerm_subnet.nodes". */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly attributes: JsonObject;
}

/** The resources of Terraform JSON, in which each level is an object or a list of objects. */
export function resourcesOf(json: JsonObject): TerraformResource[] {
  return declared(json.resource, '');
}

/** The resources and the data sources of Terraform JSON. */
export function resourcesAndData(json: JsonObject): TerraformResource[] {
  return [...declared(json.resource, ''), ...declared(json.data, 'data.')];
}

function declared(section: Json | undefined, prefix: string): TerraformResource[] {
  return members(section).flatMap(([type, named]) =>
    members(named).flatMap(([name, value]) =>
      blocks(value).map((attributes) => ({ address: `${prefix}${type}.${name}`, type, name, attributes })),
    ),
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
