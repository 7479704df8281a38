import { type Fields, isFields, isNothing } from './object-reader';

/**
 * An object with the defaults of Kubernetes that the provider does not set, or sets differently.
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

/** Arguments of a resource about its creation, which manifests do not contain. */
export function settingsOf(kind: string): Fields {
  switch (kind) {
    case 'Job':
      // otherwise, the provider would wait for a minute, and then fail
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
