import { itemsOf } from '../../core/values/known';
import type { ContainerMounts } from '../storage/volumes-of';
import { variableMountPath, variableVolumeName } from './key-vault-names';
import { keyVaultVariables } from './key-vault-secrets';
import type { Environment } from './environment';
import { otherContainers } from './other-containers';
import type { PodParts } from './pod-parts';
import type { PodSecurity } from './pod-security';

/** The mounts of each container of a pod, and the other paths that it uses. */
export function containerMounts(props: PodParts): ContainerMounts[] {
  const { configFiles = {}, security, volumes, environment } = props;
  return [
    {
      property: 'volumes',
      mounts: itemsOf(volumes),
      otherPaths: [...Object.keys(configFiles), ...foldersOf(security), ...keyVaultPaths(environment)],
      otherVolumes: keyVaultVolumes(environment),
    },
    ...otherContainers(props).map(({ property, options }) => ({
      property: `${property}.volumes`,
      mounts: itemsOf(options.volumes),
      otherPaths: [...foldersOf(options.security ?? security), ...keyVaultPaths(options.environment)],
      otherVolumes: keyVaultVolumes(options.environment),
    })),
  ];
}

function foldersOf(security: PodSecurity | undefined): readonly string[] {
  return security?._writableFolders ?? [];
}

function keyVaultPaths(environment: Environment = {}): string[] {
  return keyVaultVariables([environment]).map(({ keyVault }) => variableMountPath(keyVault));
}

function keyVaultVolumes(environment: Environment = {}): string[] {
  return keyVaultVariables([environment]).map(({ keyVault }) => variableVolumeName(keyVault));
}
