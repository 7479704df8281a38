import { orExample } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import { keyVaultName } from '../../key-vault/key-vault-rules';

/** What tells a Key Vault from others: its name, in which upper case has no meaning. One that is not known is a problem. */
export function vaultKey(keyVault: IKeyVault): string {
  const name = isText(keyVault.keyVaultName) ? keyVault.keyVaultName : undefined;
  return orExample(keyVaultName, name).toLowerCase();
}

/** The name of the SecretProviderClass, and of the Secret that the driver keeps, for the environment variables of a pod. */
export function variablesName(podName: string, keyVault: IKeyVault): string {
  return `${podName}-${vaultKey(keyVault)}`;
}

/** The name of the volume that makes the driver keep the Secret. */
export function variableVolumeName(keyVault: IKeyVault): string {
  return `key-vault-${vaultKey(keyVault)}`;
}

/** Where containers mount it. */
export function variableMountPath(keyVault: IKeyVault): string {
  return `/mnt/key-vault/${vaultKey(keyVault)}`;
}
