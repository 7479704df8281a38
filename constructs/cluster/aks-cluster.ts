import { reportGroup } from '../azure/group-problems';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { KubernetesProviderConfig } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { azureNames } from '../azure/azure-names';
import { createAfter } from '../core/order/order';
import { rememberRegion } from '../azure/regions';
import { claimNetwork } from './network-profile/shared-network';
import { claimPoolNames } from './node-pools/rotation-name';
import { requireGlobalNames } from '../stack-checks/global-names';
import { claimResource } from '../core/names/unique';
import { AksClusterBase, type ClusterAccess } from './aks-cluster-base';
import { type IAksCluster } from './i-aks-cluster';
import type { AksClusterProps } from './aks-cluster-props';
import { ClusterParts } from './cluster-parts';
import type { IGrantable } from '../identity/grants';
import type { IServicePrincipal } from '../identity/service-principal';
import {
  type AksClusterAttributes,
  type AksClusterNameAttributes,
  credentialsCommandOf,
  ImportedAksCluster,
  KnownAksCluster,
} from './imported-aks-cluster';
import { protect } from '../azure/protection';
import { literalGroup } from '../azure/resource-group';
import { violation } from '../core/problems/violation';
import { reportProblems, reportWarnings, reportWarningsLate } from '../core/problems/report';
import { clusterIdentity, poolsOf, rememberScaling } from './cluster-pools';
import { DefaultPoolNodes } from './default-pool-nodes';
import type { INodePool } from './i-node-pool';
import { rememberCluster } from '../kubernetes/known-clusters';
import { checkMinorVersion } from './upgrades/version-check';

/**
 * A managed Kubernetes cluster (Azure Kubernetes Service).
 *
 * Kubernetes RBAC is on, since it cannot be changed later without a new cluster; the OIDC issuer is on, since newer
 * versions of Kubernetes have it on and it cannot be turned off.
 *
 * @example
 * const cluster = new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   defaultNodePool: { nodeCount: 3, vmSize: 'Standard_D4s_v5' },
 * });
 * cluster.addNodePool('batch', { name: 'batch', vmSize: 'Standard_D8s_v5' });
 * registry.grantPull(cluster);
 */
export class AksCluster extends AksClusterBase {
  /** An existing cluster, looked up by name when Terraform runs. */
  public static fromClusterName(scope: Construct, id: string, attributes: AksClusterNameAttributes): IAksCluster {
    return new ImportedAksCluster(scope, id, attributes);
  }

  /** An existing cluster, by its ids: nothing is looked up when Terraform runs. */
  public static fromClusterAttributes(scope: Construct, id: string, attributes: AksClusterAttributes): IAksCluster {
    return new KnownAksCluster(scope, id, attributes);
  }

  public readonly clusterName: string;
  public readonly credentialsCommand: string;
  public override readonly kubernetesVersion?: string;
  public override readonly nodeSubnetId?: string;
  public override readonly podSubnetId?: string;
  /** The identity that the cluster uses to manage Azure resources. */
  public readonly identity: IGrantable;
  /** The identity that its nodes use. */
  public readonly kubeletIdentity: IGrantable;
  public readonly imagePuller: IGrantable;
  /** The default pool. */
  public readonly defaultNodePool: INodePool;
  /** The service principal that the cluster logs in to Azure with, if it has one. @internal */
  public readonly _principal?: IServicePrincipal;
  /** Whether it has the add-on of KEDA. @internal */
  public readonly _hasKeda: boolean;
  protected readonly usesEntraId: boolean;
  private readonly resource: KubernetesCluster;

  constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    props = declared(this, 'AksClusterProps', props);
    rememberRegion(this, props.resourceGroup);
    const parts = new ClusterParts(this, props);
    const { group, pool, networkProfile, apiServerAccess, identity } = parts;
    this.clusterName = props.clusterName;
    this.credentialsCommand = credentialsCommandOf(group.name, props.clusterName);
    this.kubernetesVersion = parts.poolVersion;
    this.nodeSubnetId = networkProfile.vnetSubnetId;
    this.podSubnetId = networkProfile.podSubnetId;
    this.usesEntraId = parts.authentication.isEntraId;
    this._principal = props.identity?.principal;
    this._hasKeda = props.keda === true;

    this.resource = new KubernetesCluster(this, 'Resource', parts.config());
    protect(this, this.resource, props);
    checkMinorVersion(this.resource, props.kubernetesVersion?.minor, props.upgradePolicy);
    createAfter(this.resource, () => parts.prerequisites);
    this.identity = identity.controlPlane(() => this.resource.identity.principalId);
    this.kubeletIdentity = identity.kubelet(() => this.resource.kubeletIdentity.objectId);
    this.imagePuller = this.kubeletIdentity;
    const defaultNodes = new DefaultPoolNodes(
      this,
      'DefaultNodePool',
      props.defaultNodePool ?? {},
      () => this.clusterId,
    );
    this.defaultNodePool = defaultNodes;

    rememberScaling(this, pool.name, props.defaultNodePool?.autoscaling);
    rememberCluster({
      cluster: this,
      host: () => this.resource.kubeConfig.get(0).host,
      identity: clusterIdentity(props.clusterName, literalGroup(props.resourceGroup).name),
      pools: () => [defaultNodes.nodes, ...poolsOf(this).map(({ nodes }) => nodes)],
      isMade: true,
      isDualStack: networkProfile._isDualStack,
      addOns: {
        keyVaultSecrets: props.keyVaultSecretsProvider !== undefined,
        keda: this._hasKeda,
        verticalPodAutoscaler: props.verticalPodAutoscaler === true,
      },
      hasPrivateApiServer: apiServerAccess.isPrivate || apiServerAccess._hasSubnet,
    });
    reportGroup(this, props.resourceGroup);
    reportProblems(this, () => parts.problems());
    claimNetwork({ ...networkProfile._tenancy, cluster: this, pools: () => parts.poolSizes() });
    requireGlobalNames(this);
    claimResource(this, 'clusterName', this.resource, azureNames.cluster(props.clusterName, group.name));
    claimPoolNames(this, 'defaultNodePool.name', pool.name, this.clusterId);
    reportWarnings(this, parts.warnings());
    reportWarningsLate(this, () => pool.lateWarnings(poolsOf(this).some(({ isSystem }) => isSystem)));
  }

  public get clusterId(): string {
    return this.resource.id;
  }

  public get nodeResourceGroup(): string {
    return this.resource.nodeResourceGroup;
  }

  public get oidcIssuerUrl(): string | undefined {
    return this.resource.oidcIssuerUrl;
  }

  public override kubernetesProviderConfig(scope: Construct): KubernetesProviderConfig {
    // a cluster of another stack is a problem of the one that asks
    if (TerraformStack.of(scope) === TerraformStack.of(this)) {
      reportWarnings(this, [violation('provider-in-one-stack', this.usesEntraId ? ENTRA_ID_IN_ONE_STACK : ONE_STACK)]);
    }
    return super.kubernetesProviderConfig(scope);
  }

  /**
   * Lets agents in the cluster send logs to a workspace, and metrics. They log in with its managed identity.
   *
   * @internal
   */
  public _turnOnAgents(logAnalyticsWorkspaceId: string | undefined, sendsMetrics: boolean): void {
    if (logAnalyticsWorkspaceId !== undefined) {
      this.resource.putOmsAgent({ logAnalyticsWorkspaceId, msiAuthForMonitoringEnabled: true });
    }
    if (sendsMetrics) {
      this.resource.putMonitorMetrics({});
    }
  }

  /** @internal */
  protected get _access(): ClusterAccess | undefined {
    return this.resource.kubeConfig.get(0);
  }
}

checkArguments(AksCluster);

/** The risk of creating a cluster and its workloads in one stack. */
const ONE_STACK =
  'this stack creates both the cluster and its workloads: a change that replaces the cluster (its name, location, DNS prefix or ' +
  'network) leaves the Kubernetes provider without an address, and its plan fails. Except for a trial, use two stacks, where the second looks up the cluster with' +
  ' AksCluster.fromClusterName(...)';
const ENTRA_ID_IN_ONE_STACK =
  'roles in a new cluster take minutes to take effect, and the deployment needs one: create the workloads in another stack, which looks up the cluster with' +
  ' AksCluster.fromClusterName(...)';
