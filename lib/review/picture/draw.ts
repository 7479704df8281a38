import { blocks, textAt } from '../../terraform-json/json';
import { eachOf } from '../match/each';
import { isWorkload } from '../read/pods';
import type { Resource, Stack } from '../read/program';
import { azureDetails, drawCluster } from './azure';
import { captionOf, nameOf, readable } from '../names/names';
import { applicationOf, findParts, HELPERS, isConnection } from './parts';
import { Places } from './places';
import { drawReach } from './reach';
import { drawRelations } from './roles';
import { Sketch } from './sketch';
import { workloadDetails } from './workloads';

/** The types of resources that contain other resources. */
const PLACES = ['azurerm_resource_group', 'azurerm_virtual_network', 'azurerm_kubernetes_cluster', 'aws_vpc'];

/**
 * Draws one side of a change.
 *
 * @param addressOf Finds the address of a resource after the change
 */
export function draw(stacks: readonly Stack[], addressOf: (resource: Resource) => string): Sketch {
  const sketch = new Sketch(stacks, addressOf);
  const places = new Places(sketch);
  findParts(sketch, places);
  const locks = locksByBox(sketch);
  for (const resource of sketch.resources) {
    if (!sketch.parts.has(resource) && !isConnection(resource)) {
      drawBox(resource, locks.get(sketch.idOf(resource)) ?? [], sketch, places);
    }
  }
  sketch.resources
    .filter(({ type }) => type === 'azurerm_kubernetes_cluster')
    .forEach((cluster) => drawCluster(cluster, sketch, places));
  drawReach(sketch, places);
  drawRelations(sketch, places);
  return sketch;
}

/** The locks on each box, as texts. */
function locksByBox({ parts }: Sketch): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [{ type, attributes }, box] of parts) {
    if (type === 'azurerm_management_lock') {
      const text =
        textAt(attributes, 'lock_level') === 'ReadOnly' ? 'locked against change' : 'locked against deletion';
      found.set(box, [...new Set([...(found.get(box) ?? []), text])]);
    }
  }
  return found;
}

function drawBox(resource: Resource, locks: readonly string[], sketch: Sketch, places: Places): void {
  const parent = places.of(resource);
  const named = resource.type === 'azuread_service_principal' ? applicationOf(resource, places) : undefined;
  sketch.add({
    id: sketch.idOf(resource),
    caption: captionOf(resource),
    details: [...detailsOf(resource), ...locks],
    name: nameOf(named ?? resource),
    origin: 'code',
    isPlace: PLACES.includes(resource.type) || isNamespace(resource),
    owner: resource,
    ...(parent === undefined ? {} : { parent }),
    ...(HELPERS.test(resource.type) ? { isMinor: true } : {}),
  });
}

function isNamespace({ type }: Resource): boolean {
  return /^kubernetes_namespace(_v1)?$/.test(type);
}

function detailsOf(resource: Resource): string[] {
  const own = isWorkload(resource) ? workloadDetails(resource) : azureDetails(resource);
  const kind = blocks(resource.attributes['spec'])[0]?.['type'];
  const service = /^kubernetes_service(_v1)?$/.test(resource.type) ? [readable(kind ?? 'ClusterIP')] : [];
  return [...own, ...service, ...instancesOf(resource)];
}

/** The number of instances, if the code determines it. */
function instancesOf({ meta }: Resource): string[] {
  const each = meta['for_each'] === undefined ? undefined : eachOf(meta['for_each'])?.size;
  const count = meta['count'] === undefined ? each : readable(meta['count']);
  return count === undefined ? [] : [`${count} of them`];
}
