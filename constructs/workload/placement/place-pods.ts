import type { IConstruct } from 'constructs';
import { reportProblems } from '../../core/problems/report';
import { questionable, type Violation } from '../../core/problems/violation';
import { isText, itemsOf } from '../../core/values/known';
import { clusterOf, type KnownCluster, type PlacedPods, rememberPods } from '../../kubernetes/known-clusters';
import { hasLabels, type PoolNodes, runsImages, untolerated } from '../../kubernetes/scheduling';
import type { IContainerImage } from '../pod/container-image';
import type { PodOptions } from '../pod/pod-options';

/**
 * Lets the rules about the nodes of clusters know where the pods of a construct may be placed, and reports it when no pool
 * of their cluster takes them.
 *
 * @param images The images that run on these nodes
 * @param isOnEveryNode Whether there is a pod on every node that takes it
 */
export function placePods(
  construct: IConstruct,
  props: PodOptions,
  images: readonly IContainerImage[],
  isOnEveryNode: boolean,
): void {
  const { placement, provider } = props;
  const pods: PlacedPods = {
    construct,
    provider,
    demands: {
      ...(placement?._demands ?? { labels: {}, oneOf: [], tolerations: [] }),
      architectures: images.map(({ architecture }) => architecture).filter(isText),
    },
    isPlaced: placement !== undefined,
    isOnEveryNode,
  };
  rememberPods(pods);
  if (pods.isPlaced) {
    reportProblems(construct, () => placementProblems(pods));
  }
}

/** The problem with pods that no pool of their cluster takes, where the program knows all its pools. */
function placementProblems(pods: PlacedPods): Violation[] {
  const known = clusterOf(pods);
  if (known === undefined || !known.isMade) {
    return [];
  }
  const { demands } = pods;
  const pools = known.pools();
  const selected = pools.filter((pool) => hasLabels(pool, demands));
  const admitted = selected.filter((pool) => untolerated(pool, demands).length === 0);
  if (selected.length === 0) {
    return [selectorProblem(pods, known, pools)];
  }
  if (admitted.length === 0) {
    return [taintProblem(pods, known, selected)];
  }
  const unfit = admitted.filter((pool) => !runsImages(pool, demands));
  return unfit.length < (pods.isOnEveryNode ? 1 : admitted.length) ? [] : [architectureProblem(pods, unfit)];
}

function selectorProblem({ demands }: PlacedPods, { cluster }: KnownCluster, pools: readonly PoolNodes[]): Violation {
  const labels = [
    ...Object.entries(demands.labels).map(([key, value]) => `${key}=${value}`),
    ...demands.oneOf.map(({ label, values }) => `${label} one of ${values.join(', ')}`),
  ];
  return questionable(
    'placement-on-a-pool',
    `'placement' must select the nodes of a pool of ${cluster.node.path}, got ${labels.join(' and ')}, which none of its pools ` +
      `(${namesOf(pools)}) has: use Placement.on(...) with one of them, or give a pool the labels`,
  );
}

function taintProblem({ demands }: PlacedPods, { cluster }: KnownCluster, pools: readonly PoolNodes[]): Violation {
  const taints = [...new Set(pools.flatMap((pool) => untolerated(pool, demands)))];
  return questionable(
    'placement-tolerates-taints',
    `'placement' must tolerate the taints of the pool that it selects of ${cluster.node.path} (${namesOf(pools)}), got no ` +
      `toleration of ${taints.join(', ')}: use Placement.on(...), which tolerates them, or add it to 'tolerations'`,
  );
}

function architectureProblem({ demands }: PlacedPods, pools: readonly PoolNodes[]): Violation {
  return questionable(
    'image-architecture',
    `'placement' must select nodes with processors that the images are built for (${demands.architectures.join(', ')}), got ` +
      `${pools.map(({ name, architecture = '' }) => `${name} (${architecture})`).join(', ')}: the container would end with ` +
      '"exec format error". Select another pool',
  );
}

function namesOf(pools: readonly PoolNodes[]): string {
  return pools.map(({ name }) => (isText(name) ? name : 'a pool')).join(', ');
}

/** What must be there before the pods can be placed. */
export function schedulingPrerequisites({ placement, affinity, priorityClass }: PodOptions): IConstruct[] {
  return [
    ...(placement?._prerequisites ?? []),
    ...itemsOf(affinity).flatMap((one) => one._prerequisites),
    ...(priorityClass === undefined ? [] : [priorityClass]),
  ];
}
