import { when } from './conditions';
import { types, type ProviderTable } from './rule';

/** The replacement rules that azuread 3.7.0 implements in code; the others are in its schema. */
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
