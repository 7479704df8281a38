import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { keyVaultKeyId } from '../../key-vault/key-vault-rules';
import { regionOf } from '../../azure/regions';
import type { OwnResource } from '../identity/cluster-identity-parts';
import { type ClusterSecurityOptions, KeyVaultNetworkAccess } from './cluster-security-options';

/** Your keys on which the identity of a cluster needs roles before the cluster is created. */
export function keysOf({ diskEncryptionSet, etcdEncryption }: ClusterSecurityOptions): OwnResource[] {
  const vault = etcdEncryption?.key.keyVault.keyVaultId;
  return [
    ...(diskEncryptionSet === undefined
      ? []
      : [{ name: 'disk-encryption-set', resourceId: diskEncryptionSet.diskEncryptionSetId, role: 'Reader' }]),
    ...(vault === undefined ? [] : [{ name: 'etcd-key', resourceId: vault, role: 'Key Vault Crypto User' }]),
    // the cluster creates a private endpoint of the vault
    ...(vault !== undefined && etcdEncryption?.keyVaultAccess === KeyVaultNetworkAccess.PRIVATE
      ? [{ name: 'etcd-key-vault', resourceId: vault, role: 'Key Vault Contributor' }]
      : []),
  ];
}

export function renderClusterEncryption(options: ClusterSecurityOptions): Partial<KubernetesClusterConfig> {
  const { diskEncryptionSet, etcdEncryption } = options;
  return {
    diskEncryptionSetId: diskEncryptionSet?.diskEncryptionSetId,
    keyManagementService: etcdEncryption && {
      keyVaultKeyId: etcdEncryption.key.keyId,
      keyVaultNetworkAccess: etcdEncryption.keyVaultAccess ?? KeyVaultNetworkAccess.PUBLIC,
    },
  };
}

/**
 * @param region The region of the cluster, where it is known
 * @param hasServerSubnet Whether the API server is in a subnet of the network of the nodes
 */
export function clusterEncryptionProblems(
  { diskEncryptionSet, etcdEncryption }: ClusterSecurityOptions,
  region: string | undefined,
  hasServerSubnet: boolean,
): Violation[] {
  const regionOfSet = regionOf(diskEncryptionSet);
  return [
    ...check(keyVaultKeyId, 'etcdEncryption.key.keyId', etcdEncryption?.key.keyId),
    ...when(
      region !== undefined && regionOfSet !== undefined && region !== regionOfSet,
      'disk-encryption-set-region',
      () =>
        `'diskEncryptionSet' must be in the region of the cluster, ${region}, got one of ${regionOfSet}: a disk can only be encrypted by a set in its own region`,
    ),
    ...when(
      etcdEncryption?.keyVaultAccess === KeyVaultNetworkAccess.PRIVATE && !hasServerSubnet,
      'private-key-vault-needs-api-server-subnet',
      () =>
        "'etcdEncryption.keyVaultAccess' must be PUBLIC unless the API server is in a subnet, got PRIVATE: give 'apiServerAccess' a subnet, from which it can reach the vault",
    ),
  ];
}
