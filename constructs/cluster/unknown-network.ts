import type { IConstruct } from 'constructs';
import { violation } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';

const poolsOf = new WeakMap<IConstruct, IConstruct[]>();

/** Reports it when a pool is added to a cluster of which nobody said where its nodes are. */
export function reportPoolsIn(cluster: IConstruct): void {
  const pools: IConstruct[] = [];
  poolsOf.set(cluster, pools);
  reportProblems(cluster, () =>
    pools.length === 0
      ? []
      : [
          violation(
            'found-cluster-network',
            `'networkProfile' must be given to fromClusterAttributes(...) for the pool ${pools.map(({ node }) => node.path).join(', ')}, ` +
              'got nothing: in a network of its own, nodes without its subnet come somewhere else. Give the network of the ' +
              'cluster, NetworkProfile.overlay() for one that Azure made, or use AksCluster.fromClusterName(...), which finds the subnet',
          ),
        ],
  );
}

/** Notes that a pool is added to a cluster. */
export function notePool(cluster: IConstruct, pool: IConstruct): void {
  poolsOf.get(cluster)?.push(pool);
}
