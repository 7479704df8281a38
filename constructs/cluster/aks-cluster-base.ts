import type { KubernetesProviderConfig } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments } from '../core/declared';
import { addChild } from '../core/names/add-child';
import { assignRole } from '../identity/assign-role';
import { namespaceName } from '../kubernetes/kubernetes-rules';
import { check } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { isKnown } from '../core/values/known';
import { AksServiceAccount } from './aks-service-account';
import type { AddServiceAccountOptions, IAksServiceAccount } from './i-aks-service-account';
import { ClusterRole, type GrantAccessOptions } from './access/cluster-role';
import type { IGrantable } from '../identity/grants';
import type { INodePool } from './i-node-pool';
import { NodePool } from './node-pool';
import { type AddNodePoolOptions } from './node-pools/add-node-pool-options';
import { IAksCluster } from './i-aks-cluster';
import { type Violation, violation, when } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';
import { Grant } from '../identity/grant';

/** The application that kubelogin requests a token for: the same for every AKS cluster. */
const AKS_SERVER_ID = '6dae42f8-4368-4678-94ff-3960e28e3630';

/**
 * A provider configuration for a cluster that cannot be reached. Without one, the provider would use the kubeconfig or
 * the environment of whoever deploys, and so another cluster.
 */
const UNREACHABLE: KubernetesProviderConfig = { host: 'https://unknown-cluster.invalid' };

/** The names of roles in construct ids. */
const ROLE_IDS: { readonly [role: string]: string } = {
  [ClusterRole.CLUSTER_ADMIN]: 'cluster-admin',
  [ClusterRole.ADMIN]: 'admin',
  [ClusterRole.WRITER]: 'writer',
  [ClusterRole.READER]: 'reader',
};

/** How the API server of a cluster is reached, and with which certificates. */
export interface ClusterAccess {
  readonly host: string;
  readonly clusterCaCertificate: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

/** The behavior that created and existing clusters share. */
export abstract class AksClusterBase extends Construct implements IAksCluster {
  public abstract readonly clusterId: string;
  public abstract readonly clusterName: string;
  public abstract readonly nodeResourceGroup: string;
  public abstract readonly oidcIssuerUrl?: string | undefined;
  public abstract readonly credentialsCommand: string;
  public abstract readonly imagePuller: IGrantable;
  public readonly kubernetesVersion?: string;
  public readonly nodeSubnetId?: string;
  public readonly podSubnetId?: string;
  /** Whether users and programs sign in with Microsoft Entra ID. */
  protected abstract readonly usesEntraId: boolean;
  /**
   * Undefined if what is known is not enough to reach the Kubernetes API.
   *
   * @internal
   */
  protected abstract readonly _access: ClusterAccess | undefined;

  public kubernetesProviderConfig(scope: Construct): KubernetesProviderConfig {
    if (TerraformStack.of(scope) !== TerraformStack.of(this)) {
      reportProblems(scope, () => [this.otherStackProblem()]);
      return UNREACHABLE;
    }
    const access = this._access;
    if (access === undefined) {
      reportProblems(scope, () => [this.unknownAccessProblem()]);
      return UNREACHABLE;
    }
    const server = { host: access.host, clusterCaCertificate: Fn.base64decode(access.clusterCaCertificate) };
    return this.usesEntraId
      ? { ...server, exec: [kubelogin()] }
      : {
          ...server,
          clientCertificate: Fn.base64decode(access.clientCertificate),
          clientKey: Fn.base64decode(access.clientKey),
        };
  }

  public addNodePool(id: string, options: AddNodePoolOptions): INodePool {
    return addChild(
      this,
      id,
      'node pool',
      NodePool,
      (ownId) => new NodePool(this, ownId, { ...options, cluster: this }),
    );
  }

  public addServiceAccount(id: string, options: AddServiceAccountOptions): IAksServiceAccount {
    return addChild(
      this,
      id,
      'service account',
      AksServiceAccount,
      (ownId) => new AksServiceAccount(this, ownId, { ...options, cluster: this }),
    );
  }

  public grantAccess(principal: IGrantable, role: ClusterRole, options: GrantAccessOptions = {}): Grant {
    const { namespace } = options;
    reportProblems(principal, () => this.accessProblems(role, namespace));
    const where = namespace === undefined ? [] : [isKnown(namespace) ? namespace : 'namespace'];
    const assignment = assignRole(
      TerraformStack.of(principal),
      [this.node.id, principal.node.id, ROLE_IDS[role] ?? 'role', ...where].join('-'),
      principal.grantPrincipal,
      role,
      namespace === undefined ? this.clusterId : `${this.clusterId}/namespaces/${namespace}`,
    );
    return Grant._of(principal, assignment);
  }

  private accessProblems(role: ClusterRole, namespace: string | undefined): Violation[] {
    return [
      ...(namespace === undefined ? [] : check(namespaceName, 'namespace', namespace)),
      ...when(
        role === ClusterRole.CLUSTER_ADMIN && namespace !== undefined,
        'cluster-admin-of-whole-cluster',
        () =>
          `'role' must not be CLUSTER_ADMIN for ${isKnown(namespace) ? `the namespace ${show(namespace)}` : 'a namespace'}: use ADMIN, or grant access to the whole cluster`,
      ),
      ...when(
        !this.usesEntraId,
        'grant-access-needs-entra-id',
        () =>
          `'grantAccess' can only be called for a cluster that uses Microsoft Entra ID, got ${this.node.path}: otherwise, Azure roles have no effect on the Kubernetes API` +
          '. Use ClusterAuthentication.entraId(...)',
      ),
    ];
  }

  private unknownAccessProblem(): Violation {
    return violation(
      'provider-needs-cluster-address',
      `the Kubernetes provider needs the address of its cluster, which ${this.node.path} does not have: ` +
        'use AksCluster.fromClusterName(...), which looks it up',
    );
  }

  private otherStackProblem(): Violation {
    return violation(
      'provider-needs-cluster-of-its-stack',
      `the Kubernetes provider needs a cluster of the same stack, got ${this.node.path}: its private key would become an output of that stack` +
        '. Use AksCluster.fromClusterName(...) here, and addDependency on that stack',
    );
  }
}

checkArguments(AksClusterBase, 'IAksCluster');

/**
 * How the Kubernetes provider logs in as whoever runs Terraform and has logged in with `az login`.
 *
 * It uses arguments, since the names of environment variables would reach the provider in lower case.
 */
function kubelogin(): { apiVersion: string; command: string; args: string[] } {
  return {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'kubelogin',
    args: ['get-token', '--login', 'azurecli', '--server-id', AKS_SERVER_ID],
  };
}
