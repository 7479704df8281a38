import { ifFrozen, types, whenShrinking, type ProviderTable, type ResourceRules } from './rule';

const IDENTITY = ['metadata.name', 'metadata.generate_name', 'metadata.namespace'];
const TEMPLATE = ['name', 'generate_name', 'namespace'].map((name) => `spec.template.metadata.${name}`);

/** The same rules for both names of a resource. */
function both(name: string, rules: ResourceRules): Record<string, ResourceRules> {
  return types([`kubernetes_${name}`, `kubernetes_${name}_v1`], rules);
}

const FROZEN = ['data', 'binary_data', 'immutable'].map(ifFrozen);

/** The terms of a node affinity that select nodes by their fields instead of their labels. */
const FIELDS = [
  'required_during_scheduling_ignored_during_execution.node_selector_term.match_fields',
  'preferred_during_scheduling_ignored_during_execution.preference.match_fields',
].map((path) => `spec.template.spec.affinity.node_affinity.${path}`);

/** The replacement rules of kubernetes 2.38.0, from its source. */
export const KUBERNETES: ProviderTable = {
  provider: 'kubernetes',
  version: '2.38.0',
  source: 'https://github.com/hashicorp/terraform-provider-kubernetes/tree/v2.38.0/kubernetes',
  usual: IDENTITY,
  resources: {
    ...both('deployment', {
      file: 'resource_kubernetes_deployment_v1.go',
      always: [
        ...IDENTITY,
        'spec.selector',
        ...TEMPLATE,
        'spec.template.spec.volume.azure_file.secret_namespace',
        ...FIELDS,
      ],
    }),
    ...both('service', {
      file: 'resource_kubernetes_service_v1.go',
      always: [
        ...IDENTITY,
        ...['cluster_ip', 'cluster_ips', 'load_balancer_class', 'health_check_node_port'].map((name) => `spec.${name}`),
      ],
      computed: ['cluster_ip', 'cluster_ips', 'health_check_node_port'].map((name) => `spec.${name}`),
    }),
    ...both('stateful_set', {
      file: 'resource_kubernetes_stateful_set_v1.go',
      always: [
        ...IDENTITY,
        'spec.selector',
        'spec.service_name',
        'spec.volume_claim_template',
        'spec.pod_management_policy',
        'spec.revision_history_limit',
      ],
      defaults: { 'spec.pod_management_policy': 'OrderedReady' },
    }),
    ...both('persistent_volume_claim', {
      file: 'resource_kubernetes_persistent_volume_claim_v1.go',
      always: [
        ...IDENTITY,
        ...['access_modes', 'selector', 'volume_name', 'storage_class_name', 'volume_mode', 'resources.limits'].map(
          (name) => `spec.${name}`,
        ),
      ],
      computed: ['spec.storage_class_name', 'spec.volume_name'],
      defaults: { 'spec.volume_mode': 'Filesystem' },
      sometimes: [whenShrinking('spec.resources.requests.storage')],
    }),
    ...both('pod_disruption_budget', {
      file: 'resource_kubernetes_pod_disruption_budget_v1.go',
      always: [...IDENTITY, 'spec'],
    }),
    ...both('secret', {
      file: 'resource_kubernetes_secret_v1.go',
      always: [...IDENTITY, 'type'],
      defaults: { type: 'Opaque' },
      sometimes: FROZEN,
    }),
    ...both('config_map', {
      file: 'resource_kubernetes_config_map_v1.go',
      always: IDENTITY,
      sometimes: FROZEN,
    }),
    ...both('namespace', {
      file: 'resource_kubernetes_namespace_v1.go',
      always: ['metadata.name', 'metadata.generate_name'],
    }),
    ...both('network_policy', { file: 'resource_kubernetes_network_policy_v1.go', always: IDENTITY }),
    kubernetes_horizontal_pod_autoscaler_v2: {
      file: 'resource_kubernetes_horizontal_pod_autoscaler_v2.go',
      always: IDENTITY,
    },
  },
};
