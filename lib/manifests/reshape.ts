import type { Kind } from './kinds';
import { blocks, type JsonObject } from '../terraform-json/json';
import { block } from '../terraform-json/resources';

/** A kind with its fields, under the provider's names. */
export interface Shape extends Kind {
  readonly fields: JsonObject;
}

/** Moves, adds and removes fields where the provider and Kubernetes differ in more than names. */
export function reshaped(type: string, kind: Kind, fields: JsonObject): Shape {
  switch (kind.kind) {
    case 'HorizontalPodAutoscaler':
      return autoscaler(type, kind, fields);
    case 'PersistentVolume': {
      const { persistent_volume_source: source, ...spec } = block(fields.spec);
      return { ...kind, fields: { ...fields, spec: { ...spec, ...block(source) } } };
    }
    case 'ClusterRoleBinding':
    case 'RoleBinding':
      return { ...kind, fields: { ...fields, subject: blocks(fields.subject).map(withNamespace) } };
    case 'Secret': {
      const withoutValues = Object.entries(fields).filter(([name]) => !/^(binary_)?data/.test(name));
      return { ...kind, fields: Object.fromEntries(withoutValues) };
    }
    case 'ServiceAccount':
      return { ...kind, fields: type.startsWith('kubernetes_default_') ? named('default', fields) : fields };
    default:
      return { ...kind, fields };
  }
}

/**
 * An autoscaler in the API version that the provider uses: without a version, the first one unless a field needs a later
 * one. Only the first version has a CPU target.
 */
function autoscaler(type: string, kind: Kind, fields: JsonObject): Shape {
  const spec = block(fields.spec);
  const isUnversioned = type === 'kubernetes_horizontal_pod_autoscaler';
  const isFirst = isUnversioned && !('metric' in spec || 'behavior' in spec);
  return isFirst || kind.apiVersion === 'autoscaling/v1'
    ? { ...kind, apiVersion: 'autoscaling/v1', fields }
    : { ...kind, fields: { ...fields, spec: { ...spec, target_cpu_utilization_percentage: null } } };
}

/** Kubernetes requires the namespace of a service account, which defaults to "default" in the provider. */
function withNamespace(subject: JsonObject): JsonObject {
  return subject.kind === 'ServiceAccount' ? { ...subject, namespace: subject.namespace ?? 'default' } : subject;
}

function named(name: string, fields: JsonObject): JsonObject {
  return { ...fields, metadata: { ...block(fields.metadata), name } };
}
