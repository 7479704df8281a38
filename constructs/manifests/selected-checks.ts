import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isKnown, isText } from '../core/values/known';
import { show } from '../core/values/shown';
import { type Violation, violation } from '../core/problems/violation';
import { objectMetadata } from '../kubernetes/object-metadata';
import { type Labels, readPods } from '../stack-checks/pods-of-stack';
import type { NamedObject } from './documents';
import { type Fields, isFields, isNothing } from './object-reader';

/** A selector of pods that consists of labels only. */
interface Selector {
  readonly property: string;
  readonly labels: Labels;
  /** What happens if it selects none. */
  readonly otherwise: string;
}

/**
 * The warnings for selectors that select none of the pods that the program has in their namespace. If the program has
 * no pods there, the selectors are meant for pods of others.
 */
export function selectedWarnings(scope: IConstruct, objects: readonly NamedObject[]): Violation[] {
  const pods = scope.node.root.node
    .findAll()
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
    .flatMap(readPods)
    .map(({ resource, labels }) => ({ labels, namespace: objectMetadata(resource).namespace ?? 'default' }));
  return objects.flatMap(({ kind, namespace = 'default', fields, place }) => {
    // pods whose namespace only Terraform knows may be selected
    const here = pods.filter((one) => !isText(one.namespace) || one.namespace === namespace);
    return place.locatedAll(
      selectorsOf(kind.kind, fields)
        .filter(({ labels }) => here.length > 0 && !here.some((one) => maySelect(labels, one.labels)))
        .map(({ property, labels, otherwise }) =>
          violation(
            'selector-selects-pods',
            `'${property}' must select pods, got ${show(labels)}, which none of the program has in the namespace ` +
              `${show(namespace)}: ${otherwise}`,
          ),
        ),
    );
  });
}

function maySelect(selector: Labels, labels: Labels): boolean {
  return (
    !isKnown(labels) ||
    Object.entries(selector).every(([key, value]) => !isText(labels[key] ?? '') || labels[key] === value)
  );
}

function selectorsOf(kind: string, { spec }: Fields): Selector[] {
  const { selector, podSelector } = isFields(spec) ? spec : {};
  switch (kind) {
    case 'Service':
      return labelled('spec.selector', selector, 'its requests get no response');
    case 'PodDisruptionBudget':
      return labelsOnly('spec.selector', selector, 'it protects no pods');
    case 'NetworkPolicy':
      return labelsOnly('spec.podSelector', podSelector, 'it restricts nobody');
    default:
      return [];
  }
}

function labelsOnly(property: string, selector: unknown, otherwise: string): Selector[] {
  return isFields(selector) && isNothing(selector.matchExpressions)
    ? labelled(`${property}.matchLabels`, selector.matchLabels, otherwise)
    : [];
}

function labelled(property: string, labels: unknown, otherwise: string): Selector[] {
  const texts = Object.entries(isFields(labels) ? labels : {}).filter((one): one is [string, string] => isText(one[1]));
  return texts.length === 0 ? [] : [{ property, labels: Object.fromEntries(texts), otherwise }];
}
