import { EnvValue } from '../workload/pod/env-value';
import type { WorkloadOptions } from '../workload/pod/workload-options';

/** The variable from which `redis-cli` reads the password. A wrong password does not affect its exit code. */
export const PASSWORD_VARIABLE = 'REDISCLI_AUTH';

/** The environment variables that pass the password to `redis-cli` and the server. */
export function passwordVariable(password: string | undefined): { [name: string]: EnvValue } {
  return password === undefined ? {} : { [PASSWORD_VARIABLE]: EnvValue.fromSecretValue(password) };
}

/** The workload options of a part of the vote application: isolated by default. */
export function voteWorkloadOptions<T extends WorkloadOptions>(options: T): T {
  return { ...options, isolated: options.isolated ?? true };
}
