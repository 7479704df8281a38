import type { Comparison } from '../compare/compare';
import { compareInstances, instancesOf } from '../compare/instances';
import { by } from '../../terraform-json/json';
import type { ExposureRow, Provenance } from '../model';
import type { Resource, Stack } from '../read/program';
import { shiftOf } from '../compare/shift';
import { shiftBetween } from './judgement';
import type { Way } from './way';
import { readsExposureOf, waysOf } from './ways';

/** What becomes reachable, or is no longer, or from other places. */
export function exposureOf(
  comparisons: readonly Comparison[],
  stack: Stack,
  of: (pair: Comparison) => Provenance,
): ExposureRow[] {
  return comparisons
    .filter(({ base, head }) => readsExposureOf((head ?? base)?.type ?? ''))
    .flatMap((comparison) => rowsOf(comparison, stack, of(comparison)))
    .sort(
      by(
        ({ address }) => address,
        ({ what }) => what,
      ),
    );
}

function rowsOf({ base, head }: Comparison, stack: Stack, provenance: Provenance): ExposureRow[] {
  const [olds, news] = [waysOf(base), waysOf(head)];
  // a plan speaks of each instance on its own.
  const isWhole = base !== undefined && head !== undefined && provenance.kind !== 'plan';
  const times = isWhole ? compareInstances(base.meta, head.meta) : 'same';
  const timesText = (resource: Resource | undefined) =>
    resource && times !== 'same' ? instancesOf(resource.meta) : '';
  const resource = (head ?? base) as Resource;
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now) ?? (isOpen(now) ? shiftOf(times) : undefined);
    return shift === undefined
      ? []
      : [
          {
            ...{ stack: stack.name, address: resource.address, shift, what: (now ?? old)?.what ?? '' },
            ...(old && { before: [old.text, timesText(base)].filter(Boolean).join(', ') }),
            ...(now && { after: [now.text, timesText(head)].filter(Boolean).join(', ') }),
            provenance,
            ...(resource.location && { location: resource.location }),
          },
        ];
  });
}

/** Whether anything outside of the cluster gets in. */
function isOpen(way: Way | undefined): boolean {
  return way !== undefined && way.reach !== 'cluster' && !way.isBarrier;
}
