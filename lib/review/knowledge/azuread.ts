import { when } from './conditions';
import { types, type ProviderTable } from './rule';

/** What azuread 3.7.0 decides about replacements in code; all else is in its schema. */
export const AZUREAD: ProviderTable = {
  provider: 'azuread',
  version: '3.7.0',
  source: 'https://github.com/hashicorp/terraform-provider-azuread/tree/v3.7.0/internal/services',
  usual: [],
  resources: {
    ...types(['azuread_group', 'azuread_group_without_members'], {
      file: 'groups',
      sometimes: [
        when('visibility', 'when it changes to "Hiddenmembership"', (_, after) => after === 'Hiddenmembership'),
      ],
    }),
  },
};
