import { itemsOf } from '../../core/values/known';
import type { ContainerMounts } from '../storage/mount-problems';
import type { PodOptions } from './pod-options';
import type { PodSecurity } from './pod-security';

/** What each container of a pod mounts, and what else it has in its file system. */
export function containerMounts({
  configFiles = {},
  security,
  volumes,
  initContainers = [],
}: PodOptions): ContainerMounts[] {
  return [
    {
      property: 'volumes',
      mounts: itemsOf(volumes),
      otherPaths: [...Object.keys(configFiles), ...foldersOf(security)],
    },
    ...initContainers.map((one, index) => ({
      property: `initContainers[${index}].volumes`,
      mounts: itemsOf(one.volumes),
      otherPaths: foldersOf(one.security ?? security),
    })),
  ];
}

function foldersOf(security: PodSecurity | undefined): readonly string[] {
  return security?._writableFolders ?? [];
}
