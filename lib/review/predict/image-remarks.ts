import { addressesIn } from '../../terraform-json/expression';
import { textAt } from '../../terraform-json/json';
import { addTo } from '../../terraform-json/group';
import { labelOf } from '../names/label';
import { containersOf, isWorkload } from '../read/pods';
import type { Resource, Stack } from '../read/program';
import type { ResourceChange } from './resource-change';

const REGISTRY = 'azurerm_container_registry';

/** The number of workloads that a remark names. */
const MOST = 5;

/** Remarks on lost registries: the workloads that run their images. */
export function imageRemarks(
  stacks: readonly { readonly base: Stack; readonly head: Stack }[],
): (change: ResourceChange) => string[] {
  let users: ReadonlyMap<string, Resource[]> | undefined;
  return ({ lost, pair: { base } }) => {
    if (!lost || base?.type !== REGISTRY) {
      return [];
    }
    users ??= usersByServer(stacks.flatMap(({ head }) => [...head.resources.values()]));
    const found = [...new Set(serversOf(base).flatMap((server) => users?.get(server) ?? []))].map(labelOf);
    const more = found.length > MOST ? ` and ${found.length - MOST} more` : '';
    return found.length === 0
      ? []
      : [`${found.slice(0, MOST).join(', ')}${more}: new pods cannot pull their images until these are pushed again`];
  };
}

/** The workloads by the servers, or the addresses of registries, that they pull from. */
function usersByServer(resources: readonly Resource[]): ReadonlyMap<string, Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const resource of resources.filter(isWorkload)) {
    const images = containersOf(resource).flatMap((one) => textAt(one, 'image') ?? []);
    for (const server of images.flatMap((image) => [image.split('/', 1)[0] ?? '', ...addressesIn(image)])) {
      addTo(found, server.toLowerCase(), resource);
    }
  }
  return found;
}

function serversOf({ attributes, address }: Resource): string[] {
  return [`${textAt(attributes, 'name') ?? ''}.azurecr.io`, address].map((server) => server.toLowerCase());
}
