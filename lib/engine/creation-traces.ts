import traces = require('cdktf/lib/tokens/private/stack-trace');

/**
 * Keeps cdktf from recording where each token was made, which takes a quarter of a synthesis.
 *
 * Nobody reads it but who looks for a fault in cdktf itself: `CDKTF_AKS_TRACES=1` leaves it on for them. cdktn has an
 * environment variable for the same; cdktf has none.
 */
export function dropCreationTraces(): void {
  if (process.env.CDKTF_AKS_TRACES === undefined) {
    traces.captureStackTrace = () => [];
  }
}
