import { provisionersOf } from '../knowledge/programs';
import type { SettingRow } from '../model';
import { labelOf } from '../names/label';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';

/** The programs that run since a resource is created, created again or destroyed. */
export function programRows(changes: readonly ResourceChange[]): SettingRow[] {
  return changes.flatMap(({ pair: { base, head }, lost, forgotten, imported }) => {
    const isDestroyed = base !== undefined && !forgotten && (lost || head === undefined);
    const isCreated = head !== undefined && !imported && (lost || base === undefined);
    return [
      ...(isDestroyed ? rowsOf(base, 'destroy') : []),
      ...(isCreated && head.mode === 'resource' ? rowsOf(head, 'create') : []),
    ];
  });
}

function rowsOf(resource: Resource, when: 'create' | 'destroy'): SettingRow[] {
  const { stack, address } = resource;
  return provisionersOf(resource, when).map((text) => ({
    ...{ stack, address, kind: 'lifecycle', what: labelOf(resource), concern: 'program' },
    note: `${text}, since it is ${when === 'create' ? 'created' : 'destroyed'}`,
  }));
}
