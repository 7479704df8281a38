/** The label and the taint that Azure gives Spot nodes; if they are not given, a later plan would remove them. */
export const SPOT_KEY = 'kubernetes.azure.com/scalesetpriority';
export const SPOT_VALUE = 'spot';

/** The key of the taint that keeps applications off a system pool. */
export const SYSTEM_TAINT = 'CriticalAddonsOnly';
