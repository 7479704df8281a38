import type { IConstruct } from 'constructs';
import { type IResourceGroupRef, literalGroup } from './resource-group';
import { regionName } from './location-rules';
import { isText } from '../core/values/known';

const regions = new WeakMap<IConstruct, string>();

/** Remembers the region of a construct, if it is known when the program runs. */
export function rememberRegion(construct: IConstruct, group: IResourceGroupRef): void {
  const { location } = literalGroup(group);
  if (isText(location)) {
    regions.set(construct, regionName(location));
  }
}

/** The region of a construct; undefined if it is not known when the program runs. */
export function regionOf(construct: IConstruct | undefined): string | undefined {
  return construct === undefined ? undefined : regions.get(construct);
}

/**
 * Regions without availability zones, as of August 2026.
 *
 * @see https://learn.microsoft.com/azure/reliability/regions-list
 */
const WITHOUT_ZONES = new Set([
  ...['australiacentral', 'australiacentral2', 'australiasoutheast', 'brazilsoutheast', 'canadaeast', 'francesouth'],
  ...['germanynorth', 'jioindiacentral', 'jioindiawest', 'koreasouth', 'northcentralus', 'norwaywest'],
  ...[
    'southafricawest',
    'southindia',
    'switzerlandwest',
    'uaecentral',
    'ukwest',
    'westcentralus',
    'westindia',
    'westus',
  ],
]);

/** Whether a region is known to have no availability zones. */
export function hasNoZones(region: string | undefined): boolean {
  return region !== undefined && WITHOUT_ZONES.has(region);
}
