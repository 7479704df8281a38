import type { DataAzurermKeyVault } from '@cdktf/provider-azurerm/lib/data-azurerm-key-vault';
import { Construct } from 'constructs';
import { warnOfOtherName } from '../azure/id-and-name';
import { keyVaultResourceId } from '../azure/resource-id-rules';
import { resourceGroupName } from '../azure/resource-name-rules';
import { checkArguments } from '../core/declared';
import { reportProblems } from '../core/problems/report';
import { checkGiven } from '../core/rules/rule';
import { assignRole } from '../identity/assign-role';
import { Grant } from '../identity/grant';
import type { IGrantable } from '../identity/grants';
import { uuid } from '../identity/identity-rules';
import { IKeyVault } from './i-key-vault';
import { keyVaultName } from './key-vault-rules';

/** Attributes to look up an existing Key Vault by name. */
export interface KeyVaultNameAttributes {
  /** The name of the vault. */
  readonly keyVaultName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
}

/** Attributes of an existing Key Vault. */
export interface KeyVaultAttributes {
  /** The Azure resource id of the vault. */
  readonly keyVaultId: string;
  /** The name of the vault. */
  readonly keyVaultName: string;
  /** The id of the tenant of Microsoft Entra ID whose principals may use the vault. */
  readonly tenantId: string;
}

/**
 * An existing Key Vault. Programs that use a vault do not create it, since its secrets and keys outlive them.
 *
 * Its permissions must be roles of Azure (Azure RBAC): in a vault with access policies, roles have no effect.
 *
 * @see https://learn.microsoft.com/azure/key-vault/general/rbac-guide
 *
 * @example
 * const keyVault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso-shop', resourceGroupName: 'shop' });
 * const serviceAccount = cluster.addServiceAccount('web', { resourceGroup, serviceAccountName: 'web' });
 * keyVault.grantReadSecrets(serviceAccount);
 */
export abstract class KeyVault extends Construct implements IKeyVault {
  /** An existing Key Vault, looked up by name when Terraform runs. */
  public static fromKeyVaultName(scope: Construct, id: string, attributes: KeyVaultNameAttributes): IKeyVault {
    return new FoundKeyVault(scope, id, attributes);
  }

  /** An existing Key Vault, by its id: nothing is looked up when Terraform runs. */
  public static fromKeyVaultAttributes(scope: Construct, id: string, attributes: KeyVaultAttributes): IKeyVault {
    return new KnownKeyVault(scope, id, attributes);
  }

  public abstract readonly keyVaultId: string;
  public abstract readonly keyVaultName: string;
  public abstract readonly tenantId: string;

  public grantReadSecrets(grantee: IGrantable): Grant {
    const id = `${this.node.id}-secrets`;
    return Grant._of(
      grantee,
      assignRole(grantee, id, grantee.grantPrincipal, 'Key Vault Secrets User', this.keyVaultId),
    );
  }
}

checkArguments(KeyVault);

class KnownKeyVault extends KeyVault {
  public readonly keyVaultId: string;
  public readonly keyVaultName: string;
  public readonly tenantId: string;

  constructor(scope: Construct, id: string, attributes: KeyVaultAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(keyVaultResourceId, 'keyVaultId', attributes.keyVaultId),
      ...checkGiven(keyVaultName, 'keyVaultName', attributes.keyVaultName),
      ...checkGiven(uuid, 'tenantId', attributes.tenantId),
    ]);
    warnOfOtherName(this, ['keyVaultId', attributes.keyVaultId], { keyVaultName: attributes.keyVaultName });
    this.keyVaultId = attributes.keyVaultId;
    this.keyVaultName = attributes.keyVaultName;
    this.tenantId = attributes.tenantId;
  }
}

type KeyVaultLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-key-vault');

/** A binding that few programs need, loaded on demand. */
const keyVaultLookups = (): KeyVaultLookups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-key-vault') as KeyVaultLookups;

class FoundKeyVault extends KeyVault {
  public readonly keyVaultName: string;
  private readonly resource: DataAzurermKeyVault;

  constructor(scope: Construct, id: string, attributes: KeyVaultNameAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(keyVaultName, 'keyVaultName', attributes.keyVaultName),
      ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
    ]);
    this.keyVaultName = attributes.keyVaultName;
    this.resource = new (keyVaultLookups().DataAzurermKeyVault)(this, 'Resource', {
      name: attributes.keyVaultName,
      resourceGroupName: attributes.resourceGroupName,
    });
  }

  public get keyVaultId(): string {
    return this.resource.id;
  }

  public get tenantId(): string {
    return this.resource.tenantId;
  }
}
