import type { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { DataAzurermKubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster-node-pool';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { clusterName, resourceGroupName } from '../azure/resource-name-rules';
import { ignoring } from '../core/order/ignoring';
import { nodePools } from './late-bindings';
import { renderUpgradeSettings } from './node-pools/upgrade-settings';
import { armPoolProblems } from './node-pools/arm-pool';
import { keepsOff, nodePoolPlanProblems } from './node-pools/node-pool-plan-rules';
import { nodeLabelValue, linuxNodePoolName, spotMaxPrice, taintKey } from './node-pools/node-pool-rules';
import { azureNames } from '../azure/azure-names';
import { createAfter } from '../core/order/order';
import { regionOf } from '../azure/regions';
import { claimPoolNames, rotationName } from './node-pools/rotation-name';
import { nodePoolResourceId } from '../azure/resource-id-rules';
import { emptyProblems } from '../core/rules/restriction';
import { canonicalId } from '../core/names/canonical-text';
import { lookUp } from '../core/names/unique';
import { check, checkGiven } from '../core/rules/rule';
import { itemsOf } from '../core/values/known';
import { rememberPool } from './cluster-pools';
import { systemVmSize, systemVmSizeWarnings, userVmSize } from './node-pools/vm-size';
import type { IAksCluster } from './i-aks-cluster';
import {
  ignoredPoolChanges,
  nodePoolOptionsProblems,
  planOf,
  poolSize,
  renderNodePoolOptions,
} from './node-pools/node-pool-options';
import type { Taint } from './node-pools/taint';
import { AddNodePoolOptions, NodePoolMode, SpotEvictionPolicy, SpotOptions } from './node-pools/add-node-pool-options';
import { INodePool } from './i-node-pool';
import { type Violation, violation, when } from '../core/problems/violation';
import { reportProblems, reportWarnings } from '../core/problems/report';

/** Properties of `NodePool`. */
export interface NodePoolProps extends AddNodePoolOptions {
  /** The cluster that gets the pool. */
  readonly cluster: IAksCluster;
}

/** Attributes of an existing pool. */
export interface NodePoolAttributes {
  /** The Azure resource id of the pool. */
  readonly nodePoolId: string;
  /** The name of the pool. */
  readonly nodePoolName: string;
}

/** Attributes to look up an existing pool by name. */
export interface NodePoolNameAttributes {
  /** The name of the pool. */
  readonly nodePoolName: string;
  /** The name of its cluster. */
  readonly clusterName: string;
  /** The name of the cluster's resource group. */
  readonly resourceGroupName: string;
}

/** The label and the taint that Azure puts on Spot nodes: not said, a later plan would take them away. */
const SPOT_KEY = 'kubernetes.azure.com/scalesetpriority';
const SPOT_VALUE = 'spot';

/** A pool of Linux nodes besides the one that every cluster has. */
export class NodePool extends Construct implements INodePool {
  /** A pool that exists, found by its name when Terraform runs. */
  public static fromNodePoolName(scope: Construct, id: string, attributes: NodePoolNameAttributes): INodePool {
    return new ImportedNodePool(scope, id, attributes);
  }

  /** A pool that exists, by its id: nothing is looked up when Terraform runs. */
  public static fromNodePoolAttributes(scope: Construct, id: string, attributes: NodePoolAttributes): INodePool {
    return new KnownNodePool(scope, id, attributes);
  }

  public readonly nodePoolName: string;
  private readonly resource: KubernetesClusterNodePool;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    props = declared(this, 'NodePoolProps', props);
    const { cluster, mode = NodePoolMode.USER, spot, taints = [], ...options } = props;
    this.nodePoolName = props.name;
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
    });

    const bindings = nodePools();
    this.resource = new bindings.KubernetesClusterNodePool(this, 'Resource', {
      name: this.nodePoolName,
      kubernetesClusterId: cluster.clusterId,
      mode,
      osType: 'Linux',
      ...renderNodePoolOptions(options),
      ...(spot === undefined ? { upgradeSettings: renderUpgradeSettings(options.upgradeSettings) } : renderSpot(spot)),
      nodeLabels: spot === undefined ? options.labels : withSpotLabel(options.labels ?? {}),
      nodeTaints: renderTaints(taints, spot !== undefined),
      orchestratorVersion: cluster.kubernetesVersion,
      vnetSubnetId: cluster.nodeSubnetId,
      podSubnetId: cluster.podSubnetId,
      // what Azure takes: a later plan would take it away (https://github.com/hashicorp/terraform-provider-azurerm/pull/32603)
      workloadRuntime: 'OCIContainer',
      // without it, a plan that changes the VM size is green and its apply fails
      temporaryNameForRotation: rotationName(this.nodePoolName),
      lifecycle: ignoring([
        ...ignoredPoolChanges(options),
        // Azure has its own for Spot nodes, which cannot be said: every block of the provider has a surge, which they refuse
        ...(spot === undefined ? [] : ['upgrade_settings']),
      ]),
    });
    createAfter(this.resource, () => []);
  }

  public get nodePoolId(): string {
    return this.resource.id;
  }
}

checkArguments(NodePool);

class ImportedNodePool extends Construct implements INodePool {
  public readonly nodePoolName: string;
  public readonly nodePoolId: string;

  constructor(scope: Construct, id: string, attributes: NodePoolNameAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(linuxNodePoolName, 'nodePoolName', attributes.nodePoolName),
      ...checkGiven(clusterName, 'clusterName', attributes.clusterName),
      ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
    ]);
    const { nodePoolName, clusterName: cluster, resourceGroupName: group } = attributes;
    const pool = new DataAzurermKubernetesClusterNodePool(this, 'Resource', {
      name: attributes.nodePoolName,
      kubernetesClusterName: attributes.clusterName,
      resourceGroupName: attributes.resourceGroupName,
    });
    const clusterId = canonicalId(this, azureNames.cluster(cluster, group));
    lookUp(this, 'nodePoolName', pool, azureNames.nodePool(nodePoolName, clusterId));
    this.nodePoolName = attributes.nodePoolName;
    this.nodePoolId = pool.id;
  }
}

class KnownNodePool extends Construct implements INodePool {
  public readonly nodePoolName: string;
  public readonly nodePoolId: string;

  constructor(scope: Construct, id: string, attributes: NodePoolAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(nodePoolResourceId, 'nodePoolId', attributes.nodePoolId),
      ...checkGiven(linuxNodePoolName, 'nodePoolName', attributes.nodePoolName),
    ]);
    this.nodePoolName = attributes.nodePoolName;
    this.nodePoolId = attributes.nodePoolId;
  }
}

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
    ...emptyProblems('taints', props.taints, 'taint', 'leave it out if every pod may run on the nodes'),
    ...itemsOf(props.taints).flatMap(taintProblems),
    ...check(spotMaxPrice, 'spot.maxPrice', props.spot?.maxPrice),
    ...when(
      props.spot !== undefined && props.upgradeSettings !== undefined,
      'upgrade-settings-of-spot',
      () => "'upgradeSettings' must not be given for Spot nodes, which Azure refuses: leave it out",
    ),
    ...(isSystem && props.spot !== undefined
      ? [
          violation(
            'spot-for-user-pools',
            "'spot' must not be given for a system pool: Azure may take all its nodes back. Use NodePoolMode.USER",
          ),
        ]
      : []),
  ];
}

function taintProblems({ key, value }: Taint, index: number): Violation[] {
  return [
    ...checkGiven(taintKey, `taints[${index}].key`, key),
    ...check(nodeLabelValue, `taints[${index}].value`, value),
  ];
}

function renderTaints(taints: readonly Taint[], isSpot: boolean): string[] | undefined {
  const rendered = taints.map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
  const all = isSpot ? [...rendered, `${SPOT_KEY}=${SPOT_VALUE}:NoSchedule`] : rendered;
  return all.length === 0 ? undefined : all;
}

function withSpotLabel(labels: { readonly [key: string]: string }): { [key: string]: string } {
  const spot = { [SPOT_KEY]: SPOT_VALUE };
  return Token.isUnresolved(labels) ? Token.asStringMap(Fn.merge([labels, spot])) : { ...labels, ...spot };
}

function renderSpot({ maxPrice = -1, evictionPolicy = SpotEvictionPolicy.DELETE }: SpotOptions): {
  priority: string;
  spotMaxPrice: number;
  evictionPolicy: string;
} {
  return { priority: 'Spot', spotMaxPrice: maxPrice, evictionPolicy };
}
