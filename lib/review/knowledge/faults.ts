import { blocks, listAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { VERSION_CHANNELS } from './transitions';

/** A known fault of a provider with its cure, as listed in docs/known-faults.md. */
export interface KnownFault {
  readonly provider: string;
  /** The affected versions among those in use. */
  readonly versions: string;
  /** The symptom that a user sees. */
  readonly symptom: string;
  readonly when: string;
  readonly cure: string;
  readonly source: string;
  /** Whether the fault affects a new, imported or changed resource; absent if the code does not show it. */
  readonly meets?: (resource: Resource, isNew: boolean, before?: Resource) => boolean;
}

const AZURERM_ISSUES = 'https://github.com/hashicorp/terraform-provider-azurerm/issues';
const KUBERNETES_ISSUES = 'https://github.com/hashicorp/terraform-provider-kubernetes/issues';

/** The argument that disables waiting for the rollout, for the types whose creation waits for it. */
const WAITS: Readonly<Record<string, string>> = {
  kubernetes_deployment: 'wait_for_rollout',
  kubernetes_deployment_v1: 'wait_for_rollout',
  kubernetes_stateful_set: 'wait_for_rollout',
  kubernetes_stateful_set_v1: 'wait_for_rollout',
};

/** The known faults of the provider versions that the bindings pin. */
export const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    provider: 'kubernetes',
    versions: '2.37 to 3.2.0',
    symptom: 'Unexpected Identity Change',
    when: 'Terraform 1.12 or newer (seen with 1.13.3, not with 1.12.2), and the first rollout of the object failed: the state has it with an empty identity, and every later plan fails',
    cure: '`terraform apply -refresh=false` once the cause is fixed, which recreates the object; or `terraform state rm` and `terraform import` it, then deploy again. `terraform untaint` does not help',
    source: `${KUBERNETES_ISSUES}/2779`,
    meets: ({ type, attributes }, isNew) => {
      const wait = own(WAITS, type);
      return isNew && wait !== undefined && textAt(attributes, wait) !== 'false';
    },
  },
  {
    provider: 'kubernetes',
    versions: '2.38',
    symptom: 'No changes, though the last rollout failed',
    when: 'the rollout of a change failed: the state has the new version as if it ran',
    cure: 'deploy a fixed version, or the previous one; `rollout: { check: true }` of a workload warns in every plan until it runs',
    source: `${KUBERNETES_ISSUES}/2332`,
  },
  {
    provider: 'kubernetes',
    versions: '2.18 to 2.38',
    symptom: 'volume_claim_template: storage = "8Gi" -> "16Gi", in every plan',
    when: 'the size of the claims of a StatefulSet changes: the provider applies nothing and reports success',
    cure: 'the old size again, or `kubectl delete statefulset NAME --cascade=orphan` and an apply, after which the new set has the pods; claims that exist are resized by `kubectl patch`',
    source: `${KUBERNETES_ISSUES}/2049`,
  },
  {
    provider: 'kubernetes',
    versions: '2.38',
    symptom: 'reclaim_policy = "Delete" -> "Retain", in every plan',
    when: 'the reclaim policy of a storage class changes: the provider applies nothing and reports success',
    cure: 'the old policy again, and a class of another name for new claims; the policy of a volume that exists is changed by `kubectl patch pv`',
    source: `${KUBERNETES_ISSUES}/1322`,
  },
  {
    provider: 'kubernetes',
    versions: '2.38',
    symptom: 'dial tcp [::1]:80: connect: connection refused',
    when: 'a plan replaces the cluster that the provider is configured from',
    cure: 'revert the change that replaces it, or put the cluster and its workloads in two stacks',
    source: `${KUBERNETES_ISSUES}/1307`,
  },
  {
    provider: 'azurerm',
    versions: '4.40 to 5.2',
    symptom: 'gpu_driver = "Install" -> null # forces replacement',
    when: 'a pool of GPU nodes does not set its driver: Azure reports one, and the next plan replaces the pool',
    cure: 'lifecycle.ignore_changes = ["gpu_driver"]',
    source: `${AZURERM_ISSUES}/30990`,
    meets: ({ type, attributes, meta }) =>
      type === POOL &&
      /^Standard_N/i.test(textAt(attributes, 'vm_size') ?? '') &&
      !isSet('gpu_driver', attributes, meta),
  },
  {
    provider: 'azurerm',
    versions: '4.55',
    symptom: 'upgrade_settings of a Spot pool: drain_timeout_in_minutes = 30 -> null # forces replacement',
    when: 'Azure reports settings of a Spot pool that the provider cannot declare without a surge, which Azure rejects',
    cure: 'lifecycle.ignore_changes = ["upgrade_settings"]',
    source: `${AZURERM_ISSUES}/29318`,
    meets: ({ type, attributes, meta }) =>
      type === POOL && textAt(attributes, 'priority') === 'Spot' && !isSet('upgrade_settings', attributes, meta),
  },
  {
    provider: 'azurerm',
    versions: '4.55 to 5.2',
    symptom: 'workload_runtime = "OCIContainer" -> null, in every plan',
    when: 'Azure reports the runtime of an added pool that does not set it',
    cure: 'workload_runtime = "OCIContainer"',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/pull/32603',
    // a pool that runs without it shows the difference in every plan already
    meets: ({ type, attributes, meta }, isNew, before) =>
      type === POOL &&
      !isSet('workload_runtime', attributes, meta) &&
      (isNew || before === undefined || isSet('workload_runtime', before.attributes, before.meta)),
  },
  {
    provider: 'azurerm',
    versions: '4.55',
    symptom: 'zone_redundancy_enabled = true -> false # forces replacement',
    when: 'Azure makes all registries zone-redundant, and reports it',
    cure: 'lifecycle.ignore_changes = ["zone_redundancy_enabled"]',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/pull/31808',
    meets: ({ type, attributes, meta }, isNew) =>
      !isNew && type === 'azurerm_container_registry' && !isSet('zone_redundancy_enabled', attributes, meta),
  },
  {
    provider: 'azurerm',
    versions: '4.55',
    symptom: 'an image of a new tag is never built, and its pods are in ImagePullBackOff',
    when: 'an apply stopped between a task and its run, which only replace_triggered_by recreates: the trigger is lost',
    cure: 'a for_each of the run whose key is what the task builds from, so that the state has it',
    source: `${AZURERM_ISSUES}/28604`,
    meets: ({ type, meta }) =>
      type === 'azurerm_container_registry_task_schedule_run_now' &&
      meta['for_each'] === undefined &&
      blocks(meta['lifecycle']).some((lifecycle) => listAt(lifecycle, 'replace_triggered_by').length > 0),
  },
  {
    provider: 'azurerm',
    versions: '4.55 to 4.81',
    symptom: 'kubernetes_version = "1.36.2" -> "1.36", in every plan',
    when: 'a channel upgrades the cluster to a patch version, and the program sets the minor one',
    cure: 'lifecycle.ignore_changes = ["kubernetes_version", "default_node_pool[0].orchestrator_version"]',
    source: `${AZURERM_ISSUES}/26946`,
    meets: ({ type, attributes, meta }) =>
      type === 'azurerm_kubernetes_cluster' &&
      VERSION_CHANNELS.includes(textAt(attributes, 'automatic_upgrade_channel') ?? '') &&
      textAt(attributes, 'kubernetes_version') !== undefined &&
      !ignores('kubernetes_version', meta),
  },
];

const POOL = 'azurerm_kubernetes_cluster_node_pool';

/**
 * The known faults that affect a resource.
 *
 * @param isNew Whether it is created
 * @param before The resource that is changed; absent for one that is created or imported
 */
export function faultsOf(resource: Resource, isNew: boolean, before?: Resource): string[] {
  return KNOWN_FAULTS.filter(({ meets }) => meets?.(resource, isNew, before)).map(
    ({ provider, versions, symptom, cure }) => `known fault of ${provider} ${versions}, "${symptom}": ${cure}`,
  );
}

/** Whether the resource sets an attribute or ignores its changes. */
function isSet(attribute: string, attributes: JsonObject, meta: JsonObject): boolean {
  return attributes[attribute] !== undefined || ignores(attribute, meta);
}

function ignores(attribute: string, meta: JsonObject): boolean {
  const ignored = blocks(meta['lifecycle']).flatMap((lifecycle) => listAt(lifecycle, 'ignore_changes'));
  return ignored.includes(attribute) || ignored.includes('all');
}
