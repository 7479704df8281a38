import { faultsOfObject } from '../knowledge/object-faults';
import type { Trap } from '../model';
import { labelOf } from '../names/label';
import { objectsOf } from '../objects/kubernetes-object';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';

/** The new and changed objects that the API server rejects, for what they were not rejected for before. */
export function rejectedObjects(changes: readonly ResourceChange[]): Trap[] {
  return changes.flatMap(({ pair: { base, head } }) => {
    if (head === undefined) {
      return [];
    }
    const before = new Set(faultsOf(base).map(({ at, text }) => `${at}\n${text}`));
    return faultsOf(head)
      .filter(({ at, text }) => !before.has(`${at}\n${text}`))
      .map(({ at, text, remedy }) => ({
        ...{ stack: head.stack, address: head.address, name: labelOf(head), attribute: at },
        text: `${text}: the plan succeeds, and the API server rejects the object`,
        remedies: [{ text: `to apply it, ${remedy}` }],
        source: 'https://github.com/kubernetes/kubernetes/tree/v1.34.0/pkg/apis',
        location: head.location,
      }));
  });
}

/** The faults of a resource of a type; those of a manifest may already fail the plan. */
function faultsOf(resource: Resource | undefined) {
  return resource === undefined || resource.type === 'kubernetes_manifest'
    ? []
    : objectsOf(resource).flatMap(faultsOfObject);
}
