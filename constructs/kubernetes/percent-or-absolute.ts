import { Token } from 'cdktf';
import { checkArguments } from '../core/declared';
import { numberText } from '../core/values/number-text';
import { isKnown } from '../core/values/known';
import { type Violation, violation } from '../core/problems/violation';

/**
 * A number of pods or nodes, or a percentage of the desired number.
 *
 * @example
 * cluster.addNodePool('apps', {
 *   name: 'apps',
 *   nodeCount: 4,
 *   upgradeSettings: { maxSurge: PercentOrAbsolute.percent(33) },
 * });
 */
export class PercentOrAbsolute {
  /** A number: 0 or more. */
  public static absolute(amount: number): PercentOrAbsolute {
    return new PercentOrAbsolute(amount, '');
  }

  /** A percentage of the desired number: 0 to 100, or more for pods that are added. */
  public static percent(percent: number): PercentOrAbsolute {
    return new PercentOrAbsolute(percent, '%');
  }

  private constructor(
    /** The number or the percentage. */
    public readonly amount: number,
    /** "%" for a percentage, empty for a number. */
    public readonly unit: string,
  ) {}

  /** The amount in the notation of Kubernetes. @internal */
  public get _text(): string {
    return `${numberText(this.amount)}${this.unit}`;
  }

  /** The amount for a desired number, not rounded; undefined if either is a token. @internal */
  public _of(wanted: number): number | undefined {
    if (!isKnown(this.amount) || !isKnown(wanted)) {
      return undefined;
    }
    return this.unit === '' ? this.amount : (this.amount * wanted) / 100;
  }

  /** @internal */
  public _problems(property: string, what = 'pods', maxPercent = 100): Violation[] {
    const { amount, unit } = this;
    const max = unit === '' ? Infinity : maxPercent;
    if (Token.isUnresolved(amount) || (Number.isInteger(amount) && amount >= 0 && amount <= max)) {
      return [];
    }
    const kind = unit === '' ? `a whole number of ${what}` : 'a whole number of percent';
    const allowed = max === Infinity ? `${kind} that is not negative` : `${kind} from 0 to ${max}`;
    const isShare = unit !== '' && amount > 0 && amount < 1;
    const remedy = isShare ? `: percent(${amount * 100}) is ${amount * 100} percent` : '';
    return [violation('percent-or-absolute', `'${property}' must be ${allowed}, got ${this._text}${remedy}`)];
  }
}

checkArguments(PercentOrAbsolute);
