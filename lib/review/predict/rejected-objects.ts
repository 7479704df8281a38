import { faultsOfObject, type ObjectFault } from '../knowledge/object-faults';
import type { Trap } from '../model';
import { objectsOf } from '../objects/kubernetes-object';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';
import { trapAt } from './trap-at';

/** The new and changed objects that the API server rejects, for what they were not rejected for before. */
export function rejectedObjects(changes: readonly ResourceChange[]): Trap[] {
  return changes.flatMap(({ pair: { base, head } }) =>
    head === undefined
      ? []
      : faultsOf(head)
          .filter((fault) => !faultsOf(base).some((old) => old.at === fault.at && old.text === fault.text))
          .map(({ at, text, remedy }) =>
            trapAt(head, {
              attribute: at,
              text: `${text}: the plan succeeds, and the API server rejects the object`,
              remedies: [{ text: `to apply it, ${remedy}` }],
              source: 'https://github.com/kubernetes/kubernetes/tree/v1.34.0/pkg/apis',
            }),
          ),
  );
}

/** The faults of a typed resource; those of a manifest may already fail the plan. */
function faultsOf(resource: Resource | undefined): ObjectFault[] {
  return resource === undefined || resource.type === 'kubernetes_manifest'
    ? []
    : objectsOf(resource).flatMap(faultsOfObject);
}
