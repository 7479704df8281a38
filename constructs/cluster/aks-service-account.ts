import type { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import type { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { kubernetesNames } from '../kubernetes/kubernetes-names';
import { claimResource } from '../core/names/unique';
import { rememberObject } from '../kubernetes/known-clusters';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { namespaceName, serviceAccountName } from '../kubernetes/kubernetes-rules';
import { createAfter } from '../core/order/order';
import { check, checkGiven, orExample } from '../core/rules/rule';
import type { IAksCluster } from './i-aks-cluster';
import type { GrantPrincipal } from '../identity/grants';
import type { IUserAssignedIdentity } from '../identity/i-user-assigned-identity';
import { UserAssignedIdentity } from '../identity/user-assigned-identity';
import type { AddServiceAccountOptions, IAksServiceAccount } from './i-aks-service-account';
import type { KubernetesGrant, KubernetesGrantOptions } from '../workload/access/kubernetes-grant';
import type { KubernetesRole } from '../workload/access/kubernetes-role';
import { RoleBindings } from '../workload/access/role-bindings';
import { type Violation, when } from '../core/problems/violation';
import { federatedCredential } from './federated-credential';
import { serviceAccounts } from '../workload/access/late-bindings';
import { reportProblems } from '../core/problems/report';

/** Properties of `AksServiceAccount`. */
export interface AksServiceAccountProps extends AddServiceAccountOptions {
  /** The cluster whose pods use the service account. */
  readonly cluster: IAksCluster;
}

/**
 * A Kubernetes service account whose pods access Azure with their own identity, without a password (Microsoft Entra
 * Workload ID). Roles are given to it as to any grantee, and a `Workload` runs as it with `serviceAccount`.
 *
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 *
 * @example
 * const serviceAccount = new AksServiceAccount(stack, 'account', { cluster, resourceGroup, serviceAccountName: 'web' });
 * new Workload(stack, 'web', { name: 'web', image: registry.image('web', 'v1'), containerPort: 8080, serviceAccount });
 */
export class AksServiceAccount extends Construct implements IAksServiceAccount {
  /** The name of the service account. */
  public readonly serviceAccountName: string;
  /** The namespace of the service account. */
  public readonly namespace: string;
  /** Pods with these labels get a token for Azure. */
  public readonly podLabels: { readonly [label: string]: string } = { 'azure.workload.identity/use': 'true' };
  public readonly usesAzure?: boolean = true;
  /** The identity with which its pods use Azure. */
  public readonly identity: IUserAssignedIdentity;
  private readonly bindings: RoleBindings;
  private readonly credential: FederatedIdentityCredential;
  private readonly serviceAccount: ServiceAccountV1;

  constructor(scope: Construct, id: string, props: AksServiceAccountProps) {
    super(scope, id);
    props = declared(this, 'AksServiceAccountProps', props);
    this.serviceAccountName = props.serviceAccountName;
    this.namespace = props.namespace ?? 'default';
    reportProblems(this, () => [
      ...checkGiven(serviceAccountName, 'serviceAccountName', props.serviceAccountName),
      ...check(namespaceName, 'namespace', props.namespace),
      ...issuerProblems(props.cluster),
    ]);
    requireChosenProvider(this);
    namespacesFirst(this);
    rememberObject({ construct: this, provider: props.provider, cluster: props.cluster });
    this.bindings = new RoleBindings(this, props.provider);

    const name = orExample(serviceAccountName, props.serviceAccountName);
    this.identity = new UserAssignedIdentity(this, 'identity', {
      resourceGroup: props.resourceGroup,
      identityName: props.identityName ?? name,
    });
    this.credential = federatedCredential(this, {
      name,
      resourceGroup: props.resourceGroup,
      identity: this.identity,
      cluster: props.cluster,
      namespace: this.namespace,
      serviceAccountName: name,
    });
    this.serviceAccount = new (serviceAccounts().ServiceAccountV1)(this, 'Resource', {
      provider: props.provider,
      metadata: {
        name: this.serviceAccountName,
        namespace: this.namespace,
        annotations: { 'azure.workload.identity/client-id': this.identity.clientId },
      },
      automountServiceAccountToken: false,
    });
    claimResource(
      this,
      'serviceAccountName',
      this.serviceAccount,
      kubernetesNames.serviceAccount(this.serviceAccountName, this.namespace, props.provider),
    );
    createAfter(this.serviceAccount, () => []);
  }

  public get grantPrincipal(): GrantPrincipal {
    return this.identity.grantPrincipal;
  }

  /** The client id of its identity. */
  public get azureClientId(): string | undefined {
    return this.identity.clientId;
  }

  /** Whether pods get a token for the Kubernetes API: they do if it has a Kubernetes role. */
  public get usesKubernetesApi(): boolean | undefined {
    return this.bindings.all.length > 0;
  }

  /** The constructs that must exist before a pod can log in to Azure, and use the Kubernetes API. */
  public get prerequisites(): IConstruct[] {
    return [this.credential, this.serviceAccount, ...this.bindings.all];
  }

  public grant(id: string, role: KubernetesRole, options: KubernetesGrantOptions = {}): KubernetesGrant {
    return this.bindings.give(id, role, options);
  }
}

checkArguments(AksServiceAccount);

function issuerProblems({ node, oidcIssuerUrl }: IAksCluster): Violation[] {
  return when(
    oidcIssuerUrl === undefined,
    'service-account-needs-oidc-issuer',
    () =>
      `'cluster' must have a known OIDC issuer, got ${node.path}: give 'oidcIssuerUrl' to fromClusterAttributes(...)`,
  );
}
