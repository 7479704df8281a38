/** The severities of findings, the worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whether a finding is of the severity high or critical. */
export function isSevere({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'critical' || severity === 'high';
}

/**
 * The rules that apply: `baseline` contains those that are widely agreed on and cost nothing. `strict` contains all of
 * them, including those that cost money or are debatable.
 */
export const PROFILES = ['baseline', 'strict'] as const;
export type Profile = (typeof PROFILES)[number];
