import { Token } from 'cdktf';
import { checkArguments } from '../../core/declared';
import { numberText } from '../../core/values/number-text';
import { isKnown } from '../../core/values/known';
import { type Violation, violation } from '../../core/problems/violation';

/** A number of pods, or a share of those that are wanted. */
export class PercentOrAbsolute {
  /** A number of pods. */
  public static absolute(pods: number): PercentOrAbsolute {
    return new PercentOrAbsolute(pods, '');
  }

  /** A share of the pods that are wanted: 0 to 100, or more for pods that come on top. */
  public static percent(percent: number): PercentOrAbsolute {
    return new PercentOrAbsolute(percent, '%');
  }

  private constructor(
    /** The number or the share. */
    public readonly amount: number,
    /** "%" for a share, empty for a number of pods. */
    public readonly unit: string,
  ) {}

  /** The amount as Kubernetes writes it. @internal */
  public get _text(): string {
    return `${numberText(this.amount)}${this.unit}`;
  }

  /** How many of so many pods that is, not rounded; undefined when a token is part of it. @internal */
  public _of(pods: number): number | undefined {
    if (!isKnown(this.amount) || !isKnown(pods)) {
      return undefined;
    }
    return this.unit === '' ? this.amount : (this.amount * pods) / 100;
  }

  /** @internal */
  public _problems(property: string, maxPercent = 100): Violation[] {
    const { amount, unit } = this;
    const max = unit === '' ? Infinity : maxPercent;
    if (Token.isUnresolved(amount) || (Number.isInteger(amount) && amount >= 0 && amount <= max)) {
      return [];
    }
    const what = unit === '' ? 'a whole number of pods' : 'a whole number of percent';
    const allowed = max === Infinity ? `${what} that is not negative` : `${what} from 0 to ${max}`;
    return [violation('percent-or-absolute', `'${property}' must be ${allowed}, got ${this._text}`)];
  }
}

checkArguments(PercentOrAbsolute);
