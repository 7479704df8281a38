import type { TerraformProvider } from 'cdktf';
import type { ObjectName } from '../core/names/object-name';

/** The names of Kubernetes objects, and the scopes in which they must be unique. */
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

/** A key for the cluster of a provider: resources without one use the provider without an alias. */
export function clusterKey(provider: TerraformProvider | undefined): string {
  return provider?.fqn ?? 'kubernetes';
}
