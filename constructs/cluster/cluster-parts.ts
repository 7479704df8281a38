import type {
  KubernetesClusterConfig,
  KubernetesClusterLinuxProfile,
  KubernetesClusterWorkloadAutoscalerProfile,
} from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { Construct, IConstruct } from 'constructs';
import { regionName } from '../azure/location-rules';
import { regionOf } from '../azure/regions';
import type { IResourceGroupRef } from '../azure/resource-group';
import { ignoring } from '../core/order/ignoring';
import type { Violation } from '../core/problems/violation';
import { ApiServerAccess } from './access/api-server-access';
import { ClusterAuthentication } from './access/cluster-authentication';
import type { AksClusterProps } from './aks-cluster-props';
import { renderClusterAutoscaler } from './cluster-autoscaler';
import { poolsOf, reservationProblems } from './cluster-pools';
import { clusterProblems } from './cluster-problems';
import { DefaultNodePool } from './default-node-pool';
import { ClusterIdentityParts } from './identity/cluster-identity-parts';
import type { PoolSize } from './network-profile/network-plan';
import { NetworkProfile } from './network-profile/network-profile';
import { networkRegionProblems } from './network-profile/network-region';
import { armPoolProblems } from './node-pools/arm-pool';
import { regularPoolProblems } from './node-pools/regular-pool';
import { clusterEncryptionProblems, keysOf, renderClusterEncryption } from './security/cluster-encryption';
import { renderClusterSecurity } from './security/cluster-security';
import { channelOwnedChanges, ownsVersion, renderUpgradePolicy } from './upgrades/upgrade-policy';
import { versionWarnings } from './version-warnings';

/**
 * The parts of a cluster with their defaults: the arguments that they give the resource, and their problems together.
 */
export class ClusterParts {
  public readonly group: IResourceGroupRef;
  public readonly pool: DefaultNodePool;
  public readonly authentication: ClusterAuthentication;
  public readonly apiServerAccess: ApiServerAccess;
  public readonly networkProfile: NetworkProfile;
  public readonly identity: ClusterIdentityParts;
  /** The minor version of the cluster, if it is given. */
  private readonly version?: string;
  /** The version that pools follow: none if a channel upgrades the cluster. */
  public readonly poolVersion?: string;

  constructor(
    private readonly cluster: Construct,
    private readonly props: AksClusterProps,
  ) {
    // read once: a resource creates a new token each time an attribute is read
    this.group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    this.pool = new DefaultNodePool(props.defaultNodePool ?? {});
    this.authentication = props.authentication ?? ClusterAuthentication.localAccounts();
    this.apiServerAccess = props.apiServerAccess ?? ApiServerAccess.publicAccess();
    this.networkProfile = props.networkProfile ?? NetworkProfile.overlay();
    this.identity = new ClusterIdentityParts(cluster, props, [
      ...this.pool.ownResources,
      ...this.networkProfile._ownResources,
      ...this.apiServerAccess._ownResources(this.networkProfile.subnets[0]?.virtualNetwork),
      ...keysOf(props),
    ]);
    this.version = props.kubernetesVersion?.minor;
    this.poolVersion = ownsVersion(props.upgradePolicy) ? undefined : this.version;
  }

  /** What must exist before the cluster is created. */
  public get prerequisites(): IConstruct[] {
    return [
      ...this.identity.prerequisites,
      ...this.networkProfile._prerequisites,
      ...this.apiServerAccess._prerequisites,
      ...(this.props.prerequisites ?? []),
    ];
  }

  /** The arguments of the resource. */
  public config(): KubernetesClusterConfig {
    const { props, group, pool, networkProfile, version } = this;
    const { upgradePolicy } = props;
    return {
      name: props.clusterName,
      resourceGroupName: group.name,
      location: regionName(group.location),
      dnsPrefix: props.dnsPrefix ?? props.clusterName,
      kubernetesVersion: version,
      skuTier: props.tier,
      costAnalysisEnabled: props.costAnalysis,
      workloadAutoscalerProfile: workloadAutoscaler(props),
      supportPlan: props.longTermSupport === true ? 'AKSLongTermSupport' : undefined,
      roleBasedAccessControlEnabled: true,
      oidcIssuerEnabled: true,
      workloadIdentityEnabled: true,
      defaultNodePool: pool.render(this.poolVersion, networkProfile),
      autoScalerProfile: props.clusterAutoscaler && renderClusterAutoscaler(props.clusterAutoscaler),
      networkProfile: networkProfile._config,
      bootstrapProfile: networkProfile._bootstrapProfile,
      ...(upgradePolicy && renderUpgradePolicy(upgradePolicy)),
      ...this.identity.config,
      ...this.authentication._config,
      ...this.apiServerAccess._config,
      ...renderClusterSecurity(props),
      ...renderClusterEncryption(props),
      linuxProfile: linuxProfile(props.sshPublicKey),
      lifecycle: ignoring([...pool.ignoredChanges, ...channelOwnedChanges(upgradePolicy, version)]),
    };
  }

  /** The sizes of all pools, which are known when the program is complete. */
  public poolSizes(): PoolSize[] {
    return [this.pool.size, ...poolsOf(this.cluster).map(({ size }) => size)];
  }

  /** The problems of the cluster, once the program is complete. */
  public problems(): Violation[] {
    const { cluster, props, identity, apiServerAccess, networkProfile } = this;
    const region = regionOf(cluster);
    return [
      ...clusterProblems(props),
      ...this.pool.problems(region),
      ...this.applicationPoolProblems(),
      ...identity.problems(),
      ...reservationProblems(cluster, identity.isSystemAssigned),
      ...this.authentication._problems(),
      ...apiServerAccess._problems(networkProfile.subnets, region),
      ...clusterEncryptionProblems(props, region, apiServerAccess._hasSubnet),
      ...networkRegionProblems(cluster, networkProfile.subnets),
      ...networkProfile._problems(this.poolSizes(), apiServerAccess.isPrivate),
    ];
  }

  /** The warnings of the cluster. */
  public warnings(): Violation[] {
    const { kubernetesVersion, upgradePolicy, longTermSupport } = this.props;
    return [
      ...this.pool.warnings(),
      ...this.networkProfile._warnings,
      ...versionWarnings(kubernetesVersion, upgradePolicy, longTermSupport === true),
    ];
  }

  /** The problems of applications that no pool can run. */
  private applicationPoolProblems(): Violation[] {
    const { criticalAddonsOnly, vmSize } = this.props.defaultNodePool ?? {};
    return criticalAddonsOnly === true
      ? regularPoolProblems(
          this.cluster,
          poolsOf(this.cluster).some(({ runsApplications }) => runsApplications),
        )
      : armPoolProblems(this.cluster, 'defaultNodePool.vmSize', vmSize);
  }
}

/** Undefined unless an add-on is given: the provider cannot remove add-ons, only turn them off. */
function workloadAutoscaler({
  keda,
  verticalPodAutoscaler,
}: AksClusterProps): KubernetesClusterWorkloadAutoscalerProfile | undefined {
  return keda === undefined && verticalPodAutoscaler === undefined
    ? undefined
    : { kedaEnabled: keda ?? false, verticalPodAutoscalerEnabled: verticalPodAutoscaler ?? false };
}

function linuxProfile(sshPublicKey: string | undefined): KubernetesClusterLinuxProfile | undefined {
  return sshPublicKey === undefined ? undefined : { adminUsername: 'azureuser', sshKey: { keyData: sshPublicKey } };
}
