import { Lazy, type TerraformResource, TerraformStack } from 'cdktf';
import { resolvedText } from '../../core/names/resolved-text';
import { objectMetadata } from '../../kubernetes/object-metadata';

/** The kinds whose status says how far a rollout is, by the types of their resources. */
const KINDS: { readonly [type: string]: string } = {
  kubernetes_deployment_v1: 'Deployment',
  kubernetes_stateful_set_v1: 'StatefulSet',
};

/**
 * Makes Terraform read after each plan and each deployment how far the rollout of a controller is, and warn until it is
 * complete. A rollout that failed is otherwise an error once: the provider has saved the new pods by then, and the next
 * plan has no changes.
 *
 * cdktf has no blocks of this type: it is written into the JSON of the stack.
 *
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/issues/2332
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export function checkRollout(controller: TerraformResource): void {
  const stack = TerraformStack.of(controller);
  const id = stack.getLogicalId(controller);
  const { name = '', namespace = 'default' } = objectMetadata(controller);
  const kind = KINDS[controller.terraformResourceType] ?? 'Deployment';
  const object = `data.kubernetes_resource.${id}.object`;
  const written = (text: string): string => Lazy.stringValue({ produce: () => resolvedText(controller, text) });
  stack.addOverride(`check.${id}`, {
    data: {
      kubernetes_resource: {
        // all data sources of a stack have names of their own, those of checks too
        [id]: {
          // no key of its own where the provider is the one without an alias
          ...(controller.provider === undefined ? {} : { provider: controller.provider.fqn }),
          api_version: 'apps/v1',
          kind,
          metadata: { name: written(name), namespace: written(namespace) },
          // read when the pods have been changed, and not before there is a cluster
          depends_on: [`${controller.terraformResourceType}.${id}`],
        },
      },
    },
    assert: [
      {
        condition: `\${${conditionOf(object)}}`,
        error_message: written(
          `the rollout of ${kind} ${name} in ${namespace} is not complete: \${${statusOf(object, 'updatedReplicas')}} of ` +
            `\${${wantedOf(object)}} pods are new, \${${statusOf(object, 'availableReplicas')}} are available`,
        ),
      },
    ],
  });
}

/** A number that is missing while it is 0. */
function statusOf(object: string, field: string): string {
  return `coalesce(try(${object}.status.${field}, 0), 0)`;
}

function wantedOf(object: string): string {
  return `coalesce(try(${object}.spec.replicas, 1), 1)`;
}

/** What `kubectl rollout status` waits for: all pods are new, no old one is left, and all are available. */
function conditionOf(object: string): string {
  const updated = statusOf(object, 'updatedReplicas');
  return [
    `try(${object}.status.observedGeneration, 0) == try(${object}.metadata.generation, -1)`,
    `${updated} == ${wantedOf(object)}`,
    `${statusOf(object, 'replicas')} == ${updated}`,
    `${statusOf(object, 'availableReplicas')} == ${updated}`,
  ].join(' && ');
}
