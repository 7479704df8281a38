import { Token } from 'cdktf';
import { seconds } from '../private/kubernetes-rules';
import { numberText } from '../private/number-text';
import { check } from '../private/rule';

/** A number of pods, or a share of those that are wanted. */
export class PercentOrAbsolute {
  /** A number of pods. */
  public static absolute(pods: number): PercentOrAbsolute {
    return new PercentOrAbsolute(pods, '');
  }

  /** A share of the pods that are wanted, 0 to 100. */
  public static percent(percent: number): PercentOrAbsolute {
    return new PercentOrAbsolute(percent, '%');
  }

  private constructor(
    /** The number or the share. */
    public readonly amount: number,
    /** "%" for a share, empty for a number of pods. */
    public readonly unit: string,
  ) {}
}

/** How new pods take the place of old ones. */
export interface RolloutProps {
  /**
   * How many pods there may be above the wanted number.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxSurge?: PercentOrAbsolute;
  /**
   * How many pods there may be below the wanted number. Not 0 if `maxSurge` is.
   *
   * @default PercentOrAbsolute.absolute(0)
   */
  readonly maxUnavailable?: PercentOrAbsolute;
  /**
   * For how many seconds a new pod must run before it counts.
   *
   * @default 0
   */
  readonly minReadySeconds?: number;
}

/** How new pods take the place of old ones, every default resolved. */
export class Rollout {
  public readonly maxSurge: PercentOrAbsolute;
  public readonly maxUnavailable: PercentOrAbsolute;
  public readonly minReadySeconds: number;

  constructor(props: RolloutProps) {
    this.maxSurge = props.maxSurge ?? PercentOrAbsolute.absolute(1);
    this.maxUnavailable = props.maxUnavailable ?? PercentOrAbsolute.absolute(0);
    this.minReadySeconds = props.minReadySeconds ?? 0;
  }

  public problems(): string[] {
    return [
      ...amountProblems('rollout.maxSurge', this.maxSurge),
      ...amountProblems('rollout.maxUnavailable', this.maxUnavailable),
      ...(this.maxSurge.amount === 0 && this.maxUnavailable.amount === 0
        ? [
            `'rollout.maxSurge' and 'rollout.maxUnavailable' must not both be 0, ` +
              `got ${text(this.maxSurge)} and ${text(this.maxUnavailable)}: no pod could be replaced`,
          ]
        : []),
      ...check(seconds, 'rollout.minReadySeconds', this.minReadySeconds),
    ];
  }

  public strategy(): { type: string; rollingUpdate: { maxSurge: string; maxUnavailable: string } } {
    return {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: text(this.maxSurge), maxUnavailable: text(this.maxUnavailable) },
    };
  }
}

function text({ amount, unit }: PercentOrAbsolute): string {
  return `${numberText(amount)}${unit}`;
}

function amountProblems(property: string, value: PercentOrAbsolute): string[] {
  const { amount, unit } = value;
  if (Token.isUnresolved(amount) || (Number.isInteger(amount) && amount >= 0 && (unit === '' || amount <= 100))) {
    return [];
  }
  const allowed =
    unit === '' ? 'a whole number of pods that is not negative' : 'a whole number of percent from 0 to 100';
  return [`'${property}' must be ${allowed}, got ${text(value)}`];
}
