import { overlap, parseRanges } from '../private/address-space';
import { sourceRange } from '../private/network-value-rules';
import { checkEach } from '../private/rule';
import type { IVirtualNetwork } from './virtual-network';

/** Where traffic comes from. */
export class TrafficSource {
  /** Everywhere outside of Azure, and public addresses inside of it. */
  public static internet(): TrafficSource {
    return new TrafficSource(['Internet'], false);
  }

  /** The ranges of another network, such as one that is peered. */
  public static virtualNetwork(network: IVirtualNetwork): TrafficSource {
    return new TrafficSource(network.addressSpace, true);
  }

  /** Addresses and ranges, such as those of an office. */
  public static ranges(ranges: string[]): TrafficSource {
    return new TrafficSource(ranges, true);
  }

  private constructor(
    private readonly prefixes: string[],
    private readonly areRanges: boolean,
  ) {}

  /** @internal */
  public get _prefixes(): { sourceAddressPrefix?: string; sourceAddressPrefixes?: string[] } {
    return this.areRanges ? { sourceAddressPrefixes: this.prefixes } : { sourceAddressPrefix: this.prefixes[0] };
  }

  /** @internal */
  public _problems(property: string): string[] {
    if (this.prefixes.length === 0) {
      return [`'${property}' must have at least one range, got none: give the network its 'addressSpace'`];
    }
    return this.areRanges ? checkEach(sourceRange, property, this.prefixes) : [];
  }

  /** @internal */
  public _denialProblems(property: string, own: readonly string[]): string[] {
    const nodes = parseRanges(own);
    return parseRanges(this.areRanges ? this.prefixes : [])
      .filter((range) => nodes.some((one) => overlap(one, range)))
      .map(
        ({ text }) =>
          `'${property}' must be left out for a source that the nodes are in themselves, got ${text} of a network of ` +
          `${own.join(', ')}: nodes could no longer reach each other`,
      );
  }
}
