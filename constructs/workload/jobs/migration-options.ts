import type { IContainerImage } from '../pod/container-image';
import type { EnvValue } from '../pod/env-value';
import type { PodSecurity } from '../pod/pod-security';
import type { ContainerResources } from '../pod/resources';
import type { VolumeMount } from '../storage/volume-mount';

/**
 * Options for a migration: a Job that runs to completion before each rollout of a workload, such as that of a database
 * schema. It has the configuration files, the service account, the placement and the connections of the workload's pods. It
 * may run more than once.
 */
export interface MigrationOptions {
  /**
   * The command of the container.
   *
   * @default - the command of `image`, which is then required
   */
  readonly command?: string[];
  /**
   * The image of the container.
   *
   * @default - the image of the workload
   */
  readonly image?: IContainerImage;
  /**
   * Its environment variables, such as `{ MODE: EnvValue.fromValue('migrate') }`, in addition to those of the workload.
   *
   * @default - only those of the workload
   */
  readonly environment?: { readonly [name: string]: EnvValue };
  /**
   * The CPU and memory that it requests, and its limits.
   *
   * @default - those of the workload, without its devices
   */
  readonly resources?: ContainerResources;
  /**
   * The rights of the container, such as `PodSecurity.restricted()`.
   *
   * @default - the rights of the workload
   */
  readonly security?: PodSecurity;
  /**
   * The volumes that it mounts. It runs at the same time as pods of the previous version, so it cannot use their disks.
   *
   * @default - those of the workload's first container, without claims of one node and claims for each pod
   */
  readonly volumes?: VolumeMount[];
  /**
   * The number of retries after which it has failed, 0 or more. The time between them grows from 10 seconds to 6 minutes.
   *
   * @default 6
   */
  readonly backoffLimit?: number;
  /**
   * The seconds after which Kubernetes stops it and marks it as failed, 1 or more. The time during which its pod waits
   * for a node counts, too.
   *
   * @default 3600
   */
  readonly activeDeadlineSeconds?: number;
}
