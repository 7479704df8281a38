import type { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { areDifferent } from '../kubernetes/namespace-names';
import { type Violation, when } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { checkGiven } from '../core/rules/rule';
import { itemsOf } from '../core/values/known';
import { show } from '../core/values/shown';
import * as kubernetes from '../kubernetes/kubernetes-rules';
import type { BlueGreenServiceProps } from './blue-green-props';
import type { Exposure } from './exposure/exposure';
import type { ServicePortProps } from './exposure/service-ports';
import { serviceProblems, takenNameProblems } from './exposure/service-spec';
import type { IWorkload } from './i-workload';

/** The problems of a Service in front of several versions of an application. */
export function blueGreenProblems(
  scope: IConstruct,
  { serviceName, workloads, active }: BlueGreenServiceProps,
  ports: ServicePortProps,
): Violation[] {
  const all = itemsOf(workloads).filter((workload) => areTogether(scope, workload));
  return [
    ...checkGiven(kubernetes.serviceName, 'serviceName', serviceName),
    ...takenNameProblems('serviceName', serviceName, active.namespace),
    ...emptyProblems('workloads', workloads, 'workload', 'somebody must answer'),
    ...serviceProblems(ports),
    ...when(
      all.length > 0 && areTogether(scope, active) && !all.includes(active),
      'blue-green-active',
      () =>
        `'active' must be one of 'workloads' (${all.map(({ node }) => node.path).join(', ')}), got ${active.node.path}: add it, so that callers are allowed before the switch`,
    ),
    ...all
      .filter(() => areTogether(scope, active))
      .flatMap((workload) =>
        placeProblems(scope, `workloads[${itemsOf(workloads).indexOf(workload)}]`, workload, active),
      ),
  ];
}

/** The warnings of such a Service. */
export function blueGreenWarnings(active: IWorkload, exposure: Exposure): Violation[] {
  return [
    ...exposure._warnings,
    ...when(
      active.node.findAll().some(isNotWaitedFor),
      'blue-green-waits',
      () =>
        `'active' is ${active.node.path}, whose 'rollout.wait' is false: requests may arrive before its pods run. Leave it out`,
    ),
  ];
}

/** The problems of workloads in another stack, cluster or namespace than the Service. */
function placeProblems(scope: IConstruct, property: string, workload: IWorkload, active: IWorkload): Violation[] {
  const { path } = workload.node;
  const isElsewhere = TerraformStack.of(workload) !== TerraformStack.of(scope);
  return [
    ...when(
      isElsewhere,
      'blue-green-one-stack',
      () => `'${property}' must be in the stack of the Service, got ${path}: the switch waits for its pods`,
    ),
    ...when(
      !isElsewhere && workload.provider !== active.provider,
      'blue-green-one-cluster',
      () =>
        `'${property}' must have the provider of 'active', ${active.provider?.node.path ?? 'none'}, got ${path} with ` +
        `${workload.provider?.node.path ?? 'none'}: a Service selects only pods of its own cluster`,
    ),
    ...when(
      areDifferent(scope, workload.namespace, active.namespace),
      'blue-green-one-namespace',
      () =>
        `'${property}' must be in the namespace of 'active', ${show(active.namespace)}, got ${path} in ` +
        `${show(workload.namespace)}: a Service selects only pods of its own namespace`,
    ),
  ];
}

/** Whether two constructs belong to one program, which stand-ins for reported values do not. */
function areTogether(one: IConstruct, other: IConstruct): boolean {
  return one.node.root === other.node.root;
}

function isNotWaitedFor(construct: IConstruct): boolean {
  return (
    TerraformResource.isTerraformResource(construct) &&
    (construct as Partial<DeploymentV1>).waitForRolloutInput === false
  );
}
