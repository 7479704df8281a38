import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { AzurermBackend, TerraformOutput, type TerraformStack } from 'cdktf';
import {
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  ClusterIdentity,
  ContainerImage,
  Cpu,
  type IAcrRegistry,
  type IContainerImage,
  Memory,
  NetworkProfile,
  PercentOrAbsolute,
  ServicePrincipal,
  VoteApp,
  type WorkloadNames,
} from '../../constructs';
import type { Settings } from './settings';

/** Configures the Azure provider and the backend of a stack. */
export function useAzure(stack: TerraformStack, { subscriptionId, stateIn }: Settings): void {
  new AzurermProvider(stack, 'azurerm', { features: [{}], subscriptionId });
  if (stateIn === undefined) {
    return; // a local state needs no backend
  }
  // shared by a team in Azure Storage, and locked during deployments
  const [resourceGroupName = '', storageAccountName = '', containerName = ''] = stateIn.split('/');
  new AzurermBackend(stack, {
    resourceGroupName,
    storageAccountName,
    containerName,
    key: `${stack.node.id}.tfstate`,
    useAzureadAuth: true,
  });
}

/** The registry, and the article's cluster that pulls from it. */
export function createPlatform(
  stack: TerraformStack,
  settings: Settings,
): { readonly registry: AcrRegistry; readonly cluster: AksCluster } {
  const { location, resourceGroupName: name } = settings;
  const resourceGroup = new ResourceGroup(stack, 'resource-group', { name, location });

  const registry = new AcrRegistry(stack, 'registry', { resourceGroup, registryName: settings.registryName });
  const cluster = new AksCluster(stack, 'cluster', {
    resourceGroup,
    clusterName: settings.clusterName,
    dnsPrefix: settings.dnsPrefix,
    identity: clusterIdentity(stack, settings),
    networkProfile: NetworkProfile.kubenet(),
    defaultNodePool: { name: 'nodepool1', nodeCount: settings.nodeCount, vmSize: settings.vmSize },
  });
  registry.grantPull(cluster);
  return { registry, cluster };
}

/** The vote application with the article's values. */
export function createVoteApp(stack: TerraformStack, registry: IAcrRegistry, settings: Settings): VoteApp {
  return new VoteApp(stack, 'vote', {
    namePrefix: settings.appName,
    isolated: false, // kubenet ignores network policies
    backend: articleNames(`${settings.appName}-back`),
    front: {
      ...articleNames(`${settings.appName}-front`),
      image: frontImage(stack, registry, settings),
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
}

/** The article's names of the objects of a component. */
function articleNames(part: string): WorkloadNames {
  return { deploymentName: `${part}-deployment`, containerName: `${part}-container`, serviceName: `${part}-service` };
}

/** Adds outputs that people and programs read after a deployment. */
export function addOutputs(stack: TerraformStack, outputs: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(outputs)) {
    new TerraformOutput(stack, name, { value });
  }
}

/** The outputs of the registry and the cluster. */
export function platformOutputs(registry: AcrRegistry, cluster: AksCluster): { [name: string]: string } {
  return {
    'login-server': registry.loginServer,
    'node-resource-group': cluster.nodeResourceGroup,
    'get-credentials': cluster.credentialsCommand,
    'show-nodes': 'kubectl get nodes -o wide',
  };
}

/** The outputs of the application. */
export function applicationOutputs(vote: VoteApp, settings: Settings): { [name: string]: string } {
  return {
    'public-address': vote.front.loadBalancerAddress,
    'show-pods': 'kubectl get pods -o wide',
    'show-services': 'kubectl get services',
    'show-replica-sets': 'kubectl get replicasets',
    ...(isInRegistry(settings) ? { 'show-tags': showTagsCommand(settings) } : {}),
  };
}

function clusterIdentity(stack: TerraformStack, settings: Settings): ClusterIdentity {
  if (settings.clusterIdentity === 'systemAssigned') {
    return ClusterIdentity.systemAssigned();
  }
  new AzureadProvider(stack, 'azuread');
  new TimeProvider(stack, 'time');
  return ClusterIdentity.servicePrincipal(
    new ServicePrincipal(stack, 'service-principal', { displayName: settings.servicePrincipalName }),
  );
}

function frontImage(stack: TerraformStack, registry: IAcrRegistry, settings: Settings): IContainerImage {
  const { imageRepository: repository, imageTag: tag } = settings;
  if (settings.frontImage === 'build') {
    const source = {
      repository: settings.sourceRepository,
      commit: settings.sourceCommit,
      folder: settings.sourceFolder,
    };
    return new AcrImageBuild(stack, 'front-image', { registry, repository, tag, source });
  }
  return settings.frontImage === 'pushed'
    ? registry.image(repository, tag)
    : ContainerImage.fromReference(settings.frontImage);
}

/** Whether the image of the front is in the registry of the program. */
function isInRegistry({ frontImage }: Settings): boolean {
  return frontImage === 'build' || frontImage === 'pushed';
}

function showTagsCommand({ registryName, imageRepository }: Settings): string {
  return `az acr repository show-tags --name ${registryName} --repository ${imageRepository}`;
}
