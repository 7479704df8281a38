import { isExpression } from '../../terraform-json/expression';
import { isObject, type Json, type JsonObject } from '../../terraform-json/json';

/** The body of a resource that is written as the API of Azure has it, which may be a text of JSON; empty if nobody knows it. */
export function azureBodyOf({ body }: JsonObject): JsonObject {
  if (isObject(body)) {
    return body;
  }
  return typeof body === 'string' && !isExpression(body) ? parsed(body) : {};
}

function parsed(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : {};
  } catch {
    // Terraform rejects it.
    return {};
  }
}
