import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type App, TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  AksCluster,
  AksStorageClass,
  ContainerImage,
  Exposure,
  KubernetesRole,
  KubernetesServiceAccount,
  NetworkPeer,
  NetworkProfile,
  PersistentVolumeClaim,
  Volume,
  Workload,
} from '../../../../constructs';

/** The values that the compared changes set. */
export interface Program {
  readonly vmSize: string;
  readonly ciRole: string;
  readonly ciScope: 'the registry' | 'the resource group';
  readonly webRole: KubernetesRole;
  readonly diskClass: AksStorageClass;
  readonly registryName: string;
  readonly version: string;
  readonly redisExposure: Exposure;
  readonly redisIsolated: boolean;
}

/** The program before each of the changes. */
export const BEFORE: Program = {
  vmSize: 'Standard_D2s_v5',
  ciRole: 'AcrPush',
  ciScope: 'the registry',
  webRole: KubernetesRole.view(),
  diskClass: AksStorageClass.MANAGED_CSI,
  registryName: 'contosoweb',
  version: '1.0',
  redisExposure: Exposure.clusterOnly(),
  redisIsolated: true,
};

const GROUP = { name: 'web-rg', location: 'westeurope' };
const CLUSTER = 'web-aks';

/** A cluster, a registry and a principal that pushes to it. */
class PlatformStack extends TerraformStack {
  constructor(app: App, { vmSize, registryName, ciRole, ciScope }: Program) {
    super(app, 'platform');
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const resourceGroup = new ResourceGroup(this, 'resource-group', GROUP);
    const registry = new AcrRegistry(this, 'registry', { resourceGroup, registryName });
    const cluster = new AksCluster(this, 'cluster', {
      resourceGroup,
      clusterName: CLUSTER,
      networkProfile: NetworkProfile.overlay(),
      defaultNodePool: { vmSize, nodeCount: 2 },
    });
    registry.grantPull(cluster);
    const ci = new UserAssignedIdentity(this, 'ci', {
      name: 'web-ci',
      location: GROUP.location,
      resourceGroupName: resourceGroup.name,
    });
    new RoleAssignment(this, 'ci-role', {
      principalId: ci.principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionName: ciRole,
      scope: ciScope === 'the registry' ? registry.registryId : resourceGroup.id,
    });
  }
}

/** A website and its Redis, in the cluster of the other stack. */
class ApplicationStack extends TerraformStack {
  constructor(app: App, program: Program) {
    super(app, 'application');
    const { registryName, version, webRole, diskClass, redisExposure, redisIsolated } = program;
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const inGroup = { resourceGroupName: GROUP.name };
    const cluster = AksCluster.fromClusterName(this, 'cluster', { clusterName: CLUSTER, ...inGroup });
    const registry = AcrRegistry.fromRegistryName(this, 'registry', { registryName, ...inGroup });
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const data = new PersistentVolumeClaim(this, 'data', {
      claimName: 'redis-data',
      sizeGibibytes: 16,
      storageClass: diskClass,
    });
    const redis = new Workload(this, 'redis', {
      name: 'redis',
      image: ContainerImage.fromReference('redis:7.4'),
      containerPort: 6379,
      replicas: 1,
      exposure: redisExposure,
      isolated: redisIsolated,
      volumes: [{ mountPath: '/data', volume: Volume.fromClaim('data', data) }],
    });
    const serviceAccount = new KubernetesServiceAccount(this, 'web-account', { serviceAccountName: 'web' });
    serviceAccount.grant('role', webRole);
    const web = new Workload(this, 'web', {
      name: 'web',
      image: registry.image('web', version),
      containerPort: 8080,
      servicePort: 80,
      serviceAccount,
      exposure: Exposure.publicLoadBalancer(),
      isolated: redisIsolated,
    });
    web.allowTo(NetworkPeer.internet(), 443);
    web.connectTo(redis);
  }
}

export function createProgram(app: App, program: Program): void {
  new PlatformStack(app, program);
  new ApplicationStack(app, program);
}
