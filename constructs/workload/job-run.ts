import type { JobV1 } from '@cdktf/provider-kubernetes/lib/job-v1';
import type { Construct, IConstruct } from 'constructs';
import { createAfter } from '../core/order/order';
import { isKnown } from '../core/values/known';
import { numberText } from '../core/values/number-text';
import { fingerprint } from './jobs/fingerprint';
import { type JobParts, jobSpec } from './jobs/job-parts';
import { jobs } from './late-bindings';
import type { ObjectContext } from './pod/object-context';
import { PodConfig } from './pod/pod-config';
import { gracePeriodOf } from './pod/pod-parts';
import { podPrerequisites } from './pods';

/** A Job, and its name. */
export interface JobRun {
  readonly job: JobV1;
  readonly jobName: string;
}

/** The options of a Job that Terraform may wait for. */
export interface JobRunParts extends JobParts {
  readonly wait?: boolean;
}

/** The objects that must exist before the pods of a Job run, in addition to those of their options. */
interface Surroundings {
  readonly objects: readonly IConstruct[];
}

/** The default deadline. */
const ACTIVE_DEADLINE_SECONDS = 3600;

/** The minutes that Terraform waits beyond the deadline, so that it reports the reason instead of a time-out. */
const EXTRA_MINUTES = 5;

/** The minutes that Terraform waits if the deadline is a token. */
const LONGEST_MINUTES = 24 * 60;

/**
 * Creates a Job that runs again whenever any part of it changes. The provider would apply changes to some parts of a
 * Job's template only in its state.
 *
 * @param runsFor Further values whose changes make it run again
 */
export function createJob(
  scope: Construct,
  props: JobRunParts,
  context: ObjectContext,
  surroundings: Surroundings,
  ...runsFor: readonly object[]
): JobRun {
  const { wait = true, provider } = props;
  const activeDeadlineSeconds = props.activeDeadlineSeconds ?? (wait ? ACTIVE_DEADLINE_SECONDS : undefined);
  const config = new PodConfig(scope, context, props);
  const spec = jobSpec({ ...props, activeDeadlineSeconds }, context, config);
  const jobName = `${props.name}-${fingerprint(spec, ...runsFor)}`;
  const { JobV1 } = jobs();
  const job = new JobV1(scope, 'Resource', {
    provider,
    metadata: { ...context.metadata, name: jobName },
    spec,
    waitForCompletion: wait,
    timeouts: timeouts(activeDeadlineSeconds, gracePeriodOf(props)),
  });
  createAfter(job, () => [...podPrerequisites(scope, props, config), ...surroundings.objects]);
  return { job, jobName };
}

/** The timeouts of a Job: by default, the provider would wait only a minute. */
function timeouts(deadline: number | undefined, grace: number): { create: string; update: string; delete: string } {
  const [run, end] = [minutes(deadline ?? 0), minutes(grace)];
  return { create: run, update: run, delete: end };
}

function minutes(seconds: number): string {
  return `${numberText(isKnown(seconds) ? Math.ceil(seconds / 60) + EXTRA_MINUTES : LONGEST_MINUTES)}m`;
}
