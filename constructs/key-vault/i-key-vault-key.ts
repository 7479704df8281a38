import type { IConstruct } from 'constructs';
import type { IKeyVault } from './i-key-vault';

/** A key of a Key Vault. */
export interface IKeyVaultKey extends IConstruct {
  /** The vault of the key. */
  readonly keyVault: IKeyVault;
  /** The URI of one version of the key, such as "https://contoso.vault.azure.net/keys/shop/0123...". */
  readonly keyId: string;
  /** The URI of the key without a version. */
  readonly versionlessKeyId: string;
}
