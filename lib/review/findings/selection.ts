import { isExpression } from '../../terraform-json/expression';
import { addTo } from '../../terraform-json/group';
import { own, type Json, type JsonObject } from '../../terraform-json/json';
import { all, any, not, type Answer } from '../objects/answer';
import { every, some, type Block } from '../objects/block';
import { namespaceOf, type KubernetesObject } from '../objects/kubernetes-object';
import type { Pod } from '../objects/pod';

/** A selector of pods by labels, in the namespace of its object. */
interface Selector {
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** The required labels; undefined if only Terraform knows them. */
  readonly labels: JsonObject | undefined;
  /** The block with match expressions, if there is one. */
  readonly block?: Block;
}

/** The maximum number of selectors that a pod is compared with, which bounds the time. */
const MOST_CANDIDATES = 200;

/** Objects that select pods, indexed by one of their labels. */
export class Selection {
  private readonly selectors = new Map<string, Selector[]>();
  private readonly others: Selector[] = [];
  /** The names of the labels in the index. */
  private readonly names = new Set<string>();

  /** @param selectorOf Reads the selector of an object; undefined if it selects no pods */
  public constructor(
    objects: readonly KubernetesObject[],
    selectorOf: (object: KubernetesObject) => Pick<Selector, 'labels' | 'block'> | undefined,
  ) {
    for (const object of objects) {
      const found = selectorOf(object);
      if (found !== undefined) {
        this.add({ ...found, object, namespace: namespaceOf(object) });
      }
    }
  }

  /** Whether any of the objects selects a pod. */
  public selects(pod: Pod, also: (object: KubernetesObject) => Answer = () => true): Answer {
    const candidates = [
      ...this.others,
      ...Object.entries(pod.labels ?? {}).flatMap(([name, value]) => this.selectors.get(keyOf(name, value)) ?? []),
    ];
    const compared = candidates.slice(0, MOST_CANDIDATES);
    const answers = compared.map((selector) => all([selectsPod(selector, pod), also(selector.object)]));
    const isOpen = compared.length < candidates.length || this.maySelect(pod);
    return any(isOpen ? [...answers, undefined] : answers);
  }

  /** Whether an object may select a pod by a label that only Terraform knows. */
  private maySelect({ labels }: Pod): boolean {
    return labels === undefined
      ? this.selectors.size > 0
      : Object.entries(labels).some(([name, value]) => isExpression(value) && this.names.has(name));
  }

  private add(selector: Selector): void {
    const [first] = Object.entries(selector.labels ?? {});
    if (first === undefined || isExpression(first[1])) {
      this.others.push(selector);
    } else {
      this.names.add(first[0]);
      addTo(this.selectors, keyOf(...first), selector);
    }
  }
}

function keyOf(name: string, value: Json): string {
  return JSON.stringify([name, String(value)]);
}

function selectsPod({ namespace, labels, block }: Selector, pod: Pod): Answer {
  return all([
    sameText(namespace, pod.namespace),
    labels && pod.labels && all(Object.entries(labels).map(([name, value]) => hasLabel(pod.labels ?? {}, name, value))),
    block === undefined ? true : every(block.blocks('matchExpressions'), (expression) => meets(expression, pod.labels)),
  ]);
}

function hasLabel(labels: JsonObject, name: string, value: Json): Answer {
  const found = own(labels, name) ?? null;
  return found === null ? false : sameText(String(found), String(value));
}

/** Whether two texts are equal; equal expressions are, and different ones may be. */
function sameText(a: string, b: string): Answer {
  const isOpen = isExpression(a) || isExpression(b);
  return a === b || (isOpen ? undefined : false);
}

function meets(expression: Block, labels: JsonObject | undefined): Answer {
  const [key, operator] = [expression.text('key'), expression.text('operator')];
  if (labels === undefined || typeof key !== 'string' || typeof operator !== 'string') {
    return undefined;
  }
  const found = own(labels, key) ?? null;
  const isIn = some(expression.list('values'), (value) => hasLabel(labels, key, value));
  const answers: Readonly<Record<string, Answer>> = {
    Exists: found !== null,
    DoesNotExist: found === null,
    In: isIn,
    NotIn: not(isIn),
  };
  return own(answers, operator);
}
