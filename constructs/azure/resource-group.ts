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
