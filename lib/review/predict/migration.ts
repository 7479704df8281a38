import type { ResourceChange } from './resource-change';
import { cloudNameOf } from '../match/match';
import type { Resource } from '../read/program';

/** Finds the notes for a resource that moves to another stack. */
export type Migrations = (resourceChange: ResourceChange) => string[];

/** Finds the resources that move between stacks: their states are separate, so that a `moved` block does not help. */
export function migrationsOf(resourceChanges: readonly ResourceChange[]): Migrations {
  const gone = byName(resourceChanges.flatMap(({ pair: { base, head } }) => (base && !head ? [base] : [])));
  const fresh = byName(resourceChanges.flatMap(({ pair: { base, head } }) => (head && !base ? [head] : [])));
  return ({ pair: { base, head } }) => {
    if (base && !head) {
      const there = other(base, fresh);
      return there ? [`moves to the stack ${there.stack}: ${CURE}`] : [];
    }
    const there = head && !base ? other(head, gone) : undefined;
    return there ? [`moves from the stack ${there.stack}: ${CURE}`] : [];
  };
}

const CURE = 'to keep it, move it between the states (terraform state mv), or import it there and remove it here';

function byName(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const named = resources.filter((resource) => resource.mode === 'resource' && cloudNameOf(resource) !== '');
  return new Map(named.map((resource) => [cloudNameOf(resource), resource]));
}

function other(resource: Resource, candidates: ReadonlyMap<string, Resource>): Resource | undefined {
  const found = resource.mode === 'resource' ? candidates.get(cloudNameOf(resource)) : undefined;
  return found?.stack === resource.stack ? undefined : found;
}
