import { optionalPackage } from '../core/optional-package';

/*
 * Bindings that few programs need, loaded on demand.
 */

type RegistryLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-container-registry');
type CacheRules = typeof import('@cdktf/provider-azurerm/lib/container-registry-cache-rule');
type CredentialSets = typeof import('@cdktf/provider-azurerm/lib/container-registry-credential-set');
type ScopeMaps = typeof import('@cdktf/provider-azurerm/lib/container-registry-scope-map');
type Tokens = typeof import('@cdktf/provider-azurerm/lib/container-registry-token');
type TokenPasswords = typeof import('@cdktf/provider-azurerm/lib/container-registry-token-password');
type Webhooks = typeof import('@cdktf/provider-azurerm/lib/container-registry-webhook');
type AgentPools = typeof import('@cdktf/provider-azurerm/lib/container-registry-agent-pool');
type PrivateEndpoints = typeof import('@cdktf/provider-azurerm/lib/private-endpoint');
type PrivateDnsZones = typeof import('@cdktf/provider-azurerm/lib/private-dns-zone');
type PrivateDnsZoneLinks = typeof import('@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link');
type Rotations = typeof import('@cdktf/provider-time/lib/rotating');

export const registryLookups = (): RegistryLookups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-container-registry') as RegistryLookups;

export const cacheRules = (): CacheRules =>
  require('@cdktf/provider-azurerm/lib/container-registry-cache-rule') as CacheRules;

export const credentialSets = (): CredentialSets =>
  require('@cdktf/provider-azurerm/lib/container-registry-credential-set') as CredentialSets;

export const scopeMaps = (): ScopeMaps =>
  require('@cdktf/provider-azurerm/lib/container-registry-scope-map') as ScopeMaps;

/** Tokens and their passwords. */
export const tokens = (): Tokens & TokenPasswords => ({
  ...(require('@cdktf/provider-azurerm/lib/container-registry-token') as Tokens),
  ...(require('@cdktf/provider-azurerm/lib/container-registry-token-password') as TokenPasswords),
});

/** A recurring date. */
export function tokenRotations(): Rotations {
  return optionalPackage(
    '@cdktf/provider-time',
    'AcrToken',
    () => require('@cdktf/provider-time/lib/rotating') as Rotations,
  );
}

export const webhooks = (): Webhooks => require('@cdktf/provider-azurerm/lib/container-registry-webhook') as Webhooks;

export const agentPools = (): AgentPools =>
  require('@cdktf/provider-azurerm/lib/container-registry-agent-pool') as AgentPools;

export const privateEndpoints = (): PrivateEndpoints =>
  require('@cdktf/provider-azurerm/lib/private-endpoint') as PrivateEndpoints;

/** Zones, and their links to networks. */
export const privateDnsZones = (): PrivateDnsZones & PrivateDnsZoneLinks => ({
  ...(require('@cdktf/provider-azurerm/lib/private-dns-zone') as PrivateDnsZones),
  ...(require('@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link') as PrivateDnsZoneLinks),
});
