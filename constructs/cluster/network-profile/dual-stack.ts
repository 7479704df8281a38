import type { KubernetesClusterNetworkProfile } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { isStandIn } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { checkGiven } from '../../core/rules/rule';
import { checkSet, type SetRule } from '../../core/rules/set-rule';
import { ipv6Overlap, ipv6RangeRule } from '../../network/ipv6-ranges';
import type { ISubnet } from '../../network/i-subnet';
import type { NetworkModel, OutboundPlan } from './network-plan';

/**
 * Addresses of both families, IPv4 and IPv6, for nodes and pods. Services have IPv4 addresses by default.
 *
 * @see https://learn.microsoft.com/azure/aks/configure-dual-stack
 */
export interface DualStackOptions {
  /**
   * The IPv6 range of pod addresses, /64 to /80.
   *
   * @default "fd12:3456:789a::/64"
   */
  readonly podCidr?: string;
  /**
   * The IPv6 range of Service addresses, /108 to /125.
   *
   * @default "fd12:3456:789a:1::/108"
   */
  readonly serviceCidr?: string;
}

const DOCS = 'https://learn.microsoft.com/azure/aks/azure-cni-overlay';
const POD_CIDR = 'fd12:3456:789a::/64';
const SERVICE_CIDR = 'fd12:3456:789a:1::/108';

/** Each node has a /80 of it, and Kubernetes supports at most 65536 of them in a range. */
export const ipv6PodRange = ipv6RangeRule(
  'ipv6-pod-range',
  64,
  80,
  'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/nodeipam/ipam/cidrset/cidr_set.go',
  POD_CIDR,
);

export const ipv6ServiceRange = ipv6RangeRule(
  'ipv6-service-range',
  108,
  125,
  `${DOCS}#deploy-a-dual-stack-aks-cluster`,
  SERVICE_CIDR,
);

/** A dual-stack network, as its rules read it. */
export interface DualStackPlan {
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly model: NetworkModel;
  readonly networkPolicy: string;
  readonly outbound: OutboundPlan['kind'];
  /** The name of the node subnet in messages. Undefined: Azure creates one with both families. */
  readonly subnet?: string;
  /** Whether the node subnet lacks an IPv6 range, as far as that is known. */
  readonly lacksIpv6: boolean;
  /** The IPv6 range of the node subnet, where it is known. */
  readonly subnetPrefix?: string;
}

const ofOverlay: SetRule<DualStackPlan> = {
  id: 'dual-stack-of-overlay',
  rule: 'dual-stack clusters need an overlay network',
  source: 'https://learn.microsoft.com/azure/aks/configure-dual-stack#limitations',
  problems: ({ model }) =>
    model === 'overlay'
      ? []
      : [
          `'networkProfile.dualStack' must be left out without an overlay, got the network "${model}": use NetworkPluginMode.OVERLAY ` +
            'with NetworkPlugin.AZURE',
        ],
};

const policies: SetRule<DualStackPlan> = {
  id: 'dual-stack-network-policy',
  rule: 'dual-stack clusters with network policies need Cilium',
  source: `${DOCS}#limitations`,
  problems: ({ networkPolicy }) =>
    networkPolicy === 'azure' || networkPolicy === 'calico'
      ? [
          `'networkProfile.networkPolicy' must be "cilium" or "none" with 'dualStack', got "${networkPolicy}": the other engines do not support IPv6`,
        ]
      : [],
};

const waysOut: SetRule<DualStackPlan> = {
  id: 'dual-stack-outbound',
  rule: 'dual-stack clusters must not use a NAT gateway for outbound traffic',
  source: `${DOCS}#limitations`,
  problems: ({ outbound }) =>
    outbound === 'managedNATGateway' || outbound === 'userAssignedNATGateway'
      ? [
          `'networkProfile.outbound' must not be a NAT gateway with 'dualStack', got ${outbound}: it supports only IPv4. Use Outbound` +
            '.loadBalancer()',
        ]
      : [],
};

const subnetOfBoth: SetRule<DualStackPlan> = {
  id: 'dual-stack-subnet',
  rule: 'the node subnet of a dual-stack cluster must have an IPv4 and an IPv6 range',
  source: 'https://learn.microsoft.com/azure/aks/configure-dual-stack#overview-of-dual-stack-networking-in-kubernetes',
  problems: ({ subnet = '', lacksIpv6 }) =>
    lacksIpv6
      ? [
          `'networkProfile.subnet' must have an IPv6 range with 'dualStack', got ${subnet} without one: give the AksVirtualNetwork an ` +
            "'ipv6Range'",
        ]
      : [],
};

const rangesApart: SetRule<DualStackPlan> = {
  id: 'dual-stack-ranges-apart',
  rule: 'the IPv6 ranges of pods, Services and nodes must not overlap',
  source: `${DOCS}#ip-address-planning`,
  problems: ({ podCidr, serviceCidr, subnetPrefix = '', subnet = '' }) => [
    ...(ipv6Overlap(podCidr, serviceCidr)
      ? [
          `'networkProfile.dualStack.podCidr' must not overlap 'networkProfile.dualStack.serviceCidr' (${serviceCidr}), got ` +
            `${podCidr}: an address would be ambiguous`,
        ]
      : []),
    ...Object.entries({ podCidr, serviceCidr })
      .filter(([, range]) => ipv6Overlap(range, subnetPrefix))
      .map(
        ([name, range]) =>
          `'networkProfile.dualStack.${name}' must not overlap ${subnetPrefix} of ${subnet}, got ${range}: nodes there could not ` +
          'be reached',
      ),
  ],
};

/** The rules of a dual-stack network. */
export const DUAL_STACK_RULES: readonly SetRule<DualStackPlan>[] = [
  ofOverlay,
  policies,
  waysOut,
  subnetOfBoth,
  rangesApart,
];

/** The problems of a dual-stack network. */
export function dualStackProblems(
  { podCidr = POD_CIDR, serviceCidr = SERVICE_CIDR }: DualStackOptions,
  { subnet, ...network }: Pick<DualStackPlan, 'model' | 'networkPolicy' | 'outbound'> & { readonly subnet?: ISubnet },
): Violation[] {
  return [
    ...checkGiven(ipv6PodRange, 'networkProfile.dualStack.podCidr', podCidr),
    ...checkGiven(ipv6ServiceRange, 'networkProfile.dualStack.serviceCidr', serviceCidr),
    ...checkSet(DUAL_STACK_RULES, {
      ...network,
      podCidr,
      serviceCidr,
      subnet: subnet && `the subnet '${subnet.node.path}'`,
      // that of an existing subnet is not known
      lacksIpv6: subnet?.use !== undefined && subnet.ipv6Prefix === undefined,
      subnetPrefix: subnet?.ipv6Prefix,
    }),
  ];
}

/** The problem of IPv6 addresses of a load balancer that nothing would use. */
export function ipv6OutboundProblems(managedIpv6Count: number | undefined): Violation[] {
  return when(
    managedIpv6Count !== undefined && !isStandIn(managedIpv6Count),
    'ipv6-outbound-needs-dual-stack',
    () =>
      "'networkProfile.outbound.managedIpv6Count' must be left out for an IPv4-only network: set 'dualStack' of the network",
  );
}

/** The arguments of the network profile for a dual-stack network, with IPv4 ranges first. */
export function renderDualStack(
  { podCidr = POD_CIDR, serviceCidr = SERVICE_CIDR }: DualStackOptions,
  ipv4: { readonly podCidr?: string; readonly serviceCidr: string },
): Partial<KubernetesClusterNetworkProfile> {
  return {
    ipVersions: ['IPv4', 'IPv6'],
    podCidrs: ipv4.podCidr === undefined ? undefined : [ipv4.podCidr, podCidr],
    serviceCidrs: [ipv4.serviceCidr, serviceCidr],
  };
}
