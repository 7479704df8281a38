import type { TerraformResource } from 'cdktf';

/** The metadata that the program gave a Kubernetes object. */
export interface ObjectMetadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: { readonly [label: string]: string };
}

/** The metadata of a Kubernetes object, from a typed binding or a manifest. */
export function objectMetadata(resource: TerraformResource): ObjectMetadata {
  const { metadataInput, manifestInput } = resource as {
    readonly metadataInput?: ObjectMetadata;
    readonly manifestInput?: { readonly metadata?: ObjectMetadata };
  };
  return metadataInput ?? manifestInput?.metadata ?? {};
}

/** The specification of a Kubernetes object, from a typed binding. */
export function objectSpec(resource: TerraformResource): object {
  return (resource as { readonly specInput?: object }).specInput ?? {};
}

/** The kind of a Kubernetes object: the type of its resource and, in a manifest, the kind. */
export function objectKind(resource: TerraformResource): string {
  const { manifestInput } = resource as { readonly manifestInput?: { readonly kind?: string } };
  return manifestInput?.kind === undefined
    ? resource.terraformResourceType
    : `${resource.terraformResourceType} ${manifestInput.kind}`;
}
