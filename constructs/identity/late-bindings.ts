import { optionalPackage } from '../core/optional-package';

/*
 * Bindings that only programs with an identity, a service principal or a wait for roles need.
 */

type Applications = typeof import('@cdktf/provider-azuread/lib/application');
type ClientConfigs = typeof import('@cdktf/provider-azuread/lib/data-azuread-client-config');
type ServicePrincipals = typeof import('@cdktf/provider-azuread/lib/service-principal');
type Passwords = typeof import('@cdktf/provider-azuread/lib/service-principal-password');
type Identities = typeof import('@cdktf/provider-azurerm/lib/user-assigned-identity');
type IdentityLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity');
type Rotations = typeof import('@cdktf/provider-time/lib/rotating');
type Sleeps = typeof import('@cdktf/provider-time/lib/sleep');

const AZUREAD = '@cdktf/provider-azuread';
const TIME = '@cdktf/provider-time';

/** The parts of a service principal in Microsoft Entra ID. */
export function entraBindings(): Applications & ClientConfigs & ServicePrincipals & Passwords {
  return optionalPackage(AZUREAD, 'ServicePrincipal', () => ({
    ...(require('@cdktf/provider-azuread/lib/application') as Applications),
    ...(require('@cdktf/provider-azuread/lib/data-azuread-client-config') as ClientConfigs),
    ...(require('@cdktf/provider-azuread/lib/service-principal') as ServicePrincipals),
    ...(require('@cdktf/provider-azuread/lib/service-principal-password') as Passwords),
  }));
}

export const identities = (): Identities => require('@cdktf/provider-azurerm/lib/user-assigned-identity') as Identities;

export const identityLookups = (): IdentityLookups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity') as IdentityLookups;

/** A recurring date. */
export function rotations(): Rotations {
  return optionalPackage(TIME, 'ServicePrincipal', () => require('@cdktf/provider-time/lib/rotating') as Rotations);
}

/** A pause. */
export function sleeps(): Sleeps {
  return optionalPackage(TIME, 'A wait for roles', () => require('@cdktf/provider-time/lib/sleep') as Sleeps);
}
