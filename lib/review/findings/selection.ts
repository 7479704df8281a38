import { isExpression } from '../../terraform-json/expression';
import { addTo } from '../../terraform-json/group';
import { own, type Json, type JsonObject } from '../../terraform-json/json';
import { all, any, not, type Answer } from '../objects/answer';
import { every, some, type Block } from '../objects/block';
import { namespaceOf, type KubernetesObject } from '../objects/kubernetes-object';
import type { Pod } from '../objects/pod';

/** What selects pods by their labels in its own namespace. */
interface Selector {
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** Undefined if only Terraform knows them. */
  readonly labels: JsonObject | undefined;
  /** The block with expressions, if there are any. */
  readonly block?: Block;
}

/** The selectors that one pod is compared with: a program with more that are alike takes too long. */
const MOST_CANDIDATES = 200;

/** Objects that select pods, found by a label of theirs. */
export class Selection {
  private readonly selectors = new Map<string, Selector[]>();
  private readonly others: Selector[] = [];
  /** The names of the labels that selectors are found by. */
  private readonly names = new Set<string>();

  /**
   * @param block The block with the selector of an object
   * @param isMap Whether the labels are the block itself, as in a Service
   */
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

  /** Whether one of the objects selects a pod. */
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

  /** Whether only Terraform knows a label by which one of the objects selects. */
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

/** Whether two texts are the same; the same expression has one value, and another one may have the same. */
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
