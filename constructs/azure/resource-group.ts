import { isText } from '../core/values/known';

/**
 * A resource group, as the constructs need to know it.
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

/** A resource group as far as the program says it: beside its references, one that it makes has what it was given. */
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
