import { ifFrozen, whenShrinking } from './conditions';
import { types, type HandWritten, type ProviderTable } from './rule';

const IDENTITY = ['metadata.name', 'metadata.generate_name', 'metadata.namespace'];

/** The same rules for both names of a resource. */
function both(name: string, rules: HandWritten): Record<string, HandWritten> {
  return types([`kubernetes_${name}`, `kubernetes_${name}_v1`], rules);
}

const FROZEN = ['data', 'binary_data', 'immutable'].map(ifFrozen);

/** The replacement rules that kubernetes 2.38.0 implements in code; the others are in its schema. */
export const KUBERNETES: ProviderTable = {
  provider: 'kubernetes',
  version: '2.38.0',
  source: 'https://github.com/hashicorp/terraform-provider-kubernetes/tree/v2.38.0/kubernetes',
  usual: IDENTITY,
  resources: {
    ...both('persistent_volume_claim', {
      file: 'resource_kubernetes_persistent_volume_claim_v1.go',
      sometimes: [whenShrinking('spec.resources.requests.storage')],
    }),
    ...both('persistent_volume', {
      file: 'resource_kubernetes_persistent_volume_v1.go',
      always: ['spec.persistent_volume_source'],
      sometimes: [],
    }),
    kubernetes_node_taint: { file: 'resource_kubernetes_node_taint.go', sometimes: [] },
    ...both('secret', { file: 'resource_kubernetes_secret_v1.go', sometimes: FROZEN }),
    ...both('config_map', { file: 'resource_kubernetes_config_map_v1.go', sometimes: FROZEN }),
    // if its kind has no schema, every change replaces it, but only the cluster knows that
    kubernetes_manifest: {
      file: '../manifest/provider/plan.go',
      always: ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'].map((path) => `manifest.${path}`),
    },
  },
};
