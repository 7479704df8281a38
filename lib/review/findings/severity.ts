/** How bad a finding is, the worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whether a finding should not be overlooked. */
export function isSevere({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'critical' || severity === 'high';
}

/**
 * The rules that apply: `baseline` is what nearly everybody agrees on and costs nothing, `strict` is all of them, also those
 * that cost money or that reasonable people leave out.
 */
export const PROFILES = ['baseline', 'strict'] as const;
export type Profile = (typeof PROFILES)[number];
