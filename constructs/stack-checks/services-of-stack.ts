import type { ServiceV1, ServiceV1SpecPort } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { TerraformResource } from 'cdktf';
import { objectMetadata } from '../kubernetes/object-metadata';
import { type Labels, listed, type Place, placeOf } from './pods-of-stack';

/** A Service of a stack, as far as its properties are known. */
export interface Service extends Place {
  readonly selector: Labels;
  readonly annotations: Labels;
  readonly ports: readonly ServiceV1SpecPort[];
}

function isService(resource: TerraformResource): resource is ServiceV1 {
  return resource.terraformResourceType === 'kubernetes_service_v1';
}

/** The Service of a resource, if it is one. */
export function readService(resource: TerraformResource): Service[] {
  if (!isService(resource)) {
    return [];
  }
  const { selector, port } = resource.specInput ?? {};
  return [
    {
      resource,
      place: placeOf(resource, objectMetadata(resource).namespace),
      selector: selector ?? {},
      annotations: resource.metadataInput?.annotations ?? {},
      ports: listed(port),
    },
  ];
}
