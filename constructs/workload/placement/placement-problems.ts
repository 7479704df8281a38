import { firstLeft } from '../../core/problems/acknowledgements';
import { questionable, type Violation } from '../../core/problems/violation';
import { isText } from '../../core/values/known';
import { knownDevices } from '../../kubernetes/devices';
import { clusterOf, type KnownCluster, type PlacedPods } from '../../kubernetes/known-clusters';
import { hasPoolsByHand } from '../../kubernetes/pools-by-hand';
import { hasLabels, missingDevices, type PoolNodes, runsImages, untolerated } from '../../kubernetes/scheduling';

/** The words of messages about placement, which depend on how the pods are written. */
export interface PlacementWords {
  /** The property with the labels of nodes. */
  readonly selector: string;
  /** Its value in messages, if that is not the labels. */
  readonly written?: string;
  readonly selectorRemedy: string;
  /** The property with the taints that the pods tolerate. */
  readonly tolerations: string;
  readonly tolerationsRemedy: string;
  /** The property with the devices that the pods need. */
  readonly devices: string;
  readonly devicesRemedy: string;
}

/** The problems of pods that no pool of their cluster can run, if the program knows all its pools. */
export function placementProblems(pods: PlacedPods, words: PlacementWords): Violation[] {
  const asksForDevices = Object.keys(pods.demands.devices).length > 0;
  const known = pods.isPlaced || asksForDevices ? clusterOf(pods) : undefined;
  if (known === undefined || !known.isMade) {
    return [];
  }
  const { construct, demands, isPlaced } = pods;
  const pools = known.pools();
  const selected = pools.filter((pool) => hasLabels(pool, demands));
  const open = selected.filter((pool) => untolerated(pool, demands).length === 0);
  // if the taints are acknowledged, the pods tolerate them in another way
  const admitted = open.length > 0 ? open : selected;
  const unfit = admitted.filter((pool) => !runsImages(pool, demands));
  const suited = (pool: PoolNodes): boolean => Object.keys(missingDevices(pool, demands)).length === 0;
  const problems = firstLeft(
    construct,
    () => (isPlaced && selected.length === 0 ? [selectorProblem(pods, known, pools, words)] : []),
    () => (isPlaced && selected.length > 0 && open.length === 0 ? [taintProblem(pods, known, selected, words)] : []),
    () =>
      isPlaced && unfit.length > 0 && unfit.length >= (pods.isOnEveryNode ? 1 : admitted.length)
        ? [architectureProblem(pods, unfit, words)]
        : [],
    () => (selected.length === 0 || admitted.some(suited) ? [] : deviceProblems(pods, known, admitted, words)),
  );
  return problems.length > 0 && hasPoolsByHand(construct) ? [] : problems;
}

function selectorProblem(
  { demands }: PlacedPods,
  { cluster }: KnownCluster,
  pools: readonly PoolNodes[],
  { selector, written, selectorRemedy }: PlacementWords,
): Violation {
  const labels = [
    ...Object.entries(demands.labels).map(([key, value]) => `${key}=${value}`),
    ...demands.oneOf.map(({ label, values }) => `${label} one of ${values.join(', ')}`),
  ].join(' and ');
  return questionable(
    'placement-on-a-pool',
    `'${selector}' must select the nodes of a pool of ${cluster.node.path}, got ${written ?? labels}, which none of its pools ` +
      `(${namesOf(pools)}) has: ${selectorRemedy}`,
  );
}

function taintProblem(
  { demands }: PlacedPods,
  { cluster }: KnownCluster,
  pools: readonly PoolNodes[],
  { tolerations, tolerationsRemedy }: PlacementWords,
): Violation {
  const taints = [...new Set(pools.flatMap((pool) => untolerated(pool, demands)))];
  return questionable(
    'placement-tolerates-taints',
    `'${tolerations}' must tolerate the taints of the pool that it selects of ${cluster.node.path} (${namesOf(pools)}), got no ` +
      `toleration of ${taints.join(', ')}: ${tolerationsRemedy}`,
  );
}

function architectureProblem(
  { demands }: PlacedPods,
  pools: readonly PoolNodes[],
  { selector }: PlacementWords,
): Violation {
  return questionable(
    'image-architecture',
    `'${selector}' must select nodes with a processor architecture that the images support (${demands.architectures.join(', ')}), got ` +
      `${pools.map(({ name, architecture = '' }) => `${name} (${architecture})`).join(', ')}: the container would fail with "exec format error". Select another pool`,
  );
}

/** The problem of pods that request more devices than the nodes that they may run on have. */
function deviceProblems(
  { demands }: PlacedPods,
  known: KnownCluster,
  admitted: readonly PoolNodes[],
  { devices, devicesRemedy }: PlacementWords,
): Violation[] {
  const all = known.pools();
  const having = (pools: readonly PoolNodes[], name: string): PoolNodes[] =>
    pools.filter((pool) => missingDevices(pool, demands)[name] === undefined);
  const missing = knownDevices(demands.devices).filter(([name]) => having(admitted, name).length === 0);
  const [first] = missing;
  if (first === undefined) {
    return [];
  }
  const [name, count] = first;
  const fitting = having(all, name);
  const remedy =
    fitting.length > 0
      ? `those of ${namesOf(fitting)} have that, but the pods are not placed on them. ${devicesRemedy}`
      : tooFewText(all, name);
  return [
    questionable(
      'devices-of-a-pool',
      `'${devices}' must not request more than the nodes of ${known.cluster.node.path} selected for the pods have (` +
        `${namesOf(admitted)}), got ${count} of ${name}: ${remedy}`,
    ),
  ];
}

/** The remedy if no pool of a cluster has as many of a device as the pods request. */
function tooFewText(pools: readonly PoolNodes[], device: string): string {
  const few = pools.filter(({ devices }) => (devices?.[device] ?? 0) > 0);
  return few.length > 0
    ? `${few.map((pool) => `those of ${namesOf([pool])} have ${pool.devices?.[device]}`).join(', ')}. Request less, or use a larger VM size`
    : 'none of its nodes has any. Add a pool of the N series, such as Standard_NC24ads_A100_v4';
}

function namesOf(pools: readonly PoolNodes[]): string {
  return pools.length === 0 ? 'none' : pools.map(({ name }) => (isText(name) ? name : 'a pool')).join(', ');
}
