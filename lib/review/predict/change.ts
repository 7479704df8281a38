import { own, sameJson, type Json } from '../../terraform-json/json';
import { rulePath } from '../compare/diff';
import { holdsNothing } from '../knowledge/contents';
import { nameOf } from '../knowledge/tables';
import { labelOf } from '../names/label';
import { MASK, maskValue } from '../mask/mask-value';
import type { Action, AttributeChange, Cause, Certainty, Change, Provenance } from '../model';
import { emptiedBy, INSTANCES, losesForCertain, someInstances } from './instance-losses';
import { faultNotes, notesOf } from './notes';
import { planHides, planReplaces, type PlannedComparison } from './planned';
import { moveOf, remediesOf } from './remedies';
import { byRisk } from './risk';
import type { ResourceChange } from './resource-change';

/** The actions that lose a resource. */
const LOSSES: readonly Action[] = ['replace', 'destroy', 'forget', 'rename'];

/** The actions whose attributes are listed. */
const CHANGES: readonly Action[] = ['update', 'replace', 'rename', 'move'];

/**
 * The change of a resource as the review lists it; none if nothing happens to the resource.
 *
 * @param remarksOn Notes of other checks
 */
export function changeOf(
  resourceChange: ResourceChange,
  remarksOn: (resourceChange: ResourceChange) => readonly string[],
): Change[] {
  const { pair, takes, unrelated } = resourceChange;
  const resource = pair.head ?? pair.base;
  const instances = instanceChanges(resourceChange);
  const action = actionOf(resourceChange, instances.length > 0);
  if (resource === undefined || action === undefined) {
    return [];
  }
  const { stack, address, type, path, location } = resource;
  const isLoss = LOSSES.includes(action);
  const ofInstances = pair.planned ? [] : someInstances(pair);
  const possibleCauses = [...resourceChange.possibleCauses, ...ofInstances];
  const mayReplace = action === 'update' && possibleCauses.length > 0;
  const provenance = provenanceOf(resourceChange, action === 'replace');
  const isPossible = mayReplace && !(ofInstances.length === possibleCauses.length && losesForCertain(pair));
  const isLost = mayReplace || (isLoss && action !== 'forget');
  const holds = isLost ? resourceChange.holds() : undefined;
  const lost = action === 'destroy' ? (holds?.forGood ?? holds) : holds;
  const causes = causesOf(resourceChange, action, possibleCauses);
  const attributes = CHANGES.includes(action) ? byRisk([...instances, ...attributesOf(resourceChange)]) : [];
  return [
    {
      action,
      stack,
      address,
      name: labelOf(pair.base ?? resource),
      type,
      path,
      from: pair.base?.address === address ? undefined : pair.base?.address,
      provenance,
      certainty: certaintyOf(provenance, isPossible),
      mayReplace,
      causes,
      holds: lost?.text,
      consequences: holdsNothing(type) ? [] : (lost?.consequences ?? []),
      takes: isLoss ? takes : [],
      cure: action === 'rename' ? moveOf(pair.base, pair.head) : undefined,
      remedies:
        (isLoss || mayReplace) && !holdsNothing(type) ? remediesOf(resourceChange, { action, causes, attributes }) : [],
      attributes,
      notes: [...notesOf(resourceChange, action), ...remarksOn(resourceChange), ...faultNotes(resourceChange, action)],
      location,
      unrelated,
    },
  ];
}

/** How certain a statement is. */
function certaintyOf({ kind }: Provenance, isPossible: boolean): Certainty {
  if (isPossible) {
    return 'possible';
  }
  return kind === 'predicted' ? 'likely' : 'certain';
}

/** The provenance of a change. */
export function provenanceOf({ pair, knowledge, isPlanned }: ResourceChange, isPrediction: boolean): Provenance {
  if (isPlanned) {
    return { kind: 'plan' };
  }
  const exists = pair.base !== undefined && pair.head !== undefined && pair.link !== 'renamed';
  if (knowledge?.rules !== undefined && (isPrediction || exists)) {
    return { kind: 'predicted', basis: nameOf(knowledge.table), caveat: knowledge.caveat };
  }
  return { kind: isPrediction ? 'predicted' : 'code' };
}

function actionOf(resourceChange: ResourceChange, hasInstances: boolean): Action | undefined {
  const { pair, forgotten, imported, lost, possibleCauses } = resourceChange;
  const { base, head, findings, link, planned } = pair;
  if (planned?.actions.includes('forget') || (forgotten && base !== undefined)) {
    return 'forget';
  }
  if (base === undefined) {
    return imported ? 'import' : 'create';
  }
  if (head === undefined) {
    return 'destroy';
  }
  if (link === 'renamed') {
    return 'rename';
  }
  if (lost) {
    return 'replace';
  }
  if (findings.length > 0 || hasInstances || possibleCauses.length > 0 || planned?.actions.includes('update')) {
    return 'update';
  }
  return link === 'moved' ? 'move' : undefined;
}

/** Terraform's reasons for a replacement that no attribute forces, in words. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'its last creation failed, or it was tainted',
  replace_by_request: 'requested on the command line',
  replace_by_triggers: 'replace_triggered_by',
};

function causesOf(
  { pair, causes }: ResourceChange,
  action: Action,
  possibleCauses: readonly Cause[],
): readonly Cause[] {
  if (action !== 'replace') {
    return action === 'update' ? possibleCauses : emptiedBy(pair);
  }
  const { planned } = pair;
  if (planned === undefined) {
    return causes;
  }
  const forced = planned.replacePaths.map((path) => ({ attribute: path, text: 'forces replacement' }));
  const reason = own(REASONS, planned.reason ?? '');
  return reason === undefined ? forced : [...forced, { attribute: 'the resource', text: reason }];
}

/** The attributes without their secrets, with the facts of the plan. */
function attributesOf({ pair, prediction }: ResourceChange): AttributeChange[] {
  const { planned, findings, head } = pair;
  return prediction.attributes.map((attribute, i) => {
    const { before, after, effect, ...rest } = attribute;
    const steps = rulePath(findings[i]?.path ?? []).split('.');
    const isMarked = planned !== undefined && planHides(planned, steps);
    const hide = (value: Json | undefined): Json | undefined => {
      if (value === undefined) {
        return undefined;
      }
      return isMarked ? MASK : maskValue(head?.type ?? '', steps, value, entryOf(pair, i));
    };
    // a plan decides about replacements, but does not show what the provider rejects later.
    const isPlanned = planned !== undefined && effect?.kind !== 'rotates' && effect?.kind !== 'fails';
    const forced = planned && planReplaces(planned, steps.join('.')) ? ({ kind: 'replaces' } as const) : undefined;
    return { ...rest, before: hide(before), after: hide(after), effect: isPlanned ? forced : effect };
  });
}

/** The name of the entry that a value is in, such as an environment variable: it shows whether the value is a secret. */
function entryOf({ findings }: PlannedComparison, index: number): { name: string } | undefined {
  const key = findings[index]?.path.at(-2);
  return typeof key === 'object' ? { name: key.key } : undefined;
}

/** A change of the number of instances, or of their keys. */
function instanceChanges({ pair: { base, head, planned, instanceNotes } }: ResourceChange): AttributeChange[] {
  if (base === undefined || head === undefined || planned !== undefined) {
    return [];
  }
  return INSTANCES.map((path) => ({
    path,
    before: base.meta[path],
    after: head.meta[path],
    note: instanceNotes?.[path],
  })).filter(({ before, after }) => !sameJson(before, after));
}
