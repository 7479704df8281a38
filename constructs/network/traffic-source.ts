import { checkArguments } from '../core/declared';
import { overlap, parseRanges } from '../core/addresses/address-space';
import { trafficSourceRange } from './network-value-rules';
import { emptyProblems, everywhereProblems } from '../core/rules/restriction';
import { checkEach } from '../core/rules/rule';
import { isText, itemsOf } from '../core/values/known';
import type { IVirtualNetwork } from './i-virtual-network';
import { type Violation, violation } from '../core/problems/violation';

/**
 * The source of traffic.
 *
 * @example
 * network.allowInbound('web', { source: TrafficSource.internet(), ports: ['80', '443'] });
 */
export class TrafficSource {
  /** Everywhere outside Azure, and public addresses inside it. */
  public static internet(): TrafficSource {
    return new TrafficSource('internet', ['Internet']);
  }

  /** The ranges of another network, such as one that is peered. */
  public static virtualNetwork(network: IVirtualNetwork): TrafficSource {
    return new TrafficSource('network', network.addressSpace);
  }

  /**
   * Addresses and ranges, such as those of an office: at least one, and together not all addresses. Either IPv4 or
   * IPv6, but not both in one rule.
   */
  public static ranges(ranges: string[]): TrafficSource {
    return new TrafficSource('ranges', ranges);
  }

  private constructor(
    private readonly kind: 'internet' | 'network' | 'ranges',
    private readonly prefixes: string[],
  ) {}

  /** @internal */
  public get _prefixes(): { sourceAddressPrefix?: string; sourceAddressPrefixes?: string[] } {
    return this.kind === 'internet'
      ? { sourceAddressPrefix: this.prefixes[0] }
      : { sourceAddressPrefixes: this.prefixes };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    if (this.kind !== 'ranges') {
      return []; // the network reports its own
    }
    const remedy = 'take TrafficSource.internet() if everyone may call';
    return [
      ...emptyProblems(property, this.prefixes, 'range', remedy),
      ...checkEach(trafficSourceRange, property, this.prefixes),
      ...familyProblems(property, this.prefixes),
      ...everywhereProblems(property, this.prefixes, remedy),
    ];
  }

  /** @internal */
  public _denialProblems(property: string, own: readonly string[]): Violation[] {
    const nodes = parseRanges(own);
    return parseRanges(this.prefixes)
      .filter((range) => nodes.some((one) => overlap(one, range)))
      .map(({ text }) =>
        violation(
          'denial-not-of-own-network',
          `'${property}' must be left out for a source that contains the nodes themselves, got ${text} of a network of ` +
            `${own.join(', ')}: nodes could no longer reach each other`,
        ),
      );
  }
}

checkArguments(TrafficSource);

/**
 * The problem of addresses of both versions of IP in a security rule, which Azure rejects with
 * `ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies`.
 *
 * @see https://github.com/MicrosoftDocs/azure-docs/issues/34567
 */
function familyProblems(property: string, prefixes: readonly string[]): Violation[] {
  const known = itemsOf(prefixes).filter(isText);
  const [four] = known.filter((prefix) => !prefix.includes(':'));
  const [six] = known.filter((prefix) => prefix.includes(':'));
  return four === undefined || six === undefined
    ? []
    : [
        violation(
          'traffic-source-one-family',
          `'${property}' must contain either IPv4 or IPv6 ranges, got ${four} and ${six}: create a rule for each`,
        ),
      ];
}
