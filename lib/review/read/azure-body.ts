import { isExpression } from '../../terraform-json/expression';
import { isObject, type Json, type JsonObject } from '../../terraform-json/json';

/** The body of a resource in the format of the Azure API, which may be JSON text; empty if the code does not decide it. */
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
