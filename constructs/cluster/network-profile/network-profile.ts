import type { KubernetesClusterNetworkProfile } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Fn, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { checkArguments } from '../../core/declared';
import { parseRange } from '../../core/addresses/address-space';
import { dualStackProblems, ipv6OutboundProblems, renderDualStack } from './dual-stack';
import { capacityProblems } from './network-capacity-rules';
import { choiceProblems } from './network-choice-rules';
import { customNetworkProblems } from './custom-network-rules';
import { MANAGED_NETWORK, type NetworkModel, type NetworkPlan, type PoolSize, type SubnetPlan } from './network-plan';
import { type NetworkRanges } from '../../network/network-ranges';
import type { NetworkTenant } from './shared-network';
import { networkProblems, tenthAddress } from './network-rules';
import { networkWarnings } from './network-warnings';
import { ipAddress, podRange, serviceRange } from './network-profile-rules';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import {
  type AzureCniNetworkProps,
  type CustomNetworkProps,
  type KubenetNetworkProps,
  NetworkDataPlane,
  NetworkPlugin,
  NetworkPolicyEngine,
  type NoneNetworkProps,
  type OverlayNetworkProps,
  type PodSubnetNetworkProps,
} from './network-profile-props';
import { Outbound } from './outbound';
import type { OwnResource } from '../identity/cluster-identity-parts';
import type { ISubnet } from '../../network/i-subnet';
import type { Violation } from '../../core/problems/violation';

/** The default ranges of pods and Services, outside the 10.224.0.0/12 that Azure gives the nodes. */
const POD_CIDR = '10.244.0.0/16';
const SERVICE_CIDR = '10.0.0.0/16';

/** The settings of a profile, for any network. */
interface NetworkChoice extends OverlayNetworkProps {
  readonly model: NetworkModel;
  readonly podSubnet?: ISubnet;
  readonly networkPolicy: NetworkPolicyEngine;
  readonly networkDataPlane?: NetworkDataPlane;
  /** The problems with the combination, which only a custom network can have. */
  readonly problems?: readonly Violation[];
}

/**
 * How nodes and pods get addresses, and how they reach the internet.
 *
 * Azure cannot change most of it in place: another profile replaces the cluster. docs/networking.md compares them.
 *
 * @example
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   networkProfile: NetworkProfile.azureCni({ subnet: network.nodeSubnet }),
 * });
 */
export class NetworkProfile {
  /** Azure CNI overlay, with the Cilium data plane by default. Pods need no addresses of the network. */
  public static overlay(props: OverlayNetworkProps = {}): NetworkProfile {
    const { podCidr = POD_CIDR, networkPolicy = NetworkPolicyEngine.CILIUM } = props;
    return new NetworkProfile({ ...props, podCidr, networkPolicy, model: 'overlay' });
  }

  /**
   * Azure CNI on the node subnet: each pod has one of its addresses, and can be reached directly from the rest of the
   * network.
   */
  public static azureCni(props: AzureCniNetworkProps): NetworkProfile {
    const { networkPolicy = NetworkPolicyEngine.CALICO } = props;
    return new NetworkProfile({ ...props, networkPolicy, model: 'node subnet' });
  }

  /**
   * Azure CNI with a subnet for pods, so that nodes and pods have separate address ranges. The rest of the network
   * reaches pods directly.
   */
  public static podSubnet(props: PodSubnetNetworkProps): NetworkProfile {
    const { networkPolicy = NetworkPolicyEngine.CILIUM } = props;
    return new NetworkProfile({ ...props, networkPolicy, model: 'pod subnet' });
  }

  /**
   * Kubenet, as older guides use it. Network policies have no effect, unless Calico enforces them.
   *
   * Azure retires it on 31 March 2028: a cluster that uses it warns.
   */
  public static kubenet(props: KubenetNetworkProps = {}): NetworkProfile {
    const { podCidr = POD_CIDR, networkPolicy = NetworkPolicyEngine.NONE } = props;
    return new NetworkProfile({ ...props, podCidr, networkPolicy, model: 'kubenet' });
  }

  /** No network plug-in: nodes are not ready, and pods do not run, until you install one. */
  public static none(props: NoneNetworkProps = {}): NetworkProfile {
    return new NetworkProfile({ ...props, networkPolicy: NetworkPolicyEngine.NONE, model: 'none' });
  }

  /**
   * Any network that the provider can create, in the terms of Azure, for cases that the others do not cover: the
   * plug-in, its mode, the data plane and the policy engine are chosen one by one.
   *
   * Combinations that Azure or the provider rejects are problems. Ranges and capacity are checked as in any other network.
   *
   * @see https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
   */
  public static custom(props: CustomNetworkProps): NetworkProfile {
    const { networkPolicy = NetworkPolicyEngine.NONE } = props;
    const model = modelOf(props);
    const podCidr = props.podCidr ?? (model === 'overlay' || model === 'kubenet' ? POD_CIDR : undefined);
    return new NetworkProfile({ ...props, podCidr, networkPolicy, model, problems: customNetworkProblems(props) });
  }

  private readonly serviceCidr: string;
  private readonly dnsServiceIp: string;
  private readonly outbound: Outbound;

  private constructor(private readonly choice: NetworkChoice) {
    this.serviceCidr = choice.serviceCidr ?? SERVICE_CIDR;
    this.dnsServiceIp = choice.dnsServiceIp ?? dnsAddress(this.serviceCidr);
    this.outbound = choice.outbound ?? Outbound._suiting(choice.subnet);
  }

  /** The existing subnets that the cluster uses: its identity needs the role Network Contributor on each. */
  public get subnets(): ISubnet[] {
    return [this.choice.subnet, this.choice.podSubnet].filter((subnet) => subnet !== undefined);
  }

  /** The id of the subnet of the nodes; undefined if Azure creates it. */
  public get vnetSubnetId(): string | undefined {
    return this.choice.subnet?.subnetId;
  }

  /** The id of the subnet of the pods; undefined if they have no separate subnet. */
  public get podSubnetId(): string | undefined {
    return this.choice.podSubnet?.subnetId;
  }

  /** Whether network policies have an effect. */
  public get enforcesNetworkPolicies(): boolean {
    return this.choice.networkPolicy !== NetworkPolicyEngine.NONE;
  }

  /** Whether all nodes must be Linux nodes. */
  public get linuxOnly(): boolean {
    return this.dataPlane === NetworkDataPlane.CILIUM || this.choice.model === 'kubenet';
  }

  /**
   * Your resources that the cluster uses and needs a role on: the subnets, the route table that kubenet writes to, and
   * public addresses.
   *
   * @internal
   */
  public get _ownResources(): readonly OwnResource[] {
    const { subnet, podSubnet, model } = this.choice;
    const { publicIpIds, publicIpPrefixIds } = this.outbound._plan;
    return [
      ...ownResource('node-subnet', subnet?.subnetId),
      ...ownResource('pod-subnet', podSubnet?.subnetId),
      ...ownResource('route-table', model === 'kubenet' ? subnet?.routeTableId : undefined),
      ...(isKnown(publicIpIds) ? publicIpIds : []).flatMap((id, n) => ownResource(`public-ip-${n + 1}`, id)),
      ...(isKnown(publicIpPrefixIds) ? publicIpPrefixIds : []).flatMap((id, n) =>
        ownResource(`public-ip-prefix-${n + 1}`, id),
      ),
    ];
  }

  /**
   * The constructs that must exist before the cluster.
   *
   * @internal
   */
  public get _prerequisites(): readonly IConstruct[] {
    return this.subnets.flatMap(({ prerequisites }) => prerequisites);
  }

  /**
   * The values that other clusters in the same network are checked against.
   *
   * @internal
   */
  public get _tenancy(): Pick<NetworkTenant, 'model' | 'nodeSubnet' | 'podSubnet' | 'publicIpIds'> {
    const { model, subnet: nodeSubnet, podSubnet } = this.choice;
    return { model, nodeSubnet, podSubnet, publicIpIds: this.outbound._plan.publicIpIds };
  }

  /** @internal */
  public get _config(): KubernetesClusterNetworkProfile {
    const { model, podCidr, networkPolicy, dualStack } = this.choice;
    return {
      ...PLUGINS[model],
      ...(model === 'kubenet' || model === 'none' ? {} : { networkDataPlane: this.dataPlane }),
      ...(networkPolicy === NetworkPolicyEngine.NONE ? {} : { networkPolicy }),
      podCidr,
      serviceCidr: this.serviceCidr,
      dnsServiceIp: this.dnsServiceIp,
      ...(dualStack && renderDualStack(dualStack, { podCidr, serviceCidr: this.serviceCidr })),
      ...this.outbound._config,
    };
  }

  /**
   * The source of the images that nodes need to start, an argument of the cluster next to its network profile.
   *
   * @internal
   */
  public get _bootstrapProfile(): { readonly artifactSource: string } | undefined {
    return this.outbound._plan.kind === 'none' ? { artifactSource: 'Cache' } : undefined;
  }

  /**
   * The problems with the network, for the largest number of nodes.
   *
   * @param hasPrivateApiServer Whether the API server is reached inside the network
   * @internal
   */
  public _problems(pools: readonly PoolSize[], hasPrivateApiServer: boolean): Violation[] {
    const plan = this.plan(pools, hasPrivateApiServer);
    return [
      ...check(podRange, 'networkProfile.podCidr', this.choice.podCidr),
      ...check(serviceRange, 'networkProfile.serviceCidr', this.serviceCidr),
      ...check(ipAddress, 'networkProfile.dnsServiceIp', this.dnsServiceIp),
      ...(this.choice.problems ?? []),
      ...this.outbound._problems(),
      ...choiceProblems(plan),
      ...networkProblems(plan),
      ...capacityProblems(plan),
      ...this.familyProblems(),
    ];
  }

  /** Whether nodes and pods have IPv6 addresses as well. @internal */
  public get _isDualStack(): boolean {
    return this.choice.dualStack !== undefined;
  }

  /** @internal */
  public get _warnings(): readonly Violation[] {
    const { model, networkPolicy } = this.choice;
    return networkWarnings(model, networkPolicy, this.dataPlane);
  }

  /** Cilium enforces policies only in its own data plane, which supports no other engine. */
  private get dataPlane(): NetworkDataPlane {
    const { networkPolicy, networkDataPlane } = this.choice;
    const ofPolicy = networkPolicy === NetworkPolicyEngine.CILIUM ? NetworkDataPlane.CILIUM : NetworkDataPlane.AZURE;
    return networkDataPlane ?? ofPolicy;
  }

  private familyProblems(): Violation[] {
    const { model, subnet, networkPolicy, dualStack } = this.choice;
    const { kind: outbound, managedIpv6Count } = this.outbound._plan;
    return dualStack === undefined
      ? ipv6OutboundProblems(managedIpv6Count)
      : dualStackProblems(dualStack, { model, networkPolicy, outbound, subnet });
  }

  private plan(pools: readonly PoolSize[], hasPrivateApiServer: boolean): NetworkPlan {
    const { model, subnet, podSubnet, podCidr, networkPolicy } = this.choice;
    return {
      model,
      network: networkOf(subnet),
      peers: (subnet?.virtualNetwork?.peers ?? []).map((peer) => ({
        name: `the peer '${peer.node.path}'`,
        ranges: peer.addressSpace,
      })),
      podCidr,
      serviceCidr: this.serviceCidr,
      dnsServiceIp: this.dnsServiceIp,
      nodeSubnet: subnetPlan(subnet),
      podSubnet: subnetPlan(podSubnet),
      hasDefaultRoute: subnet?.hasDefaultRoute,
      hasNatGateway: subnet?.hasNatGateway,
      networkPolicy,
      hasPrivateApiServer,
      pools,
      outbound: this.outbound._plan,
    };
  }
}

checkArguments(NetworkProfile);

const PLUGINS: { readonly [model in NetworkModel]: { networkPlugin: string; networkPluginMode?: string } } = {
  overlay: { networkPlugin: 'azure', networkPluginMode: 'overlay' },
  'node subnet': { networkPlugin: 'azure' },
  'pod subnet': { networkPlugin: 'azure' },
  kubenet: { networkPlugin: 'kubenet' },
  none: { networkPlugin: 'none' },
};

/** The way in which pods get addresses, derived from the terms of Azure. */
function modelOf({ networkPlugin, networkPluginMode, podSubnet }: CustomNetworkProps): NetworkModel {
  if (networkPlugin === NetworkPlugin.KUBENET || networkPlugin === NetworkPlugin.NONE) {
    return networkPlugin;
  }
  if (networkPluginMode !== undefined) {
    return 'overlay';
  }
  return podSubnet === undefined ? 'node subnet' : 'pod subnet';
}

/** The tenth address of the range, as AKS itself would choose it. */
function dnsAddress(serviceCidr: string): string {
  if (Token.isUnresolved(serviceCidr)) {
    return Fn.cidrhost(serviceCidr, 10);
  }
  // an invalid range is itself a problem, and its consequences are not reported
  const range = parseRange(serviceCidr) ?? parseRange(SERVICE_CIDR);
  return range === undefined ? '' : tenthAddress(range);
}

function networkOf(subnet: ISubnet | undefined): NetworkRanges {
  if (subnet === undefined) {
    return MANAGED_NETWORK;
  }
  const { virtualNetwork } = subnet;
  return virtualNetwork === undefined
    ? { name: `the VNet of '${subnet.node.path}'`, ranges: [] }
    : {
        name: `the VNet '${virtualNetwork.node.path}'`,
        ranges: virtualNetwork.addressSpace,
        isOwn: subnet.use !== undefined,
      };
}

function subnetPlan(subnet: ISubnet | undefined): SubnetPlan | undefined {
  return subnet === undefined
    ? undefined
    : {
        name: `the subnet '${subnet.node.path}'`,
        ranges: subnet.addressPrefixes,
        delegation: subnet.delegation,
        network: subnet.virtualNetwork?.node.path,
      };
}

function ownResource(name: string, resourceId: string | undefined): OwnResource[] {
  return resourceId === undefined ? [] : [{ name, resourceId, role: 'Network Contributor' }];
}
