import type {
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import { secretsVolume } from '../storage/key-vault-file';
import type { Environment } from './environment';
import { variableMountPath, variablesName, variableVolumeName, vaultKey } from './key-vault-names';
import { otherContainers } from './other-containers';
import type { PodParts } from './pod-parts';

/** A Key Vault, and its secrets that containers use as environment variables. */
export interface KeyVaultVariables {
  readonly keyVault: IKeyVault;
  readonly secretNames: readonly string[];
}

/** The secrets that environments use of each Key Vault, both sorted by name. */
export function keyVaultVariables(environments: readonly Environment[]): KeyVaultVariables[] {
  const vaults = new Map<string, { keyVault: IKeyVault; secretNames: Set<string> }>();
  for (const { _origin } of environments.flatMap((one) => Object.values(one))) {
    if (_origin.keyVault !== undefined) {
      const found = vaults.get(vaultKey(_origin.keyVault)) ?? { keyVault: _origin.keyVault, secretNames: new Set() };
      found.secretNames.add(_origin.value);
      vaults.set(vaultKey(_origin.keyVault), found);
    }
  }
  return [...vaults.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { keyVault, secretNames }]) => ({ keyVault, secretNames: [...secretNames].sort() }));
}

/** The environments of all containers of a pod. */
export function environmentsOf(props: PodParts): Environment[] {
  return [props, ...otherContainers(props).map(({ options }) => options)].map(({ environment = {} }) => environment);
}

/** The volumes that make the driver keep the Secrets, which it does while a container of a pod mounts them. */
export function variableVolumes(podName: string, props: PodParts): DeploymentV1SpecTemplateSpecVolume[] {
  return keyVaultVariables(environmentsOf(props)).map(({ keyVault }) => ({
    name: variableVolumeName(keyVault),
    csi: secretsVolume(variablesName(podName, keyVault)),
  }));
}

export function variableMounts(environment: Environment): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return keyVaultVariables([environment]).map(({ keyVault }) => ({
    name: variableVolumeName(keyVault),
    mountPath: variableMountPath(keyVault),
    readOnly: true,
  }));
}
