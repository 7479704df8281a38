import traces = require('cdktf/lib/tokens/private/stack-trace');

/**
 * Stops cdktf from recording a stack trace for each token, which takes a quarter of the time and a sixth of the memory
 * of a synthesis of 50 stacks.
 *
 * The traces only help to debug cdktf itself; `CDKTF_AKS_TRACES=1` keeps them. This replaces a private function because
 * cdktf has no option for it; cdktn has an environment variable.
 */
export function dropCreationTraces(): void {
  if (process.env.CDKTF_AKS_TRACES === undefined) {
    traces.captureStackTrace = () => [];
  }
}
