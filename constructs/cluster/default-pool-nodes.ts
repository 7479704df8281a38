import { Construct } from 'constructs';
import type { PoolNodes } from '../kubernetes/scheduling';
import { DEFAULT_POOL_NAME, type DefaultNodePoolProps } from './default-node-pool';
import type { INodePool } from './i-node-pool';
import { NodePoolMode } from './node-pools/add-node-pool-options';
import { SYSTEM_TAINT } from './node-pools/azure-taints';
import { isLabelled, poolNodes } from './node-pools/pool-nodes';
import { rotationName } from './node-pools/rotation-name';

/** The default pool of a cluster, for placing pods. */
export class DefaultPoolNodes extends Construct implements INodePool {
  public readonly nodePoolName: string;
  public readonly nodeLabels: { readonly [key: string]: string };
  public readonly nodeTaints: string[];
  public readonly nodePoolNames?: string[];
  public readonly architecture?: string;
  /** What pods can request of its nodes. */
  public readonly nodes: PoolNodes;

  /** @param clusterId The id of the cluster, read only when that of the pool is */
  constructor(
    scope: Construct,
    id: string,
    props: DefaultNodePoolProps,
    private readonly clusterId: () => string,
  ) {
    super(scope, id);
    this.nodePoolName = props.name ?? DEFAULT_POOL_NAME;
    this.nodeLabels = props.labels ?? {};
    this.nodeTaints = props.criticalAddonsOnly === true ? [`${SYSTEM_TAINT}=true:NoSchedule`] : [];
    this.nodePoolNames = isLabelled(props) ? undefined : [this.nodePoolName, rotationName(this.nodePoolName)];
    this.nodes = poolNodes(this.nodePoolName, NodePoolMode.SYSTEM, props, this.nodeTaints);
    this.architecture = this.nodes.architecture;
  }

  public get nodePoolId(): string {
    return `${this.clusterId()}/agentPools/${this.nodePoolName}`;
  }
}
