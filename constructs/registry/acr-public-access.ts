import type {
  ContainerRegistryConfig,
  ContainerRegistryNetworkRuleSetIpRule,
} from '@cdktf/provider-azurerm/lib/container-registry';
import { type IResolvable, TerraformIterator, Token } from 'cdktf';
import { isPublicRange } from '../azure/special-ranges';
import { isIpv4Address, networkAddress } from '../core/addresses/address-space';
import { checkArguments } from '../core/declared';
import { type Violation, when } from '../core/problems/violation';
import { emptyProblems, everywhereProblems } from '../core/rules/restriction';
import { checkEach, type Rule } from '../core/rules/rule';
import { itemsOf } from '../core/values/known';

const SELECTED_NETWORKS =
  'https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks';

export const registryIpRange: Rule<string> = {
  id: 'registry-ip-range',
  must: 'must be public IPv4 addresses or CIDR ranges',
  source: SELECTED_NETWORKS,
  example: '203.0.113.0/24',
  holds: isPublicRange,
  hint: 'rules apply to the public endpoint; for your own network, create an AcrPrivateEndpoint',
};

/** The most ranges that Azure accepts. */
const MAX_RANGES = 100;

/** Options for a restricted public endpoint. */
export interface AcrRestrictionOptions {
  /**
   * Whether services that Azure trusts, such as Microsoft Defender, can still reach the registry. Tasks of the registry
   * are not among them.
   *
   * @see https://learn.microsoft.com/azure/container-registry/allow-access-trusted-services
   * @default true
   */
  readonly trustedServices?: boolean;
}

/**
 * The networks from which the public endpoint of a registry can be reached. Private endpoints are not affected.
 *
 * @example
 * new AcrRegistry(stack, 'registry', {
 *   resourceGroup,
 *   registryName: 'contososhop',
 *   sku: AcrSku.PREMIUM,
 *   publicAccess: AcrPublicAccess.ranges(['203.0.113.0/24']),
 * });
 */
export class AcrPublicAccess {
  /** From any address; access is controlled by roles only. On a Premium registry, it removes earlier ranges. */
  public static everywhere(): AcrPublicAccess {
    return new AcrPublicAccess(true);
  }

  /**
   * From these public addresses and CIDR ranges only: 1 to 100. They must include the outbound addresses of the nodes,
   * unless the nodes reach the registry through an `AcrPrivateEndpoint`. Requires a Premium registry.
   */
  public static ranges(ranges: string[], options: AcrRestrictionOptions = {}): AcrPublicAccess {
    return new AcrPublicAccess(true, options, ranges);
  }

  /**
   * No public access: the registry can only be reached through an `AcrPrivateEndpoint`. Requires a Premium registry.
   */
  public static none(options: AcrRestrictionOptions = {}): AcrPublicAccess {
    return new AcrPublicAccess(false, options);
  }

  private constructor(
    /** Whether the registry has a public endpoint. */
    public readonly isPublic: boolean,
    private readonly options: AcrRestrictionOptions = {},
    private readonly allowed?: string[],
  ) {}

  /** Whether some callers cannot reach the public endpoint. */
  public get isRestricted(): boolean {
    return !this.isPublic || this.allowed !== undefined;
  }

  /** @internal */
  public get _problems(): Violation[] {
    const property = 'publicAccess.ranges';
    const count = itemsOf(this.allowed).length;
    return [
      ...emptyProblems(property, this.allowed, 'range', 'take AcrPublicAccess.none() if nobody may reach it'),
      ...checkEach(registryIpRange, property, this.allowed),
      ...everywhereProblems(property, this.allowed, 'take AcrPublicAccess.everywhere() if everyone may reach it'),
      ...when(
        count > MAX_RANGES,
        'registry-ip-ranges-count',
        () => `'${property}' must have at most ${MAX_RANGES} ranges, got ${count}: combine adjacent ones`,
      ),
    ];
  }

  /**
   * @param takesRules Whether the registry supports rules, which only Premium registries do
   * @internal
   */
  public _config(takesRules: boolean): Partial<ContainerRegistryConfig> {
    const { trustedServices = true } = this.options;
    return {
      ...(this.isPublic ? {} : { publicNetworkAccessEnabled: false }),
      ...(trustedServices ? {} : { networkRuleBypassOption: 'None' }),
      ...(this.isPublic && takesRules ? { networkRuleSet: [this.ruleSet] } : {}),
    };
  }

  /** The complete rule set, since parts that are left out would remain unchanged. */
  private get ruleSet(): { defaultAction: string; ipRule: ContainerRegistryNetworkRuleSetIpRule[] | IResolvable } {
    return this.allowed === undefined
      ? { defaultAction: 'Allow', ipRule: [] }
      : { defaultAction: 'Deny', ipRule: ipRules(this.allowed) };
  }
}

checkArguments(AcrPublicAccess);

/** The rules for ranges, with a mask also for single addresses, as the provider expects it. */
function ipRules(ranges: string[]): ContainerRegistryNetworkRuleSetIpRule[] | IResolvable {
  return Token.isUnresolved(ranges)
    ? TerraformIterator.fromList(ranges).forExpressionForList(
        '{ action = "Allow", ip_range = strcontains(val, "/") ? val : format("%s/32", val) }',
      )
    : itemsOf(ranges).map((range) => ({ action: 'Allow', ipRange: withMask(range) }));
}

function withMask(range: string): string {
  return isIpv4Address(range) ? `${range}/32` : networkAddress(range);
}
