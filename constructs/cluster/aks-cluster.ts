import { KubernetesCluster, type KubernetesClusterLinuxProfile } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { KubernetesProviderConfig } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct, IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { clusterName, resourceGroupName } from '../azure/resource-name-rules';
import { dnsPrefix, sshPublicKey } from './cluster-rules';
import { armPoolProblems } from './node-pools/arm-pool';
import { location, regionName } from '../azure/location-rules';
import type { PoolSize } from './network-profile/network-plan';
import { ignoring } from '../core/order/ignoring';
import { nodeResourceGroupProblems } from './node-resource-group';
import { azureNames } from '../azure/azure-names';
import { createAfter } from '../core/order/order';
import { networkRegionProblems } from './network-profile/network-region';
import { regionOf, rememberRegion } from '../azure/regions';
import { regularPoolProblems } from './node-pools/regular-pool';
import { claimNetwork } from './network-profile/shared-network';
import { claimPoolNames } from './node-pools/rotation-name';
import { check, checkGiven, orExample } from '../core/rules/rule';
import { claimResource } from '../core/names/unique';
import { AksClusterBase, type ClusterAccess } from './aks-cluster-base';
import { type IAksCluster } from './i-aks-cluster';
import { ApiServerAccess } from './access/api-server-access';
import {
  type ClusterAutoscalerOptions,
  clusterAutoscalerProblems,
  renderClusterAutoscaler,
} from './cluster-autoscaler';
import { ClusterAuthentication } from './access/cluster-authentication';
import { ClusterIdentity } from './identity/cluster-identity';
import { ClusterIdentityParts } from './identity/cluster-identity-parts';
import { DefaultNodePool, type DefaultNodePoolProps } from './default-node-pool';
import type { IGrantable } from '../identity/grants';
import {
  type AksClusterAttributes,
  type AksClusterNameAttributes,
  credentialsCommandOf,
  ImportedAksCluster,
  KnownAksCluster,
} from './imported-aks-cluster';
import type { KubernetesVersion } from './kubernetes-version';
import { NetworkProfile } from './network-profile/network-profile';
import { type IResourceGroupRef, literalGroup } from '../azure/resource-group';
import { type Violation, violation } from '../core/problems/violation';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { clusterIdentity, poolsOf } from './cluster-pools';
import { DefaultPoolNodes } from './default-pool-nodes';
import type { INodePool } from './i-node-pool';
import { rememberCluster } from '../kubernetes/known-clusters';

/** The pricing tier of the control plane of a cluster, and its service level. */
export enum ClusterTier {
  /** Free, and without a promise. */
  FREE = 'Free',
  /** With a promise that the API server is there. */
  STANDARD = 'Standard',
  /** As Standard, and with long-term support of Kubernetes versions. */
  PREMIUM = 'Premium',
}

/** Properties of `AksCluster`. */
export interface AksClusterProps {
  /** Where the cluster lives. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the cluster, unique in its resource group. Changing it replaces the cluster. */
  readonly clusterName: string;
  /**
   * The first part of the API server's host name. Changing it replaces the cluster.
   *
   * @default - the name of the cluster
   */
  readonly dnsPrefix?: string;
  /**
   * The minor version of Kubernetes, which all its pools follow, such as `KubernetesVersion.of('1.36')`.
   *
   * @default - the one that Azure recommends on the day that the cluster is made
   */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * Keeps the Kubernetes version supported for a second year. Needs `ClusterTier.PREMIUM`.
   *
   * @default false
   */
  readonly longTermSupport?: boolean;
  /**
   * The pricing tier of the control plane.
   *
   * @default ClusterTier.FREE
   */
  readonly tier?: ClusterTier;
  /**
   * The pool that every cluster has.
   *
   * @default - two nodes of Standard_D4s_v5
   */
  readonly defaultNodePool?: DefaultNodePoolProps;
  /**
   * How the cluster autoscaler behaves, in all pools that have one.
   *
   * @default - as Azure has it
   */
  readonly clusterAutoscaler?: ClusterAutoscalerOptions;
  /**
   * The identity that the cluster uses to manage Azure resources, such as `ClusterIdentity.systemAssigned()`.
   *
   * @default - an identity that Azure creates with the cluster; for your own network or DNS zone, one that is created
   *   before it and gets its roles there
   */
  readonly identity?: ClusterIdentity;
  /**
   * How users and programs sign in to the Kubernetes API.
   *
   * @default ClusterAuthentication.localAccounts()
   */
  readonly authentication?: ClusterAuthentication;
  /**
   * Where the Kubernetes API can be reached from.
   *
   * @default ApiServerAccess.publicAccess()
   */
  readonly apiServerAccess?: ApiServerAccess;
  /**
   * How nodes and pods get addresses.
   *
   * @default NetworkProfile.overlay()
   */
  readonly networkProfile?: NetworkProfile;
  /**
   * The public key whose owner may log in to the nodes as "azureuser". Changing it replaces the cluster.
   *
   * @default - nobody may
   */
  readonly sshPublicKey?: string;
  /**
   * Constructs that must be ready before it is created, in addition to what its network and its identity need.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

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
  /** A cluster that exists, found by its name when Terraform runs. */
  public static fromClusterName(scope: Construct, id: string, attributes: AksClusterNameAttributes): IAksCluster {
    return new ImportedAksCluster(scope, id, attributes);
  }

  /** A cluster that exists, by its ids: nothing is looked up when Terraform runs. */
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
  /** The pool that it comes with. */
  public readonly defaultNodePool: INodePool;
  protected readonly usesEntraId: boolean;
  private readonly resource: KubernetesCluster;

  constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    props = declared(this, 'AksClusterProps', props);
    // read once: a resource makes a new token for every read of an attribute
    const group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    rememberRegion(this, props.resourceGroup);
    const pool = new DefaultNodePool(props.defaultNodePool ?? {});
    const authentication = props.authentication ?? ClusterAuthentication.localAccounts();
    const apiServerAccess = props.apiServerAccess ?? ApiServerAccess.publicAccess();
    const networkProfile = props.networkProfile ?? NetworkProfile.overlay();
    const identity = new ClusterIdentityParts(this, props, [
      ...networkProfile._ownResources,
      ...apiServerAccess._ownResources(networkProfile.subnets[0]?.virtualNetwork),
    ]);
    this.clusterName = props.clusterName;
    this.credentialsCommand = credentialsCommandOf(group.name, props.clusterName);
    this.kubernetesVersion = props.kubernetesVersion?.minor;
    this.nodeSubnetId = networkProfile.vnetSubnetId;
    this.podSubnetId = networkProfile.podSubnetId;
    this.usesEntraId = authentication.isEntraId;

    this.resource = new KubernetesCluster(this, 'Resource', {
      name: props.clusterName,
      resourceGroupName: group.name,
      location: regionName(group.location),
      dnsPrefix: props.dnsPrefix ?? props.clusterName,
      kubernetesVersion: this.kubernetesVersion,
      skuTier: props.tier,
      supportPlan: props.longTermSupport === true ? 'AKSLongTermSupport' : undefined,
      roleBasedAccessControlEnabled: true,
      oidcIssuerEnabled: true,
      workloadIdentityEnabled: true,
      defaultNodePool: pool.render(this.kubernetesVersion, networkProfile),
      autoScalerProfile: props.clusterAutoscaler && renderClusterAutoscaler(props.clusterAutoscaler),
      networkProfile: networkProfile._config,
      bootstrapProfile: networkProfile._bootstrapProfile,
      ...identity.config,
      ...authentication._config,
      ...apiServerAccess._config,
      linuxProfile: linuxProfile(props.sshPublicKey),
      lifecycle: ignoring(pool.ignoredChanges),
    });
    createAfter(this.resource, () => [
      ...identity.prerequisites,
      ...networkProfile._prerequisites,
      ...apiServerAccess._prerequisites,
      ...(props.prerequisites ?? []),
    ]);
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
    rememberCluster({
      cluster: this,
      host: () => this.resource.kubeConfig.get(0).host,
      identity: clusterIdentity(props.clusterName, literalGroup(props.resourceGroup)?.name),
      pools: () => [defaultNodes.nodes, ...poolsOf(this).map(({ nodes }) => nodes)],
      isMade: true,
    });

    reportProblems(this, () => [
      ...clusterProblems(props, group),
      ...pool.problems(regionOf(this)),
      ...(props.defaultNodePool?.criticalAddonsOnly === true
        ? regularPoolProblems(
            this,
            poolsOf(this).some(({ runsApplications }) => runsApplications),
          )
        : armPoolProblems(this, 'defaultNodePool.vmSize', props.defaultNodePool?.vmSize)),
      ...identity.problems(),
      ...authentication._problems(),
      ...apiServerAccess._problems(networkProfile.subnets, regionOf(this)),
      ...networkRegionProblems(this, networkProfile.subnets),
      ...networkProfile._problems(this.poolSizes(pool), apiServerAccess.isPrivate),
    ]);
    claimNetwork({ ...networkProfile._tenancy, cluster: this, pools: () => this.poolSizes(pool) });
    claimResource(this, 'clusterName', this.resource, azureNames.cluster(props.clusterName, group.name));
    claimPoolNames(this, 'defaultNodePool.name', pool.name, this.clusterId);
    reportWarnings(this, [
      ...pool.warnings(),
      ...networkProfile._warnings,
      ...(props.kubernetesVersion?._warnings(props.longTermSupport === true) ?? []),
    ]);
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
    reportWarnings(this, [violation('provider-in-one-stack', this.usesEntraId ? ENTRA_ID_IN_ONE_STACK : ONE_STACK)]);
    return super.kubernetesProviderConfig(scope);
  }

  /** @internal */
  protected get _access(): ClusterAccess | undefined {
    return this.resource.kubeConfig.get(0);
  }

  /** The sizes of all pools, which are known when the program is complete. */
  private poolSizes(own: DefaultNodePool): PoolSize[] {
    return [own.size, ...poolsOf(this).map(({ size }) => size)];
  }
}

checkArguments(AksCluster);

function linuxProfile(sshPublicKey: string | undefined): KubernetesClusterLinuxProfile | undefined {
  return sshPublicKey === undefined ? undefined : { adminUsername: 'azureuser', sshKey: { keyData: sshPublicKey } };
}

/** What it risks to make a cluster and what runs in it in one stack. */
const ONE_STACK =
  'this stack makes the cluster and what runs in it: a change that replaces the cluster (its name, location, DNS prefix or ' +
  'network) leaves the Kubernetes provider without an address, and its plan fails. For more than a trial use two stacks, the ' +
  'second of which finds the cluster with AksCluster.fromClusterName(...)';
const ENTRA_ID_IN_ONE_STACK =
  'roles in a new cluster take minutes to work, and whoever deploys needs one: make what runs in it in another stack, ' +
  'which finds the cluster with AksCluster.fromClusterName(...)';

function clusterProblems(props: AksClusterProps, group: IResourceGroupRef): Violation[] {
  const nameProblems = [
    ...checkGiven(resourceGroupName, 'resourceGroup.name', group.name),
    ...checkGiven(location, 'resourceGroup.location', group.location),
    ...checkGiven(clusterName, 'clusterName', props.clusterName),
  ];
  return [
    ...nameProblems,
    ...dnsPrefixProblems(props),
    ...(nameProblems.length > 0 ? [] : nodeResourceGroupProblems(literalGroup(props.resourceGroup), props.clusterName)),
    ...check(sshPublicKey, 'sshPublicKey', props.sshPublicKey),
    ...(props.kubernetesVersion?._problems(props.longTermSupport === true) ?? []),
    ...(props.longTermSupport === true && props.tier !== ClusterTier.PREMIUM
      ? [
          violation(
            'long-term-support-needs-premium',
            `'longTermSupport' needs the tier Premium, got ${props.tier ?? ClusterTier.FREE}: set 'tier' to ClusterTier.PREMIUM`,
          ),
        ]
      : []),
    ...(props.clusterAutoscaler === undefined ? [] : clusterAutoscalerProblems(props.clusterAutoscaler)),
  ];
}
function dnsPrefixProblems(props: AksClusterProps): Violation[] {
  if (props.dnsPrefix !== undefined) {
    return check(dnsPrefix, 'dnsPrefix', props.dnsPrefix);
  }
  return check(dnsPrefix, 'dnsPrefix', orExample(clusterName, props.clusterName)).map(({ message }) =>
    violation('dns-prefix-needed', `${message}, the name of the cluster: give a 'dnsPrefix'`),
  );
}
