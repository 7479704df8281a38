import type { IConstruct } from 'constructs';
import { reportProblems } from '../../core/problems/report';
import { isText, itemsOf } from '../../core/values/known';
import { cpusOf, type Devices, devicesOfPod } from '../../kubernetes/devices';
import { type PlacedPods, rememberPods } from '../../kubernetes/known-clusters';
import type { IContainerImage } from '../pod/container-image';
import { devicesOf } from '../pod/device-resources';
import type { PodOptions } from '../pod/pod-options';
import type { ContainerResources } from '../pod/resources';
import type { PodParts } from '../pod/pod-parts';
import { type PlacementWords, placementProblems } from './placement-problems';

const WORDS: PlacementWords = {
  selector: 'placement',
  selectorRemedy: 'use Placement.on(...) with one of them, or give a pool the labels',
  tolerations: 'placement',
  tolerationsRemedy: "use Placement.on(...), which tolerates them, or add it to 'tolerations'",
  devices: 'resources',
  devicesRemedy: "Give 'placement: Placement.on(...)' with such a pool",
};

/**
 * Remembers the placement of the pods of a construct for the rules on nodes of clusters, and reports pods that no pool
 * of their cluster can run.
 *
 * @param images The images of the pods
 * @param isOnEveryNode Whether a pod runs on every suitable node
 */
export function placePods(
  construct: IConstruct,
  props: PodParts,
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
      devices: devicesOfPods(props),
    },
    isPlaced: placement !== undefined,
    isOnEveryNode,
  };
  rememberPods(pods);
  reportProblems(construct, () => placementProblems(pods, { ...WORDS, written: placement?._written }));
}

/** The constructs that must exist before the pods can be placed. */
export function schedulingPrerequisites({ placement, affinity, priorityClass }: PodOptions): IConstruct[] {
  return [
    ...(placement?._prerequisites ?? []),
    ...itemsOf(affinity).flatMap((one) => one._prerequisites),
    ...(priorityClass === undefined ? [] : [priorityClass]),
  ];
}

/** The devices of its node that each pod needs. */
function devicesOfPods({ resources, sidecars = [], initContainers = [] }: PodParts): Devices {
  return devicesOfPod(
    [resources, ...sidecars.map((one) => one.resources)].map(needsOf),
    initContainers.map((one) => needsOf(one.resources)),
  );
}

/** The devices and CPUs that a container requests. A limit without a request is also the request. */
function needsOf(resources: ContainerResources = {}): Devices {
  const { cpuRequest, cpuLimit } = resources;
  return { ...cpusOf((cpuRequest ?? cpuLimit)?.quantity), ...devicesOf(resources) };
}
