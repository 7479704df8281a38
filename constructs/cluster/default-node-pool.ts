import type { KubernetesClusterDefaultNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { PoolSize } from './network-profile/network-plan';
import { nodePoolPlanProblems } from './node-pools/node-pool-plan-rules';
import { linuxNodePoolName } from './node-pools/node-pool-rules';
import { renderUpgradeSettings } from './node-pools/upgrade-settings';
import { rotationName } from './node-pools/rotation-name';
import { check } from '../core/rules/rule';
import { systemVmSize, systemVmSizeWarnings } from './node-pools/vm-size';
import type { NetworkProfile } from './network-profile/network-profile';
import {
  ignoredPoolChanges,
  type NodePoolOptions,
  nodePoolOptionsProblems,
  planOf,
  poolSize,
  renderNodePoolOptions,
} from './node-pools/node-pool-options';
import { type Violation, when } from '../core/problems/violation';
import type { OwnResource } from './identity/cluster-identity-parts';

/** The default pool of a cluster: Linux nodes, which also run the system pods of Kubernetes. */
export interface DefaultNodePoolProps extends NodePoolOptions {
  /**
   * The name of the pool: 1 to 12 lower-case letters and digits, beginning with a letter.
   *
   * @default "nodepool1"
   */
  readonly name?: string;
  /**
   * Reserves the pool for the system pods of Kubernetes. Add a user pool for applications.
   *
   * @default false
   * @alias onlyCriticalAddonsEnabled
   */
  readonly criticalAddonsOnly?: boolean;
}

/** The default name of the default pool. */
export const DEFAULT_POOL_NAME = 'nodepool1';

/** The default node pool with every value that Azure would otherwise choose, so that no later plan finds a difference. */
export class DefaultNodePool {
  public readonly name: string;

  constructor(private readonly props: DefaultNodePoolProps) {
    this.name = props.name ?? DEFAULT_POOL_NAME;
  }

  /** The nodes that the network must have addresses for. */
  public get size(): PoolSize {
    return poolSize(this.name, this.props, false);
  }

  /** The resources that the cluster needs a role on for the pool. */
  public get ownResources(): OwnResource[] {
    const { capacityReservationGroupId: resourceId } = this.props;
    return resourceId === undefined ? [] : [{ name: 'capacity-reservation-group', resourceId, role: 'Contributor' }];
  }

  /** The attributes whose changes Terraform ignores. */
  public get ignoredChanges(): string[] {
    return ignoredPoolChanges(this.props).map((attribute) => `default_node_pool[0].${attribute}`);
  }

  /** @param region The region of the cluster, where it is known */
  public problems(region: string | undefined): Violation[] {
    return [
      ...check(linuxNodePoolName, 'defaultNodePool.name', this.name),
      ...nodePoolOptionsProblems(this.props, 'defaultNodePool.', true),
      ...check(systemVmSize, 'defaultNodePool.vmSize', this.props.vmSize),
      ...nodePoolPlanProblems({
        ...planOf(this.props),
        prefix: 'defaultNodePool.',
        isSystem: true,
        isSpot: false,
        region,
      }),
    ];
  }

  public warnings(): Violation[] {
    return systemVmSizeWarnings('defaultNodePool.vmSize', this.props.vmSize);
  }

  /**
   * The warning for a single node that runs all system pods of Kubernetes.
   *
   * @param hasOtherSystemPool Whether another pool runs system pods, too
   * @see https://learn.microsoft.com/azure/aks/use-system-pools#system-and-user-node-pools
   */
  public lateWarnings(hasOtherSystemPool: boolean): Violation[] {
    const { nodeCount, autoscaling } = this.props;
    return when(
      !hasOtherSystemPool && (autoscaling?.minCount ?? nodeCount) === 1,
      'system-nodes-of-trials',
      () =>
        `'defaultNodePool.${autoscaling === undefined ? 'nodeCount' : 'autoscaling.minCount'}' is 1: if that node fails, so do DNS and the other system pods. Use 2 or more, or 3 with availability zones`,
    );
  }

  public render(kubernetesVersion: string | undefined, network: NetworkProfile): KubernetesClusterDefaultNodePool {
    return {
      name: this.name,
      ...renderNodePoolOptions(this.props),
      type: 'VirtualMachineScaleSets',
      onlyCriticalAddonsEnabled: this.props.criticalAddonsOnly,
      orchestratorVersion: kubernetesVersion,
      vnetSubnetId: network.vnetSubnetId,
      podSubnetId: network.podSubnetId,
      // without it, a plan that changes the VM size succeeds, but its apply fails
      temporaryNameForRotation: rotationName(this.name),
      upgradeSettings: renderUpgradeSettings(this.props.upgradeSettings),
    };
  }
}
