import type { IConstruct } from 'constructs';
import { reportProblems } from '../core/problems/report';
import { isText } from '../core/values/known';
import { type Violation, when } from '../core/problems/violation';
import type { PoolNodes } from '../kubernetes/scheduling';
import type { NodePoolAutoscaling } from './node-pools/node-pool-options';
import { rotationName } from './node-pools/rotation-name';
import type { PoolSize } from './network-profile/network-plan';

/** A pool that was added to a cluster, from any stack. */
export interface AddedPool {
  readonly pool: IConstruct;
  /** The nodes that the network must have addresses for. */
  readonly size: PoolSize;
  /** Whether pods run on it without a toleration. */
  readonly runsApplications: boolean;
  /** Whether it runs the system pods of Kubernetes. */
  readonly isSystem: boolean;
  /** What pods can request of its nodes. */
  readonly nodes: PoolNodes;
  /** Whether its nodes have reserved capacity, which only an identity that exists before the cluster can use. */
  readonly hasReservation: boolean;
}

/** A pool whose number of nodes the autoscaler changes. */
export interface ScaledPool {
  /** The names that it can have: the second one while its nodes are replaced. */
  readonly names: readonly string[];
  readonly maxCount: number;
}

const scaledPoolsByCluster = new WeakMap<IConstruct, ScaledPool[]>();

/** Remembers a pool of a cluster, if its number of nodes can change. */
export function rememberScaling(cluster: IConstruct, poolName: string, autoscaling?: NodePoolAutoscaling): void {
  if (autoscaling !== undefined && autoscaling.minCount !== autoscaling.maxCount) {
    const pool = { names: [poolName, rotationName(poolName)], maxCount: autoscaling.maxCount };
    scaledPoolsByCluster.set(cluster, [...scaledPoolsOf(cluster), pool]);
  }
}

/** The pools of a cluster whose number of nodes changes: all of them once the program is complete. */
export function scaledPoolsOf(cluster: IConstruct): readonly ScaledPool[] {
  return scaledPoolsByCluster.get(cluster) ?? [];
}

const poolsByCluster = new WeakMap<IConstruct, AddedPool[]>();

/** Remembers a pool of a cluster for the rules of the cluster. */
export function rememberPool(cluster: IConstruct, pool: AddedPool): void {
  poolsByCluster.set(cluster, [...poolsOf(cluster), pool]);
}

/** The pools that were added to a cluster: all of them once the program is complete. */
export function poolsOf(cluster: IConstruct): readonly AddedPool[] {
  return poolsByCluster.get(cluster) ?? [];
}

/** A key that is equal for all constructs of one cluster, if the program knows its name and its resource group. */
export function clusterIdentity(name: string, group: string | undefined): string | undefined {
  return isText(name) && isText(group) ? `${group}/${name}`.toLowerCase() : undefined;
}

/**
 * The problem with pools of reserved capacity in a cluster that Azure creates an identity for.
 *
 * @see https://learn.microsoft.com/azure/aks/use-capacity-reservation-groups
 */
export function reservationProblems(cluster: IConstruct, isSystemAssigned: boolean): Violation[] {
  const paths = poolsOf(cluster)
    .filter(({ hasReservation }) => hasReservation)
    .map(({ pool }) => pool.node.path);
  return when(
    isSystemAssigned && paths.length > 0,
    'capacity-reservation-needs-identity',
    () =>
      `'identity' must exist before the cluster for the reserved capacity of ${paths.join(', ')}, got an identity that Azure ` +
      'creates with it: use ClusterIdentity.userAssigned(...), with the role Contributor on the capacity reservation group',
  );
}

/** Reports the pools of an existing cluster whose network is not known. */
export function requireKnownNetwork(cluster: IConstruct): void {
  reportProblems(cluster, () => {
    const paths = poolsOf(cluster).map(({ pool }) => pool.node.path);
    return when(
      paths.length > 0,
      'found-cluster-network',
      () =>
        `'networkProfile' must be given to fromClusterAttributes(...) for the pool ${paths.join(', ')}, got nothing: ` +
        'the nodes would otherwise be created outside the network of the cluster. Specify the network of the cluster, NetworkProfile.overlay()' +
        ' for one that Azure created, or use AksCluster.fromClusterName(...), which looks up the subnet',
    );
  });
}
