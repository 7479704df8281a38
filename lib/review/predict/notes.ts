import { blocks, sortedEntries, textAt } from '../../terraform-json/json';
import { rulePath } from '../compare/diff';
import { faultsOf } from '../knowledge/faults';
import type { Action } from '../model';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';

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
    applies: ({ pair: { base, head } }, action) =>
      ['replace', 'destroy', 'rename'].includes(action) && [base, head].some(isProtected),
    text: () => 'prevent_destroy is set: Terraform refuses this change',
  },
  {
    applies: ({ pair: { head } }) => head?.mode === 'module' || head?.address.startsWith('module.') === true,
    text: () => 'changes inside the module are not seen',
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

/** What else there is to know about a change: notes, and the known faults of the provider that it meets. */
export function notesOf(change: ResourceChange, action: Action): string[] {
  return NOTES.filter(({ applies }) => applies(change, action)).map(({ text }) => text(change));
}

/** The known faults of its provider that a resource runs into. */
export function faultNotes({ pair: { head } }: ResourceChange, action: Action): string[] {
  return head !== undefined && ['create', 'update', 'replace'].includes(action)
    ? faultsOf(head, action !== 'update')
    : [];
}

/** Whether a task of a registry builds another source under the same tag. */
function buildsSameTag({ pair: { head, findings } }: ResourceChange): boolean {
  const paths = findings.map(({ path }) => rulePath(path));
  return (
    head?.type === 'azurerm_container_registry_task' &&
    paths.includes('encoded_step.context_path') &&
    !paths.includes('encoded_step.task_content')
  );
}

function isProtected(resource: Resource | undefined): boolean {
  return blocks(resource?.meta['lifecycle']).some((lifecycle) => textAt(lifecycle, 'prevent_destroy') === 'true');
}

function dynamicBlocks(resource: Resource | undefined): string[] {
  return blocks(resource?.attributes['dynamic']).flatMap((dynamic) => sortedEntries(dynamic).map(([name]) => name));
}
