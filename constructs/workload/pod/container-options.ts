import type { IContainerImage } from './container-image';
import type { EnvValue } from './env-value';
import type { PodSecurity } from './pod-security';
import type { VolumeMount } from '../storage/volume-mount';
import type { ContainerResources } from './resources';

/** Options for every container of a pod. */
export interface ContainerOptions {
  /** The image that it runs. The pod is created when the image can be pulled. */
  readonly image: IContainerImage;
  /**
   * The command of the container.
   *
   * @default - the command of the image
   * @alias args, entrypoint, cmd
   */
  readonly command?: string[];
  /**
   * Its environment variables, such as `{ LOG_LEVEL: EnvValue.fromValue('info') }`.
   *
   * @default - none
   * @alias env, envFrom, envVars, environmentVariables, secrets, secret
   */
  readonly environment?: { readonly [name: string]: EnvValue };
  /**
   * The CPU and memory that it requests, and its limits.
   *
   * @default - no requests and no limits
   * @alias requests, limits, cpu, memory
   */
  readonly resources?: ContainerResources;
  /**
   * The rights of the container, such as `PodSecurity.custom({ readOnlyRootFilesystem: true })`.
   *
   * @default - `PodSecurity.restricted()`, and for further containers the rights of the first one
   * @alias securityContext, podSecurityContext, containerSecurityContext
   */
  readonly security?: PodSecurity;
  /**
   * The volumes that it mounts. Containers of a pod that mount the same `Volume` share it.
   *
   * @default - none
   * @alias volumeMounts, mounts, storage, persistence, volumeClaimTemplates
   */
  readonly volumes?: VolumeMount[];
}
