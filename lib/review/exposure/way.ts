import { isExpression } from '../../terraform-json/expression';
import { isAnywhere } from './cidr';

/** From how far something can be reached. */
export const REACH = ['cluster', 'network', 'ranges', 'internet'] as const;

/** One way in. */
export interface Way {
  /** What makes it the same way on both sides of a change. */
  readonly key: string;
  readonly what: string;
  /** Undefined if the code does not decide it. */
  readonly reach: (typeof REACH)[number] | undefined;
  readonly ranges?: readonly string[];
  readonly text: string;
  readonly ports?: readonly string[];
  /** Whether it keeps out instead of letting in: when it goes, others come in. */
  readonly isBarrier?: true;
}

export function internet(key: string, what: string, text: string): Way {
  return { key, what, reach: 'internet', text };
}

/** Open to all, or to some ranges. */
export function limited(key: string, what: string, ranges: readonly string[], suffix = ''): Way {
  if (ranges.some(isExpression)) {
    return { key, what, reach: undefined, text: `from ${ranges.join(', ')}${suffix}` };
  }
  return ranges.length === 0 || ranges.some(isAnywhere)
    ? internet(key, what, `the internet${suffix}`)
    : { key, what, reach: 'ranges', ranges, text: `only ${ranges.join(', ')}${suffix}` };
}

export function way(key: string, what: string, text: string): Way {
  return { key, what, reach: 'network', text };
}
