import type { IKeyVault } from '../../key-vault/i-key-vault';

/** Where the value of an environment variable comes from. */
export interface EnvOrigin {
  /** The manifest, the ConfigMap or Secret that the workload makes, a Secret that exists, a Key Vault, or the pod itself. */
  readonly source: 'literal' | 'config' | 'secret' | 'secretKey' | 'keyVault' | 'field';
  /** The value, the name of the Secret or of the secret in the Key Vault, or the path of the field. */
  readonly value: string;
  /** The key in the Secret that exists. */
  readonly key?: string;
  /** The Key Vault. */
  readonly keyVault?: IKeyVault;
}
