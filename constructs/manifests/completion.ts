import { type Fields, isFields, isNothing } from './object-reader';

/**
 * An object with what Kubernetes fills in and the provider does not, or fills in otherwise.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export function completed(kind: string, object: Fields): Fields {
  switch (kind) {
    case 'NetworkPolicy':
      return isFields(object.spec) && isNothing(object.spec.policyTypes)
        ? { ...object, spec: { ...object.spec, policyTypes: policyTypes(object.spec) } }
        : object;
    case 'StorageClass':
      return { ...object, allowVolumeExpansion: object.allowVolumeExpansion ?? false };
    default:
      return object;
  }
}

/** What Terraform is told about the making of an object, which manifests do not say. */
export function settingsOf(kind: string): Fields {
  switch (kind) {
    case 'Job':
      // the provider would wait for a minute, and fail then
      return { waitForCompletion: false };
    case 'PersistentVolumeClaim':
      // most storage classes bind a claim when a pod uses it, which is created after it
      return { waitUntilBound: false };
    default:
      return {};
  }
}

function policyTypes({ egress }: Fields): string[] {
  return isNothing(egress) ? ['Ingress'] : ['Ingress', 'Egress'];
}
