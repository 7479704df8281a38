import type { DataAzurermKeyVaultKey } from '@cdktf/provider-azurerm/lib/data-azurerm-key-vault-key';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments } from '../core/declared';
import { reportProblems } from '../core/problems/report';
import { checkGiven } from '../core/rules/rule';
import { isText } from '../core/values/known';
import type { IKeyVault } from './i-key-vault';
import type { IKeyVaultKey } from './i-key-vault-key';
import { keyVaultKeyId, keyVaultKeyName } from './key-vault-rules';

/** Attributes to look up an existing key by name. */
export interface KeyVaultKeyNameAttributes {
  /** The vault of the key. */
  readonly keyVault: IKeyVault;
  /** The name of the key. */
  readonly keyName: string;
}

/** Attributes of an existing key. */
export interface KeyVaultKeyAttributes {
  /** The vault of the key. */
  readonly keyVault: IKeyVault;
  /** The URI of one version of the key, such as "https://contoso.vault.azure.net/keys/shop/" and its version. */
  readonly keyId: string;
}

/**
 * An existing key of a Key Vault. Programs that use a key do not create it, since encrypted data is lost with its key.
 *
 * @example
 * const keyVault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso-shop', resourceGroupName: 'shop' });
 * const key = KeyVaultKey.fromKeyVaultKeyName(stack, 'key', { keyVault, keyName: 'disks' });
 * const disks = new DiskEncryptionSet(stack, 'disks', { resourceGroup, diskEncryptionSetName: 'shop-disks', key });
 */
export abstract class KeyVaultKey extends Construct implements IKeyVaultKey {
  /**
   * An existing key, looked up by name when Terraform runs. The principal that runs Terraform needs permission to read
   * keys of the vault (Key Vault Reader) and network access to it.
   */
  public static fromKeyVaultKeyName(scope: Construct, id: string, attributes: KeyVaultKeyNameAttributes): IKeyVaultKey {
    return new FoundKey(scope, id, attributes);
  }

  /** An existing key, by its URI: nothing is looked up when Terraform runs. */
  public static fromKeyVaultKeyAttributes(
    scope: Construct,
    id: string,
    attributes: KeyVaultKeyAttributes,
  ): IKeyVaultKey {
    return new KnownKey(scope, id, attributes);
  }

  public abstract readonly keyVault: IKeyVault;
  public abstract readonly keyId: string;
  public abstract readonly versionlessKeyId: string;
}

checkArguments(KeyVaultKey);

class KnownKey extends KeyVaultKey {
  public readonly keyVault: IKeyVault;
  public readonly keyId: string;

  constructor(scope: Construct, id: string, { keyVault, keyId }: KeyVaultKeyAttributes) {
    super(scope, id);
    reportProblems(this, () => checkGiven(keyVaultKeyId, 'keyId', keyId));
    this.keyVault = keyVault;
    this.keyId = keyId;
  }

  public get versionlessKeyId(): string {
    return isText(this.keyId)
      ? this.keyId.split('/').slice(0, PARTS).join('/')
      : Fn.join('/', Fn.slice(Fn.split('/', this.keyId), 0, PARTS));
  }
}

/** The parts of a URI before the version. */
const PARTS = 5;

type KeyLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-key-vault-key');

/** A binding that few programs need, loaded on demand. */
const keyLookups = (): KeyLookups => require('@cdktf/provider-azurerm/lib/data-azurerm-key-vault-key') as KeyLookups;

class FoundKey extends KeyVaultKey {
  public readonly keyVault: IKeyVault;
  private readonly resource: DataAzurermKeyVaultKey;

  constructor(scope: Construct, id: string, { keyVault, keyName }: KeyVaultKeyNameAttributes) {
    super(scope, id);
    reportProblems(this, () => checkGiven(keyVaultKeyName, 'keyName', keyName));
    this.keyVault = keyVault;
    const { DataAzurermKeyVaultKey: Lookup } = keyLookups();
    this.resource = new Lookup(this, 'Resource', { name: keyName, keyVaultId: keyVault.keyVaultId });
  }

  public get keyId(): string {
    return this.resource.id;
  }

  public get versionlessKeyId(): string {
    return this.resource.versionlessId;
  }
}
