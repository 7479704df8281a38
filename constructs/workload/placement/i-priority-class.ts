import type { IConstruct } from 'constructs';
import { areDifferent } from '../../kubernetes/namespace-names';
import { questionable, type Violation } from '../../core/problems/violation';
import { isText } from '../../core/values/known';

/** A priority class, created here or elsewhere. */
export interface IPriorityClass extends IConstruct {
  /** The name of the priority class. */
  readonly priorityClassName: string;
}

/**
 * The problem of pods that could preempt system pods of Kubernetes.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/
 */
export function priorityProblems(
  property: string,
  priorityClass: IPriorityClass | undefined,
  namespace = 'default',
): Violation[] {
  const name = priorityClass?.priorityClassName;
  return priorityClass !== undefined &&
    isText(name) &&
    name.startsWith('system-') &&
    areDifferent(priorityClass, namespace, 'kube-system')
    ? [
        questionable(
          'system-priority',
          `'${property}' must be a class of your own outside of the namespace "kube-system", got "${name}" in "${namespace}": its pods could preempt pods that Kubernetes itself needs. Use a PriorityClass of up to 1000000000`,
        ),
      ]
    : [];
}
