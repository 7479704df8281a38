import { TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ISubnet } from '../../network/i-subnet';
import { parseRanges, prefixFor, sizeOf } from '../../core/addresses/address-space';
import { KEPT_BY_AZURE, nodeAddresses, podAddresses } from './network-capacity-rules';
import type { NetworkModel, PoolSize } from './network-plan';
import { isText, itemsOf } from '../../core/values/known';
import { resolvedText } from '../../core/names/resolved-text';
import { type Violation, violation } from '../../core/problems/violation';
import { reportProblems } from '../../core/problems/report';

/** A cluster in a network that other clusters may use, too. */
export interface NetworkTenant {
  readonly cluster: IConstruct;
  readonly model: NetworkModel;
  readonly nodeSubnet?: ISubnet;
  readonly podSubnet?: ISubnet;
  readonly publicIpIds?: readonly string[];
  /** The sizes of its pools, which are known when the program is complete. */
  readonly pools: () => readonly PoolSize[];
}

const tenantsByProgram = new WeakMap<IConstruct, NetworkTenant[]>();

/** Reports the problems that arise from several clusters in one network, on the one that was created last. */
export function claimNetwork(tenant: NetworkTenant): void {
  const { cluster } = tenant;
  const tenants = tenantsByProgram.get(cluster.node.root) ?? [];
  tenantsByProgram.set(cluster.node.root, tenants);
  const earlier = [...tenants];
  tenants.push(tenant);
  reportProblems(cluster, () => sharingProblems(tenant, earlier));
}

function sharingProblems(tenant: NetworkTenant, earlier: readonly NetworkTenant[]): Violation[] {
  const routes = routeProblems(tenant, earlier);
  return [
    ...routes,
    ...(routes.length > 0 ? [] : roomProblems(tenant, earlier, 'subnet')),
    ...roomProblems(tenant, earlier, 'podSubnet'),
    ...addressProblems(tenant, earlier),
  ];
}

/**
 * Kubenet writes the routes to its pods into the route table of the subnet, without regard to other clusters that do.
 *
 * @see https://learn.microsoft.com/azure/aks/configure-kubenet#bring-your-own-subnet-and-route-table-with-kubenet
 */
function routeProblems(tenant: NetworkTenant, earlier: readonly NetworkTenant[]): Violation[] {
  const { subnet, routeTable } = idsOf(tenant);
  const other = earlier.find(
    (one) =>
      [tenant, one].some(({ model }) => model === 'kubenet') &&
      (isSame(subnet, idsOf(one).subnet) || isSame(routeTable, idsOf(one).routeTable)),
  );
  return other === undefined
    ? []
    : [
        violation(
          'kubenet-shared-routes',
          `'networkProfile.subnet' must not be a subnet, or use a route table, of another cluster with kubenet, got that of ` +
            `${other.cluster.node.path}: give each cluster its own network, or use NetworkProfile.overlay({ subnet })`,
        ),
      ];
}

/** Clusters that share a subnet need room in it for the nodes, or the pods, of all of them. */
function roomProblems(
  tenant: NetworkTenant,
  earlier: readonly NetworkTenant[],
  which: 'subnet' | 'podSubnet',
): Violation[] {
  const subnetOf = (one: NetworkTenant): ISubnet | undefined => (which === 'subnet' ? one.nodeSubnet : one.podSubnet);
  const addresses = which === 'subnet' ? nodeAddresses : podAddresses;
  const id = idsOf(tenant)[which];
  const others = earlier.filter((one) => isSame(id, idsOf(one)[which]));
  const ranges = parseRanges(itemsOf(subnetOf(tenant)?.addressPrefixes));
  const own = addresses(tenant.model, tenant.pools());
  const needed = others.reduce((sum, { model, pools }) => sum + addresses(model, pools()), own) + KEPT_BY_AZURE;
  // a cluster that does not fit alone has a problem of its own
  if (others.length === 0 || ranges.length === 0 || needed <= sizeOf(ranges) || own + KEPT_BY_AZURE > sizeOf(ranges)) {
    return [];
  }
  return [
    violation(
      'shared-subnet-size',
      `'networkProfile.${which}' must have ${needed} addresses for this cluster and ` +
        `${others.map(({ cluster }) => cluster.node.path).join(', ')}, got ${subnetOf(tenant)?.node.path ?? ''} with ` +
        `${sizeOf(ranges)}: make it /${prefixFor(needed)} or larger, or give each cluster its own subnet`,
    ),
  ];
}

/**
 * A public address can belong to only one load balancer.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses
 */
function addressProblems(tenant: NetworkTenant, earlier: readonly NetworkTenant[]): Violation[] {
  return itemsOf(tenant.publicIpIds).flatMap((id, index) => {
    const own = idsOf(tenant).addresses[index];
    const other = earlier.find((one) => idsOf(one).addresses.some((theirs) => isSame(own, theirs)));
    return other === undefined
      ? []
      : [
          violation(
            'outbound-addresses-unshared',
            `'networkProfile.outbound.publicIpIds' must not be used by another cluster, got ${isText(id) ? id : 'one'} of ` +
              `${other.cluster.node.path}: give each cluster its own`,
          ),
        ];
  });
}

/** An id in a form that is equal for one resource. References are equal only within one stack. */
interface Id {
  /** The stack of a reference. */
  readonly stack?: TerraformStack;
  readonly text: string;
}

/** The ids of the resources that clusters may share. */
interface TenantIds {
  readonly subnet?: Id;
  readonly podSubnet?: Id;
  readonly routeTable?: Id;
  readonly addresses: readonly (Id | undefined)[];
}

const idsByTenant = new WeakMap<NetworkTenant, TenantIds>();

/** The ids of a tenant. They are computed once, since each cluster compares its own with those of all others. */
function idsOf(tenant: NetworkTenant): TenantIds {
  const { cluster, nodeSubnet, podSubnet, publicIpIds } = tenant;
  const ids = idsByTenant.get(tenant) ?? {
    subnet: idOf(nodeSubnet, nodeSubnet?.subnetId),
    podSubnet: idOf(podSubnet, podSubnet?.subnetId),
    routeTable: idOf(nodeSubnet, nodeSubnet?.routeTableId),
    addresses: itemsOf(publicIpIds).map((id) => idOf(cluster, id)),
  };
  idsByTenant.set(tenant, ids);
  return ids;
}

function idOf(scope: IConstruct | undefined, id: string | undefined): Id | undefined {
  if (scope === undefined || id === undefined) {
    return undefined;
  }
  return Token.isUnresolved(id)
    ? { stack: TerraformStack.of(scope), text: resolvedText(scope, id) }
    : { text: id.toLowerCase() };
}

function isSame(one: Id | undefined, other: Id | undefined): boolean {
  return one !== undefined && one.text === other?.text && one.stack === other.stack;
}
