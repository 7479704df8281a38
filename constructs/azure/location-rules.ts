import { isText } from '../core/values/known';
import { type Rule } from '../core/rules/rule';

export const location: Rule<string> = {
  id: 'location',
  must: 'must be the name of an Azure region: letters and digits, with or without spaces',
  source: 'https://learn.microsoft.com/azure/reliability/regions-list',
  example: 'westeurope',
  holds: (value) => /^[A-Za-z][A-Za-z0-9 ]*[A-Za-z0-9]$/.test(value),
  hint: "'az account list-locations --output table' lists them",
};

/**
 * A region as Azure compares it: "West Europe" is "westeurope". What only Terraform knows stays as it is.
 *
 * @see https://github.com/hashicorp/go-azure-helpers/blob/main/resourcemanager/location/normalize.go
 */
export function regionName(text: string): string {
  return isText(text) ? text.toLowerCase().replace(/ /g, '') : text;
}
