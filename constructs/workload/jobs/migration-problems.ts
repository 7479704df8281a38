import { questionable, type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check } from '../../core/rules/rule';
import { variableProblems } from '../pod/config-problems';
import { containerMounts } from '../pod/container-mounts';
import { environmentProblems, environmentWarnings } from '../pod/environment';
import { imageReference, imageWarnings } from '../pod/image-rules';
import { memoryDirectoryWarnings } from '../pod/memory-warnings';
import type { PodParts } from '../pod/pod-parts';
import { podVolumes } from '../pod/pod-volumes';
import { resourcesProblems, resourcesWarnings } from '../pod/resources';
import { claimTemplateProblems } from '../scaling/volume-problems';
import { isOfOneNode } from '../storage/claim-users';
import { mountProblems, mountWarnings } from '../storage/mount-problems';
import { type ContainerMounts, type PodVolume, volumesOf } from '../storage/volumes-of';
import { activeDeadlineSeconds, backoffLimit } from './job-rules';
import type { MigrationOptions } from './migration-options';
import { migrationParts } from './migration-parts';

/** Pods that may have a migration. */
export interface PodsToMigrate extends PodParts {
  readonly migration?: MigrationOptions;
}

/** The problems of the options of a migration. Those of the workload are reported there. */
export function migrationProblems(pods: PodsToMigrate): Violation[] {
  const { migration } = pods;
  if (migration === undefined) {
    return [];
  }
  const { command, image, environment = {}, resources = {}, security } = migration;
  const mounts = migrationMounts(pods);
  return [
    ...when(
      command === undefined && image === undefined,
      'migration-command',
      () =>
        "'migration' must have a 'command' or an 'image' of its own, got neither: otherwise, it would run the application itself",
    ),
    ...emptyProblems('migration.command', command, 'word', "leave it out for the image's own"),
    ...check(imageReference, 'migration.image', image?.reference),
    ...environmentProblems('migration.environment', environment),
    ...variableProblems('migration.environment', environment),
    ...resourcesProblems('migration.resources', resources),
    ...(security?._problems('migration.security') ?? []),
    ...mountProblems(mounts),
    ...claimTemplateProblems(volumesOf(mounts)),
    ...diskProblems(volumesOf(mounts), podVolumes(pods)),
    ...check(backoffLimit, 'migration.backoffLimit', migration.backoffLimit),
    ...check(activeDeadlineSeconds, 'migration.activeDeadlineSeconds', migration.activeDeadlineSeconds),
  ];
}

/** The warnings of the options of a migration. */
export function migrationWarnings(pods: PodsToMigrate): Violation[] {
  const { image, environment = {}, resources = {}, volumes } = pods.migration ?? {};
  return [
    ...(image === undefined ? [] : imageWarnings(image.reference)),
    ...environmentWarnings('migration.environment', environment),
    ...resourcesWarnings('migration.resources', resources),
    ...mountWarnings(migrationMounts(pods)),
    ...memoryDirectoryWarnings('migration.', { volumes, resources: pods.migration?.resources ?? pods.resources }),
  ];
}

/** The volumes of a migration that are not those of its workload. */
export function migrationVolumes(pods: PodsToMigrate): PodVolume[] {
  const known = podVolumes(pods).map(({ volume }) => volume);
  return volumesOf(migrationMounts(pods)).filter(({ volume }) => !known.includes(volume));
}

/** The volumes that the options of a migration mount. */
function migrationMounts(pods: PodsToMigrate): ContainerMounts[] {
  const { migration } = pods;
  return migration?.volumes === undefined
    ? []
    : containerMounts(migrationParts(pods, migration)).map((one) => ({
        ...one,
        property: `migration.${one.property}`,
      }));
}

/** The problem of a volume that only one node can use at a time, and that pods of the previous version use. */
function diskProblems(volumes: readonly PodVolume[], ofPods: readonly PodVolume[]): Violation[] {
  return volumes.flatMap(({ property, volume: { _claim: claim } }) =>
    claim !== undefined && isOfOneNode(claim) && ofPods.some(({ volume }) => volume._claim === claim)
      ? [
          questionable(
            'disk-of-migration',
            `'${property}' must not use the ${claim.accessMode ?? ''} claim of the workload, got ${claim.node.path}: the migration runs while pods of the previous version use it, and could not start on another node. Use ` +
              'AccessMode.READ_WRITE_MANY on Azure Files, or a separate claim',
          ),
        ]
      : [],
  );
}
