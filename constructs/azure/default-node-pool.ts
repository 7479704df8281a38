import type { KubernetesClusterDefaultNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { linuxNodePoolName, systemNodeCount } from '../private/azure-rules';
import { check, isKnown, orExample } from '../private/rule';
import { systemVmSize, systemVmSizeWarnings } from '../private/vm-size';

/** The pool that every cluster has: Linux nodes, which also run what Kubernetes itself needs. */
export interface DefaultNodePoolProps {
  /**
   * The name of the pool: 1 to 12 lower-case letters and digits, beginning with a letter.
   *
   * @default "nodepool1"
   */
  readonly name?: string;
  /**
   * The number of nodes, 1 to 1000.
   *
   * @default 2
   */
  readonly nodeCount?: number;
  /**
   * The VM size of the nodes, with at least 2 vCPUs and 4 GB; below 4 vCPUs, or of the B-series, a warning.
   *
   * A change replaces the nodes, one pool after the other, and needs quota for both.
   *
   * @default "Standard_D4s_v5"
   */
  readonly vmSize?: string;
}

/** The longest part of the pool's name that leaves room for the ending of its temporary name. */
const NAME_STEM = 9;

/** The default node pool with every value that Azure would otherwise choose, so that no later plan finds a difference. */
export class DefaultNodePool {
  public readonly name: string;
  public readonly nodeCount: number;
  public readonly vmSize: string;

  constructor(props: DefaultNodePoolProps) {
    this.name = props.name ?? 'nodepool1';
    this.nodeCount = props.nodeCount ?? 2;
    this.vmSize = props.vmSize ?? 'Standard_D4s_v5';
  }

  public problems(): string[] {
    return [
      ...check(linuxNodePoolName, 'defaultNodePool.name', this.name),
      ...check(systemNodeCount, 'defaultNodePool.nodeCount', this.nodeCount),
      ...check(systemVmSize, 'defaultNodePool.vmSize', this.vmSize),
    ];
  }

  public warnings(): string[] {
    return systemVmSizeWarnings('defaultNodePool.vmSize', this.vmSize);
  }

  public render(): KubernetesClusterDefaultNodePool {
    return {
      name: this.name,
      nodeCount: this.nodeCount,
      vmSize: this.vmSize,
      type: 'VirtualMachineScaleSets',
      osSku: 'Ubuntu',
      // without it, a plan that changes the VM size is green and its apply fails
      temporaryNameForRotation: temporaryName(this.name),
      // Azure fills these in and later plans would take them away; taking away the drain time replaces the cluster
      upgradeSettings: { maxSurge: '10%', drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 0 },
    };
  }
}

/** The name that the pool has while its nodes are replaced: derived, so that every run says the same. */
function temporaryName(poolName: string): string {
  if (!isKnown(poolName)) {
    return 'temporary';
  }
  const name = orExample(linuxNodePoolName, poolName);
  const stem = name.slice(0, NAME_STEM);
  return name === `${stem}tmp` ? `${stem}rot` : `${stem}tmp`;
}
