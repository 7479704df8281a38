import type { IKeyVault } from '../../key-vault/i-key-vault';

/** The source of the value of an environment variable. */
export interface EnvOrigin {
  /**
   * The manifest, the ConfigMap or Secret that the workload creates, an existing Secret, a Key Vault, or the pod
   * itself.
   */
  readonly source: 'literal' | 'config' | 'secret' | 'secretKey' | 'keyVault' | 'field';
  /** The value, the name of the Secret or of the secret in the Key Vault, or the path of the field. */
  readonly value: string;
  /** The key in the existing Secret. */
  readonly key?: string;
  /** The Key Vault. */
  readonly keyVault?: IKeyVault;
}
