import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import { areDifferent } from '../../kubernetes/namespace-names';
import { reportProblems } from '../../core/problems/report';
import { questionable, type Violation, when } from '../../core/problems/violation';
import { show } from '../../core/values/shown';
import { clusterKey } from '../../kubernetes/kubernetes-names';
import { AccessMode } from './claim-options';
import type { IPersistentVolumeClaim } from './i-persistent-volume-claim';
import type { PodVolume } from './volumes-of';

const users = new WeakMap<IPersistentVolumeClaim, IConstruct[]>();

/** The cluster and the namespace of pods. */
export interface PodPlace {
  readonly namespace?: string;
  readonly provider?: TerraformProvider;
}

/** Reports the problems of the claims that the pods of a construct mount. */
export function useClaims(construct: IConstruct, volumes: readonly PodVolume[], place: PodPlace): void {
  for (const { property, volume } of volumes) {
    const claim = volume._claim;
    if (claim !== undefined) {
      const earlier = [...(users.get(claim) ?? [])];
      users.set(claim, [...earlier, construct]);
      reportProblems(construct, () => [
        ...placeProblems(property, claim, place),
        ...sharingProblems(property, claim, earlier),
      ]);
    }
  }
}

/** Whether only one node, or one pod, can use the volume of a claim at a time. */
export function isOfOneNode({ accessMode }: IPersistentVolumeClaim): boolean {
  return accessMode === AccessMode.READ_WRITE_ONCE || accessMode === AccessMode.READ_WRITE_ONCE_POD;
}

function placeProblems(
  property: string,
  claim: IPersistentVolumeClaim,
  { namespace = 'default', provider }: PodPlace,
): Violation[] {
  const isElsewhere = areDifferent(claim, claim.namespace, namespace);
  return when(
    isElsewhere || clusterKey(claim.provider) !== clusterKey(provider),
    'claim-of-namespace',
    () =>
      `'${property}' must use a claim in the namespace and the cluster of the pods, ${show(namespace)}, got ` +
      `${claim.node.path} in ${isElsewhere ? show(claim.namespace) : 'another'}: give both the same 'namespace' and 'provider'`,
  );
}

function sharingProblems(property: string, claim: IPersistentVolumeClaim, earlier: readonly IConstruct[]): Violation[] {
  return earlier.length === 0 || !isOfOneNode(claim)
    ? []
    : [
        questionable(
          'claim-of-one-node-shared',
          `'${property}' must use a claim that no other workload mounts with ${claim.accessMode ?? ''}, got ${claim.node.path}, ` +
            `which ${earlier.map(({ node }) => node.path).join(', ')} mounts: on another node, its pods could not start. Use ` +
            'AccessMode.READ_WRITE_MANY on Azure Files, or a separate claim',
        ),
      ];
}
