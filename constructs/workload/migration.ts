import type { JobV1 } from '@cdktf/provider-kubernetes/lib/job-v1';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { createAfter } from '../core/order/order';
import { createJob } from './job-run';
import type { MigrationOptions } from './jobs/migration-options';
import { migrationParts } from './jobs/migration-parts';
import type { PodNetwork } from './pod-network';
import type { StatefulParts } from './stateful-set';
import { type ObjectContext, objectContext } from './pod/object-context';
import type { PodConfig } from './pod/pod-config';
import type { PodParts } from './pod/pod-parts';
import { podTemplate } from './pod/pod-template';

/** The migration of a workload: a Job that runs again for each rollout. */
class Migration extends Construct {
  /** The Job. The pods are changed after it has succeeded. */
  public readonly job: JobV1;

  /**
   * @param pods The options of the workload
   * @param network The connections of the workload, which the migration also gets
   * @param template The template of the pods, whose changes are rollouts
   */
  constructor(scope: Construct, pods: PodParts, migration: MigrationOptions, network: PodNetwork, template: object) {
    super(scope, 'migration');
    const parts = migrationParts(pods, migration);
    const context = objectContext(parts);
    const objects = network.callAlso(this, context);
    this.job = createJob(this, parts, context, { objects }, template).job;
  }
}

/**
 * Creates the migration of a workload, if it has one. The pods and their configuration are changed after it has
 * succeeded.
 */
export function migrateBefore(
  controller: TerraformResource,
  scope: Construct,
  pods: StatefulParts,
  context: ObjectContext,
  config: PodConfig,
  network: PodNetwork,
): void {
  if (pods.migration !== undefined) {
    const template = podTemplate(pods, context, config);
    const { job } = new Migration(scope, pods, pods.migration, network, template);
    for (const resource of [controller, ...config.objects]) {
      createAfter(resource, () => [job]);
    }
  }
}
