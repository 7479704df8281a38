import { type PodVolume, volumesOf } from '../storage/volumes-of';
import { containerMounts } from './container-mounts';
import type { PodParts } from './pod-parts';

/** The volumes that the containers of a pod mount, without duplicates. */
export function podVolumes(props: PodParts): PodVolume[] {
  return volumesOf(containerMounts(props));
}
