import { check } from '../private/rule';
import { kubernetesMinorVersion } from '../private/azure-rules';

/** What else is to be said about a Kubernetes version. */
export interface KubernetesVersionOptions {
  /**
   * The day that support is judged by, as "2026-11-23".
   *
   * @default - today
   */
  readonly today?: string;
}

/** Until when Azure supports a version, by the last day. */
interface SupportDates {
  readonly community: string;
  readonly longTerm: string;
}

/**
 * Until when each version is supported. Versions that are not here are newer than this table, or older than its first.
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
/** Versions before the first of the table: the last of them was supported until then. */
const OLDER: SupportDates = { community: '2025-07-31', longTerm: '2026-07-31' };
const OLDEST = 31;

/** How long before the end of support a version is warned of. */
const WARNING_DAYS = 60;
const MILLISECONDS_A_DAY = 86_400_000;

/**
 * A minor version of Kubernetes. Azure chooses the newest patch of it when the cluster is made; a patch said here would be
 * withdrawn some day, and the cluster could not be made again.
 */
export class KubernetesVersion {
  /**
   * A minor version.
   *
   * A cluster reports one that Azure does not support any more, and warns of one that it will not support for long.
   *
   * @param minor Such as "1.35"
   */
  public static of(minor: string, options: KubernetesVersionOptions = {}): KubernetesVersion {
    return new KubernetesVersion(minor, options.today ?? new Date().toISOString().slice(0, 10));
  }

  private constructor(
    /** The minor version, such as "1.35". */
    public readonly minor: string,
    private readonly today: string,
  ) {}

  /** @internal */
  public _problems(hasLongTermSupport: boolean): string[] {
    const problems = check(kubernetesMinorVersion, 'kubernetesVersion', this.minor);
    if (problems.length > 0) {
      return problems;
    }
    const end = this.endOfSupport(hasLongTermSupport);
    if (end === undefined || this.today <= end) {
      return [];
    }
    const { longTerm } = this.dates() ?? OLDER;
    const cure =
      hasLongTermSupport || this.today > longTerm ? '' : ', or set longTermSupport, which costs the Premium tier';
    return [
      `'kubernetesVersion' must be a version that Azure supports, such as "${newest()}", got "${this.minor}", whose ` +
        `support ended by ${end}: take a newer one${cure}`,
    ];
  }

  /** @internal */
  public _warnings(hasLongTermSupport: boolean): string[] {
    const end = this.endOfSupport(hasLongTermSupport);
    if (end === undefined || this._problems(hasLongTermSupport).length > 0) {
      return [];
    }
    const days = Math.round((Date.parse(end) - Date.parse(this.today)) / MILLISECONDS_A_DAY);
    return days > WARNING_DAYS
      ? []
      : [`'kubernetesVersion' "${this.minor}" is supported until ${end} only: plan the upgrade to a newer one`];
  }

  private dates(): SupportDates | undefined {
    const minor = Number(/^1\.(\d+)$/.exec(this.minor)?.[1] ?? OLDEST);
    return SUPPORT[this.minor] ?? (minor < OLDEST ? OLDER : undefined);
  }

  /** The last day of support; undefined for a version that is newer than the table. */
  private endOfSupport(hasLongTermSupport: boolean): string | undefined {
    const dates = this.dates();
    return hasLongTermSupport ? dates?.longTerm : dates?.community;
  }
}

function newest(): string {
  return Object.keys(SUPPORT).at(-2) ?? '';
}
