import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { authorizedIpRange, privateDnsZoneId } from '../private/azure-rules';
import { check } from '../private/rule';
import type { OwnResource } from './cluster-identity-parts';
import type { IVirtualNetwork } from './virtual-network';

/** How the API server of a private cluster is found. */
export interface PrivateApiServerOptions {
  /**
   * The Azure resource id of the private DNS zone "privatelink.<region>.azmk8s.io", or "System" for one that Azure makes,
   * or "None" for no zone. One's own zone needs a cluster with an identity that exists before it, which gets the role
   * for it. Changing it replaces the cluster.
   *
   * @default "System"
   */
  readonly privateDnsZoneId?: string;
}

/** The most ranges that Azure takes. */
const MAX_RANGES = 200;

/** From where the Kubernetes API of a cluster can be reached. */
export class ApiServerAccess {
  /** From everywhere; who may use it is up to the login. */
  public static publicAccess(): ApiServerAccess {
    return new ApiServerAccess([]);
  }

  /**
   * From these ranges of public addresses only, up to 200. Where Terraform runs must be among them, and so must the
   * address that the nodes go out with.
   */
  public static authorizedRanges(ranges: string[]): ApiServerAccess {
    return new ApiServerAccess(ranges);
  }

  /** Only from the network of the cluster and networks joined to it. Where Terraform runs must be in one of them. */
  public static privateAccess(options: PrivateApiServerOptions = {}): ApiServerAccess {
    return new ApiServerAccess([], options.privateDnsZoneId ?? 'System');
  }

  private constructor(
    private readonly ranges: string[],
    private readonly zone?: string,
  ) {}

  /**
   * What of one's own the cluster's identity needs a role on: the zone, and the network that the zone is linked with.
   *
   * @param network The virtual network of the cluster, if it is one's own
   * @internal
   */
  public _ownResources(network: IVirtualNetwork | undefined): OwnResource[] {
    if (this.zone === undefined || this.zone === 'System' || this.zone === 'None') {
      return [];
    }
    return [
      { name: 'private-dns-zone', resourceId: this.zone, role: 'Private DNS Zone Contributor' },
      ...(network === undefined
        ? []
        : [{ name: 'virtual-network', resourceId: network.virtualNetworkId, role: 'Network Contributor' }]),
    ];
  }

  /** Whether the API server is reached only through private addresses. */
  public get isPrivate(): boolean {
    return this.zone !== undefined;
  }

  /** @internal */
  public _problems(): string[] {
    return [
      ...this.ranges.flatMap((range) => check(authorizedIpRange, 'apiServerAccess', range)),
      ...(this.ranges.length > MAX_RANGES
        ? [
            `'apiServerAccess' must have at most ${MAX_RANGES} ranges, got ${this.ranges.length}: join neighbouring ones`,
          ]
        : []),
      ...check(privateDnsZoneId, 'apiServerAccess.privateDnsZoneId', this.zone),
    ];
  }

  /** @internal */
  public _warnings(): string[] {
    return this.ranges.includes('0.0.0.0/0')
      ? ["'apiServerAccess' holds 0.0.0.0/0, which is everywhere: the other ranges mean nothing"]
      : [];
  }

  /** @internal */
  public get _config(): Partial<KubernetesClusterConfig> {
    return {
      ...(this.ranges.length === 0 ? {} : { apiServerAccessProfile: { authorizedIpRanges: this.ranges } }),
      ...(this.zone === undefined ? {} : { privateClusterEnabled: true, privateDnsZoneId: this.zone }),
    };
  }
}
