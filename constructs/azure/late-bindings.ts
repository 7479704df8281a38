/*
 * Bindings that few programs need, loaded on demand.
 */

type Locks = typeof import('@cdktf/provider-azurerm/lib/management-lock');

export const locks = (): Locks => require('@cdktf/provider-azurerm/lib/management-lock') as Locks;
