/*
 * Bindings that few programs need, loaded by those alone.
 */

type Locks = typeof import('@cdktf/provider-azurerm/lib/management-lock');

export const locks = (): Locks => require('@cdktf/provider-azurerm/lib/management-lock') as Locks;
