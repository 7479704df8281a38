import { EnvValue } from '../workload/pod/env-value';
import type { WorkloadOptions } from '../workload/pod/workload-options';

/** `redis-cli` reads the password here, and says nothing of a wrong one in its exit code. */
export const PASSWORD_VARIABLE = 'REDISCLI_AUTH';

/** The environment variables with which `redis-cli` and the server know the password. */
export function passwordVariable(password: string | undefined): { [name: string]: EnvValue } {
  return password === undefined ? {} : { [PASSWORD_VARIABLE]: EnvValue.fromSecretValue(password) };
}

/** The workload options of a part of the vote application: isolated by default. */
export function voteWorkloadOptions<T extends WorkloadOptions>(options: T): T {
  return { ...options, isolated: options.isolated ?? true };
}
