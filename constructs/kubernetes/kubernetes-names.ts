import type { TerraformProvider } from 'cdktf';
import type { ObjectName } from '../core/names/object-name';

/** What objects are called in Kubernetes, and where no other one may be called so. */
export const kubernetesNames = {
  namespace: (name: string, provider: TerraformProvider | undefined): ObjectName => ({
    kind: 'namespace',
    name,
    within: 'its cluster',
    place: [clusterKey(provider)],
  }),
  serviceAccount: (name: string, namespace: string, provider: TerraformProvider | undefined): ObjectName => ({
    kind: 'service account',
    name,
    within: 'its namespace',
    place: [namespace, clusterKey(provider)],
  }),
  priorityClass: (name: string, provider: TerraformProvider | undefined): ObjectName => ({
    kind: 'priority class',
    name,
    within: 'its cluster',
    place: [clusterKey(provider)],
  }),
  storageClass: (name: string, provider: TerraformProvider | undefined): ObjectName => ({
    kind: 'storage class',
    name,
    within: 'its cluster',
    place: [clusterKey(provider)],
  }),
  volumeClaim: (name: string, namespace: string, provider: TerraformProvider | undefined): ObjectName => ({
    kind: 'volume claim',
    name,
    within: 'its namespace',
    place: [namespace, clusterKey(provider)],
  }),
} as const;

/** What tells the cluster of a provider from others: resources that name none have the one without an alias. */
export function clusterKey(provider: TerraformProvider | undefined): string {
  return provider?.fqn ?? 'kubernetes';
}
