import { by } from '../../terraform-json/json';
import type { Comparison } from '../compare/compare';
import { instanceChangeOf } from '../compare/instances';
import { shiftOf } from '../compare/shift';
import type { ExposureRow, Provenance } from '../model';
import { labelOf } from '../names/label';
import type { Stack } from '../read/program';
import type { EntryPoint } from './entry-point';
import { entryPointsOf, readsExposureOf } from './entry-points';
import { shiftBetween } from './judgement';

/** What becomes reachable, is no longer reachable, or is reachable from elsewhere. */
export function exposureOf(
  comparisons: readonly Comparison[],
  stack: Stack,
  provenanceOf: (pair: Comparison) => Provenance,
): ExposureRow[] {
  return comparisons
    .filter(({ base, head }) => readsExposureOf((head ?? base)?.type ?? ''))
    .flatMap((comparison) => rowsOf(comparison, stack, provenanceOf(comparison)))
    .sort(
      by(
        ({ address }) => address,
        ({ what }) => what,
      ),
    );
}

function rowsOf(comparison: Comparison, stack: Stack, provenance: Provenance): ExposureRow[] {
  const { base, head } = comparison;
  const resource = head ?? base;
  const { address = '', location } = resource ?? {};
  const name = resource === undefined ? '' : labelOf(resource);
  const [olds, news] = [entryPointsOf(base), entryPointsOf(head)];
  const instances = instanceChangeOf(comparison, provenance);
  return [...new Map([...olds, ...news]).values()].flatMap(({ key, what }) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now) ?? (isExposed(now) ? shiftOf(instances.width) : undefined);
    const before = textOf(old, instances.before);
    const after = textOf(now, instances.after);
    return shift === undefined
      ? []
      : { stack: stack.name, address, name, shift, what, before, after, provenance, location };
  });
}

function textOf(entryPoint: EntryPoint | undefined, instances: string): string | undefined {
  return entryPoint && [entryPoint.text, instances].filter(Boolean).join(', ');
}

/** Whether anything outside of the cluster gets in. */
function isExposed(entryPoint: EntryPoint | undefined): boolean {
  return entryPoint !== undefined && entryPoint.reach !== 'cluster' && !entryPoint.isDenial;
}
