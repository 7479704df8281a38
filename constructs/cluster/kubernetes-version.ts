import { checkArguments } from '../core/declared';
import { check } from '../core/rules/rule';
import { kubernetesMinorVersion } from './cluster-rules';
import { type Violation, violation, when } from '../core/problems/violation';

/** Options for a Kubernetes version. */
export interface KubernetesVersionOptions {
  /**
   * The date on which support is checked, such as "2026-11-23".
   *
   * @default - today
   */
  readonly today?: string;
  /**
   * Whether an unsupported version is a problem and not only a warning. Use it for new clusters, for which Azure
   * rejects such a version; deployments of a running cluster should not fail because of the date.
   *
   * @default false
   */
  readonly mustBeSupported?: boolean;
}

/** The last days on which Azure supports a version. */
interface SupportDates {
  readonly community: string;
  readonly longTerm: string;
}

/**
 * The last days of support of each version. Other versions are newer than this table, or older than its first entry.
 *
 * As of August 2026.
 *
 * @see https://learn.microsoft.com/azure/aks/supported-kubernetes-versions#aks-kubernetes-release-calendar
 */
const SUPPORT: { readonly [minor: string]: SupportDates } = {
  '1.31': { community: '2025-11-30', longTerm: '2026-11-30' },
  '1.32': { community: '2026-03-31', longTerm: '2027-03-31' },
  '1.33': { community: '2026-06-30', longTerm: '2027-06-30' },
  '1.34': { community: '2026-11-30', longTerm: '2027-11-30' },
  '1.35': { community: '2027-03-31', longTerm: '2028-03-31' },
  '1.36': { community: '2027-07-31', longTerm: '2028-07-31' },
  '1.37': { community: '2027-10-31', longTerm: '2028-10-31' },
};
/** The last days of support of the newest version before the first of the table. */
const OLDER: SupportDates = { community: '2025-07-31', longTerm: '2026-07-31' };
const OLDEST = 31;

/** The days before the end of support in which a cluster warns. */
const WARNING_DAYS = 60;
const MILLISECONDS_A_DAY = 86_400_000;

/**
 * A minor version of Kubernetes. Azure chooses the newest patch of it when the cluster is created; a specific patch
 * would be withdrawn some day, and the cluster could not be created again.
 *
 * @example
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   kubernetesVersion: KubernetesVersion.of('1.36'),
 * });
 */
export class KubernetesVersion {
  /**
   * A minor version.
   *
   * A cluster warns if support of the version has ended or ends soon; with `mustBeSupported`, the former is a problem.
   *
   * @param minor Such as "1.35"
   */
  public static of(minor: string, options: KubernetesVersionOptions = {}): KubernetesVersion {
    const { today = new Date().toISOString().slice(0, 10), mustBeSupported = false } = options;
    return new KubernetesVersion(minor, today, mustBeSupported);
  }

  private constructor(
    /** The minor version, such as "1.35". */
    public readonly minor: string,
    private readonly today: string,
    private readonly mustBeSupported: boolean,
  ) {}

  /** @internal */
  public _problems(hasLongTermSupport: boolean): Violation[] {
    const end = this.endOfSupport(hasLongTermSupport);
    return [
      ...check(kubernetesMinorVersion, 'kubernetesVersion', this.minor),
      ...when(
        end !== undefined && this.mustBeSupported && this.today > end,
        'kubernetes-version-supported',
        () =>
          `'kubernetesVersion' must be a version that Azure supports, such as "${established()}", got "${this.minor}", whose ` +
          `support ended by ${end}: ${this.cure(hasLongTermSupport)}`,
      ),
    ];
  }

  /** @internal */
  public _warnings(hasLongTermSupport: boolean): Violation[] {
    const end = this.endOfSupport(hasLongTermSupport);
    if (end === undefined || this._problems(hasLongTermSupport).length > 0) {
      return [];
    }
    if (this.today > end) {
      return [
        violation(
          'kubernetes-version-out-of-support',
          `'kubernetesVersion' "${this.minor}" is no longer supported, since ${end}: existing clusters get no more fixes, and new ones are rejected` +
            `; ${this.cure(hasLongTermSupport)}`,
        ),
      ];
    }
    const days = Math.round((Date.parse(end) - Date.parse(this.today)) / MILLISECONDS_A_DAY);
    return when(
      days <= WARNING_DAYS,
      'kubernetes-version-ends-soon',
      () => `'kubernetesVersion' "${this.minor}" is supported only until ${end}: plan the upgrade to a newer one`,
    );
  }

  private cure(hasLongTermSupport: boolean): string {
    const { longTerm } = this.dates() ?? OLDER;
    return hasLongTermSupport || this.today > longTerm
      ? 'use a newer one'
      : 'use a newer one, or set longTermSupport, which requires the Premium tier';
  }

  private dates(): SupportDates | undefined {
    const minor = Number(/^1\.(\d{2})$/.exec(this.minor)?.[1] ?? OLDEST);
    return SUPPORT[this.minor] ?? (minor < OLDEST ? OLDER : undefined);
  }

  /** The last day of support; undefined for a version that is newer than the table. */
  private endOfSupport(hasLongTermSupport: boolean): string | undefined {
    const dates = this.dates();
    return hasLongTermSupport ? dates?.longTerm : dates?.community;
  }
}

checkArguments(KubernetesVersion);

/** A version for messages: the last but one, since the last may still be a preview. */
function established(): string {
  return Object.keys(SUPPORT).at(-2) ?? '';
}
