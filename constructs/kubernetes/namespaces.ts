import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { objectMetadata } from './object-metadata';
import { type FindBefore, implyOrder } from '../core/order/order';
import { nameAt } from '../core/names/object-name';
import { resolvedText } from '../core/names/resolved-text';

/** Makes Terraform create the namespaces of a stack before the objects in them, whichever construct creates these. */
export function namespacesFirst(scope: IConstruct): void {
  implyOrder(scope, namespacesBefore);
}

function namespacesBefore(stack: TerraformStack): FindBefore {
  const namespaces = new Namespaces(stack);
  return (resource) => namespaces.around(resource);
}

/** A reference to the name of a namespace. */
const REFERENCE = /^\$\{kubernetes_namespace(?:_v1)?\.([\w-]+)\.metadata\[0\]\.name\}$/;

const LIMITS = /^kubernetes_(resource_quota|limit_range)(_v1)?$/;

/** The namespaces that a stack creates, by the names that its objects use. */
class Namespaces {
  private readonly byName = new Map<string, IConstruct>();
  /**
   * The quotas and limit ranges of each namespace: pods that are created before them get no defaults and are not
   * counted.
   */
  private readonly limits = new Map<string, IConstruct[]>();

  constructor(stack: TerraformStack) {
    for (const one of stack.node.findAll()) {
      if (!TerraformResource.isTerraformResource(one) || TerraformStack.of(one) !== stack) {
        continue;
      }
      if (/^kubernetes_namespace(_v1)?$/.test(one.terraformResourceType)) {
        this.byName.set(namespaceKey(one, objectMetadata(one).name), one);
      }
      if (LIMITS.test(one.terraformResourceType)) {
        const key = objectNamespaceKey(one);
        this.limits.set(key, [...(this.limits.get(key) ?? []), one]);
      }
    }
  }

  /** The namespace of an object and its limits, if the stack creates them in the same cluster. */
  public around(resource: TerraformResource): IConstruct[] {
    const { namespace } = objectMetadata(resource);
    if (namespace === undefined) {
      return [];
    }
    const key = namespaceKey(resource, namespace);
    // a reference is itself a dependency
    const found = REFERENCE.test(resolvedText(resource, namespace)) ? undefined : this.byName.get(key);
    const limits = LIMITS.test(resource.terraformResourceType) ? [] : (this.limits.get(key) ?? []);
    return [...(found === undefined || found === resource ? [] : [found]), ...limits];
  }
}

/** A key for the cluster and the namespace of an object, which is "default" for an object that names none. */
export function objectNamespaceKey(object: TerraformResource): string {
  return namespaceKey(object, objectMetadata(object).namespace ?? 'default');
}

/** A key for the cluster and the name of a namespace, with references to namespaces resolved. */
export function namespaceKey(resource: TerraformResource, name = ''): string {
  const text = resolvedText(resource, name);
  const [, logicalId] = REFERENCE.exec(text) ?? [];
  const found = logicalId === undefined ? undefined : nameAt(TerraformStack.of(resource), logicalId);
  return JSON.stringify([resource.provider?.fqn ?? '', found?.name ?? text]);
}
