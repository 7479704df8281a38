import { itemsOf } from '../../core/values/known';
import type { Volume } from './volume';
import type { VolumeMount } from './volume-mount';

/** The mounts of one container. */
export interface ContainerMounts {
  /** The property of the mounts, such as "initContainers[0].volumes". */
  readonly property: string;
  readonly mounts: readonly VolumeMount[];
  /** Other paths that the container uses. */
  readonly otherPaths: readonly string[];
  /** The names of its other volumes. */
  readonly otherVolumes: readonly string[];
}

/** A volume of a pod, with the property of its first mount. */
export interface PodVolume {
  readonly property: string;
  readonly volume: Volume;
}

/** The volumes that the containers of a pod mount, without duplicates. */
export function volumesOf(containers: readonly ContainerMounts[]): PodVolume[] {
  const all = containers.flatMap(({ property, mounts }) =>
    itemsOf(mounts).map(({ volume }, index) => ({ property: `${property}[${index}].volume`, volume })),
  );
  return all.filter(({ volume }, index) => all.findIndex((one) => one.volume === volume) === index);
}
