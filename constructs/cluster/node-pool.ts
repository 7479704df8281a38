import type { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { Construct } from 'constructs';
import { checkArguments, declared, isStandIn } from '../core/declared';
import { ignoring } from '../core/order/ignoring';
import { rememberPoolResource } from '../kubernetes/pools-by-hand';
import { nodePools } from './late-bindings';
import { renderUpgradeSettings } from './node-pools/upgrade-settings';
import { armPoolProblems } from './node-pools/arm-pool';
import { nodePoolPlanProblems } from './node-pools/node-pool-plan-rules';
import { gpuWarnings } from './node-pools/gpu';
import { linuxNodePoolName, spotMaxPrice } from './node-pools/node-pool-rules';
import { createAfter } from '../core/order/order';
import { regionOf } from '../azure/regions';
import { claimPoolNames, rotationName } from './node-pools/rotation-name';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkGiven } from '../core/rules/rule';
import { itemsOf } from '../core/values/known';
import { rememberPool, rememberScaling } from './cluster-pools';
import { systemVmSize, systemVmSizeWarnings, userVmSize } from './node-pools/vm-size';
import type { IAksCluster } from './i-aks-cluster';
import {
  ignoredPoolChanges,
  nodePoolOptionsProblems,
  planOf,
  poolSize,
  renderNodePoolOptions,
  taintProblems,
} from './node-pools/node-pool-options';
import { keepsOff } from '../kubernetes/taint';
import { AddNodePoolOptions, NodePoolMode, SpotEvictionPolicy, SpotOptions } from './node-pools/add-node-pool-options';
import { INodePool } from './i-node-pool';
import {
  ImportedNodePool,
  KnownNodePool,
  type NodePoolAttributes,
  type NodePoolNameAttributes,
} from './imported-node-pool';
import { isLabelled, poolNodes, renderTaints, toleranceWarnings, withSpotLabel } from './node-pools/pool-nodes';
import { type Violation, when } from '../core/problems/violation';
import { reportProblems, reportWarnings, reportWarningsLate } from '../core/problems/report';

/** Properties of `NodePool`. */
export interface NodePoolProps extends AddNodePoolOptions {
  /** The cluster that gets the pool. */
  readonly cluster: IAksCluster;
}

/**
 * A pool of Linux nodes, in addition to the default pool of the cluster.
 *
 * @example
 * cluster.addNodePool('batch', { name: 'batch', nodeCount: 2, vmSize: 'Standard_D8s_v5' });
 * new NodePool(stack, 'apps', { cluster, name: 'apps', labels: { team: 'shop' } });
 */
export class NodePool extends Construct implements INodePool {
  /** An existing pool, looked up by name when Terraform runs. */
  public static fromNodePoolName(scope: Construct, id: string, attributes: NodePoolNameAttributes): INodePool {
    return new ImportedNodePool(scope, id, attributes);
  }

  /** An existing pool, by its id: nothing is looked up when Terraform runs. */
  public static fromNodePoolAttributes(scope: Construct, id: string, attributes: NodePoolAttributes): INodePool {
    return new KnownNodePool(scope, id, attributes);
  }

  public readonly nodePoolName: string;
  public readonly nodeLabels: { readonly [key: string]: string };
  public readonly nodeTaints: string[];
  public readonly nodePoolNames?: string[];
  public readonly architecture?: string;
  private readonly resource: KubernetesClusterNodePool;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    props = declared(this, 'NodePoolProps', props);
    const { cluster, mode = NodePoolMode.USER, spot, taints = [], ...options } = props;
    this.nodePoolName = props.name;
    this.nodeLabels = spot === undefined ? (options.labels ?? {}) : withSpotLabel(options.labels ?? {});
    this.nodeTaints = renderTaints(taints, spot !== undefined);
    this.nodePoolNames = isLabelled(options) ? undefined : [props.name, rotationName(props.name)];
    const nodes = poolNodes(this.nodePoolName, mode, options, this.nodeTaints);
    this.architecture = nodes.architecture;
    const keepsPodsOff = spot !== undefined || itemsOf(taints).some(({ effect }) => keepsOff(effect));
    reportProblems(this, () => [
      ...nodePoolProblems(props),
      ...(keepsPodsOff ? [] : armPoolProblems(this, 'vmSize', props.vmSize)),
    ]);
    if (mode === NodePoolMode.SYSTEM) {
      reportWarnings(this, systemVmSizeWarnings('vmSize', options.vmSize));
    }
    claimPoolNames(this, 'name', this.nodePoolName, cluster.clusterId);
    rememberPool(cluster, {
      pool: this,
      size: poolSize(this.nodePoolName, options, spot !== undefined),
      runsApplications: !keepsPodsOff,
      isSystem: mode === NodePoolMode.SYSTEM,
      nodes,
      hasReservation: props.capacityReservationGroupId !== undefined && !isStandIn(props.capacityReservationGroupId),
    });
    rememberScaling(cluster, this.nodePoolName, options.autoscaling);
    reportWarnings(this, gpuWarnings(options.vmSize, props.taints, spot !== undefined));
    reportWarningsLate(this, () => toleranceWarnings(cluster, nodes));

    const bindings = nodePools();
    this.resource = new bindings.KubernetesClusterNodePool(this, 'Resource', {
      name: this.nodePoolName,
      kubernetesClusterId: cluster.clusterId,
      mode,
      osType: 'Linux',
      ...renderNodePoolOptions(options),
      ...(spot === undefined ? { upgradeSettings: renderUpgradeSettings(options.upgradeSettings) } : renderSpot(spot)),
      nodeLabels: spot === undefined ? options.labels : this.nodeLabels,
      nodeTaints: this.nodeTaints.length === 0 ? undefined : this.nodeTaints,
      orchestratorVersion: cluster.kubernetesVersion,
      vnetSubnetId: cluster.nodeSubnetId,
      podSubnetId: cluster.podSubnetId,
      // the default of Azure, which a later plan would otherwise remove
      // (https://github.com/hashicorp/terraform-provider-azurerm/pull/32603)
      workloadRuntime: 'OCIContainer',
      // without it, a plan that changes the VM size succeeds, but its apply fails
      temporaryNameForRotation: rotationName(this.nodePoolName),
      lifecycle: ignoring([
        ...ignoredPoolChanges(options),
        // Azure has its own settings for Spot nodes, which the provider cannot express: its block requires a surge,
        // which Spot nodes reject
        ...(spot === undefined ? [] : ['upgrade_settings']),
      ]),
    });
    rememberPoolResource(this.resource);
    createAfter(this.resource, () => []);
  }

  public get nodePoolId(): string {
    return this.resource.id;
  }
}

checkArguments(NodePool);

function nodePoolProblems(props: NodePoolProps): Violation[] {
  const isSystem = props.mode === NodePoolMode.SYSTEM;
  return [
    ...checkGiven(linuxNodePoolName, 'name', props.name),
    ...nodePoolOptionsProblems(props, '', isSystem),
    ...check(isSystem ? systemVmSize : userVmSize, 'vmSize', props.vmSize),
    ...nodePoolPlanProblems({
      ...planOf(props),
      prefix: '',
      isSystem,
      isSpot: props.spot !== undefined,
      deallocates: props.spot?.evictionPolicy === SpotEvictionPolicy.DEALLOCATE,
      region: regionOf(props.cluster),
      taints: props.taints,
    }),
    ...emptyProblems('taints', props.taints, 'taint', 'leave it out to allow every pod on the nodes'),
    ...itemsOf(props.taints).flatMap(taintProblems),
    ...check(spotMaxPrice, 'spot.maxPrice', props.spot?.maxPrice),
    ...when(
      props.spot !== undefined && props.upgradeSettings !== undefined,
      'upgrade-settings-of-spot',
      () => "'upgradeSettings' must not be given for Spot nodes, since Azure rejects it: leave it out",
    ),
    ...when(
      props.spot !== undefined && props.capacityReservationGroupId !== undefined,
      'capacity-reservation-of-spot',
      () =>
        "'capacityReservationGroupId' must not be given for Spot nodes, which use only spare capacity: leave it out",
    ),
    ...when(
      isSystem && props.spot !== undefined,
      'spot-for-user-pools',
      () => "'spot' must not be given for a system pool: Azure may evict all its nodes. Use NodePoolMode.USER",
    ),
  ];
}

function renderSpot({ maxPrice = -1, evictionPolicy = SpotEvictionPolicy.DELETE }: SpotOptions): {
  priority: string;
  spotMaxPrice: number;
  evictionPolicy: string;
} {
  return { priority: 'Spot', spotMaxPrice: maxPrice, evictionPolicy };
}
