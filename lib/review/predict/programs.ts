import { at } from '../../terraform-json/json';
import { isWithin } from '../../terraform-json/paths';
import { rulePath } from '../compare/diff';
import { provisionersOf, scriptsOf } from '../knowledge/programs';
import type { SettingRow } from '../model';
import { labelOf } from '../names/label';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';

/** The programs that run because a resource is created, recreated or destroyed, or because its scripts change. */
export function programRows(changes: readonly ResourceChange[]): SettingRow[] {
  return changes.flatMap((change) => {
    const { pair, lost, forgotten, imported } = change;
    const { base, head } = pair;
    const isDestroyed = base !== undefined && !forgotten && (lost || head === undefined);
    const isCreated = head !== undefined && !imported && (lost || base === undefined);
    return [
      ...(isDestroyed ? rowsOf(base, 'destroy') : []),
      ...(isCreated && head.mode === 'resource' ? rowsOf(head, 'create') : []),
      ...scriptRows(pair, isCreated),
    ];
  });
}

function rowsOf(resource: Resource, when: 'create' | 'destroy'): SettingRow[] {
  const { stack, address } = resource;
  return provisionersOf(resource, when).map((text) => ({
    stack,
    address,
    kind: 'lifecycle',
    what: labelOf(resource),
    concern: 'program',
    note: `${text}, since it is ${when === 'create' ? 'created' : 'destroyed'}`,
  }));
}

/** The scripts and deployments that a resource runs in a cluster or a cloud. */
function scriptRows({ head, findings }: ResourceChange['pair'], isCreated: boolean): SettingRow[] {
  const scripts = head === undefined || head.mode !== 'resource' ? [] : scriptsOf(head.type);
  const given = scripts.filter((path) =>
    isCreated
      ? at(head?.attributes, path) !== undefined
      : findings.some((finding) => isWithin(rulePath(finding.path), path)),
  );
  return head === undefined || given.length === 0
    ? []
    : [
        {
          stack: head.stack,
          address: head.address,
          kind: 'lifecycle',
          what: labelOf(head),
          concern: 'program',
          note: `runs or deploys what it is given: ${given.join(', ')} ${isCreated ? '(new)' : '(another one)'}`,
        },
      ];
}
