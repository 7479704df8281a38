import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { podSecurityVersion } from './namespace-rules';

/** The Pod Security Standards of Kubernetes. */
export enum PodSecurityLevel {
  /** Everything is allowed. */
  PRIVILEGED = 'privileged',
  /** Known privilege escalations are rejected. */
  BASELINE = 'baseline',
  /** In addition, pods must drop root and capabilities, as with `PodSecurity.restricted()`. */
  RESTRICTED = 'restricted',
}

/**
 * The standards for the pods of a namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export interface NamespacePodSecurity {
  /**
   * The standard that pods must meet: others are rejected.
   *
   * @default - the default of the cluster: in AKS, none
   */
  readonly enforce?: PodSecurityLevel;
  /**
   * The standard below which the API server returns a warning when a pod is created.
   *
   * @default - none
   */
  readonly warn?: PodSecurityLevel;
  /**
   * The standard below which pods are recorded in the audit log.
   *
   * @default - none
   */
  readonly audit?: PodSecurityLevel;
  /**
   * The minor version of Kubernetes whose standards apply, such as "v1.34", or "latest".
   *
   * @default "latest"
   */
  readonly version?: string;
}

/** The labels of the namespace for its standards. */
export function podSecurityLabels(security: NamespacePodSecurity | undefined): { [label: string]: string } | undefined {
  if (security === undefined) {
    return undefined;
  }
  const { version, ...modes } = security;
  const labels = Object.entries(modes).flatMap(([mode, level]) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    ...(version === undefined ? [] : [[`pod-security.kubernetes.io/${mode}-version`, version]]),
  ]);
  return Object.fromEntries(labels) as { [label: string]: string };
}

export function podSecurityProblems(property: string, security: NamespacePodSecurity | undefined): Violation[] {
  const { enforce, warn, audit, version } = security ?? {};
  return [
    ...check(podSecurityVersion, `${property}.version`, version),
    ...when(
      security !== undefined && [enforce, warn, audit].every((level) => level === undefined),
      'pod-security-level-given',
      () =>
        `'${property}' must specify at least one of 'enforce', 'warn' and 'audit', got none: leave it out to use no standard`,
    ),
  ];
}
