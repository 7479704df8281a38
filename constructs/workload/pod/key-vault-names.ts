import { orExample } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import { keyVaultName } from '../../key-vault/key-vault-rules';

/** A key for a Key Vault: its name in lower case. A name that is not known is a problem. */
export function vaultKey(keyVault: IKeyVault): string {
  const name = isText(keyVault.keyVaultName) ? keyVault.keyVaultName : undefined;
  return orExample(keyVaultName, name).toLowerCase();
}

/**
 * The name of the SecretProviderClass for the environment variables of a pod, and of the Secret that the driver keeps.
 */
export function variablesName(podName: string, keyVault: IKeyVault): string {
  return `${podName}-${vaultKey(keyVault)}`;
}

/** The name of the volume that makes the driver keep the Secret. */
export function variableVolumeName(keyVault: IKeyVault): string {
  return `key-vault-${vaultKey(keyVault)}`;
}

/** The path at which containers mount it. */
export function variableMountPath(keyVault: IKeyVault): string {
  return `/mnt/key-vault/${vaultKey(keyVault)}`;
}
