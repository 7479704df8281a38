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
