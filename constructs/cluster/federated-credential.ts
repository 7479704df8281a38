import type { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import type { Construct } from 'constructs';
import type { IResourceGroupRef } from '../azure/resource-group';
import type { IUserAssignedIdentity } from '../identity/i-user-assigned-identity';
import type { IAksCluster } from './i-aks-cluster';
import { federatedCredentials } from './late-bindings';

/** The audience of tokens that are exchanged for those of Microsoft Entra ID. */
const AUDIENCE = 'api://AzureADTokenExchange';

/** A service account, and the identity that it uses. */
interface Federation {
  readonly name: string;
  readonly resourceGroup: IResourceGroupRef;
  readonly identity: IUserAssignedIdentity;
  readonly cluster: IAksCluster;
  readonly namespace: string;
  readonly serviceAccountName: string;
}

/** The credential with which the pods of a service account use an identity, without a password. */
export function federatedCredential(
  scope: Construct,
  { name, resourceGroup, identity, cluster, namespace, serviceAccountName }: Federation,
): FederatedIdentityCredential {
  return new (federatedCredentials().FederatedIdentityCredential)(scope, 'credential', {
    name,
    resourceGroupName: resourceGroup.name,
    parentId: identity.identityId,
    audience: [AUDIENCE],
    issuer: cluster.oidcIssuerUrl ?? '',
    subject: `system:serviceaccount:${namespace}:${serviceAccountName}`,
  });
}
