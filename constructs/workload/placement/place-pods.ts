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
 * Lets the rules about the nodes of clusters know where the pods of a construct may be placed, and reports it when no pool
 * of their cluster takes them.
 *
 * @param images The images that run on these nodes
 * @param isOnEveryNode Whether there is a pod on every node that takes it
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

/** What must be there before the pods can be placed. */
export function schedulingPrerequisites({ placement, affinity, priorityClass }: PodOptions): IConstruct[] {
  return [
    ...(placement?._prerequisites ?? []),
    ...itemsOf(affinity).flatMap((one) => one._prerequisites),
    ...(priorityClass === undefined ? [] : [priorityClass]),
  ];
}

/** What each pod needs of the devices of its node. */
function devicesOfPods({ resources, sidecars = [], initContainers = [] }: PodParts): Devices {
  return devicesOfPod(
    [resources, ...sidecars.map((one) => one.resources)].map(needsOf),
    initContainers.map((one) => needsOf(one.resources)),
  );
}

/** A limit alone is the request, too. */
function needsOf(resources: ContainerResources = {}): Devices {
  const { cpuRequest, cpuLimit } = resources;
  return { ...cpusOf((cpuRequest ?? cpuLimit)?.quantity), ...devicesOf(resources) };
}
