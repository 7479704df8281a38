import { own, textAt } from '../../terraform-json/json';
import { ANYONE, itself, text, when, type Reader } from './grant';

/** The anonymous permissions on the blobs of a container, by its access type. */
const ANONYMOUS: Readonly<Record<string, readonly string[]>> = {
  private: [],
  blob: ['read the blobs'],
  container: ['read the blobs', 'list the blobs'],
};

/** The permissions on storage that need no role, by resource type. */
export const STORAGE_GRANTS: Readonly<Record<string, Reader>> = {
  azurerm_storage_account: (given, { address }) => [
    ...when(
      given,
      'shared_access_key_enabled',
      { who: 'anyone with a key of the account', may: ['do everything'], on: itself(address), isUsual: true },
      true,
    ),
    ...when(
      given,
      'allow_nested_items_to_be_public',
      {
        who: ANYONE,
        may: ['read public containers'],
        on: itself(address),
        isUsual: true,
      },
      true,
    ),
    ...when(
      given,
      'local_user_enabled',
      { who: 'local users, over SFTP', may: ['what each of them is given'], on: itself(address), isUsual: true },
      true,
    ),
  ],
  azurerm_storage_container: (given, { address }) => {
    const access = textAt(given, 'container_access_type') ?? 'private';
    const may = own(ANONYMOUS, access) ?? [`what "${access}" allows`];
    return may.length === 0
      ? []
      : [
          {
            key: 'anonymous',
            who: ANYONE,
            may,
            on: itself(address),
            by: ['container_access_type'],
          },
        ];
  },
  azurerm_storage_account_local_user: (given) => [
    {
      key: 'user',
      who: `the local user ${text(given, 'name')}`,
      may: ['what its permission scopes allow'],
      on: text(given, 'storage_account_id'),
    },
  ],
};
