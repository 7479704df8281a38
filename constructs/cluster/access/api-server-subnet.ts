import type { ISubnet } from '../../network/i-subnet';
import { overlap, parseRanges } from '../../core/addresses/address-space';
import { AKS_DELEGATION } from '../../network/network-ranges';
import { type Violation, violation, when } from '../../core/problems/violation';

/** How messages name the delegation of a subnet that is created here without one. */
const NONE = 'no service';

/** The longest prefix with room for an API server. */
const LONGEST_PREFIX = 28;

/**
 * The problems of a subnet for the API server.
 *
 * @param others The subnets for nodes and pods, starting with that of the nodes
 * @see https://learn.microsoft.com/azure/aks/api-server-vnet-integration
 */
export function apiServerSubnetProblems(subnet: ISubnet, others: readonly ISubnet[]): Violation[] {
  const [nodes] = others;
  if (nodes === undefined) {
    return [
      violation(
        'api-server-subnet-needs-node-subnet',
        `'apiServerAccess.subnet' needs nodes in the same VNet, got ${subnet.node.path} and nodes in the VNet that Azure creates: give the nodes` +
          " a 'subnet' in 'networkProfile'",
      ),
    ];
  }
  return [...networkProblems(subnet, nodes), ...shareProblems(subnet, others), ...ownProblems(subnet)];
}

function networkProblems(subnet: ISubnet, nodes: ISubnet): Violation[] {
  const [own, theirs] = [subnet.virtualNetwork, nodes.virtualNetwork];
  return own === undefined || theirs === undefined || own === theirs
    ? []
    : [
        violation(
          'api-server-subnet-network',
          `'apiServerAccess.subnet' must be in the VNet of the nodes (${theirs.node.path}), got ${subnet.node.path} of ` +
            `${own.node.path}: use a subnet of the nodes' VNet`,
        ),
      ];
}

function shareProblems(subnet: ISubnet, others: readonly ISubnet[]): Violation[] {
  const ranges = parseRanges(subnet.addressPrefixes);
  const shared = others.find(
    (other) =>
      other === subnet ||
      other.subnetId === subnet.subnetId ||
      parseRanges(other.addressPrefixes).some((range) => ranges.some((one) => overlap(one, range))),
  );
  return when(
    shared !== undefined,
    'api-server-subnet-unshared',
    () =>
      `'apiServerAccess.subnet' must be a dedicated subnet, got ${subnet.node.path}, which is in use by the ` +
      'nodes or pods of the cluster: add one with SubnetUse.API_SERVERS',
  );
}

function ownProblems({ node, addressPrefixes, use, delegation = use && NONE }: ISubnet): Violation[] {
  const ranges = parseRanges(addressPrefixes);
  const isSmall = ranges.length > 0 && ranges.every(({ prefix }) => prefix > LONGEST_PREFIX);
  return [
    ...when(
      isSmall,
      'api-server-subnet-size',
      () =>
        `'apiServerAccess.subnet' must be /${LONGEST_PREFIX} or larger, got ${node.path} with ` +
        `${addressPrefixes.join(', ')}: give it a larger range`,
    ),
    ...(delegation === undefined || delegation === AKS_DELEGATION
      ? []
      : [
          violation(
            'api-server-subnet-delegation',
            `'apiServerAccess.subnet' must be delegated to ${AKS_DELEGATION}, got ${node.path}, which is delegated to ` +
              `${delegation}: add one with SubnetUse.API_SERVERS`,
          ),
        ]),
  ];
}
