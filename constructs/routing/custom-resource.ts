import type { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { requireClusterAtPlan } from '../stack-checks/custom-resources';
import { manifests } from './late-bindings';

/** The group of the Gateway API. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** An object of a kind that the provider has no resource for. */
export interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly annotations?: { readonly [name: string]: string };
  readonly spec: object;
}

/** A resource for such an object: Terraform asks the cluster about its kind when it plans. */
export function customResource(
  scope: Construct,
  id: string,
  provider: TerraformProvider | undefined,
  object: CustomObject,
): Manifest {
  requireClusterAtPlan(scope);
  const { Manifest: Resource } = manifests();
  return new Resource(scope, id, { provider, manifest: manifestOf(object) });
}

/** The object as Kubernetes has it. */
export function manifestOf({ apiVersion, kind, name, namespace, annotations = {}, spec }: CustomObject): {
  [field: string]: unknown;
} {
  const hasAnnotations = Object.keys(annotations).length > 0;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'terraform' },
      ...(hasAnnotations ? { annotations } : {}),
    },
    spec,
  };
}
