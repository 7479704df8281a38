import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { reportProblems, reportWarningsLate } from '../core/problems/report';
import type { Violation } from '../core/problems/violation';
import { autoscalerProblems } from './autoscalers';
import { bareIngressWarnings } from './bare-ingresses';
import { customResourceProblems } from './custom-resources';
import { deniedProblems } from './denied-pods';
import { budgetProblems } from './disruption-budgets';
import { claimProblems } from './exposure-claims';
import { missingNamespaceProblems, missingNamespaceWarnings } from './made-namespaces';
import { namespaceProblems } from './namespace-checks';
import { nameProblems } from './object-names';
import { PodIndex, selectorProblems } from './pod-selectors';
import { readPods } from './pods-of-stack';
import { readService } from './services-of-stack';
import { sharedServiceWarnings } from './shared-services';
import { targetPortProblems } from './target-ports';

const checkedStacks = new WeakSet<TerraformStack>();

/**
 * Reports problems of combinations of Kubernetes resources in a stack, whether of this library or not.
 *
 * Each stack has this rule once, so that a large stack is searched only once.
 */
export function requireSideBySide(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (checkedStacks.has(stack)) {
    return;
  }
  checkedStacks.add(stack);
  reportProblems(stack, () => sideBySideProblems(stack, kubernetesResources(stack)));
  reportWarningsLate(stack, () => sideBySideWarnings(stack, kubernetesResources(stack)));
}

function kubernetesResources(stack: TerraformStack): TerraformResource[] {
  return stack.node
    .findAll()
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
    .filter((one) => one.terraformResourceType.startsWith('kubernetes_') && TerraformStack.of(one) === stack);
}

function sideBySideWarnings(stack: TerraformStack, resources: readonly TerraformResource[]): Violation[] {
  const index = new PodIndex(resources.flatMap(readPods));
  return [
    ...bareIngressWarnings(resources),
    ...missingNamespaceWarnings(stack, resources),
    ...resources.flatMap(readService).flatMap((one) => sharedServiceWarnings(one, index)),
  ];
}

function sideBySideProblems(stack: TerraformStack, resources: readonly TerraformResource[]): Violation[] {
  const pods = resources.flatMap(readPods);
  const services = resources.flatMap(readService);
  const index = new PodIndex(pods);
  return [
    ...nameProblems(resources),
    ...pods.flatMap((one) => selectorProblems(one, index)),
    ...services.flatMap((one) => targetPortProblems(one, index)),
    ...budgetProblems(pods, index, resources),
    ...autoscalerProblems(resources),
    ...claimProblems(services),
    ...deniedProblems(pods, resources),
    ...namespaceProblems(resources),
    ...missingNamespaceProblems(stack, resources),
    ...customResourceProblems(stack, resources),
  ];
}
