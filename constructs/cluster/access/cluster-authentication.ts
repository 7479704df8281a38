import type { KubernetesClusterAzureActiveDirectoryRoleBasedAccessControl } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { checkArguments } from '../../core/declared';
import { uuid } from '../../identity/identity-rules';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkEach } from '../../core/rules/rule';
import type { Violation } from '../../core/problems/violation';

/** Options for Microsoft Entra ID. */
export interface EntraIdOptions {
  /** The object ids of the groups whose members administer the cluster, at least one. */
  readonly adminGroupObjectIds: string[];
  /**
   * The tenant that the groups are in.
   *
   * @default - the tenant of the subscription
   */
  readonly tenantId?: string;
}

/**
 * How users and programs sign in to the Kubernetes API of a cluster.
 *
 * @example
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: ['7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10'] }),
 * });
 */
export class ClusterAuthentication {
  /** With certificates that the cluster issues, for everyone who can read the credentials of the cluster. */
  public static localAccounts(): ClusterAuthentication {
    return new ClusterAuthentication();
  }

  /**
   * With Microsoft Entra ID, and authorization by Azure roles, which `cluster.grantAccess(...)` assigns. Local accounts
   * are disabled. Programs log in with kubelogin, which must be installed where Terraform runs.
   *
   * Changing from it to local accounts is not possible later.
   */
  public static entraId(options: EntraIdOptions): ClusterAuthentication {
    return new ClusterAuthentication(options);
  }

  private constructor(private readonly options?: EntraIdOptions) {}

  /** Whether it is Microsoft Entra ID. */
  public get isEntraId(): boolean {
    return this.options !== undefined;
  }

  /** @internal */
  public _problems(): Violation[] {
    if (this.options === undefined) {
      return [];
    }
    const property = 'authentication.adminGroupObjectIds';
    const groups = this.options.adminGroupObjectIds;
    return [
      ...emptyProblems(property, groups, 'group', 'without one, nobody could manage the cluster'),
      ...checkEach(uuid, property, groups),
      ...check(uuid, 'authentication.tenantId', this.options.tenantId),
    ];
  }

  /** @internal */
  public get _config(): {
    localAccountDisabled?: boolean;
    azureActiveDirectoryRoleBasedAccessControl?: KubernetesClusterAzureActiveDirectoryRoleBasedAccessControl;
  } {
    return this.options === undefined
      ? {}
      : {
          localAccountDisabled: true,
          azureActiveDirectoryRoleBasedAccessControl: {
            azureRbacEnabled: true,
            adminGroupObjectIds: this.options.adminGroupObjectIds,
            tenantId: this.options.tenantId,
          },
        };
  }
}

checkArguments(ClusterAuthentication);
