import { Lazy, type TerraformResource, TerraformStack } from 'cdktf';
import { resolvedText } from '../../core/names/resolved-text';
import { objectMetadata } from '../../kubernetes/object-metadata';

/** The fields from which the progress of a rollout is read, for a kind. */
interface Counts {
  readonly kind: string;
  /** The desired number of pods. */
  readonly wanted: string;
  readonly updated: string;
  readonly available: string;
  /** The number of all pods, if old ones may be left when enough new ones run. */
  readonly all?: string;
}

const REPLICAS = {
  wanted: 'spec.replicas',
  updated: 'status.updatedReplicas',
  available: 'status.availableReplicas',
  all: 'status.replicas',
};

const DEPLOYMENT: Counts = { kind: 'Deployment', ...REPLICAS };

/** The kinds whose status shows the progress of a rollout, by the types of their resources. */
const KINDS: { readonly [type: string]: Counts } = {
  kubernetes_deployment_v1: DEPLOYMENT,
  kubernetes_stateful_set_v1: { kind: 'StatefulSet', ...REPLICAS },
  kubernetes_daemon_set_v1: {
    kind: 'DaemonSet',
    wanted: 'status.desiredNumberScheduled',
    updated: 'status.updatedNumberScheduled',
    available: 'status.numberAvailable',
  },
};

/**
 * Makes Terraform read the progress of a controller's rollout after each plan and each deployment, and warn until it is
 * complete. Otherwise, a failed rollout is an error only once: the provider has then saved the new pods, and the next
 * plan has no changes.
 *
 * cdktf has no blocks of this type, so it is written into the JSON of the stack.
 *
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/issues/2332
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export function checkRollout(controller: TerraformResource): void {
  const stack = TerraformStack.of(controller);
  const id = stack.getLogicalId(controller);
  const { name = '', namespace = 'default' } = objectMetadata(controller);
  const counts = KINDS[controller.terraformResourceType] ?? DEPLOYMENT;
  const { kind } = counts;
  const object = `data.kubernetes_resource.${id}.object`;
  const written = (text: string): string => Lazy.stringValue({ produce: () => resolvedText(controller, text) });
  stack.addOverride(`check.${id}`, {
    data: {
      kubernetes_resource: {
        // data sources need unique names in a stack, including those of checks
        [id]: {
          // omitted for the provider without an alias
          ...(controller.provider === undefined ? {} : { provider: controller.provider.fqn }),
          api_version: 'apps/v1',
          kind,
          metadata: { name: written(name), namespace: written(namespace) },
          // read after the pods were changed, and not before the cluster exists
          depends_on: [`${controller.terraformResourceType}.${id}`],
        },
      },
    },
    assert: [
      {
        condition: `\${${conditionOf(object, counts)}}`,
        error_message: written(
          `the rollout of ${kind} ${name} in ${namespace} is not complete: \${${numberAt(object, counts.updated)}} of ` +
            `\${${numberAt(object, counts.wanted)}} pods are new, \${${numberAt(object, counts.available)}} are available`,
        ),
      },
    ],
  });
}

/** A number of an object, which is missing if it is 0, or in `spec` if it is 1. */
function numberAt(object: string, path: string): string {
  const missing = path.startsWith('spec.') ? 1 : 0;
  return `coalesce(try(${object}.${path}, ${missing}), ${missing})`;
}

/** The condition of `kubectl rollout status`: all pods are new, no old one is left, and all are available. */
function conditionOf(object: string, { wanted, updated, available, all }: Counts): string {
  const isUpdated = numberAt(object, updated);
  return [
    `try(${object}.status.observedGeneration, 0) == try(${object}.metadata.generation, -1)`,
    `${isUpdated} == ${numberAt(object, wanted)}`,
    ...(all === undefined ? [] : [`${numberAt(object, all)} == ${isUpdated}`]),
    `${numberAt(object, available)} == ${isUpdated}`,
  ].join(' && ');
}
