import { type Violation, when } from '../core/problems/violation';
import { check } from '../core/rules/rule';
import * as rules from '../kubernetes/kubernetes-rules';
import { serviceProblems, serviceWarnings, takenNameProblems } from './exposure/service-spec';
import { migrationProblems, migrationWarnings } from './jobs/migration-problems';
import { podVolumes } from './pod/pod-volumes';
import { runningContainers } from './pod/running-containers';
import { podProblems, podWarnings } from './pod/pod-problems';
import { portProblems } from './pod/port-problems';
import { fewestReplicas, replicaProblems, replicaWarnings } from './scaling/replica-problems';
import type { Rollout } from './scaling/rollout';
import { partitionWarnings, volumeProblems } from './scaling/volume-problems';
import { isStateful } from './stateful-set';
import { workloadNames } from './workload-names';
import type { WorkloadProps } from './workload-props';

/** The problems of a workload. */
export function workloadProblems(props: WorkloadProps, rollout: Rollout): Violation[] {
  return [
    ...podProblems(props),
    ...nameProblems(props),
    ...portProblems(props),
    ...rollout.problems(runningContainers(props)),
    ...replicaProblems(props, runningContainers(props)),
    ...volumeProblems(podVolumes(props), props, isStateful(props)),
    ...serviceProblems(props),
    ...migrationProblems(props),
  ];
}

/** The warnings of a workload. */
export function workloadWarnings(props: WorkloadProps, rollout: Rollout): Violation[] {
  return [
    ...podWarnings(props),
    ...rollout.warnings(fewestReplicas(props)),
    ...replicaWarnings(props),
    ...when(
      props.eventScaling !== undefined && fewestReplicas(props) === 0,
      'service-without-pods',
      () =>
        "'eventScaling.minReplicas' is 0: while there is no load, the Service has no pod, and requests fail. Set it to 1, or use a Worker if it has no clients",
    ),
    ...partitionWarnings(props),
    ...serviceWarnings(props),
    ...migrationWarnings(props),
  ];
}

/** The problems of the names of objects. */
function nameProblems(props: WorkloadProps): Violation[] {
  const { deploymentName, serviceName, namespace } = props;
  const controllerName = isStateful(props) ? rules.statefulSetName : rules.deploymentName;
  return [
    ...check(controllerName, 'deploymentName', deploymentName),
    ...check(rules.serviceName, 'serviceName', serviceName),
    ...takenNameProblems(
      serviceName === undefined ? 'name' : 'serviceName',
      workloadNames(props).serviceName,
      namespace,
    ),
  ];
}
