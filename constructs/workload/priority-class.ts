import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';
import { checkGiven, integerRule, type Rule } from '../core/rules/rule';
import { kubernetesNames } from '../kubernetes/kubernetes-names';
import { objectName } from '../kubernetes/kubernetes-rules';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { priorityClasses } from './late-bindings';
import type { IPriorityClass } from './placement/i-priority-class';

/** The preemption policy of pods that wait for capacity. */
export enum PreemptionPolicy {
  /** They wait, ahead of waiting pods of a lower priority. */
  NEVER = 'Never',
  /** They preempt pods of a lower priority. */
  PREEMPT_LOWER_PRIORITY = 'PreemptLowerPriority',
}

/** Properties of `PriorityClass`. */
export interface PriorityClassProps {
  /**
   * The name of the class, unique in its cluster: up to 253 lower-case letters, digits, "-" and ".", not beginning with
   * "system-". Changing it replaces the class.
   */
  readonly priorityClassName: string;
  /**
   * The priority of its pods, -2147483648 to 1000000000: higher ones come first. Pods without a class have 0. Changing
   * it replaces the class; existing pods keep their priority.
   */
  readonly value: number;
  /**
   * Whether pods without a class get this one. Only one class of a cluster can be the default.
   *
   * @default false
   */
  readonly globalDefault?: boolean;
  /**
   * Whether its pods preempt others when there is no capacity for them. Changing it replaces the class.
   *
   * @default PreemptionPolicy.PREEMPT_LOWER_PRIORITY
   */
  readonly preemptionPolicy?: PreemptionPolicy;
  /**
   * The description of the class, as shown in the cluster.
   *
   * @default - nothing
   */
  readonly description?: string;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * Constructs that must be ready before it is created.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/scheduling';

export const priorityValue = integerRule('priority-value', -(2 ** 31), 1_000_000_000, `${VALIDATION}/types.go`, 1000);

export const newPriorityClassName: Rule<string> = {
  id: 'new-priority-class-name',
  must: `${objectName.must}, and not begin with "system-"`,
  source: `${VALIDATION}/validation/validation.go`,
  example: 'important',
  holds: (value) => objectName.holds(value) && !value.startsWith('system-'),
};

/**
 * A priority of pods, which determines the pods that get a node when capacity is short.
 *
 * @example
 * const priorityClass = new PriorityClass(stack, 'important', { priorityClassName: 'important', value: 1000 });
 * new Worker(stack, 'orders', { name: 'orders', image: registry.image('orders', 'v1'), priorityClass });
 */
export class PriorityClass extends Construct implements IPriorityClass {
  /** An existing class, such as "system-cluster-critical". */
  public static fromPriorityClassName(scope: Construct, id: string, priorityClassName: string): IPriorityClass {
    return new ImportedPriorityClass(scope, id, priorityClassName);
  }

  public readonly priorityClassName: string;
  private readonly defaultOf: TerraformProvider | 'the only one' | undefined;

  constructor(scope: Construct, id: string, props: PriorityClassProps) {
    super(scope, id);
    props = declared(this, 'PriorityClassProps', props);
    const { provider, value, globalDefault, preemptionPolicy, description } = props;
    this.defaultOf = globalDefault === true ? (provider ?? 'the only one') : undefined;
    reportProblems(this, () => [
      ...checkGiven(newPriorityClassName, 'priorityClassName', props.priorityClassName),
      ...checkGiven(priorityValue, 'value', value),
      ...this.defaultProblems(),
    ]);
    requireChosenProvider(this);
    const resource = new (priorityClasses().PriorityClassV1)(this, 'Resource', {
      provider,
      metadata: { name: props.priorityClassName },
      value,
      globalDefault,
      preemptionPolicy,
      description,
    });
    claimResource(
      this,
      'priorityClassName',
      resource,
      kubernetesNames.priorityClass(props.priorityClassName, provider),
    );
    createAfter(resource, () => props.prerequisites ?? []);
    this.priorityClassName = resource.metadata.name;
  }

  /** The problem of a second default, which the API server rejects. */
  private defaultProblems(): Violation[] {
    if (this.defaultOf === undefined) {
      return [];
    }
    const first = TerraformStack.of(this)
      .node.findAll()
      .find((one) => one instanceof PriorityClass && one.defaultOf === this.defaultOf);
    return when(
      first !== this,
      'one-default-priority',
      () =>
        `'globalDefault' must be true for only one class of a cluster, got true beside ${first?.node.path}: leave it out here`,
    );
  }
}

checkArguments(PriorityClass);

class ImportedPriorityClass extends Construct implements IPriorityClass {
  constructor(
    scope: Construct,
    id: string,
    public readonly priorityClassName: string,
  ) {
    super(scope, id);
    reportProblems(this, () => checkGiven(objectName, 'priorityClassName', priorityClassName));
  }
}
