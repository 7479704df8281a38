import { Token } from 'cdktf';
import { questionable, type Violation, violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { isOfOneNode } from '../storage/claim-users';
import type { PodVolume } from '../storage/volumes-of';
import type { ReplicaOptions } from './replica-options';
import { mostReplicas } from './replica-problems';
import { type RolloutProps, RolloutStrategy } from './rollout';
import { partition } from './stateful-options';

/** The problems of several pods with a volume that only one node can use at a time, and of StatefulSets. */
export function volumeProblems(volumes: readonly PodVolume[], props: ReplicaOptions, isStateful: boolean): Violation[] {
  const { rollout = {}, stateful } = props;
  const [name, most] = mostGivenReplicas(props);
  return [
    ...diskOfManyProblems(volumes, name, most),
    ...(isStateful ? rolloutOfStatefulProblems(rollout) : surgeProblems(volumes, rollout)),
    ...check(partition, 'stateful.partition', stateful?.partition),
  ];
}

/** The property with the largest number of pods, and its value. */
function mostGivenReplicas({ replicas, autoscaling, eventScaling }: ReplicaOptions): [string, number | undefined] {
  if (eventScaling !== undefined) {
    return ['eventScaling.maxReplicas', eventScaling.maxReplicas];
  }
  return autoscaling === undefined ? ['replicas', replicas] : ['autoscaling.maxReplicas', autoscaling.maxReplicas];
}

/** The warning for a rollout that reaches no pod. */
export function partitionWarnings(props: ReplicaOptions): Violation[] {
  const first = props.stateful?.partition;
  const pods = mostReplicas(props);
  return when(
    isKnown(first) && isKnown(pods) && first > 0 && first >= pods,
    'partition-of-all-pods',
    () => `'stateful.partition' is ${first} of ${pods} pods: none would get a new version. Lower it`,
  );
}

/** The problem of several pods with a volume that only one node can use at a time. */
export function diskOfManyProblems(
  volumes: readonly PodVolume[],
  property: string,
  pods: number | undefined,
): Violation[] {
  const disk = diskOf(volumes);
  return disk !== undefined && isKnown(pods) && pods > 1
    ? [
        questionable(
          'disk-of-several-pods',
          `'${property}' must be at most 1 with ${claimText(disk)}, got ${pods}: the disk can be attached to only one node at a time, and pods on other nodes could not start. Use` +
            ' AccessMode.READ_WRITE_MANY on Azure Files, or Volume.claimForEachPod(...) for one disk per pod',
        ),
      ]
    : [];
}

/** The problem of a pod on every node with a volume that only one node can use at a time. */
export function diskOfNodesProblems(volumes: readonly PodVolume[]): Violation[] {
  const disk = diskOf(volumes);
  return disk === undefined
    ? []
    : [
        questionable(
          'disk-of-several-nodes',
          `'${disk.property}' must use a claim that many nodes can mount, since each node has a pod, got ${disk.volume._claim?.accessMode}: ` +
            'the pods on all other nodes could not start. Use AccessMode.READ_WRITE_MANY on Azure Files',
        ),
      ];
}

/** The problem of runs that may overlap, with a volume that only one node can use at a time. */
export function diskOfRunsProblems(volumes: readonly PodVolume[], mayOverlap: boolean): Violation[] {
  const disk = diskOf(volumes);
  return disk !== undefined && mayOverlap
    ? [
        questionable(
          'disk-of-several-runs',
          `'concurrencyPolicy' must not be ALLOW with ${claimText(disk)}, got ALLOW: the disk can be attached to only one node at a time, and a run on another node would wait for the previous one. Leave it out, or use` +
            ' AccessMode.READ_WRITE_MANY on Azure Files',
        ),
      ]
    : [];
}

/** The problem of a claim for each pod, for pods that do not belong to a StatefulSet. */
export function claimTemplateProblems(volumes: readonly PodVolume[]): Violation[] {
  return volumes
    .filter(({ volume }) => volume._claimTemplate !== undefined)
    .map(({ property }) =>
      violation(
        'claim-for-each-pod',
        `'${property}' must not be a claim for each pod unless pods keep their names, got ` +
          'Volume.claimForEachPod(...): use Volume.fromClaim(...) or Volume.emptyDirectory(...)',
      ),
    );
}

/** The options, with the defaults for pods that share a volume that only one node can use at a time. */
export function withDiskDefaults<T extends ReplicaOptions>(
  props: T,
  volumes: readonly PodVolume[],
  isStateful: boolean,
): T {
  if (diskOf(volumes) === undefined) {
    return props;
  }
  const { replicas, autoscaling, eventScaling, rollout = {} } = props;
  const isOpen = [rollout.strategy, rollout.maxSurge, rollout.maxUnavailable].every((one) => one === undefined);
  return {
    ...props,
    replicas: autoscaling === undefined && eventScaling === undefined ? (replicas ?? 1) : replicas,
    rollout: isOpen && !isStateful ? { ...rollout, strategy: RolloutStrategy.RECREATE } : rollout,
  };
}

function diskOf(volumes: readonly PodVolume[]): PodVolume | undefined {
  return volumes.find(({ volume: { _claim: claim } }) => claim !== undefined && isOfOneNode(claim));
}

function claimText({ property, volume }: PodVolume): string {
  return `the ${volume._claim?.accessMode ?? ''} claim of '${property}'`;
}

function surgeProblems(volumes: readonly PodVolume[], { strategy, maxSurge }: RolloutProps): Violation[] {
  const disk = diskOf(volumes);
  const canSurge =
    strategy !== RolloutStrategy.RECREATE && maxSurge?.amount !== 0 && !Token.isUnresolved(maxSurge?.amount);
  return disk !== undefined && canSurge
    ? [
        questionable(
          'disk-and-surge',
          `'rollout.maxSurge' must be 0 with ${claimText(disk)}, got ${maxSurge?._text ?? '1, its default'}: the new pod would wait for the disk of the old one, and the old one for the new one. Leave` +
            " 'rollout' out, or use " +
            'RolloutStrategy.RECREATE',
        ),
      ]
    : [];
}

/** The problems of rollout options that a StatefulSet, which replaces its pods one by one, does not have. */
function rolloutOfStatefulProblems({ strategy, maxSurge, maxUnavailable }: RolloutProps): Violation[] {
  const given = { strategy, maxSurge: maxSurge?._text, maxUnavailable: maxUnavailable?._text };
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      violation(
        'rollout-of-stateful',
        `'rollout.${name}' must not be given for pods that keep their names, got ${String(value)}: a StatefulSet replaces its pods one by one. Leave it out`,
      ),
    );
}
