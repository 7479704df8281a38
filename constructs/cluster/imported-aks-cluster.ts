import type { DataAzurermKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster';
import { Fn, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { warnOfOtherName } from '../azure/id-and-name';
import { clusterName, resourceGroupName } from '../azure/resource-name-rules';
import { oidcIssuerUrl as issuerRule } from './cluster-rules';
import { clusterLookups } from './late-bindings';
import { azureNames } from '../azure/azure-names';
import { clusterResourceId } from '../azure/resource-id-rules';
import { check, checkGiven } from '../core/rules/rule';
import { lookUp } from '../core/names/unique';
import { clusterIdentity, poolsOf, requireKnownNetwork } from './cluster-pools';
import { rememberCluster } from '../kubernetes/known-clusters';
import { AksClusterBase, type ClusterAccess } from './aks-cluster-base';
import { type IGrantable, PartIdentity } from '../identity/grants';
import type { NetworkProfile } from './network-profile/network-profile';
import { reportProblems } from '../core/problems/report';

/** Attributes to look up an existing cluster by name. */
export interface AksClusterNameAttributes {
  /** The name of the cluster. */
  readonly clusterName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
  /**
   * Whether people and programs log in to it with Microsoft Entra ID, and its local accounts are off.
   *
   * @default false
   */
  readonly usesEntraId?: boolean;
  /**
   * The identity that its nodes use to pull images. Azure does not return it for a cluster with a service principal: then it
   * must be given.
   *
   * @default - the identity of its kubelets
   */
  readonly imagePuller?: IGrantable;
  /**
   * The network of the cluster, such as `NetworkProfile.overlay()`, for pools that are added to it. It describes the
   * network of their nodes and pods, and does not change the cluster. Required if pods have a subnet of their own,
   * which the provider cannot look up.
   *
   * @default - the subnet of its first pool, looked up when Terraform runs
   */
  readonly networkProfile?: NetworkProfile;
}

/** Attributes of an existing cluster. */
export interface AksClusterAttributes {
  /** The Azure resource id of the cluster. */
  readonly clusterId: string;
  /** The name of the cluster. */
  readonly clusterName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
  /** The identity that its nodes use to pull images. */
  readonly imagePuller: IGrantable;
  /**
   * The resource group in which Azure creates the nodes.
   *
   * @default - not known, and empty
   */
  readonly nodeResourceGroup?: string;
  /**
   * The URL of the issuer of its service account tokens, which `addServiceAccount` needs.
   *
   * @default - not known
   */
  readonly oidcIssuerUrl?: string;
  /**
   * The network of the cluster, which `addNodePool` needs: `NetworkProfile.overlay()` for one that Azure created. It
   * describes the network of nodes and pods, and does not change the cluster.
   *
   * @default - not known, and adding a pool is a problem
   */
  readonly networkProfile?: NetworkProfile;
  /**
   * Whether people and programs log in to it with Microsoft Entra ID.
   *
   * @default false
   */
  readonly usesEntraId?: boolean;
}

/** An existing cluster, looked up by name when Terraform runs. */
export class ImportedAksCluster extends AksClusterBase {
  public readonly clusterName: string;
  public readonly credentialsCommand: string;
  public readonly imagePuller: IGrantable;
  public override readonly nodeSubnetId?: string;
  public override readonly podSubnetId?: string;
  protected readonly usesEntraId: boolean;
  private readonly resource: DataAzurermKubernetesCluster;

  constructor(scope: Construct, id: string, attributes: AksClusterNameAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(clusterName, 'clusterName', attributes.clusterName),
      ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
    ]);
    const bindings = clusterLookups();
    this.resource = new bindings.DataAzurermKubernetesCluster(this, 'Resource', {
      name: attributes.clusterName,
      resourceGroupName: attributes.resourceGroupName,
    });
    const { networkProfile, clusterName: name, resourceGroupName: group } = attributes;
    lookUp(this, 'clusterName', this.resource, azureNames.cluster(name, group));
    rememberCluster({
      cluster: this,
      host: () => this.resource.kubeConfig.get(0).host,
      identity: clusterIdentity(name, group),
      pools: () => poolsOf(this).map(({ nodes }) => nodes),
      isMade: false,
      isDualStack: networkProfile?._isDualStack,
    });
    this.nodeSubnetId = networkProfile === undefined ? subnetOfNodes(this.resource) : networkProfile.vnetSubnetId;
    this.podSubnetId = networkProfile?.podSubnetId;
    this.clusterName = attributes.clusterName;
    this.usesEntraId = attributes.usesEntraId ?? false;
    this.credentialsCommand = credentialsCommandOf(attributes.resourceGroupName, attributes.clusterName);
    this.imagePuller =
      attributes.imagePuller ?? new PartIdentity(this, 'kubelet', () => this.resource.kubeletIdentity.get(0).objectId);
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

  /** @internal */
  protected get _access(): ClusterAccess | undefined {
    return this.resource.kubeConfig.get(0);
  }
}

/** An existing cluster, by its ids. The Kubernetes API cannot be reached with them. */
export class KnownAksCluster extends AksClusterBase {
  public readonly clusterId: string;
  public readonly clusterName: string;
  public readonly nodeResourceGroup: string;
  public readonly oidcIssuerUrl?: string | undefined;
  public readonly credentialsCommand: string;
  public readonly imagePuller: IGrantable;
  public override readonly nodeSubnetId?: string;
  public override readonly podSubnetId?: string;
  /** @internal */
  protected readonly _access = undefined;
  protected readonly usesEntraId: boolean;

  constructor(scope: Construct, id: string, attributes: AksClusterAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(clusterResourceId, 'clusterId', attributes.clusterId),
      ...checkGiven(clusterName, 'clusterName', attributes.clusterName),
      ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
      ...check(resourceGroupName, 'nodeResourceGroup', attributes.nodeResourceGroup),
      ...check(issuerRule, 'oidcIssuerUrl', attributes.oidcIssuerUrl),
    ]);
    warnOfOtherName(this, ['clusterId', attributes.clusterId], {
      clusterName: attributes.clusterName,
      resourceGroupName: attributes.resourceGroupName,
    });
    const { clusterId, nodeResourceGroup = '', oidcIssuerUrl, networkProfile } = attributes;
    if (networkProfile === undefined) {
      requireKnownNetwork(this);
    }
    rememberCluster({
      cluster: this,
      host: () => undefined,
      identity: clusterIdentity(attributes.clusterName, attributes.resourceGroupName),
      pools: () => poolsOf(this).map(({ nodes }) => nodes),
      isMade: false,
      isDualStack: networkProfile?._isDualStack,
    });
    this.nodeSubnetId = networkProfile?.vnetSubnetId;
    this.podSubnetId = networkProfile?.podSubnetId;
    this.clusterId = clusterId;
    this.nodeResourceGroup = nodeResourceGroup;
    this.oidcIssuerUrl = oidcIssuerUrl;
    this.clusterName = attributes.clusterName;
    this.usesEntraId = attributes.usesEntraId ?? false;
    this.credentialsCommand = credentialsCommandOf(attributes.resourceGroupName, attributes.clusterName);
    this.imagePuller = attributes.imagePuller;
  }
}

/** The subnet of a cluster's first pool, and nothing in a network that Azure created. */
function subnetOfNodes(cluster: DataAzurermKubernetesCluster): string {
  // without a subnet, the provider returns an empty string; one() of an empty list is null
  return Token.asString(Fn.one(Fn.compact([cluster.agentPoolProfile.get(0).vnetSubnetId])));
}

/** The command that lets kubectl reach a cluster. */
export function credentialsCommandOf(group: string, name: string): string {
  return `az aks get-credentials --resource-group ${group} --name ${name}`;
}
