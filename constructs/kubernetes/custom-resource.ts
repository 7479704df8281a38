import type { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';

/** An object of a kind for which the provider has no resource. */
export interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels?: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
  readonly spec: object;
}

type Manifests = typeof import('@cdktf/provider-kubernetes/lib/manifest');

/** The binding of custom resources, loaded on demand. */
const manifests = (): Manifests => require('@cdktf/provider-kubernetes/lib/manifest') as Manifests;

/**
 * A resource for a custom object. Terraform asks the cluster about its kind during a plan; `requireSideBySide` reports
 * those for a cluster that does not exist by then.
 */
export function customResource(
  scope: Construct,
  id: string,
  provider: TerraformProvider | undefined,
  object: CustomObject,
): Manifest {
  const { Manifest: Resource } = manifests();
  return new Resource(scope, id, { provider, manifest: manifestOf(object) });
}

/** The manifest of the object. */
export function manifestOf({ apiVersion, kind, name, namespace, labels, annotations = {}, spec }: CustomObject): {
  [field: string]: unknown;
} {
  const hasAnnotations = Object.keys(annotations).length > 0;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'terraform', ...labels },
      ...(hasAnnotations ? { annotations } : {}),
    },
    spec,
  };
}
