import type { JobV1Spec } from '@cdktf/provider-kubernetes/lib/job-v1';
import { numberText } from '../../core/values/number-text';
import type { ObjectContext } from '../pod/object-context';
import type { PodConfig } from '../pod/pod-config';
import type { PodOptions } from '../pod/pod-options';
import type { PodParts } from '../pod/pod-parts';
import { podTemplate } from '../pod/pod-template';
import { Spread } from '../pod/spread';
import { type JobOptions, JobRestartPolicy } from './job-options';

/** The options of anything that runs to completion. */
export interface JobParts extends PodOptions, JobOptions {
  readonly activeDeadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
}

/** The pod of a job, which runs where there is room. */
export function podOf(props: JobParts): PodParts {
  return { ...props, spread: Spread.none() };
}

/** What a Job is made of, and what each Job of a CronJob is. */
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
