import type { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import type { TerraformResource } from 'cdktf';
import { questionable, type Violation } from '../core/problems/violation';
import { objectMetadata } from '../kubernetes/object-metadata';
import type { PodIndex } from './pod-selectors';
import { append, type Labels, ownerPath, type Place, placeOf, type Pods } from './pods-of-stack';

/** A disruption budget that selects its pods by labels alone. */
interface Budget extends Place {
  readonly selector: Labels;
}

/**
 * The problems of pods with several disruption budgets: the API server then refuses to evict them, whatever the budgets
 * allow.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/registry/core/pod/storage/eviction.go
 */
export function budgetProblems(
  pods: readonly Pods[],
  index: PodIndex,
  resources: readonly TerraformResource[],
): Violation[] {
  const budgetsOf = new Map<Pods, Budget[]>();
  for (const budget of resources.flatMap(readBudget)) {
    const isForAll = Object.keys(budget.selector).length === 0;
    const kept = isForAll
      ? pods.filter(({ place }) => place === budget.place)
      : index.selected(budget.place, budget.selector);
    kept.forEach((one) => append(budgetsOf, one, budget));
  }
  return [...budgetsOf]
    .filter(([, budgets]) => !haveOneName(budgets))
    .map(([{ resource }, budgets]) =>
      questionable(
        'disruption-budget-once',
        `the pods of ${ownerPath(resource)} must have at most one PodDisruptionBudget, got those of ` +
          `${budgets.map((one) => ownerPath(one.resource)).join(' and ')}: Kubernetes then evicts none of the pods, so nodes cannot be drained, and the cluster cannot be upgraded. Remove one of them` +
          "; 'disruptionBudget: DisruptionBudget.none()' " +
          'leaves that of a workload out',
      ),
    );
}

/** Whether there is only one budget, or all have the same name, which is reported elsewhere. */
function haveOneName(budgets: readonly Budget[]): boolean {
  return new Set(budgets.map(({ resource }) => objectMetadata(resource).name)).size === 1;
}

function readBudget(resource: TerraformResource): Budget[] {
  if (!/^kubernetes_pod_disruption_budget(_v1)?$/.test(resource.terraformResourceType)) {
    return [];
  }
  const spec = (resource as PodDisruptionBudgetV1).specInput;
  // the binding omits an empty selector, which selects all pods
  const { matchLabels = {}, matchExpressions } = spec?.selector ?? {};
  const place = placeOf(resource, objectMetadata(resource).namespace);
  return spec === undefined || matchExpressions !== undefined ? [] : [{ resource, place, selector: matchLabels }];
}
