import { type Rule } from '../core/rules/rule';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import { likelyRegions } from './known-regions';

const REGIONS_LIST = 'https://learn.microsoft.com/azure/reliability/regions-list';
const LISTED_BY = "'az account list-locations --output table' lists them";

/** The most regions that a message names. */
const MOST = 3;

export const knownLocation: Rule<string> = {
  id: 'location-known',
  must: 'must be a region of Azure',
  source: REGIONS_LIST,
  example: 'westeurope',
  holds: (value) => likelyRegions(regionName(value)).length === 0,
  explain: (value) =>
    `none is called so; did you mean ${likelyRegions(regionName(value)).slice(0, MOST).map(show).join(' or ')}?`,
  hint: LISTED_BY,
  canBeMeant: true,
};

export const location: Rule<string> = {
  id: 'location',
  must: 'must be the name of an Azure region: letters and digits, with or without spaces',
  source: REGIONS_LIST,
  example: 'westeurope',
  holds: (value) => /^[A-Za-z][A-Za-z0-9 ]*[A-Za-z0-9]$/.test(value),
  hint: LISTED_BY,
  then: knownLocation,
};

/**
 * A region as Azure compares it: "West Europe" is "westeurope". A token is returned unchanged.
 *
 * @see https://github.com/hashicorp/go-azure-helpers/blob/main/resourcemanager/location/normalize.go
 */
export function regionName(text: string): string {
  return isText(text) ? text.toLowerCase().replace(/ /g, '') : text;
}
