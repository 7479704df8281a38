import type { DeploymentV1SpecTemplateSpecTopologySpreadConstraint } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { checkArguments } from '../../core/declared';
import { type Violation, violation } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkGiven, integerRule } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { isKnown, itemsOf } from '../../core/values/known';
import { labelKey } from '../../kubernetes/kubernetes-rules';

/** The treatment of a pod that cannot satisfy a constraint. */
export enum WhenUnsatisfiable {
  /** The pod is scheduled anyway, on the node with the smallest skew. */
  SCHEDULE_ANYWAY = 'ScheduleAnyway',
  /** The pod remains pending. */
  DO_NOT_SCHEDULE = 'DoNotSchedule',
}

/** A constraint on the spread of pods. */
export interface SpreadConstraint {
  /** The label of the nodes over whose values the pods are spread, such as "topology.kubernetes.io/zone". */
  readonly topologyKey: string;
  /**
   * The maximum difference between the numbers of pods of two values, 1 or more.
   *
   * @default 1
   */
  readonly maxSkew?: number;
  /**
   * The treatment of a pod that cannot satisfy the constraint.
   *
   * @default WhenUnsatisfiable.SCHEDULE_ANYWAY
   */
  readonly whenUnsatisfiable?: WhenUnsatisfiable;
}

const ZONES_AND_NODES = ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'];

export const maxSkew = integerRule(
  'max-skew',
  1,
  2 ** 31 - 1,
  'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
);

/**
 * How the pods of a workload are spread over zones and nodes, so that the loss of one does not affect all of them.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   replicas: 3,
 *   spread: Spread.required(),
 * });
 */
export class Spread {
  /** Evenly over zones and nodes where possible; other pods are scheduled anyway. */
  public static preferred(): Spread {
    return new Spread(ZONES_AND_NODES.map((topologyKey) => ({ topologyKey })));
  }

  /**
   * Evenly over zones and nodes; other pods remain pending. In a cluster that has lost a zone or a node, no new pod may
   * start.
   */
  public static required(): Spread {
    const whenUnsatisfiable = WhenUnsatisfiable.DO_NOT_SCHEDULE;
    return new Spread(ZONES_AND_NODES.map((topologyKey) => ({ topologyKey, whenUnsatisfiable })));
  }

  /**
   * By custom constraints.
   *
   * @param constraints At least one; for none, see `none`
   */
  public static custom(constraints: SpreadConstraint[]): Spread {
    return new Spread(constraints);
  }

  /** On any node with capacity. */
  public static none(): Spread {
    return new Spread(undefined);
  }

  private constructor(private readonly constraints: SpreadConstraint[] | undefined) {}

  /** @internal */
  public _constraints(selector: {
    [label: string]: string;
  }): DeploymentV1SpecTemplateSpecTopologySpreadConstraint[] | undefined {
    const constraints = itemsOf(this.constraints);
    return constraints.length === 0
      ? undefined
      : constraints.map(({ topologyKey, maxSkew = 1, whenUnsatisfiable = WhenUnsatisfiable.SCHEDULE_ANYWAY }) => ({
          maxSkew,
          topologyKey,
          whenUnsatisfiable,
          labelSelector: [{ matchLabels: selector }],
          // for each version separately: during a rollout, the old pods do not count
          matchLabelKeys: ['pod-template-hash'],
        }));
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return [
      ...emptyProblems(property, this.constraints, 'constraint', 'use Spread.none()'),
      ...itemsOf(this.constraints).flatMap((one, index) => [
        ...checkGiven(labelKey, `${property}[${index}].topologyKey`, one.topologyKey),
        ...check(maxSkew, `${property}[${index}].maxSkew`, one.maxSkew),
      ]),
      ...repeatProblems(property, itemsOf(this.constraints)),
    ];
  }
}

checkArguments(Spread);

/**
 * The problems of repeated constraints: the API server accepts only one for each key and treatment.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go
 */
function repeatProblems(property: string, constraints: readonly SpreadConstraint[]): Violation[] {
  const pairs = constraints.map(
    ({ topologyKey, whenUnsatisfiable = WhenUnsatisfiable.SCHEDULE_ANYWAY }) => `${topologyKey} ${whenUnsatisfiable}`,
  );
  return constraints
    .filter(({ topologyKey }, index) => isKnown(topologyKey) && pairs.indexOf(pairs[index] ?? '') !== index)
    .map(({ topologyKey }) =>
      violation(
        'spread-constraints-unique',
        `'${property}' must contain only one constraint for each 'topologyKey' and 'whenUnsatisfiable', got ${show(topologyKey)} ` +
          'again: keep only one of them',
      ),
    );
}
