import { sameJson } from '../../terraform-json/json';
import type { Comparison } from '../compare/compare';
import { lossOf } from '../compare/instances';
import type { Cause } from '../model';

/** The arguments that decide how many instances there are, and which. */
export const INSTANCES = ['count', 'for_each'];

/** The instances that a change destroys. */
interface Loss extends Cause {
  /** Whether the code decides it. */
  readonly isCertain: boolean;
  /** Whether all previous instances are replaced by others. */
  readonly isAll: boolean;
}

/** The instances that a change destroys, for certain or possibly; undefined if there are none. */
function lossIn({ base, head, instanceNotes = {} }: Comparison): Loss | undefined {
  const attribute = INSTANCES.find((name) => !sameJson(base?.meta[name], head?.meta[name]));
  const loss = base && head && lossOf(base.meta, head.meta);
  if (loss === undefined || attribute === undefined) {
    return undefined;
  }
  const isCertain = loss.isCertain && instanceNotes[attribute] === undefined;
  return { attribute, text: loss.text, isCertain, isAll: loss.isAll };
}

/** Why a resource whose instances are all others is replaced. */
export function allInstances(comparison: Comparison): Cause[] {
  const loss = lossIn(comparison);
  return loss?.isAll && loss.isCertain ? [{ attribute: loss.attribute, text: loss.text }] : [];
}

/** Why a resource loses some of its instances, or may lose all of them. */
export function someInstances(comparison: Comparison): Cause[] {
  const loss = lossIn(comparison);
  return loss === undefined || (loss.isAll && loss.isCertain) ? [] : [{ attribute: loss.attribute, text: loss.text }];
}

/** Whether a resource certainly loses some of its instances. */
export function losesForCertain(comparison: Comparison): boolean {
  return lossIn(comparison)?.isCertain === true;
}

/** Why a resource that is still in the code is destroyed: it no longer has instances. */
export function emptiedBy({ emptied }: Comparison): Cause[] {
  const attribute = INSTANCES.find((name) => emptied?.meta[name] !== undefined);
  return attribute === undefined ? [] : [{ attribute, text: 'leaves it without instances' }];
}
