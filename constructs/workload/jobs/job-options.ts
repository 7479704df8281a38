/** The restart policy of the pods of a job. */
export enum JobRestartPolicy {
  /** A new pod replaces the failed one, which is kept with its logs. */
  NEVER = 'Never',
  /** The container is restarted in the same pod, on the same node. */
  ON_FAILURE = 'OnFailure',
}

/** How the completions of a job are counted. */
export enum CompletionMode {
  /** All pods are equal: as many must succeed as there are completions. */
  NON_INDEXED = 'NonIndexed',
  /** Each completion has an index, which its pod gets in the environment variable `JOB_COMPLETION_INDEX`. */
  INDEXED = 'Indexed',
}

/** Options for jobs that run to completion. */
export interface JobOptions {
  /**
   * The restart policy for pods whose container fails.
   *
   * @default JobRestartPolicy.NEVER
   */
  readonly restartPolicy?: JobRestartPolicy;
  /**
   * The number of retries after which it has failed, 0 or more. The time between them grows from 10 seconds to 6 minutes.
   *
   * @default 6
   */
  readonly backoffLimit?: number;
  /**
   * The number of pods that must succeed, 1 or more.
   *
   * @default 1
   */
  readonly completions?: number;
  /**
   * The number of pods that run at the same time, 1 or more.
   *
   * @default 1
   */
  readonly parallelism?: number;
  /**
   * How completions are counted.
   *
   * @default CompletionMode.NON_INDEXED
   */
  readonly completionMode?: CompletionMode;
}
