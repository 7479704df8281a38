import { sameJson, sortedEntries, blocks, textAt, own, type Json } from '../../terraform-json/json';
import { lossOf } from '../compare/instances';
import { MASK, maskValue } from '../mask/mask-value';
import { faultsOf } from '../knowledge/faults';
import { nameOf } from '../knowledge/tables';
import type { Action, AttributeChange, Cause, Change, Provenance } from '../model';
import { planHides, planReplaces, type PlannedComparison } from './planned';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';
import { rulePath } from '../compare/diff';

/**
 * The change of a resource as the review lists it; none if nothing happens to the resource.
 *
 * @param remarks Notes of other checks
 */
export function changeOf(resourceChange: ResourceChange, remarks: readonly string[] = []): Change[] {
  const { pair, holds, takes, unrelated } = resourceChange;
  const resource = pair.head ?? pair.base;
  const instances = instanceChanges(resourceChange);
  const action = actionOf(resourceChange, instances.length > 0);
  if (resource === undefined || action === undefined) {
    return [];
  }
  const isLoss = ['replace', 'destroy', 'forget', 'rename'].includes(action);
  const doubts = [...resourceChange.doubts, ...instanceDoubts(resourceChange, instances)];
  const mayReplace = action === 'update' && doubts.length > 0;
  const causes = action === 'replace' ? causesOf(resourceChange) : action === 'update' ? doubts : [];
  return [
    {
      ...{ action, stack: resource.stack, address: resource.address, type: resource.type },
      ...(resource.path ? { path: resource.path } : {}),
      ...(pair.base && pair.base.address !== resource.address ? { from: pair.base.address } : {}),
      provenance: provenanceOf(resourceChange, action === 'replace'),
      mayReplace,
      causes,
      ...(holds && (mayReplace || (isLoss && action !== 'forget')) ? { holds } : {}),
      takes: isLoss ? takes : [],
      ...(action === 'rename' ? { cure: cureOf(pair) } : {}),
      attributes: ['update', 'replace', 'rename', 'move'].includes(action)
        ? [...instances, ...attributesOf(resourceChange)]
        : [],
      notes: [...notesOf(resourceChange, action), ...remarks, ...faultNotes(resourceChange, action)],
      ...(resource.location ? { location: resource.location } : {}),
      unrelated,
    },
  ];
}

/** How a change is known. */
export function provenanceOf({ pair, knowledge, isPlanned }: ResourceChange, isPrediction: boolean): Provenance {
  if (isPlanned) {
    return { kind: 'plan' };
  }
  const exists = pair.base !== undefined && pair.head !== undefined && pair.link !== 'renamed';
  if (knowledge?.rules !== undefined && (isPrediction || exists)) {
    return {
      kind: 'predicted',
      basis: nameOf(knowledge.table),
      ...(knowledge.caveat ? { caveat: knowledge.caveat } : {}),
    };
  }
  return isPrediction ? { kind: 'predicted' } : { kind: 'code' };
}

function actionOf(resourceChange: ResourceChange, hasInstances: boolean): Action | undefined {
  const { pair, forgotten, imported, lost } = resourceChange;
  const { base, head, findings, link, planned } = pair;
  if (planned?.actions.includes('forget') || (forgotten && base !== undefined)) {
    return 'forget';
  }
  if (base === undefined || head === undefined) {
    return base !== undefined ? 'destroy' : imported ? 'import' : 'create';
  }
  if (link === 'renamed') {
    return 'rename';
  }
  if (lost) {
    return 'replace';
  }
  if (findings.length > 0 || hasInstances || resourceChange.doubts.length > 0 || planned?.actions.includes('update')) {
    return 'update';
  }
  return link === 'moved' ? 'move' : undefined;
}

function causesOf({ pair: { planned }, causes }: ResourceChange): readonly Cause[] {
  if (planned === undefined) {
    return causes;
  }
  const reasons: Readonly<Record<string, string>> = {
    replace_because_tainted: 'its last creation failed, or it was tainted',
    replace_by_request: 'requested on the command line',
    replace_by_triggers: 'replace_triggered_by',
  };
  const forced = planned.replacePaths.map((path) => ({ attribute: path, text: 'forces replacement' }));
  const reason = planned.reason === undefined ? undefined : own(reasons, planned.reason);
  return [...forced, ...(reason ? [{ attribute: 'the resource', text: reason }] : [])];
}

/** The attributes, with what the plan says about them and without their secrets. */
function attributesOf({ pair, prediction }: ResourceChange): AttributeChange[] {
  const { planned, findings, head } = pair;
  return prediction.attributes.map((attribute, i) => {
    const { before, after, effect, ...rest } = attribute;
    const steps = rulePath(findings[i]?.path ?? []).split('.');
    const hide = (value: Json | undefined) => {
      const isMarked = value !== undefined && planned !== undefined && planHides(planned, steps);
      return value === undefined
        ? undefined
        : isMarked
          ? MASK
          : maskValue(head?.type ?? '', steps, value, entryOf(pair, i));
    };
    const [old, now] = [hide(before), hide(after)];
    const forced = planned && planReplaces(planned, steps.join('.')) ? ({ kind: 'replaces' } as const) : undefined;
    const kept = planned && effect?.kind !== 'rotates' && effect?.kind !== 'fails' ? forced : effect;
    return {
      ...rest,
      ...(old === undefined ? {} : { before: old }),
      ...(now === undefined ? {} : { after: now }),
      ...(kept ? { effect: kept } : {}),
    };
  });
}

/** For the value of a named entry, such as an environment variable: the name, which says whether it is a secret. */
function entryOf({ findings }: PlannedComparison, index: number): { name: string } | undefined {
  const key = findings[index]?.path.at(-2);
  return typeof key === 'object' ? { name: key.key } : undefined;
}

/** A change of the number of instances, or of their keys. */
function instanceChanges({ pair: { base, head, planned } }: ResourceChange): AttributeChange[] {
  if (base === undefined || head === undefined || planned !== undefined) {
    return [];
  }
  return ['count', 'for_each'].flatMap((key) => {
    const [before, after] = [base.meta[key], head.meta[key]];
    return sameJson(before, after)
      ? []
      : [{ path: key, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  });
}

/** One doubt for all that a change of instances may take away. */
function instanceDoubts({ pair: { base, head } }: ResourceChange, [change]: readonly AttributeChange[]): Cause[] {
  const text = base && head && change && lossOf(base.meta, head.meta);
  return text && change ? [{ attribute: change.path, text }] : [];
}

/** What to paste so that Terraform takes the new address for the old resource. */
function cureOf({ base, head }: PlannedComparison): string {
  const [from, to] = [base?.address ?? '', head?.address ?? ''];
  return head?.path === undefined ? `"moved": [{ "from": "${from}", "to": "${to}" }]` : `moveFromId('${from}')`;
}

function notesOf(resourceChange: ResourceChange, action: Action): string[] {
  const { base, head, link } = resourceChange.pair;
  const guard = [base, head].some((side) => isGuarded(side));
  const isDestroyed = ['replace', 'destroy', 'rename'].includes(action);
  return [
    ...(action === 'rename'
      ? ['destroyed at the old address and created at the new one, unless a moved block declares the rename']
      : []),
    ...(action === 'forget' ? ['stays deployed, but is no longer managed'] : []),
    ...(action === 'import' ? ['already exists and is imported'] : []),
    ...(link === 'moved' && head !== undefined && base !== undefined ? [`moved from ${base.address}`] : []),
    ...(isDestroyed && guard ? ['prevent_destroy is set: Terraform refuses this change'] : []),
    ...(head?.mode === 'module' || head?.address.startsWith('module.')
      ? ['changes inside the module are not seen']
      : []),
    ...(isBuiltAgain(resourceChange) ? [SAME_TAG] : []),
    ...(head !== undefined && action === 'update' && dynamicBlocks(head).length > 0
      ? [`dynamic blocks are compared as written: ${dynamicBlocks(head).join(', ')}`]
      : []),
  ];
}

/** The known faults of its provider that a resource runs into. */
function faultNotes({ pair: { head } }: ResourceChange, action: Action): string[] {
  return head !== undefined && ['create', 'update', 'replace'].includes(action)
    ? faultsOf(head, action !== 'update')
    : [];
}

const SAME_TAG =
  'the image is built from another source under the same tag: no pod is replaced, and nodes that have cached the tag ' +
  'keep the old image. Give the image a new tag';

/** Whether a task builds something else under the same tag. */
function isBuiltAgain({ pair: { head, findings } }: ResourceChange): boolean {
  const paths = findings.map(({ path }) => rulePath(path));
  return (
    head?.type === 'azurerm_container_registry_task' &&
    paths.includes('encoded_step.context_path') &&
    !paths.includes('encoded_step.task_content')
  );
}

function isGuarded(resource: Resource | undefined): boolean {
  return blocks(resource?.meta['lifecycle']).some((lifecycle) => textAt(lifecycle, 'prevent_destroy') === 'true');
}

function dynamicBlocks({ attributes }: Resource): string[] {
  return blocks(attributes['dynamic']).flatMap((dynamic) => sortedEntries(dynamic).map(([name]) => name));
}
