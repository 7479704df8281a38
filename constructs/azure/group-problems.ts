import type { IConstruct } from 'constructs';
import { reportProblems } from '../core/problems/report';
import type { Violation } from '../core/problems/violation';
import { checkGiven } from '../core/rules/rule';
import { location as locationRule } from './location-rules';
import { type IResourceGroupRef, literalGroup } from './resource-group';
import { resourceGroupName } from './resource-name-rules';

/** The constructs that tell of their resource group, themselves or by another one. */
const tellers = new WeakSet<IConstruct>();
/** The resource groups that are told of, by app. */
const toldOf = new WeakMap<IConstruct, WeakSet<IResourceGroupRef>>();

/**
 * Reports what is wrong with the resource group of a construct. Of constructs that share one, such as a cluster and its
 * registry, the first tells; and none tells for the construct that it is a part of.
 */
export function reportGroup(scope: IConstruct, group: IResourceGroupRef): void {
  const { root, scopes } = scope.node;
  const told = toldOf.get(root) ?? new WeakSet();
  toldOf.set(root, told);
  const isTold = told.has(group) || scopes.some((one) => tellers.has(one));
  tellers.add(scope);
  told.add(group);
  if (!isTold) {
    const literal = literalGroup(group);
    reportProblems(scope, () => groupProblems(literal));
  }
}

/** What is wrong with a resource group. */
export function groupProblems({ name, location }: IResourceGroupRef): Violation[] {
  return [
    ...checkGiven(resourceGroupName, 'resourceGroup.name', name),
    ...checkGiven(locationRule, 'resourceGroup.location', location),
  ];
}
