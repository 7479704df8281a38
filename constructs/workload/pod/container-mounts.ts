import { itemsOf } from '../../core/values/known';
import type { ContainerMounts } from '../storage/volumes-of';
import { otherContainers } from './other-containers';
import type { PodParts } from './pod-parts';
import type { PodSecurity } from './pod-security';

/** What each container of a pod mounts, and what else it has in its file system. */
export function containerMounts(props: PodParts): ContainerMounts[] {
  const { configFiles = {}, security, volumes } = props;
  return [
    {
      property: 'volumes',
      mounts: itemsOf(volumes),
      otherPaths: [...Object.keys(configFiles), ...foldersOf(security)],
    },
    ...otherContainers(props).map(({ property, options }) => ({
      property: `${property}.volumes`,
      mounts: itemsOf(options.volumes),
      otherPaths: foldersOf(options.security ?? security),
    })),
  ];
}

function foldersOf(security: PodSecurity | undefined): readonly string[] {
  return security?._writableFolders ?? [];
}
