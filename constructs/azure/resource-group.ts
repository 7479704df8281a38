import { isText } from '../core/values/known';

/**
 * A reference to a resource group.
 *
 * The `ResourceGroup` resource and the `DataAzurermResourceGroup` data source of `@cdktf/provider-azurerm` both fit;
 * so does an object literal.
 */
export interface IResourceGroupRef {
  /** The name of the resource group. */
  readonly name: string;
  /** The Azure region, such as "westeurope" or "West Europe". */
  readonly location: string;
}

/**
 * A resource group with literals where the program knows them: besides its references, a resource has the arguments
 * that it was given.
 */
export function literalGroup(group: IResourceGroupRef): IResourceGroupRef {
  const { nameInput, locationInput } = group as IResourceGroupRef & {
    readonly nameInput?: string;
    readonly locationInput?: string;
  };
  return {
    name: isText(group.name) ? group.name : (nameInput ?? group.name),
    location: isText(group.location) ? group.location : (locationInput ?? group.location),
  };
}
