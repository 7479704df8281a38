/*
 * Bindings that few programs need, loaded by those alone.
 */

type RegistryLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-container-registry');

export const registryLookups = (): RegistryLookups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-container-registry') as RegistryLookups;
