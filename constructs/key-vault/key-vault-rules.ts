import { pattern } from '../core/rules/pattern';
import type { Rule } from '../core/rules/rule';

const NAMING =
  'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault';

export const keyVaultName: Rule<string> = {
  ...pattern(
    'key-vault-name',
    /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
    "must be 3 to 24 letters, digits and '-', beginning with a letter, ending with a letter or digit, with no two '-' in a row",
    NAMING,
    'contoso-shop',
  ),
  hint: 'it becomes the first part of a host name',
};

export const keyVaultSecretName = pattern(
  'key-vault-secret-name',
  /^[a-zA-Z0-9-]{1,127}$/,
  "must be the name of a secret of a Key Vault: 1 to 127 letters, digits and '-'",
  NAMING,
  'database-password',
);

export const keyVaultKeyName = pattern(
  'key-vault-key-name',
  /^[a-zA-Z0-9-]{1,127}$/,
  "must be the name of a key of a Key Vault: 1 to 127 letters, digits and '-'",
  NAMING,
  'disks',
);

export const keyVaultKeyId = pattern(
  'key-vault-key-id',
  /^https:\/\/[a-zA-Z0-9-]{3,24}\.vault\.[a-z0-9.-]+\/keys\/[a-zA-Z0-9-]{1,127}\/[0-9a-zA-Z]+$/,
  'must be the URI of one version of a key of a Key Vault',
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/keyvault/parse/nested_item.go',
  'https://contoso.vault.azure.net/keys/disks/0123456789abcdef0123456789abcdef',
);

export const diskEncryptionSetName = pattern(
  'disk-encryption-set-name',
  /^[a-zA-Z0-9][\w.-]{0,78}\w$/,
  "must be 2 to 80 letters, digits, '_', '-' and '.', beginning with a letter or digit and ending with one or '_'",
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/compute/validate/disk_encryption_set_name.go',
  'shop-disks',
);
