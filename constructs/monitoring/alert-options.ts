/**
 * The severity of an alert. Azure also has a severity 0, which version 4.55 of the provider does not pass on for alerts
 * on Prometheus metrics.
 *
 * @literal
 */
export enum AlertSeverity {
  /** Something does not work. */
  ERROR = 'Sev1',
  /** Something will not work soon, or does not work well. */
  WARNING = 'Sev2',
  /** Informational. */
  INFORMATIONAL = 'Sev3',
  /** Verbose. */
  VERBOSE = 'Sev4',
}

/** The severity as a number. @internal */
export function severityNumber(severity: AlertSeverity): number {
  return Object.values(AlertSeverity).indexOf(severity) + 1;
}

/** Options for every alert. */
export interface AlertSeverityOptions {
  /**
   * The severity of the alert.
   *
   * @default - AlertSeverity.ERROR for nodes, the API server and passwords, else AlertSeverity.WARNING
   */
  readonly severity?: AlertSeverity;
}

/** Options for alerts on conditions with a minimum duration. */
export interface AlertOptions extends AlertSeverityOptions {
  /**
   * The minutes that something must last before the alert fires, 1 to 1440.
   *
   * @default 15
   */
  readonly minutes?: number;
}

/** Options for an alert that has a threshold in percent. */
export interface PercentAlertOptions extends AlertOptions {
  /**
   * The percentage above which the alert fires: above 0 and below 100.
   *
   * @default - 85 for volumes, 1 for errors of the API server
   */
  readonly percent?: number;
}

/** Options for an alert on the end of a password. */
export interface PasswordAlertOptions extends AlertSeverityOptions {
  /**
   * The days before the end from which the alert fires, 1 to 365.
   *
   * @default 30
   */
  readonly days?: number;
}

/** Options for an alert on the end of certificates. */
export interface CertificateAlertOptions extends AlertSeverityOptions {
  /**
   * The days before the end from which the alert fires, 1 to 365. cert-manager renews a certificate when a third of its time is
   * left: 30 days for one of 90.
   *
   * @default 14
   */
  readonly days?: number;
}

/** Options for an alert on a custom query. */
export interface CustomAlertOptions extends AlertOptions {
  /** The query in PromQL: the alert fires for each series that it returns. */
  readonly expression: string;
  /**
   * The text of the notification. "{{ $labels.pod }}" is the value of a label of the series, "{{ $value }}" the number.
   *
   * @default - the name of the alert
   */
  readonly description?: string;
}
