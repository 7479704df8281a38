import type { IConstruct } from 'constructs';
import { reportProblems } from '../../core/problems/report';
import { type Violation, when } from '../../core/problems/violation';
import { clusterOf } from '../../kubernetes/known-clusters';
import type { PodParts } from '../pod/pod-parts';
import type { ReplicaOptions } from './replica-options';

/** Reports pods that are scaled by an add-on that their cluster, if the program creates it, does not have. */
export function requireScalingAddOns(scope: IConstruct, props: PodParts & Pick<ReplicaOptions, 'eventScaling'>): void {
  if (props.eventScaling !== undefined || props.verticalScaling !== undefined) {
    reportProblems(scope, () => addOnProblems(scope, props));
  }
}

function addOnProblems(
  construct: IConstruct,
  { provider, eventScaling, verticalScaling }: PodParts & Pick<ReplicaOptions, 'eventScaling'>,
): Violation[] {
  const known = clusterOf({ construct, provider });
  const needs = (property: string, addOn: string): string =>
    `'${property}' needs an add-on that ${known?.cluster.node.path ?? ''} does not have: set its '${addOn}' to true`;
  return [
    ...when(eventScaling !== undefined && known?.addOns?.keda === false, 'event-scaling-needs-keda', () =>
      needs('eventScaling', 'keda'),
    ),
    ...when(
      verticalScaling !== undefined && known?.addOns?.verticalPodAutoscaler === false,
      'vertical-scaling-needs-add-on',
      () => needs('verticalScaling', 'verticalPodAutoscaler'),
    ),
  ];
}
