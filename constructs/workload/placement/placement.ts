import type {
  DeploymentV1SpecTemplateSpecAffinityNodeAffinity,
  DeploymentV1SpecTemplateSpecToleration,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Fn, type IResolvable, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check } from '../../core/rules/rule';
import { isKnown, isText, itemsOf } from '../../core/values/known';
import { show } from '../../core/values/shown';
import { labelKey, nodeLabelValue } from '../../kubernetes/kubernetes-rules';
import { type INodes, POOL_LABEL } from '../../kubernetes/nodes';
import type { Demands } from '../../kubernetes/scheduling';
import { readTaint } from '../../kubernetes/taint';
import { renderToleration, tolerationOf, tolerationProblems, type TolerationProps, tolerationsOf } from './toleration';

/** Options for `Placement.labels`. */
export interface PlacementOptions {
  /**
   * The taints that the pods tolerate.
   *
   * @default - none
   */
  readonly tolerations?: TolerationProps[];
}

/** The node selector of every pod, since images are for Linux. */
const LINUX = { 'kubernetes.io/os': 'linux' };

type Labels = { readonly [key: string]: string };

/**
 * The nodes on which the pods of a workload run.
 *
 * @example
 * const pool = cluster.addNodePool('batch', { name: 'batch', nodeCount: 2, labels: { team: 'batch' } });
 * new Worker(stack, 'thumbnails', {
 *   name: 'thumbnails',
 *   image: registry.image('thumbnails', 'v1'),
 *   placement: Placement.on(pool),
 * });
 */
export class Placement {
  /**
   * On the nodes of a pool, whose taints the pods tolerate.
   *
   * The labels of the pool select its nodes; other pools with the same labels are selected, too. A pool without labels
   * is selected by its name, and by the temporary name that it has while its nodes are replaced.
   *
   * @param nodes The pool, created here or elsewhere
   */
  public static on(nodes: INodes): Placement {
    return new Placement(nodes.nodeLabels, [], nodes);
  }

  /**
   * On nodes with certain labels.
   *
   * @param labels The labels, at least one; for any node, see `anywhere`
   */
  public static labels(labels: { readonly [key: string]: string }, options: PlacementOptions = {}): Placement {
    const problems = emptyProblems('labels', labels, 'label', "leave 'placement' out for any node");
    return new Placement(labels, options.tolerations, undefined, problems);
  }

  /**
   * On any node, even one with taints.
   *
   * @param tolerations The taints that the pods tolerate, at least one
   */
  public static anywhere(tolerations: TolerationProps[]): Placement {
    const problems = emptyProblems('tolerations', tolerations, 'taint', "leave 'placement' out");
    return new Placement({}, tolerations, undefined, problems);
  }

  private constructor(
    private readonly labels: Labels,
    private readonly tolerations: readonly TolerationProps[] | undefined,
    private readonly nodes: INodes | undefined,
    private readonly problems: readonly Violation[] = [],
  ) {}

  /** The constructs that must exist before pods can be placed. @internal */
  public get _prerequisites(): IConstruct[] {
    return this.nodes === undefined ? [] : [this.nodes];
  }

  /** @internal */
  public get _nodeSelector(): { [key: string]: string } {
    return Token.isUnresolved(this.labels)
      ? Token.asStringMap(Fn.merge([LINUX, this.labels]))
      : { ...LINUX, ...this.labels };
  }

  /** @internal */
  public get _nodeAffinity(): DeploymentV1SpecTemplateSpecAffinityNodeAffinity | undefined {
    const values = this.nodes?.nodePoolNames;
    const nodeSelectorTerm = [{ matchExpressions: [{ key: POOL_LABEL, operator: 'In', values }] }];
    return values && { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerm } };
  }

  /** @internal */
  public get _tolerations(): DeploymentV1SpecTemplateSpecToleration[] | IResolvable | undefined {
    const taints = this.nodes?.nodeTaints ?? [];
    if (Token.isUnresolved(taints)) {
      return tolerationsOf(taints);
    }
    const tolerations = [...taints.map(tolerationOf), ...itemsOf(this.tolerations).map(renderToleration)];
    return tolerations.length === 0 ? undefined : tolerations;
  }

  /** @internal */
  public get _demands(): Omit<Demands, 'architectures' | 'devices'> {
    const { nodeTaints: taints = [], nodePoolNames: values } = this.nodes ?? {};
    return {
      labels: this._nodeSelector,
      oneOf: values === undefined ? [] : [{ label: POOL_LABEL, values }],
      tolerations: Token.isUnresolved(taints) ? undefined : [...taints.map(readTaint), ...itemsOf(this.tolerations)],
    };
  }

  /** The nodes as the program specifies them, without the label for Linux. @internal */
  public get _written(): string {
    return this.nodes === undefined
      ? Object.entries(this.labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(' and ')
      : `those of ${this.nodes.node.path}`;
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return [
      ...this.problems.map((one) => ({ ...one, message: one.message.replace("'", `'${property}.`) })),
      ...(this.nodes === undefined ? this.labelProblems(`${property}.labels`) : []),
      ...itemsOf(this.tolerations).flatMap((one, index) =>
        tolerationProblems(`${property}.tolerations[${index}]`, one),
      ),
    ];
  }

  private labelProblems(property: string): Violation[] {
    if (!isKnown(this.labels)) {
      return [];
    }
    const system = this.labels['kubernetes.io/os'];
    return [
      ...Object.entries(this.labels).flatMap(([key, value]) => [
        ...check(labelKey, property, key),
        ...check(nodeLabelValue, `${property}.${key}`, value),
      ]),
      ...when(
        isText(system) && system !== 'linux',
        'placement-on-linux',
        () =>
          `'${property}.kubernetes.io/os' must be "linux", got ${show(system)}: all pods of this library run on Linux`,
      ),
    ];
  }
}

checkArguments(Placement);

/** The labels that the nodes of pods must have. */
export function nodeSelectorOf(placement: Placement | undefined): { [key: string]: string } {
  return placement?._nodeSelector ?? { ...LINUX };
}
