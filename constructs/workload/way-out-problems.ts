import type { IConstruct } from 'constructs';
import { firstLeft } from '../core/problems/acknowledgements';
import { questionable, type Violation } from '../core/problems/violation';
import { clusterOf } from '../kubernetes/known-clusters';
import { keyVaultsOf } from './pod/key-vault-problems';
import type { PodOptions } from './pod/pod-options';
import type { PodPolicy } from './pod-policy';

/** The problem, at most one, of isolated pods whose network policy blocks what their service account is for. */
export function wayOutProblems(owner: IConstruct, props: PodOptions, policy: PodPolicy): Violation[] {
  return firstLeft(
    owner,
    () => azureProblems(props, policy),
    () => apiServerProblems(owner, props, policy),
  );
}

/**
 * The problem of pods that use Azure, but cannot get a token from Microsoft Entra ID, over HTTPS outside the cluster.
 */
function azureProblems(props: PodOptions, { hasWayOut }: PodPolicy): Violation[] {
  const { serviceAccount } = props;
  // secrets of a Key Vault are fetched by the node, and the account may be only for these
  const isForKeyVault = keyVaultsOf(props).length > 0;
  return serviceAccount?.usesAzure !== true || isForKeyVault || hasWayOut
    ? []
    : [
        questionable(
          'isolated-with-way-to-azure',
          `'isolated' must allow outbound port 443 for pods that use Azure, got none for 'serviceAccount' ` +
            `${serviceAccount.node.path}: they could not sign in. Call allowTo(NetworkPeer.internet(), 443), or allow the ranges ` +
            'of the service tag AzureActiveDirectory; if a proxy signs them in, acknowledge this',
        ),
      ];
}

/**
 * The problem of pods that use the Kubernetes API, but cannot call the API server. It is outside the cluster: when a
 * policy is applied, the address of its Service is already translated.
 *
 * @see https://learn.microsoft.com/azure/aks/core-aks-concepts#control-plane
 */
function apiServerProblems(
  owner: IConstruct,
  { serviceAccount, provider }: PodOptions,
  policy: PodPolicy,
): Violation[] {
  if (serviceAccount?.usesKubernetesApi !== true) {
    return [];
  }
  const known = clusterOf({ construct: owner, provider });
  const isPrivate = known?.hasPrivateApiServer;
  if (isPrivate === true ? policy.hasPrivateWayOut : policy.hasWayOut) {
    return [];
  }
  const found = policy.hasWayOut ? 'only one to public addresses' : 'none';
  const remedy =
    isPrivate === true
      ? `The API server of ${known?.cluster.node.path} has a private address: call allowTo(NetworkPeer.ipRange(...), 443) with ` +
        'the range of its subnet'
      : 'Call allowTo(NetworkPeer.internet(), 443), or for an API server with a private address ' +
        'allowTo(NetworkPeer.ipRange(...), 443) with the range of its subnet';
  return [
    questionable(
      'isolated-with-way-to-kubernetes-api',
      `'isolated' must allow outbound port 443 for pods that use the Kubernetes API, got ${found} for 'serviceAccount' ` +
        `${serviceAccount.node.path}: they could not call it. ${remedy}`,
    ),
  ];
}
