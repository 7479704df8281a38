import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { objectMetadata } from './object-metadata';
import { type FindBefore, implyOrder } from '../core/order/order';
import { resolvedText } from '../core/names/resolved-text';

/** Makes Terraform create the namespaces of a stack before the objects that are in them, by whatever construct. */
export function namespacesFirst(scope: IConstruct): void {
  implyOrder(scope, namespacesBefore);
}

function namespacesBefore(stack: TerraformStack): FindBefore {
  const namespaces = new Namespaces(stack);
  return (resource) => namespaces.around(resource);
}

/** The namespaces that a stack makes, found by the names that its objects give. */
class Namespaces {
  private readonly byName = new Map<string, IConstruct>();

  constructor(stack: TerraformStack) {
    for (const one of stack.node.findAll()) {
      const isNamespace =
        TerraformResource.isTerraformResource(one) && /^kubernetes_namespace(_v1)?$/.test(one.terraformResourceType);
      if (isNamespace && TerraformStack.of(one) === stack) {
        this.byName.set(keyOf(one, objectMetadata(one).name), one);
      }
    }
  }

  /** The namespace that an object is in, if the stack makes it for the same cluster. */
  public around(resource: TerraformResource): IConstruct[] {
    const { namespace } = objectMetadata(resource);
    const found = namespace === undefined ? undefined : this.byName.get(keyOf(resource, namespace));
    return found === undefined || found === resource ? [] : [found];
  }
}

/** The cluster and the name of a namespace; of references, where they lead. */
function keyOf(resource: TerraformResource, name = ''): string {
  return JSON.stringify([resource.provider?.fqn ?? '', resolvedText(resource, name)]);
}
