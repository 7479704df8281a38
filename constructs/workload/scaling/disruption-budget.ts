import type { PodDisruptionBudgetV1Spec } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { checkArguments } from '../../core/declared';
import { isKnown } from '../../core/values/known';
import { PercentOrAbsolute } from '../../kubernetes/percent-or-absolute';
import { questionable, type Violation } from '../../core/problems/violation';

/**
 * The number of pods that may be evicted at the same time while nodes are drained, such as during an upgrade of the
 * cluster.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   replicas: 4,
 *   disruptionBudget: DisruptionBudget.maxUnavailable(PercentOrAbsolute.percent(25)),
 * });
 */
export class DisruptionBudget {
  /** The maximum number of pods that may be unavailable. Not 0, since no node could then be drained. */
  public static maxUnavailable(pods: PercentOrAbsolute): DisruptionBudget {
    return new DisruptionBudget('maxUnavailable', pods);
  }

  /** The minimum number of pods that must run. Fewer than all of them, since no node could otherwise be drained. */
  public static minAvailable(pods: PercentOrAbsolute): DisruptionBudget {
    return new DisruptionBudget('minAvailable', pods);
  }

  /** No budget: all pods may be evicted at the same time. */
  public static none(): DisruptionBudget {
    return new DisruptionBudget('none', PercentOrAbsolute.percent(100));
  }

  /**
   * One pod at a time, if there are two or more.
   *
   * @internal
   */
  public static _for(replicas: number): DisruptionBudget {
    return isKnown(replicas) && replicas < 2
      ? DisruptionBudget.none()
      : DisruptionBudget.maxUnavailable(PercentOrAbsolute.absolute(1));
  }

  private constructor(
    private readonly kind: string,
    private readonly pods: PercentOrAbsolute,
  ) {}

  /** @internal */
  public _spec(selector: { [label: string]: string }): PodDisruptionBudgetV1Spec | undefined {
    return this.kind === 'none' ? undefined : { [this.kind]: this.pods._text, selector: { matchLabels: selector } };
  }

  /** @internal */
  public _problems(property: string, replicas: number): Violation[] {
    const name = `${property}.${this.kind}`;
    const problems = this.pods._problems(name);
    if (problems.length > 0 || this.kind === 'none') {
      return problems;
    }
    if (this.kind === 'maxUnavailable') {
      return this.pods.amount === 0
        ? [
            questionable(
              'disruption-budget-lets-drain',
              `'${name}' must be greater than 0, got ${this.pods._text}: no node could be drained, and the cluster could not be upgraded`,
            ),
          ]
        : [];
    }
    const wanted = this.pods._of(replicas);
    // Kubernetes rounds this number up
    return wanted === undefined || Math.ceil(wanted) < replicas
      ? []
      : [
          questionable(
            'disruption-budget-lets-drain',
            `'${name}' must be fewer than the ${replicas} pods, got ${this.pods._text}: no node could be ` +
              'drained, and the cluster could not be upgraded',
          ),
        ];
  }
}

checkArguments(DisruptionBudget);
