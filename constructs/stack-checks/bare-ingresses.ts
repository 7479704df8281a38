import type { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import type { TerraformResource } from 'cdktf';
import type { Violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { classesWarnings } from '../kubernetes/retired-ingress-classes';

/** The id of the resources of constructs, which check their classes themselves. */
const OF_CONSTRUCTS = 'Resource';

/** The warnings for the classes of Ingress resources that do not belong to a construct of the library. */
export function bareIngressWarnings(resources: readonly TerraformResource[]): Violation[] {
  return resources
    .filter((one): one is IngressV1 => one.terraformResourceType === 'kubernetes_ingress_v1')
    .filter(({ node }) => node.id !== OF_CONSTRUCTS)
    .flatMap(({ node, specInput, metadataInput }) => {
      const { ingressClassName } = specInput ?? {};
      return classesWarnings(isText(ingressClassName) ? ingressClassName : undefined, metadataInput?.annotations).map(
        (one) => ({ ...one, message: one.message.replace(/^'([^']*)'/, `'$1' of the Ingress ${node.path}`) }),
      );
    });
}
