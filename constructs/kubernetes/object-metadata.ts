import type { TerraformResource } from 'cdktf';

/** The metadata of a Kubernetes object, as the program gave it. */
export interface ObjectMetadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: { readonly [label: string]: string };
}

/** The metadata that the binding of a Kubernetes object keeps, typed or a manifest. */
export function objectMetadata(resource: TerraformResource): ObjectMetadata {
  const { metadataInput, manifestInput } = resource as {
    readonly metadataInput?: ObjectMetadata;
    readonly manifestInput?: { readonly metadata?: ObjectMetadata };
  };
  return metadataInput ?? manifestInput?.metadata ?? {};
}

/** The specification that the typed binding of a Kubernetes object keeps. */
export function objectSpec(resource: TerraformResource): object {
  return (resource as { readonly specInput?: object }).specInput ?? {};
}

/** The kind of a Kubernetes object: the type of its resource, with what a manifest says. */
export function objectKind(resource: TerraformResource): string {
  const { manifestInput } = resource as { readonly manifestInput?: { readonly kind?: string } };
  return manifestInput?.kind === undefined
    ? resource.terraformResourceType
    : `${resource.terraformResourceType} ${manifestInput.kind}`;
}
