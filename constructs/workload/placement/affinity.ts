import type { DeploymentV1SpecTemplateSpecAffinity } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { IConstruct } from 'constructs';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { itemsOf } from '../../core/values/known';
import { labelKey } from '../../kubernetes/kubernetes-rules';
import type { Placement } from './placement';

/** Pods of one kind, such as those of a workload. */
export interface IPods extends IConstruct {
  /** Their namespace. */
  readonly namespace: string;
  /** The labels that select them. They never change. */
  readonly selector: { readonly [label: string]: string };
}

/** Options for `Affinity`. */
export interface AffinityOptions {
  /**
   * Whether a pod waits until it can be placed this way. If not, it may run anywhere.
   *
   * @default false
   */
  readonly required?: boolean;
  /**
   * The label of the nodes that defines a place: nodes with the same value are the same place.
   *
   * @default "kubernetes.io/hostname", so that each node is a place
   */
  readonly topologyKey?: string;
}

/** The weight of a preference, 1 to 100, which is the same for all preferences of this library. */
const WEIGHT = 100;

/**
 * The placement of the pods of a workload in relation to the pods of another.
 *
 * @example
 * new Worker(stack, 'thumbnails', {
 *   name: 'thumbnails',
 *   image: registry.image('thumbnails', 'v1'),
 *   affinity: [Affinity.separateFrom(workload)],
 * });
 */
export class Affinity {
  /**
   * Together with the pods of another workload, on the same node or in the same zone.
   *
   * @param other The other workload. If `required`, it is created first
   */
  public static colocateWith(other: IPods, options: AffinityOptions = {}): Affinity {
    return new Affinity('podAffinity', other, options);
  }

  /** Apart from the pods of another workload, on another node or in another zone. */
  public static separateFrom(other: IPods, options: AffinityOptions = {}): Affinity {
    return new Affinity('podAntiAffinity', other, options);
  }

  private constructor(
    private readonly direction: 'podAffinity' | 'podAntiAffinity',
    private readonly other: IPods,
    private readonly options: AffinityOptions,
  ) {}

  /** The constructs that must run before pods can be placed. @internal */
  public get _prerequisites(): IConstruct[] {
    return this.direction === 'podAffinity' && this.isRequired ? [this.other] : [];
  }

  /** @internal */
  public _isOf(direction: string, isRequired: boolean): boolean {
    return this.direction === direction && this.isRequired === isRequired;
  }

  /** @internal */
  public get _term(): {
    topologyKey: string;
    namespaces: string[];
    labelSelector: { matchLabels: { [label: string]: string } }[];
  } {
    return {
      topologyKey: this.topologyKey,
      namespaces: [this.other.namespace],
      labelSelector: [{ matchLabels: { ...this.other.selector } }],
    };
  }

  /** Whether two requirements contradict each other. @internal */
  public _contradicts(another: Affinity): boolean {
    return (
      this.direction !== another.direction &&
      this.isRequired &&
      another.isRequired &&
      this.other === another.other &&
      this.topologyKey === another.topologyKey
    );
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return check(labelKey, `${property}.topologyKey`, this.options.topologyKey);
  }

  /** @internal */
  public get _path(): string {
    return this.other.node.path;
  }

  private get isRequired(): boolean {
    return this.options.required === true;
  }

  private get topologyKey(): string {
    return this.options.topologyKey ?? 'kubernetes.io/hostname';
  }
}

checkArguments(Affinity);

/** The affinities of pods, to nodes and to other pods. */
export function affinityOf(
  placement: Placement | undefined,
  affinity: readonly Affinity[] | undefined,
): DeploymentV1SpecTemplateSpecAffinity | undefined {
  const parts = {
    nodeAffinity: placement?._nodeAffinity,
    podAffinity: podAffinity('podAffinity', itemsOf(affinity)),
    podAntiAffinity: podAffinity('podAntiAffinity', itemsOf(affinity)),
  };
  return Object.values(parts).every((one) => one === undefined) ? undefined : parts;
}

export function affinityProblems(property: string, affinity: readonly Affinity[] | undefined): Violation[] {
  const all = itemsOf(affinity);
  return all.flatMap((one, index) => [
    ...one._problems(`${property}[${index}]`),
    ...when(
      all.slice(0, index).some((other) => one._contradicts(other)),
      'affinity-contradiction',
      () =>
        `'${property}[${index}]' must not contradict the requirement for the pods of ${one._path} before, got both together and apart: no pod could be scheduled. Remove one of them, or make it a preference`,
    ),
  ]);
}

function podAffinity(
  direction: string,
  all: readonly Affinity[],
): DeploymentV1SpecTemplateSpecAffinity['podAffinity'] | undefined {
  const required = all.filter((one) => one._isOf(direction, true)).map((one) => one._term);
  const preferred = all
    .filter((one) => one._isOf(direction, false))
    .map((one) => ({ weight: WEIGHT, podAffinityTerm: one._term }));
  return required.length + preferred.length === 0
    ? undefined
    : {
        requiredDuringSchedulingIgnoredDuringExecution: required.length === 0 ? undefined : required,
        preferredDuringSchedulingIgnoredDuringExecution: preferred.length === 0 ? undefined : preferred,
      };
}
