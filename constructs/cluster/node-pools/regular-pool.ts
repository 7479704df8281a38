import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isPlaced } from '../../kubernetes/known-clusters';
import { makesPods } from '../../kubernetes/pod-makers';
import { hasPoolsByHand } from '../../kubernetes/pools-by-hand';
import { questionable, type Violation } from '../../core/problems/violation';

/**
 * The problem of a stack whose applications no pool can run.
 *
 * @param cluster A cluster whose default pool keeps applications off
 * @param hasRegularPool Whether a pool was added that runs them
 * @see https://learn.microsoft.com/azure/aks/use-system-pools#system-and-user-node-pools
 */
export function regularPoolProblems(cluster: IConstruct, hasRegularPool: boolean): Violation[] {
  const application = hasRegularPool ? undefined : applicationOf(cluster);
  return application === undefined || hasPoolsByHand(cluster)
    ? []
    : [
        questionable(
          'pool-for-applications',
          "'defaultNodePool.criticalAddonsOnly' needs a regular pool without taints for applications, got none for " +
            `${application.node.path}, whose pods would never start: add one with addNodePool(...), or leave it out`,
        ),
      ];
}

/** A resource whose pods are not placed on certain nodes. */
function applicationOf(cluster: IConstruct): IConstruct | undefined {
  return TerraformStack.of(cluster)
    .node.findAll()
    .find((one) => runsPods(one) && !isPlaced(one));
}

/** Whether a construct is a resource that runs pods. */
export function runsPods(one: IConstruct): boolean {
  return TerraformResource.isTerraformResource(one) && makesPods(one);
}
