import { checkArguments } from '../../core/declared';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import type { EnvOrigin } from './env-origin';

/**
 * The value of an environment variable of a container.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   environment: {
 *     LOG_LEVEL: EnvValue.fromValue('info'),
 *     DATABASE_PASSWORD: EnvValue.fromSecretKey('database', 'password'),
 *   },
 * });
 */
export class EnvValue {
  /** A value in the manifest. Not for secrets: the synthesized JSON contains it. */
  public static fromValue(value: string): EnvValue {
    return new EnvValue({ source: 'literal', value });
  }

  /** A value in a ConfigMap of the workload. A new value replaces the pods, one by one. */
  public static fromConfigValue(value: string): EnvValue {
    return new EnvValue({ source: 'config', value });
  }

  /**
   * A value in a Secret of the workload. A new value replaces the pods, one by one.
   *
   * The Terraform state contains the value, and the pods carry a hash of it: use secrets that cannot be guessed.
   *
   * @param value A sensitive `TerraformVariable` or an attribute of a resource; a literal is a problem
   */
  public static fromSecretValue(value: string): EnvValue {
    return new EnvValue({ source: 'secret', value });
  }

  /**
   * A value in an existing Secret in the workload's namespace. A change of it does not replace the pods.
   *
   * @param secretName The name of the Secret
   * @param key The key in the Secret
   */
  public static fromSecretKey(secretName: string, key: string): EnvValue {
    return new EnvValue({ source: 'secretKey', value: secretName, key });
  }

  /**
   * A secret of a Key Vault. Neither the synthesized JSON nor the state contains its value. New pods get the newest
   * version; running pods keep theirs.
   *
   * The cluster needs `keyVaultSecretsProvider`, and the pods need a `serviceAccount` that uses Azure, which gets the
   * role to read the vault. The container also has the value as a file below "/mnt/key-vault", since the driver only
   * keeps mounted secrets.
   *
   * @param keyVault The vault, such as `KeyVault.fromKeyVaultName(...)`
   * @param secretName The name of the secret in the vault: 1 to 127 letters, digits and "-"
   *
   * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options
   */
  public static fromKeyVaultSecret(keyVault: IKeyVault, secretName: string): EnvValue {
    return new EnvValue({ source: 'keyVault', value: secretName, keyVault });
  }

  /** A field of the pod, such as "metadata.name" or "status.podIP". */
  public static fromFieldRef(fieldPath: string): EnvValue {
    return new EnvValue({ source: 'field', value: fieldPath });
  }

  private constructor(private readonly origin: EnvOrigin) {}

  /** @internal */
  public get _origin(): EnvOrigin {
    return this.origin;
  }
}

checkArguments(EnvValue);
