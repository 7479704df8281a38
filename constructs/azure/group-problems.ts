import type { IConstruct } from 'constructs';
import { reportProblems } from '../core/problems/report';
import type { Violation } from '../core/problems/violation';
import { checkGiven } from '../core/rules/rule';
import { location as locationRule } from './location-rules';
import { type IResourceGroupRef, literalGroup } from './resource-group';
import { resourceGroupName } from './resource-name-rules';

/** The constructs that passed their resource group here. */
const reporters = new WeakSet<IConstruct>();
/** The resource groups that were passed here, by app. */
const reportedByApp = new WeakMap<IConstruct, WeakSet<IResourceGroupRef>>();

/**
 * Reports the problems of the resource group of a construct, once: neither again for another construct with the same
 * group, such as the registry of a cluster, nor for the parts of a construct that has reported them.
 */
export function reportGroup(scope: IConstruct, group: IResourceGroupRef): void {
  const { root, scopes } = scope.node;
  const reported = reportedByApp.get(root) ?? new WeakSet();
  reportedByApp.set(root, reported);
  const isReported = reported.has(group) || scopes.some((one) => reporters.has(one));
  reporters.add(scope);
  reported.add(group);
  if (!isReported) {
    const literal = literalGroup(group);
    reportProblems(scope, () => groupProblems(literal));
  }
}

/** The problems of a resource group. */
export function groupProblems({ name, location }: IResourceGroupRef): Violation[] {
  return [
    ...checkGiven(resourceGroupName, 'resourceGroup.name', name),
    ...checkGiven(locationRule, 'resourceGroup.location', location),
  ];
}
