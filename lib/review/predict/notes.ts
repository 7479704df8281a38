import { isExpression } from '../../terraform-json/expression';
import { blocks, listAt, sortedEntries, textAt } from '../../terraform-json/json';
import type { Finding } from '../compare/compare';
import { rulePath } from '../compare/diff';
import { faultsOf } from '../knowledge/faults';
import type { Action } from '../model';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';
import { lossesOfService } from './service-address';
import { isOfKind } from './stored-data';

const CLAIMS = 'spec.volume_claim_template';
const RETENTION = 'spec.persistent_volume_claim_retention_policy';

/** A remark about a change. */
interface Note {
  readonly applies: (change: ResourceChange, action: Action) => boolean;
  readonly text: (change: ResourceChange) => string;
}

const NOTES: readonly Note[] = [
  {
    applies: (_, action) => action === 'rename',
    text: () => 'destroyed at the old address and created at the new one, unless a moved block declares the rename',
  },
  {
    applies: (_, action) => action === 'forget',
    text: () => 'stays deployed, but is no longer managed',
  },
  {
    applies: (_, action) => action === 'import',
    text: () => 'already exists and is imported',
  },
  {
    applies: ({ pair: { base, head, link } }) => link === 'moved' && base !== undefined && head !== undefined,
    text: ({ pair: { base } }) => `moved from ${base?.address}`,
  },
  {
    applies: ({ pair: { head, emptied } }, action) =>
      (action === 'replace' && isProtected(head)) || (action === 'destroy' && isProtected(emptied)),
    text: () => 'prevent_destroy is set: Terraform rejects this change',
  },
  {
    applies: ({ pair: { base, head, emptied } }, action) =>
      isProtected(base) &&
      !isProtected(emptied) &&
      (['destroy', 'rename'].includes(action) || (action === 'replace' && !isProtected(head))),
    text: () => 'this change removes prevent_destroy, which would have blocked it',
  },
  {
    applies: (change, action) => action === 'update' && swapsIdentity(change),
    text: () => 'the new identity does not have the roles of the previous one: assign them to it first',
  },
  {
    applies: (change, action) => action === 'update' && lossesOfService(change).length > 0,
    text: (change) => `lost: ${lossesOfService(change).join(', and ')}`,
  },
  {
    applies: ({ pair: { head } }) => head?.address.startsWith('module.') === true,
    text: () => 'changes inside the module are not seen',
  },
  {
    applies: (change, action) => action === 'replace' && changes(change, 'stateful_set', CLAIMS) && keepsClaims(change),
    text: () =>
      'claims that exist keep their size and class, also when the set is replaced: those of the template are for new pods',
  },
  {
    applies: (change, action) =>
      action === 'update' && changes(change, 'stateful_set', `${CLAIMS}.spec.resources.requests`),
    text: () =>
      'the claims of a StatefulSet keep their size: the apply does nothing and succeeds, and every plan shows the change again. ' +
      'Revert it, or delete the set without its pods first: kubectl delete statefulset --cascade=orphan',
  },
  {
    applies: (change, action) => action === 'update' && changes(change, 'storage_class', 'reclaim_policy'),
    text: () =>
      'the reclaim policy of a class never changes: the apply does nothing and succeeds, and every plan shows the change ' +
      'again. Give the class another name, for new claims; each volume that exists keeps its own policy',
  },
  {
    applies: (change) => switchesRegistry(change),
    text: () => 'pulled from another registry, under the same tag: the image must exist there before',
  },
  {
    applies: (change, action) => action === 'update' && changes(change, 'service', 'spec.selector'),
    text: () => 'its traffic switches to other pods immediately: they must be ready before',
  },
  {
    applies: ({ pair: { findings } }, action) => action === 'update' && findings.some(evicts),
    text: () => 'pods that do not tolerate a taint with NoExecute are evicted from the nodes immediately',
  },
  {
    applies: deletesClaims,
    text: () =>
      'there are fewer pods, and when_scaled is "Delete": the claims of those that go are deleted, with their data',
  },
  {
    applies: buildsSameTag,
    text: () =>
      'the image is built from another source under the same tag: no pod is replaced, and nodes that have cached the tag ' +
      'keep the old image. Give the image a new tag',
  },
  {
    applies: ({ pair: { head } }, action) => action === 'update' && dynamicBlocks(head).length > 0,
    text: ({ pair: { head } }) => `dynamic blocks are compared as written: ${dynamicBlocks(head).join(', ')}`,
  },
];

/** The remarks about a change. */
export function notesOf(change: ResourceChange, action: Action): string[] {
  return NOTES.filter(({ applies }) => applies(change, action)).map(({ text }) => text(change));
}

/** The known faults of its provider that affect a resource. */
export function faultNotes({ pair: { base, head } }: ResourceChange, action: Action): string[] {
  const isNew = action === 'create' || action === 'replace';
  return head !== undefined && (isNew || ['update', 'import'].includes(action)) ? faultsOf(head, isNew, base) : [];
}

/** Whether an attribute, or a part of it, changes in a resource of a kind. */
function changes({ pair: { head, findings } }: ResourceChange, kind: string, attribute: string): boolean {
  return isOfKind(head?.type ?? '', kind) && findings.some(({ path }) => rulePath(path).startsWith(attribute));
}

/** Whether the claims of a StatefulSet stay when it is deleted. */
function keepsClaims({ pair: { base } }: ResourceChange): boolean {
  return textAt(base?.attributes, `${RETENTION}.when_deleted`) !== 'Delete';
}

/** Whether an image keeps its name and tag, and comes from another registry. */
function switchesRegistry({ pair: { findings } }: ResourceChange): boolean {
  return findings.some(({ path, before, after }) => {
    if (path.at(-1) !== 'image' || typeof before !== 'string' || typeof after !== 'string') {
      return false;
    }
    // of what differs, this is the same: the rest is not.
    return nameIn(before) === nameIn(after);
  });
}

/** The name and the tag of an image, without its registry. */
function nameIn(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}

/** Whether nodes get a taint that evicts pods. */
function evicts({ path, before, after }: Finding): boolean {
  const [old, now] = [before, after].map((taints) => listAt({ taints: taints ?? null }, 'taints'));
  const isNew = (taint: string) => taint.endsWith(':NoExecute') && old?.includes(taint) !== true;
  return path.at(-1) === 'node_taints' && now?.some(isNew) === true;
}

/** Whether a StatefulSet is scaled down and deletes the claims of the removed pods. */
function deletesClaims({ pair: { base, head } }: ResourceChange, action: Action): boolean {
  const [old, now] = [base, head].map((side) => textAt(side?.attributes, 'spec.replicas') ?? '1');
  return (
    action === 'update' &&
    isOfKind(head?.type ?? '', 'stateful_set') &&
    textAt(head?.attributes, `${RETENTION}.when_scaled`) === 'Delete' &&
    Number(now) < Number(old)
  );
}

/** Whether a registry task builds another source under the same tag. */
function buildsSameTag({ pair: { head, findings } }: ResourceChange): boolean {
  const paths = findings.map(({ path }) => rulePath(path));
  return (
    head?.type === 'azurerm_container_registry_task' &&
    paths.includes('encoded_step.context_path') &&
    !paths.includes('encoded_step.task_content')
  );
}

/** Whether a resource gets an identity of another type in place of its current one. */
function swapsIdentity({ pair: { base, head } }: ResourceChange): boolean {
  const [old, now] = [base, head].map((side) => textAt(side?.attributes, 'identity.type'));
  return old !== undefined && now !== undefined && !isExpression(old) && !isExpression(now) && !covers(now, old);
}

/** Whether a type of identity includes another one. */
function covers(wide: string, narrow: string): boolean {
  const kinds = (type: string) => type.split(',').map((kind) => kind.trim());
  return kinds(narrow).every((kind) => kinds(wide).includes(kind));
}

function isProtected(resource: Resource | undefined): boolean {
  return blocks(resource?.meta['lifecycle']).some((lifecycle) => textAt(lifecycle, 'prevent_destroy') === 'true');
}

function dynamicBlocks(resource: Resource | undefined): string[] {
  return blocks(resource?.attributes['dynamic']).flatMap((dynamic) => sortedEntries(dynamic).map(([name]) => name));
}
