import { isExpression } from '../../terraform-json/expression';
import { textAt, type Json } from '../../terraform-json/json';
import type { Resource, Stack } from '../read/program';

/** The types of registries, whose login servers follow from their names. */
const REGISTRIES = ['azurerm_container_registry'];

/**
 * The value of an attribute that Azure derives from what the code sets: the login server of a registry from its name.
 *
 * @param resolve Replaces the references in the name by values
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-concepts
 */
export function derived(
  { type, attributes, provider }: Resource,
  attribute: string,
  stack: Stack,
  resolve: (text: string) => Json,
): Json | undefined {
  const given = textAt(attributes, 'name');
  if (given === undefined || !REGISTRIES.includes(type) || attribute !== 'login_server') {
    return undefined;
  }
  const name = resolve(given);
  const config = stack.providers.find(({ key }) => key === provider);
  // other clouds use other domains.
  const isPublic = (textAt(config?.attributes, 'environment') ?? 'public') === 'public';
  return isPublic && !isExpression(name) ? `${String(name).toLowerCase()}.azurecr.io` : undefined;
}
