import type { PodParts } from '../pod/pod-parts';
import type { JobParts } from './job-parts';
import type { MigrationOptions } from './migration-options';

/** The suffix of the names of a migration's objects. */
const SUFFIX = '-migrate';

/** The options of pods that their migration does not have: it runs one container, once, and nobody calls it. */
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
  volumes: undefined,
};

/** The options of the Job of a migration: its own, and those of the pods where it has none. */
export function migrationParts(pods: PodParts, migration: MigrationOptions): JobParts {
  return {
    ...pods,
    ...ONLY_OF_PODS,
    ...migration,
    name: `${pods.name}${SUFFIX}`,
    image: migration.image ?? pods.image,
    environment: { ...pods.environment, ...migration.environment },
    resources: migration.resources ?? pods.resources,
    security: migration.security ?? pods.security,
  };
}
