import type { ProviderTable } from './rule';

/** The attributes of every kind of password. */
const PASSWORD = ['display_name', 'start_date', 'end_date', 'end_date_relative', 'rotate_when_changed'];

/** The replacement rules of azuread 3.7.0, in which a password is never updated, only recreated. */
export const AZUREAD: ProviderTable = {
  provider: 'azuread',
  version: '3.7.0',
  source: 'https://github.com/hashicorp/terraform-provider-azuread/tree/v3.7.0/internal/services',
  usual: [],
  resources: {
    azuread_service_principal_password: {
      file: 'serviceprincipals/service_principal_password_resource.go',
      always: ['service_principal_id', ...PASSWORD],
    },
    azuread_application_password: {
      file: 'applications/application_password_resource.go',
      always: ['application_id', ...PASSWORD],
    },
    azuread_service_principal: {
      file: 'serviceprincipals/service_principal_resource.go',
      always: ['client_id'],
    },
    azuread_application_federated_identity_credential: {
      file: 'applications/application_federated_identity_credential_resource.go',
      always: ['application_id', 'display_name'],
    },
  },
};
