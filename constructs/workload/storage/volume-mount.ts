import type { DeploymentV1SpecTemplateSpecContainerVolumeMount } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { itemsOf } from '../../core/values/known';
import type { Volume } from './volume';

/** A volume in the file system of a container. */
export interface VolumeMount {
  /** The folder at which it is mounted: an absolute path, unique in the container. */
  readonly mountPath: string;
  /** The volume, such as `Volume.emptyDirectory('cache')`. Containers of a pod that mount the same one share it. */
  readonly volume: Volume;
  /**
   * The folder of the volume that is mounted, as a relative path. It is created if it does not exist.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
  /**
   * Whether the container may only read it.
   *
   * @default - false; always true for secrets of a Key Vault
   */
  readonly readOnly?: boolean;
}

/** The mounts of a container in its manifest. */
export function renderMounts(
  mounts: readonly VolumeMount[] | undefined,
): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return itemsOf(mounts).map(({ mountPath, volume, subPath, readOnly }) => ({
    name: volume._name,
    mountPath,
    subPath,
    readOnly: readOnly === true || volume._keyVaultFiles !== undefined ? true : undefined,
  }));
}
