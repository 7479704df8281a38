import { propertyOf, setBack } from '../compare/undo';
import type { Contents } from '../knowledge/contents';
import { captionOf } from '../names/names';
import type { Action, AttributeChange, Cause, Remedy } from '../model';
import { withoutKeys, type Resource } from '../read/program';
import { INSTANCES } from './instance-losses';
import type { ResourceChange } from './resource-change';
import { importBlock, movedBlock, removedBlock } from './state-blocks';

/** The loss of a resource, as it is shown. */
interface Loss {
  readonly action: Action;
  readonly causes: readonly Cause[];
  /** The attributes without their secrets. */
  readonly attributes: readonly AttributeChange[];
}

/** The ways to avoid a loss, the simplest first. */
export function remediesOf({ pair: { base, head, planned, emptied }, holds }: ResourceChange, loss: Loss): Remedy[] {
  const resource = head ?? base;
  if (resource === undefined) {
    return [];
  }
  switch (loss.action) {
    case 'rename':
      return [keptByMove(base, resource)];
    case 'destroy':
      return emptied === undefined
        ? [...kept(resource), ...savedFirst(holds()), forgotten(resource)]
        : [...instancesBack(resource, emptied), ...savedFirst(holds())];
    case 'forget':
      return [
        {
          text: 'to manage it again, restore it with an import block',
          code: importBlock(resource.address),
        },
      ];
    default:
      return [
        ...(planned?.reason === 'replace_because_tainted' ? [untainted(resource)] : []),
        ...allUndone(loss, resource),
        ...beside(resource, holds()),
      ];
  }
}

/** The code to paste so that Terraform keeps a renamed resource under its new address. */
export function moveOf(base: Resource | undefined, head: Resource | undefined): string {
  const [from, to] = [base?.address ?? '', head?.address ?? ''];
  return isConstruct(head) ? `moveFromId('${from}')` : movedBlock(from, to);
}

/** Whether a resource is all that a construct creates, and not one of several instances. */
function isConstruct(resource: Resource | undefined): resource is Resource & { readonly path: string } {
  return resource?.path !== undefined && withoutKeys(resource.address) === resource.address;
}

/** The way to keep a renamed resource. */
export function keptByMove(base: Resource | undefined, head: Resource): Remedy {
  const text = isConstruct(head) ? `to keep it, call this on the construct ${head.path}` : 'to keep it, add';
  return { text, code: moveOf(base, head) };
}

function kept({ path, address }: Resource): Remedy[] {
  return [
    path === undefined
      ? { text: 'to keep it, restore it', code: address }
      : { text: 'to keep it, restore the construct', code: path },
  ];
}

/** The way to keep the instances of a resource that is still in the code. */
function instancesBack(base: Resource, emptied: Resource): Remedy[] {
  const path = INSTANCES.find((name) => emptied.meta[name] !== undefined);
  return path === undefined ? [] : [setBack('to keep it', emptied, path, base.meta[path])];
}

function savedFirst(holds: Contents | undefined): Remedy[] {
  return holds?.save === undefined || !holds.consequences.includes('data')
    ? []
    : [{ text: `or save its contents first: ${holds.save}` }];
}

function forgotten({ address }: Resource): Remedy {
  const text = 'or leave it deployed, without Terraform, by';
  return withoutKeys(address) === address
    ? { text: `${text} adding`, code: removedBlock(address) }
    : { text: `${text} running first`, code: `terraform state rm '${address}'` };
}

function untainted({ address }: Resource): Remedy {
  return { text: 'to keep it', code: `terraform untaint '${address}'` };
}

/** The ways to undo all causes of a replacement; to undo only one of them does not keep the resource. */
function allUndone({ causes, attributes }: Loss, resource: Resource): Remedy[] {
  const isSet = ({ attribute, dependsOn }: Cause) =>
    dependsOn === undefined && attributes.some(({ path }) => path === attribute);
  const names = [...new Set(causes.filter(isSet).map(({ attribute }) => propertyOf(resource, attribute)))];
  const ways =
    names.length > 1
      ? [
          { text: 'to keep it, restore the values of', code: names.join(', ') },
          ...causes.filter((cause) => !isSet(cause)).flatMap((cause) => undone(cause, attributes, resource)),
        ]
      : causes.flatMap((cause) => undone(cause, attributes, resource));
  return ways.map((way, i) => (i === 0 ? way : { ...way, text: way.text.replace(/^to keep (it|them), /, 'and ') }));
}

/** The way to undo one cause of a replacement. */
function undone({ attribute, dependsOn }: Cause, attributes: readonly AttributeChange[], resource: Resource): Remedy[] {
  if (attribute === 'count' || attribute === 'for_each') {
    return [{ text: `to keep them, keep their keys in ${attribute}, or move those that stay with moved blocks` }];
  }
  if (attribute === 'lifecycle.replace_triggered_by') {
    return [{ text: 'to keep it, remove the trigger from lifecycle.replace_triggered_by' }];
  }
  if (dependsOn !== undefined) {
    return [{ text: `to keep it, keep ${dependsOn}` }];
  }
  const change = attributes.find(({ path }) => path === attribute);
  return change === undefined ? [] : [setBack('to keep it', resource, attribute, change.before)];
}

/** The way to replace a resource in two deployments, with the new one next to the old one. */
function beside(resource: Resource, holds: Contents | undefined): Remedy[] {
  return holds?.save === undefined
    ? []
    : [
        {
          text: `or in two steps: deploy the new ${captionOf(resource)} alongside this one, under another ${resource.path === undefined ? 'address' : 'construct id'} and name, and ${holds.save}; then remove this one`,
        },
      ];
}
