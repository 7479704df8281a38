/** Options for the Azure Key Vault provider of a cluster, which brings secrets of Key Vaults into pods. */
export interface KeyVaultSecretsProviderOptions {
  /**
   * The minutes between two looks at the Key Vaults for new values, 1 to 1440. Each look is one request for each secret of
   * each pod, which Azure charges and limits.
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

/** Options for the security of a cluster. Unless its text says otherwise, a change takes place without replacing anything. */
export interface ClusterSecurityOptions {
  /**
   * Whether Azure Policy checks the objects of the cluster, and refuses those that a policy denies. It has no effect until
   * policies are assigned to the resource group or the subscription.
   *
   * @see https://learn.microsoft.com/azure/aks/use-azure-policy
   *
   * @default false
   */
  readonly azurePolicy?: boolean;
  /**
   * Brings secrets of Key Vaults into pods, and new values of them: `EnvValue.fromKeyVaultSecret(...)` and
   * `Volume.fromKeyVault(...)` need it.
   *
   * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-driver
   *
   * @default - secrets of Key Vaults are not brought into pods
   */
  readonly keyVaultSecretsProvider?: KeyVaultSecretsProviderOptions;
  /**
   * Removes images with known vulnerabilities from the nodes when no pod runs them.
   *
   * @see https://learn.microsoft.com/azure/aks/image-cleaner
   *
   * @default - images stay until the disk of a node is nearly full
   */
  readonly imageCleaner?: ImageCleanerOptions;
  /**
   * Whether whoever may manage the cluster in Azure can run commands in it with `az aks command invoke`, also in a private
   * cluster. The commands run as an administrator of the cluster.
   *
   * @see https://learn.microsoft.com/azure/aks/access-private-cluster
   *
   * @default true
   */
  readonly runCommand?: boolean;
}
