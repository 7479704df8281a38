import type { IConstruct } from 'constructs';
import { azureNames } from './azure-names';
import { canonicalId, canonicalText } from '../core/names/canonical-text';
import { isText } from '../core/values/known';

const REGISTRY_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ContainerRegistry\/registries\/([^/]+)$/i;

/**
 * An Azure resource id in a form that is equal for one resource, whether it is a literal or refers to a resource or a
 * data source.
 *
 * A registry is identified by its name alone, which is unique in all of Azure. Names of other resources are unique only
 * in a resource group of a subscription, which a reference does not contain: for them, a literal id and a reference
 * differ.
 */
export function canonicalResourceId(scope: IConstruct, id: string): string {
  const [, registryName] = (isText(id) && REGISTRY_ID.exec(id)) || [];
  return registryName === undefined ? canonicalText(scope, id) : canonicalId(scope, azureNames.registry(registryName));
}
