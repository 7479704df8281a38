import type { IDiskEncryptionSet } from '../../key-vault/disk-encryption-set';
import type { IKeyVaultKey } from '../../key-vault/i-key-vault-key';
import type { ILogAnalyticsWorkspace } from '../../workspaces/i-log-analytics-workspace';

/** Options for the Azure Key Vault provider of a cluster, which mounts secrets of Key Vaults in pods. */
export interface KeyVaultSecretsProviderOptions {
  /**
   * The interval, in minutes, at which the Key Vaults are polled for new values, 1 to 1440. Each poll is one request
   * for each secret of each pod, which Azure charges and limits.
   *
   * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options#manage-auto-rotation
   *
   * @default 2
   */
  readonly rotationMinutes?: number;
}

/** Options for the removal of images that no pod of a node runs and that have known vulnerabilities. */
export interface ImageCleanerOptions {
  /**
   * The hours between two runs, 24 to 2160.
   *
   * @default 168
   */
  readonly intervalHours?: number;
}

/** The network access of the API server of a cluster to a Key Vault. */
export enum KeyVaultNetworkAccess {
  /** Over its public address. Its firewall must be off. */
  PUBLIC = 'Public',
  /** Through a private endpoint, which the cluster creates. Requires an API server in a subnet. */
  PRIVATE = 'Private',
}

/** Options for the encryption of Secrets and all other data in etcd with a customer-managed key. */
export interface EtcdEncryptionOptions {
  /**
   * A version of the key. Without the key the cluster does not work: never delete it or its previous version. A new
   * version takes effect in place, for Secrets that are written from then on: `kubectl get secrets --all-namespaces -o
   * json | kubectl replace -f -` rewrites them all.
   */
  readonly key: IKeyVaultKey;
  /**
   * How the vault is reached. To change it, turn the encryption off in between.
   *
   * @default KeyVaultNetworkAccess.PUBLIC
   */
  readonly keyVaultAccess?: KeyVaultNetworkAccess;
}

/** Options for the security of a cluster. Changes are made in place unless stated otherwise. */
export interface ClusterSecurityOptions {
  /**
   * Whether Azure Policy checks the objects of the cluster, and rejects those that a policy denies. It has no effect
   * until policies are assigned to the resource group or the subscription.
   *
   * @alias azurePolicyEnabled, enableAzurePolicy
   * @see https://learn.microsoft.com/azure/aks/use-azure-policy
   *
   * @default false
   */
  readonly azurePolicy?: boolean;
  /**
   * The workspace for the results of Microsoft Defender for Containers, which monitors nodes, pods and the requests to
   * the API server. Azure charges for the logs and, if the plan is enabled for the subscription, for each virtual CPU
   * of the nodes.
   *
   * @alias microsoftDefender, defender, enableDefender
   * @see https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction
   *
   * @default - Defender does not monitor the cluster
   */
  readonly defenderWorkspace?: ILogAnalyticsWorkspace;
  /**
   * Makes secrets of Key Vaults available in pods, and updates their values. `EnvValue.fromKeyVaultSecret(...)` and
   * `Volume.fromKeyVault(...)` need it.
   *
   * @alias azureKeyvaultSecretsProvider, secretsStore, csiDriver
   * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-driver
   *
   * @default - secrets of Key Vaults are not available in pods
   */
  readonly keyVaultSecretsProvider?: KeyVaultSecretsProviderOptions;
  /**
   * Removes images with known vulnerabilities from the nodes when no pod runs them.
   *
   * @alias imageCleanerEnabled, enableImageCleaner, imageCleanerIntervalHours
   * @see https://learn.microsoft.com/azure/aks/image-cleaner
   *
   * @default - images stay until the disk of a node is nearly full
   */
  readonly imageCleaner?: ImageCleanerOptions;
  /**
   * Whether users who can manage the cluster in Azure can run commands in it with `az aks command invoke`, even if it
   * is private. The commands run as an administrator of the cluster.
   *
   * @alias runCommandEnabled, disableRunCommand
   * @see https://learn.microsoft.com/azure/aks/access-private-cluster
   *
   * @default true
   */
  readonly runCommand?: boolean;
  /**
   * Encrypts the disks of nodes, and those of claims unless their storage class specifies another set, with a
   * customer-managed key. The identity of the cluster gets the role to read the set (Reader). Changing it replaces the
   * cluster.
   *
   * @alias diskEncryptionSetId, nodeOsdiskDiskencryptionsetId
   * @see https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys
   *
   * @default - keys of Azure
   */
  readonly diskEncryptionSet?: IDiskEncryptionSet;
  /**
   * Encrypts Secrets and all other data in etcd with a customer-managed key. The identity of the cluster gets the role
   * to use keys of the vault (Key Vault Crypto User), and for a private endpoint to manage it (Key Vault Contributor).
   *
   * @alias keyManagementService, kms, azureKeyVaultKms
   * @see https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
   *
   * @default - keys of Azure
   */
  readonly etcdEncryption?: EtcdEncryptionOptions;
}
