import { sameJson } from '../../terraform-json/json';
import type { Contents } from '../knowledge/contents';
import { knowledgeIn } from '../knowledge/tables';
import { isForgotten } from '../match/match';
import type { Dependent } from '../model';
import type { Stack } from '../read/program';
import { IN_ORDER, type DependentsOf } from './dependents';
import { allInstances } from './instance-losses';
import { moduleOf, type PlannedComparison } from './planned';
import { predict, type Prediction } from './predict';
import type { Node } from './propagate';
import { contentsOf } from './stored-data';

/** A resource with all that is known about its change. */
export interface ResourceChange extends Node {
  readonly pair: PlannedComparison;
  readonly prediction: Prediction;
  /** Whether anything of it changes. */
  readonly changed: boolean;
  /** Whether it leaves the state and stays deployed. */
  readonly forgotten: boolean;
  readonly imported: boolean;
  readonly takes: readonly Dependent[];
  readonly unrelated: boolean;
  /** What is lost with it. */
  readonly holds: () => Contents | undefined;
}

interface Context {
  readonly base: Stack;
  readonly head: Stack;
  readonly isGone: boolean;
  /** The addresses whose changes in the plan the code explains. */
  readonly explained: ReadonlySet<string>;
}

/** A function that assesses the change of one resource; `propagate` adds the effects of other changes. */
export function resourceChangesIn({ base, head, isGone, explained }: Context) {
  const [ofBoth, ofBase, ofHead] = [knowledgeIn({ base, head }), knowledgeIn({ base }), knowledgeIn({ head })];
  return (comparison: PlannedComparison): ResourceChange => {
    const { base: old, head: now, planned } = comparison;
    const known = now === undefined ? old && ofBase(old) : (old ? ofBoth : ofHead)(now);
    const prediction = predict(comparison, known);
    const ofInstances = planned ? [] : allInstances(comparison);
    const forgotten =
      isGone || (old !== undefined && now === undefined && base.resources.has(old.address) && isForgotten(old, head));
    const isLost = planned
      ? planned.actions.includes('delete') || comparison.link === 'renamed'
      : (now === undefined && !forgotten) ||
        comparison.link === 'renamed' ||
        prediction.causes.length + ofInstances.length > 0;
    return {
      pair: comparison,
      knowledge: known,
      prediction,
      forgotten,
      imported: head.imports.has(now?.address ?? '') || planned?.importing === true,
      isPlanned: planned !== undefined,
      changed: isChanged(comparison),
      lost: isLost,
      causes: planned ? [] : [...ofInstances, ...prediction.causes],
      possibleCauses: planned ? [] : [...prediction.possibleCauses],
      dependents: [],
      takes: [],
      unrelated: planned !== undefined && !explained.has(moduleOf(planned.declared)),
      // what is deployed is lost, and not what the change would deploy
      holds: () => (old === undefined ? now && contentsOf(now, head) : contentsOf(old, base)),
    };
  };
}

/** Whether anything happens to a resource; a new address alone changes nothing. */
export function isChanged({ base, head, findings, link }: PlannedComparison): boolean {
  const isKept = (link === 'address' || link === 'moved') && findings.length === 0;
  return !isKept || ['count', 'for_each'].some((key) => !sameJson(base?.meta[key], head?.meta[key]));
}

/** Whether nothing happens to a resource: it is settled, and nothing else replaces it. */
export function isUntouched({ pair, lost, possibleCauses }: ResourceChange): boolean {
  return pair.isSettled === true && !lost && possibleCauses.length === 0;
}

/** Adds the resources that are lost with this one. */
export function withDependents(resourceChange: ResourceChange, dependentsOf: DependentsOf): ResourceChange {
  const old = resourceChange.pair.base;
  if (!resourceChange.lost || old === undefined) {
    return resourceChange;
  }
  const known = new Set(resourceChange.dependents.map(({ stack, address }) => `${stack} ${address}`));
  const within = dependentsOf(old).filter(({ stack, address }) => !known.has(`${stack} ${address}`));
  return {
    ...resourceChange,
    takes: [...resourceChange.dependents, ...within].sort(IN_ORDER),
  };
}
