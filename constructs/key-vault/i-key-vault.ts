import type { IConstruct } from 'constructs';
import type { Grant } from '../identity/grant';
import type { IGrantable } from '../identity/grants';

/** A Key Vault whose permissions are roles of Azure (Azure RBAC), and not access policies. */
export interface IKeyVault extends IConstruct {
  /** The Azure resource id of the vault. */
  readonly keyVaultId: string;
  /** The name of the vault. */
  readonly keyVaultName: string;
  /** The id of the tenant of Microsoft Entra ID whose principals may use the vault. */
  readonly tenantId: string;

  /**
   * Lets a principal read the values of all secrets of the vault (Key Vault Secrets User).
   *
   * Workloads that use secrets of the vault get the role automatically.
   *
   * @param grantee The principal that gets the role
   */
  grantReadSecrets(grantee: IGrantable): Grant;
}
