import type { KubernetesClusterNetworkProfile } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';

/** Pods and Services have addresses of their own, outside of the 10.224.0.0/12 that Azure gives the nodes. */
const RANGES = { podCidr: '10.244.0.0/16', serviceCidr: '10.0.0.0/16', dnsServiceIp: '10.0.0.10' };

/** Nodes reach the internet through the load balancer and one public address that Azure makes. */
const OUTBOUND = {
  loadBalancerSku: 'standard',
  outboundType: 'loadBalancer',
  loadBalancerProfile: { managedOutboundIpCount: 1 },
};

/**
 * How nodes and pods get addresses, and how they reach the internet: always through a Standard load balancer.
 *
 * Azure cannot change most of it in place: another profile replaces the cluster.
 */
export class NetworkProfile {
  /** Azure CNI overlay with the Cilium data plane and its network policies. Pods need no addresses of the network. */
  public static overlay(): NetworkProfile {
    return new NetworkProfile(
      {
        networkPlugin: 'azure',
        networkPluginMode: 'overlay',
        networkDataPlane: 'cilium',
        networkPolicy: 'cilium',
        ...RANGES,
        ...OUTBOUND,
      },
      [],
    );
  }

  /**
   * Kubenet, as older guides use it. Network policies have no effect.
   *
   * Azure retires it on 31 March 2028: a cluster that uses it warns.
   */
  public static kubenet(): NetworkProfile {
    return new NetworkProfile({ networkPlugin: 'kubenet', ...RANGES, ...OUTBOUND }, [
      'kubenet retires on 31 March 2028 (https://github.com/Azure/AKS/issues/4859) and does not enforce network ' +
        'policies: new clusters are better off with NetworkProfile.overlay()',
    ]);
  }

  private constructor(
    private readonly config: KubernetesClusterNetworkProfile,
    private readonly notes: readonly string[],
  ) {}

  /** Whether network policies have an effect. */
  public get enforcesNetworkPolicies(): boolean {
    return this.config.networkPolicy !== undefined;
  }

  /** @internal */
  public get _config(): KubernetesClusterNetworkProfile {
    return this.config;
  }

  /** @internal */
  public get _warnings(): readonly string[] {
    return this.notes;
  }
}
