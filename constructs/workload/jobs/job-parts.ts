import type { JobV1Spec } from '@cdktf/provider-kubernetes/lib/job-v1';
import { numberText } from '../../core/values/number-text';
import type { ObjectContext } from '../pod/object-context';
import type { PodConfig } from '../pod/pod-config';
import type { PodOptions } from '../pod/pod-options';
import type { PodParts } from '../pod/pod-parts';
import { podTemplate } from '../pod/pod-template';
import { Spread } from '../pod/spread';
import { type JobOptions, JobRestartPolicy } from './job-options';

/** The options of jobs that run to completion. */
export interface JobParts extends PodOptions, JobOptions {
  readonly activeDeadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
}

/** The pod of a job, without spreading. */
export function podOf(props: JobParts): PodParts {
  return { ...props, spread: Spread.none() };
}

/** The specification of a Job, and of each Job of a CronJob. */
export function jobSpec(props: JobParts, context: ObjectContext, config: PodConfig): JobV1Spec {
  const { metadata, spec } = podTemplate(podOf(props), context, config);
  const ttl = props.ttlSecondsAfterFinished;
  return {
    activeDeadlineSeconds: props.activeDeadlineSeconds,
    backoffLimit: props.backoffLimit,
    completionMode: props.completionMode,
    completions: props.completions,
    parallelism: props.parallelism,
    ttlSecondsAfterFinished: ttl === undefined ? undefined : numberText(ttl),
    template: { metadata, spec: { ...spec, restartPolicy: props.restartPolicy ?? JobRestartPolicy.NEVER } },
  };
}
