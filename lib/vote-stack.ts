import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { AzurermBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  ClusterIdentity,
  ContainerImage,
  Cpu,
  type IContainerImage,
  Memory,
  NetworkProfile,
  PercentOrAbsolute,
  ServicePrincipal,
  VoteApp,
} from '../constructs';
import { nodeResourceGroupProblems } from '../constructs/private/node-resource-group';
import type { Settings } from './settings';

/** The article's system: a registry, a cluster that pulls from it, and the vote application on it. */
export class VoteStack extends TerraformStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.useProviders(settings);
    this.keepState(settings);

    const { location, resourceGroupName: name, clusterName } = settings;
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name, location });
    // the cluster sees the name as a reference, which only Terraform can read
    this.node.addValidation({ validate: () => nodeResourceGroupProblems(name, clusterName, location) });

    const registry = new AcrRegistry(this, 'registry', { resourceGroup, registryName: settings.registryName });
    const cluster = new AksCluster(this, 'cluster', {
      resourceGroup,
      clusterName,
      dnsPrefix: settings.dnsPrefix,
      identity: this.clusterIdentity(settings),
      networkProfile: NetworkProfile.kubenet(),
      defaultNodePool: { name: 'nodepool1', nodeCount: settings.nodeCount, vmSize: settings.vmSize },
    });
    registry.grantPull(cluster);
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const vote = new VoteApp(this, 'vote', {
      namePrefix: settings.appName,
      isolated: false, // kubenet ignores network policies
      front: {
        image: this.frontImage(registry, settings),
        replicas: settings.frontReplicas,
        resources: {
          cpuRequest: Cpu.millis(250),
          cpuLimit: Cpu.millis(500),
          memoryRequest: Memory.mebibytes(128),
          memoryLimit: Memory.mebibytes(512),
        },
        rollout: {
          maxSurge: PercentOrAbsolute.absolute(1),
          maxUnavailable: PercentOrAbsolute.absolute(1),
          minReadySeconds: 5,
        },
      },
    });
    this.addOutputs(settings, registry, cluster, vote);
  }

  private useProviders({ subscriptionId, clusterIdentity }: Settings): void {
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    if (clusterIdentity === 'servicePrincipal') {
      new AzureadProvider(this, 'azuread');
      new TimeProvider(this, 'time');
    }
  }

  /** Local state needs no set-up; a team shares it in Azure Storage, locked while someone deploys. */
  private keepState({ stateIn }: Settings): void {
    if (stateIn === undefined) {
      return;
    }
    const [resourceGroupName = '', storageAccountName = '', containerName = ''] = stateIn.split('/');
    new AzurermBackend(this, {
      resourceGroupName,
      storageAccountName,
      containerName,
      key: `${this.node.id}.tfstate`,
      useAzureadAuth: true,
    });
  }

  private clusterIdentity({ clusterIdentity, servicePrincipalName }: Settings): ClusterIdentity {
    return clusterIdentity === 'systemAssigned'
      ? ClusterIdentity.systemAssigned()
      : ClusterIdentity.servicePrincipal(
          new ServicePrincipal(this, 'service-principal', { displayName: servicePrincipalName }),
        );
  }

  private frontImage(registry: AcrRegistry, settings: Settings): IContainerImage {
    const { frontImage, imageRepository: repository, imageTag: tag } = settings;
    if (frontImage === 'build') {
      const source = {
        repository: settings.sourceRepository,
        commit: settings.sourceCommit,
        folder: settings.sourceFolder,
      };
      return new AcrImageBuild(this, 'front-image', { registry, repository, tag, source });
    }
    return frontImage === 'pushed' ? registry.image(repository, tag) : ContainerImage.fromReference(frontImage);
  }

  private addOutputs(settings: Settings, registry: AcrRegistry, cluster: AksCluster, vote: VoteApp): void {
    const outputs = {
      'public-address': vote.front.loadBalancerAddress,
      'login-server': registry.loginServer,
      'node-resource-group': cluster.nodeResourceGroup,
      'get-credentials': cluster.credentialsCommand,
      'show-nodes': 'kubectl get nodes -o wide',
      'show-pods': 'kubectl get pods -o wide',
      'show-services': 'kubectl get services',
      'show-replica-sets': 'kubectl get replicasets',
      ...(isInRegistry(settings) ? { 'show-tags': showTagsCommand(settings) } : {}),
    };
    for (const [name, value] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value });
    }
  }
}

/** Whether the front's image is kept in the registry of the stack. */
function isInRegistry({ frontImage }: Settings): boolean {
  return frontImage === 'build' || frontImage === 'pushed';
}

function showTagsCommand({ registryName, imageRepository }: Settings): string {
  return `az acr repository show-tags --name ${registryName} --repository ${imageRepository}`;
}
