import type { DaemonSetV1SpecStrategy } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { seconds } from '../../kubernetes/kubernetes-rules';
import { PercentOrAbsolute } from '../../kubernetes/percent-or-absolute';

/**
 * The order in which old pods of a `DaemonSet` are removed and new ones are added.
 *
 * @example
 * new DaemonSet(stack, 'agent', {
 *   name: 'agent',
 *   image: registry.image('agent', 'v1'),
 *   rollout: { updateStrategy: DaemonSetUpdateStrategy.maxUnavailable(PercentOrAbsolute.percent(20)) },
 * });
 */
export class DaemonSetUpdateStrategy {
  /**
   * Old pods are removed first: a node has no pod until its new one runs.
   *
   * @param nodes The number of nodes that may have no pod at the same time, greater than 0
   */
  public static maxUnavailable(nodes: PercentOrAbsolute): DaemonSetUpdateStrategy {
    return new DaemonSetUpdateStrategy('maxUnavailable', nodes);
  }

  /**
   * New pods are added first: a node has both until the new one is available.
   *
   * @param nodes The number of nodes that may have two pods at the same time, greater than 0
   */
  public static maxSurge(nodes: PercentOrAbsolute): DaemonSetUpdateStrategy {
    return new DaemonSetUpdateStrategy('maxSurge', nodes);
  }

  /** Pods are replaced only when they are deleted manually, or with their node. */
  public static onDelete(): DaemonSetUpdateStrategy {
    return new DaemonSetUpdateStrategy('onDelete', PercentOrAbsolute.absolute(1));
  }

  private constructor(
    private readonly kind: 'maxUnavailable' | 'maxSurge' | 'onDelete',
    private readonly nodes: PercentOrAbsolute,
  ) {}

  /** @internal */
  public get _strategy(): DaemonSetV1SpecStrategy {
    return this.kind === 'onDelete'
      ? { type: 'OnDelete' }
      : { type: 'RollingUpdate', rollingUpdate: { maxSurge: '0', maxUnavailable: '0', [this.kind]: this.nodes._text } };
  }

  /**
   * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/apps/validation/validation.go
   * @internal
   */
  public _problems(property: string): Violation[] {
    const name = `${property}.${this.kind}`;
    return [
      ...this.nodes._problems(name, 'nodes'),
      ...when(
        this.nodes.amount === 0,
        'daemon-set-moves',
        () => `'${name}' must be greater than 0, got ${this.nodes._text}: no pod could be replaced`,
      ),
    ];
  }
}

checkArguments(DaemonSetUpdateStrategy);

/** Properties of the rollout of a `DaemonSet`: how new pods replace old ones. */
export interface DaemonSetRolloutProps {
  /**
   * The order in which old pods are removed and new ones are added.
   *
   * @default DaemonSetUpdateStrategy.maxUnavailable(PercentOrAbsolute.absolute(1))
   */
  readonly updateStrategy?: DaemonSetUpdateStrategy;
  /**
   * The seconds that a new pod must run before it counts as available.
   *
   * @default 0
   */
  readonly minReadySeconds?: number;
  /**
   * Whether each plan and each deployment reads the progress of the rollout, and warns until it is complete. Otherwise
   * an incomplete rollout goes unnoticed, since Terraform does not wait for the pods. Requires Terraform 1.5 or later;
   * each plan then lists a read, which `-detailed-exitcode` counts as a change.
   *
   * @default false
   */
  readonly check?: boolean;
}

/** The update strategy of a rollout, or the default. */
export function updateStrategyOf({ updateStrategy }: DaemonSetRolloutProps): DaemonSetUpdateStrategy {
  return updateStrategy ?? DaemonSetUpdateStrategy.maxUnavailable(PercentOrAbsolute.absolute(1));
}

export function daemonSetRolloutProblems(property: string, rollout: DaemonSetRolloutProps): Violation[] {
  return [
    ...updateStrategyOf(rollout)._problems(`${property}.updateStrategy`),
    ...check(seconds, `${property}.minReadySeconds`, rollout.minReadySeconds),
  ];
}
