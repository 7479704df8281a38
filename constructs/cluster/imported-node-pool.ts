import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { warnOfOtherName } from '../azure/id-and-name';
import { azureNames } from '../azure/azure-names';
import { nodePoolResourceId } from '../azure/resource-id-rules';
import { clusterName, resourceGroupName } from '../azure/resource-name-rules';
import { canonicalId } from '../core/names/canonical-text';
import { lookUp } from '../core/names/unique';
import { nodePoolLookups } from './late-bindings';
import { reportProblems } from '../core/problems/report';
import { checkGiven } from '../core/rules/rule';
import { itemsOf } from '../core/values/known';
import type { Taint } from '../kubernetes/taint';
import type { INodePool } from './i-node-pool';
import { linuxNodePoolName } from './node-pools/node-pool-rules';
import { labelProblems, taintProblems } from './node-pools/node-pool-options';
import { isLabelled, renderTaints, withSpotLabel } from './node-pools/pool-nodes';
import { rotationName } from './node-pools/rotation-name';

/** Attributes of an existing pool. */
export interface NodePoolAttributes {
  /** The Azure resource id of the pool. */
  readonly nodePoolId: string;
  /** The name of the pool. */
  readonly nodePoolName: string;
  /**
   * The labels of its nodes, for workloads that are placed on it.
   *
   * @default - none: its name selects the nodes
   */
  readonly labels?: { readonly [key: string]: string };
  /**
   * The taints of its nodes, for workloads that are placed on it.
   *
   * @default - none
   */
  readonly taints?: Taint[];
  /**
   * Whether it is a pool of Spot nodes, whose label and taint then need not be given.
   *
   * @default false
   */
  readonly isSpot?: boolean;
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

/** An existing pool, looked up by name when Terraform runs. */
export class ImportedNodePool extends Construct implements INodePool {
  public readonly nodePoolName: string;
  public readonly nodePoolId: string;
  public readonly nodeLabels: { readonly [key: string]: string };
  public readonly nodeTaints: string[];
  public readonly nodePoolNames: string[];

  constructor(scope: Construct, id: string, attributes: NodePoolNameAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(linuxNodePoolName, 'nodePoolName', attributes.nodePoolName),
      ...checkGiven(clusterName, 'clusterName', attributes.clusterName),
      ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
    ]);
    const { nodePoolName, clusterName: cluster, resourceGroupName: group } = attributes;
    const pool = new (nodePoolLookups().DataAzurermKubernetesClusterNodePool)(this, 'Resource', {
      name: attributes.nodePoolName,
      kubernetesClusterName: attributes.clusterName,
      resourceGroupName: attributes.resourceGroupName,
    });
    const clusterId = canonicalId(this, azureNames.cluster(cluster, group));
    lookUp(this, 'nodePoolName', pool, azureNames.nodePool(nodePoolName, clusterId));
    this.nodePoolName = attributes.nodePoolName;
    this.nodePoolId = pool.id;
    this.nodeLabels = Token.asStringMap(pool.nodeLabels);
    this.nodeTaints = pool.nodeTaints;
    // whether it has labels is known only when Terraform runs
    this.nodePoolNames = [nodePoolName, rotationName(nodePoolName)];
  }
}

/** An existing pool, by its id. */
export class KnownNodePool extends Construct implements INodePool {
  public readonly nodePoolName: string;
  public readonly nodePoolId: string;
  public readonly nodeLabels: { readonly [key: string]: string };
  public readonly nodeTaints: string[];
  public readonly nodePoolNames?: string[];

  constructor(scope: Construct, id: string, attributes: NodePoolAttributes) {
    super(scope, id);
    const { nodePoolName, labels = {}, taints, isSpot = false } = attributes;
    reportProblems(this, () => [
      ...checkGiven(nodePoolResourceId, 'nodePoolId', attributes.nodePoolId),
      ...checkGiven(linuxNodePoolName, 'nodePoolName', nodePoolName),
      ...labelProblems(labels, 'labels'),
      ...itemsOf(taints).flatMap(taintProblems),
    ]);
    warnOfOtherName(this, ['nodePoolId', attributes.nodePoolId], { nodePoolName });
    this.nodePoolName = nodePoolName;
    this.nodePoolId = attributes.nodePoolId;
    this.nodeLabels = isSpot ? withSpotLabel(labels) : labels;
    this.nodeTaints = renderTaints(taints, isSpot);
    this.nodePoolNames = isLabelled(attributes) ? undefined : [nodePoolName, rotationName(nodePoolName)];
  }
}
