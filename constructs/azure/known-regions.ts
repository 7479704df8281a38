import { isFar, nearestName } from '../core/declared/nearest';

/**
 * The regions of all Azure clouds, as of August 2026, by continent. Azure keeps adding regions, so a name that is
 * missing here is not necessarily a mistake.
 *
 * @see https://learn.microsoft.com/azure/reliability/regions-list
 * @see https://learn.microsoft.com/azure/azure-government/documentation-government-welcome
 * @see https://learn.microsoft.com/azure/china/overview-datacenter
 */
const REGIONS = [
  ...['eastus', 'eastus2', 'eastus3', 'centralus', 'northcentralus', 'southcentralus', 'southcentralus2'],
  ...['westcentralus', 'westus', 'westus2', 'westus3', 'southeastus', 'southeastus3', 'southwestus'],
  ...['eastus2euap', 'centraluseuap', 'eastusstg', 'southcentralusstg', 'canadacentral', 'canadaeast'],
  ...['mexicocentral', 'brazilsouth', 'brazilsoutheast', 'chilecentral'],
  ...['northeurope', 'westeurope', 'austriaeast', 'belgiumcentral', 'denmarkeast', 'francecentral', 'francesouth'],
  ...['germanynorth', 'germanywestcentral', 'italynorth', 'norwayeast', 'norwaywest', 'polandcentral'],
  ...['spaincentral', 'swedencentral', 'swedensouth', 'switzerlandnorth', 'switzerlandwest', 'uksouth', 'ukwest'],
  ...['israelcentral', 'israelnorthwest', 'qatarcentral', 'uaecentral', 'uaenorth'],
  ...['southafricanorth', 'southafricawest'],
  ...['eastasia', 'southeastasia', 'centralindia', 'southindia', 'westindia', 'indiasouthcentral'],
  ...['jioindiacentral', 'jioindiawest', 'indonesiacentral', 'japaneast', 'japanwest', 'koreacentral', 'koreasouth'],
  ...['malaysiawest', 'malaysiasouth', 'taiwannorth', 'taiwannorthwest'],
  ...['australiacentral', 'australiacentral2', 'australiaeast', 'australiasoutheast', 'newzealandnorth'],
  ...['usgovvirginia', 'usgovtexas', 'usgovarizona', 'usgoviowa', 'usdodeast', 'usdodcentral'],
  ...['ussecwest', 'ussecwestcentral', 'usseceast', 'usnatwest', 'usnateast'],
  ...['chinaeast', 'chinaeast2', 'chinaeast3', 'chinanorth', 'chinanorth2', 'chinanorth3'],
];

/** The words that make up the names of regions, including future ones. Longer words come first. */
const PLACES = [
  ...['southafrica', 'newzealand', 'switzerland', 'australia', 'indonesia', 'jioindia', 'malaysia', 'arizona'],
  ...['virginia', 'austria', 'belgium', 'denmark', 'finland', 'germany', 'thailand', 'vietnam', 'ireland', 'brazil'],
  ...['canada', 'europe', 'france', 'greece', 'israel', 'mexico', 'norway', 'poland', 'saudiarabia', 'sweden'],
  ...['taiwan', 'africa', 'chile', 'china', 'india', 'italy', 'japan', 'korea', 'qatar', 'spain', 'texas', 'asia'],
  ...['iowa', 'uae', 'uk', 'us'],
];
const SIDES = ['north', 'south', 'east', 'west', 'central'];
const KINDS = ['foundational', 'euap', 'stage', 'stg', 'slv', 'gov', 'dod', 'sec', 'nat'];
const WORDS = new RegExp([...PLACES, ...SIDES, ...KINDS, '\\d+$'].join('|'), 'g');

/**
 * The regions that a misspelled name most likely stands for; none for a region, and for a name that a new one could
 * have.
 */
export function likelyRegions(name: string): string[] {
  if (REGIONS.includes(name)) {
    return [];
  }
  const words = wordsOf(name);
  if (words.join('') === name) {
    return REGIONS.filter((region) => isLikely(words, wordsOf(region)));
  }
  const nearest = nearestName(name, REGIONS);
  if (nearest !== undefined && !isFar(nearest, name)) {
    return [nearest];
  }
  return REGIONS.filter((region) => name.length >= SHORTEST && region.startsWith(name));
}

/** The fewest letters that identify a region. */
const SHORTEST = 5;

function wordsOf(name: string): readonly string[] {
  return name.match(WORDS) ?? [];
}

/** Whether a name has the words of a region in another order, or consists of its place alone. */
function isLikely(words: readonly string[], region: readonly string[]): boolean {
  const [own, others] = [words, region].map((list) => list.filter((word) => !/^\d/.test(word))) as [string[], string[]];
  const isPlaceAlone = own.length === 1 && PLACES.includes(own[0] ?? '') && others.includes(own[0] ?? '');
  return isPlaceAlone || (own.join() !== others.join() && own.sort().join() === others.sort().join());
}
