import { by } from '../../terraform-json/json';
import { onlyReference } from '../../terraform-json/references';
import { withoutMarks } from '../compare/closure';
import type { Comparison } from '../compare/compare';
import { instanceChangeOf } from '../compare/instances';
import { opens, shiftOf } from '../compare/shift';
import type { ExposureRow, Provenance } from '../model';
import { labelOf, labelOfText } from '../names/label';
import { present } from '../names/present';
import type { Stack } from '../read/program';
import type { EntryPoint } from './entry-point';
import { mayExpose, waysOf } from './entry-points';
import { shiftBetween } from './judgement';
import { policyRowsOf } from './network-policies';
import { remediesOf } from './remedies';
import { severityOf } from './severity';
import type { FindResource } from './ways';

/** Both versions of the stack, and the new addresses of renamed resources. */
interface Sides {
  readonly base: Stack;
  readonly head: Stack;
  readonly renamed: ReadonlyMap<string, string>;
}

/** The entry points that are added, removed or changed. */
export function exposureOf(
  comparisons: readonly Comparison[],
  sides: Sides,
  provenanceOf: (pair: Comparison) => Provenance,
): ExposureRow[] {
  const exposing = comparisons.filter(
    ({ base, head, isSettled }) => !isSettled && [base, head].some((side) => side !== undefined && mayExpose(side)),
  );
  const finders = { base: finderIn(followed(sides)), head: finderIn(sides.head.resources) };
  return [
    ...exposing.flatMap((comparison) => rowsOf(comparison, sides.head, finders, provenanceOf(comparison))),
    ...policyRowsOf(comparisons, provenanceOf),
  ].sort(
    by(
      ({ address }) => address,
      ({ what }) => what,
    ),
  );
}

/** Finds the resource that a value of a stack refers to. */
function finderIn(resources: Stack['resources']): FindResource {
  return (reference) => resources.get(onlyReference(withoutMarks(reference))?.address ?? '');
}

/** The old resources by their new addresses. */
function followed({ base, renamed }: Sides): Stack['resources'] {
  return renamed.size === 0
    ? base.resources
    : new Map([...base.resources].map(([address, resource]) => [renamed.get(address) ?? address, resource]));
}

function rowsOf(
  comparison: Comparison,
  stack: Stack,
  find: Readonly<Record<'base' | 'head', FindResource>>,
  provenance: Provenance,
): ExposureRow[] {
  const { base, head } = comparison;
  const resource = head ?? base;
  const { address = '', location } = resource ?? {};
  const name = resource === undefined ? '' : labelOf(resource);
  const [olds, news] = [waysOf(base, find.base), waysOf(head, find.head)];
  const words = (text: string) => labelOfText(text, (one) => stack.resources.get(one));
  const instances = instanceChangeOf(comparison, provenance);
  return [...new Map([...olds, ...news]).values()].flatMap(({ key, what }) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now) ?? (isExposed(now) && !now?.isUsual ? shiftOf(instances.width) : undefined);
    const isNoNews = (old ?? now)?.isUsual && !(old && now);
    if (shift === undefined || isNoNews) {
      return [];
    }
    return {
      stack: stack.name,
      address,
      name,
      shift,
      severity: severityOf(shift, now),
      what: words(what),
      before: old && words(textOf(old, instances.before)),
      after: now && words(textOf(now, instances.after)),
      remedies: opens(shift) ? remediesOf(comparison, now, old) : [],
      provenance,
      location,
    };
  });
}

function textOf({ text }: EntryPoint, instances: string): string {
  return present(text, instances).join(', ');
}

/** Whether an entry point can be reached from outside the cluster. */
function isExposed(entryPoint: EntryPoint | undefined): boolean {
  return entryPoint !== undefined && entryPoint.reach !== 'cluster' && !entryPoint.isDenial;
}
