import type { ContainerRegistryGeoreplications } from '@cdktf/provider-azurerm/lib/container-registry';
import { location as locationRule, regionName } from '../azure/location-rules';
import { hasNoZones } from '../azure/regions';
import { type Violation, when } from '../core/problems/violation';
import { checkLiteral } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { isText, itemsOf } from '../core/values/known';
import type { AcrGeoReplication } from './acr-registry-props';

/**
 * The copies of a registry in the order in which the provider reads them: in another order, each plan would show a
 * difference.
 */
export function geoReplicationConfig(replications: readonly AcrGeoReplication[]): ContainerRegistryGeoreplications[] {
  return itemsOf(replications)
    .map(({ location, zoneRedundancy, globalRouting = true }) => ({
      location: regionName(location),
      zoneRedundancyEnabled: zoneRedundancy ?? !hasNoZones(regionName(location)),
      // if omitted, the provider would turn it off
      regionalEndpointEnabled: globalRouting,
    }))
    .sort((one, other) => (one.location < other.location ? -1 : 1));
}

/**
 * The problems of the copies of a registry.
 *
 * @param home The region of the registry, where it is known
 */
export function geoReplicationProblems(
  replications: readonly AcrGeoReplication[] | undefined,
  home: string | undefined,
): Violation[] {
  const all = itemsOf(replications);
  const regions = all.map(({ location }) => regionName(location));
  return all.flatMap(({ location, zoneRedundancy }, index) => {
    const property = `geoReplications[${index}]`;
    const region = regions[index];
    const problems = checkLiteral(locationRule, `${property}.location`, location);
    if (problems.length > 0 || !isText(region)) {
      return problems;
    }
    return [
      ...when(
        region === home,
        'geo-replication-elsewhere',
        () =>
          `'${property}.location' must not be the region of the registry itself, got ${show(location)}: leave it out, since the registry is in that region already`,
      ),
      ...when(
        regions.indexOf(region) < index,
        'geo-replication-once',
        () => `'${property}.location' must be unique, got ${show(location)} twice: a region can have only one replica`,
      ),
      ...zoneProblems(`${property}.zoneRedundancy`, zoneRedundancy, region),
    ];
  });
}

/** The problem of requiring zones in a region without them. */
export function zoneProblems(property: string, asked: boolean | undefined, region: string | undefined): Violation[] {
  return when(
    asked === true && hasNoZones(region),
    'registry-zones-in-region',
    () =>
      `'${property}' can only be true in a region with availability zones, got ${show(region)}, which has none: leave it ` +
      'out',
  );
}
