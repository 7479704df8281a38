import { type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check } from '../../core/rules/rule';
import { variableProblems } from '../pod/config-problems';
import { environmentProblems, environmentWarnings } from '../pod/environment';
import { imageReference, imageWarnings } from '../pod/image-rules';
import { resourcesProblems, resourcesWarnings } from '../pod/resources';
import { activeDeadlineSeconds, backoffLimit } from './job-rules';
import type { MigrationOptions } from './migration-options';

/** The problems of the options of a migration. What it has of the workload is reported there. */
export function migrationProblems(migration: MigrationOptions | undefined): Violation[] {
  if (migration === undefined) {
    return [];
  }
  const { command, image, environment = {}, resources = {}, security } = migration;
  return [
    ...when(
      command === undefined && image === undefined,
      'migration-command',
      () =>
        "'migration' must have a 'command' or an 'image' of its own, got neither: it would run the application itself",
    ),
    ...emptyProblems('migration.command', command, 'word', "leave it out for the image's own"),
    ...check(imageReference, 'migration.image', image?.reference),
    ...environmentProblems('migration.environment', environment),
    ...variableProblems('migration.environment', environment),
    ...resourcesProblems('migration.resources', resources),
    ...(security?._problems('migration.security') ?? []),
    ...check(backoffLimit, 'migration.backoffLimit', migration.backoffLimit),
    ...check(activeDeadlineSeconds, 'migration.activeDeadlineSeconds', migration.activeDeadlineSeconds),
  ];
}

/** The warnings of the options of a migration. */
export function migrationWarnings(migration: MigrationOptions | undefined): Violation[] {
  const { image, environment = {}, resources = {} } = migration ?? {};
  return [
    ...(image === undefined ? [] : imageWarnings(image.reference)),
    ...environmentWarnings('migration.environment', environment),
    ...resourcesWarnings('migration.resources', resources),
  ];
}
