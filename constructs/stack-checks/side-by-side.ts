import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { reportProblems } from '../core/problems/report';
import type { Violation } from '../core/problems/violation';
import { requireClusterAtPlan } from './custom-resources';
import { deniedProblems } from './denied-pods';
import { claimProblems } from './exposure-claims';
import { namespaceProblems } from './namespace-checks';
import { nameProblems } from './object-names';
import { PodIndex, selectorProblems } from './pod-selectors';
import { readPods } from './pods-of-stack';
import { readService } from './services-of-stack';
import { targetPortProblems } from './target-ports';

const checkedStacks = new WeakSet<TerraformStack>();

/**
 * Reports what is wrong only with several Kubernetes resources side by side, ours or not.
 *
 * One rule a stack, whoever asks, so that a large stack is looked through once.
 */
export function requireSideBySide(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (checkedStacks.has(stack)) {
    return;
  }
  checkedStacks.add(stack);
  reportProblems(stack, () => sideBySideProblems(stack));
  requireClusterAtPlan(stack);
}

function sideBySideProblems(stack: TerraformStack): Violation[] {
  const resources = stack.node
    .findAll()
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
    .filter((one) => one.terraformResourceType.startsWith('kubernetes_') && TerraformStack.of(one) === stack);
  const pods = resources.flatMap(readPods);
  const services = resources.flatMap(readService);
  const index = new PodIndex(pods);
  return [
    ...nameProblems(resources),
    ...pods.flatMap((one) => selectorProblems(one, index)),
    ...services.flatMap((one) => targetPortProblems(one, index)),
    ...claimProblems(services),
    ...deniedProblems(pods, resources),
    ...namespaceProblems(resources),
  ];
}
