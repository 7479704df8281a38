import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { reportProblems } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';
import { assignRole } from '../identity/assign-role';
import { Grant } from '../identity/grant';
import type { GrantPrincipal } from '../identity/grants';
import type { IUserAssignedIdentity } from '../identity/i-user-assigned-identity';
import { UserAssignedIdentity } from '../identity/user-assigned-identity';
import type { IResourceGroupRef } from '../azure/resource-group';
import { serviceBusNamespaceId, storageAccountId } from '../azure/resource-id-rules';
import { check } from '../core/rules/rule';
import { AksCluster } from './aks-cluster';
import type { IAksCluster } from './i-aks-cluster';
import { federatedCredential } from './federated-credential';

/** Properties of `KedaIdentity`. */
export interface KedaIdentityProps {
  /** The cluster whose KEDA uses the identity, with `keda: true`. */
  readonly cluster: IAksCluster;
  /** The resource group of the identity. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the identity: 3 to 128 letters, digits, "-" and "_". Changing it replaces the identity. */
  readonly identityName: string;
}

/** The service account of the add-on, the same in every cluster. */
const SERVICE_ACCOUNT = 'keda-operator';

/**
 * An identity that the KEDA add-on of a cluster uses, without a password, to read the length of queues, for triggers
 * such as `ScalingTrigger.serviceBusQueue(...)`.
 *
 * It belongs to the stack of the cluster. Another stack, which deploys the workloads, finds it with
 * `UserAssignedIdentity.fromUserAssignedIdentityName(...)`.
 *
 * @see https://learn.microsoft.com/azure/aks/keda-workload-identity
 *
 * @example
 * const scaled = new AksCluster(stack, 'scaled', { resourceGroup, clusterName: 'scaled-aks', keda: true });
 * new KedaIdentity(stack, 'keda', { cluster: scaled, resourceGroup, identityName: 'scaled-keda' });
 */
export class KedaIdentity extends Construct implements IUserAssignedIdentity {
  private readonly identity: UserAssignedIdentity;

  constructor(scope: Construct, id: string, props: KedaIdentityProps) {
    super(scope, id);
    props = declared(this, 'KedaIdentityProps', props);
    const { cluster, resourceGroup, identityName } = props;
    this.identity = new UserAssignedIdentity(this, 'Identity', { resourceGroup, identityName });
    federatedCredential(this, {
      name: SERVICE_ACCOUNT,
      resourceGroup,
      identity: this.identity,
      cluster,
      namespace: 'kube-system',
      serviceAccountName: SERVICE_ACCOUNT,
    });
    reportProblems(this, () => clusterProblems(cluster));
  }

  public get identityId(): string {
    return this.identity.identityId;
  }

  public get clientId(): string {
    return this.identity.clientId;
  }

  public get grantPrincipal(): GrantPrincipal {
    return this.identity.grantPrincipal;
  }

  /**
   * Lets it count the messages of a Service Bus namespace: Azure Service Bus Data Owner, since counting them requires
   * the right to manage.
   *
   * @param namespaceId The Azure resource id of the namespace
   */
  public grantServiceBus(namespaceId: string): Grant {
    reportProblems(this, () => check(serviceBusNamespaceId, 'namespaceId', namespaceId));
    return this.grant('service-bus', 'Azure Service Bus Data Owner', namespaceId);
  }

  /**
   * Lets it count the messages in the queues of a storage account: Storage Queue Data Reader.
   *
   * @param accountId The Azure resource id of the account
   */
  public grantStorageQueues(accountId: string): Grant {
    reportProblems(this, () => check(storageAccountId, 'accountId', accountId));
    return this.grant('storage-queues', 'Storage Queue Data Reader', accountId);
  }

  private grant(id: string, role: string, on: string): Grant {
    return Grant._of(this, assignRole(this, id, this.grantPrincipal, role, on));
  }
}

checkArguments(KedaIdentity);

function clusterProblems(cluster: IAksCluster): Violation[] {
  return [
    ...when(
      cluster instanceof AksCluster && !cluster._hasKeda,
      'keda-identity-needs-add-on',
      () => `'cluster' must have KEDA, got ${cluster.node.path} without it: set its 'keda' to true`,
    ),
    ...when(
      cluster.oidcIssuerUrl === undefined,
      'keda-identity-needs-oidc-issuer',
      () =>
        `'cluster' must have a known OIDC issuer, got ${cluster.node.path}: give 'oidcIssuerUrl' to fromClusterAttributes(...)`,
    ),
  ];
}
