import { itemsOf } from '../../core/values/known';
import type { PodParts } from '../pod/pod-parts';
import type { ContainerResources } from '../pod/resources';
import { isOfOneNode } from '../storage/claim-users';
import type { VolumeMount } from '../storage/volume-mount';
import type { JobParts } from './job-parts';
import type { MigrationOptions } from './migration-options';

/** The suffix of the names of a migration's objects. */
const SUFFIX = '-migrate';

/** The options of pods that a migration does not have: it runs a single container, to completion, and is not called. */
const ONLY_OF_PODS: Partial<PodParts> = {
  command: undefined,
  containerName: undefined,
  initContainers: undefined,
  containerPort: undefined,
  portName: undefined,
  additionalPorts: undefined,
  probes: undefined,
  preStopSeconds: undefined,
  sidecars: undefined,
  verticalScaling: undefined,
};

/** The options of the Job of a migration: its own, or else those of the pods. */
export function migrationParts(pods: PodParts, migration: MigrationOptions): JobParts {
  return {
    ...pods,
    ...ONLY_OF_PODS,
    ...migration,
    name: `${pods.name}${SUFFIX}`,
    image: migration.image ?? pods.image,
    environment: { ...pods.environment, ...migration.environment },
    resources: migration.resources ?? withoutDevices(pods.resources),
    security: migration.security ?? pods.security,
    volumes: migration.volumes ?? volumesOfSeveralPods(pods.volumes),
  };
}

/** The resources without devices, which pods of the previous version use while the migration runs. */
function withoutDevices(resources: ContainerResources | undefined): ContainerResources | undefined {
  return resources && { ...resources, gpus: undefined, extendedResources: undefined };
}

/** The volumes that another pod can mount while those of the workload run. */
function volumesOfSeveralPods(mounts: readonly VolumeMount[] | undefined): VolumeMount[] {
  return itemsOf(mounts).filter(
    ({ volume: { _claim: claim, _claimTemplate: template } }) =>
      template === undefined && (claim === undefined || !isOfOneNode(claim)),
  );
}
