import { DataAzurermKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { KubernetesProviderConfig } from '@cdktf/provider-kubernetes/lib/provider';
import { Annotations, Fn, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { clusterName, dnsPrefix, location, resourceGroupName, sshPublicKey } from '../private/azure-rules';
import { nodeResourceGroupProblems } from '../private/node-resource-group';
import { createAfter } from '../private/order';
import { check, checkGiven, orExample } from '../private/rule';
import { claimUnique } from '../private/unique';
import { ClusterIdentity } from './cluster-identity';
import { DefaultNodePool, type DefaultNodePoolProps } from './default-node-pool';
import { type IGrantable, type IImagePuller, PartIdentity } from './grants';
import { NetworkProfile } from './network-profile';
import type { IResourceGroupRef } from './resource-group';

/** A managed Kubernetes cluster, created here or elsewhere. */
export interface IAksCluster extends IImagePuller {
  /** The Azure resource id of the cluster. */
  readonly clusterId: string;
  /** The name of the cluster. */
  readonly clusterName: string;
  /** The resource group that Azure keeps the nodes and their network in. */
  readonly nodeResourceGroup: string;
  /** The command that lets kubectl reach the cluster. */
  readonly credentialsCommand: string;

  /**
   * What the Kubernetes provider of a stack needs to reach the cluster, for `new KubernetesProvider(this, 'kubernetes', ...)`.
   *
   * @param scope Where the provider is. It must be in the stack of the cluster: from another one, the cluster's private
   *   key would be written to the outputs of its stack. There, use `AksCluster.fromClusterName(...)`
   */
  kubernetesProviderConfig(scope: Construct): KubernetesProviderConfig;
}

/** What an `AksCluster` is made from. */
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
   * The pool that every cluster has.
   *
   * @default - two nodes of Standard_D4s_v5
   */
  readonly defaultNodePool?: DefaultNodePoolProps;
  /**
   * As whom the cluster uses Azure.
   *
   * @default ClusterIdentity.systemAssigned()
   */
  readonly identity?: ClusterIdentity;
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
}

/** How to find a cluster that exists. */
export interface AksClusterNameAttributes {
  /** The name of the cluster. */
  readonly clusterName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
}

/** The attributes of the resource and of the data source that reach the cluster with its own certificates. */
type ClusterResource = KubernetesCluster | DataAzurermKubernetesCluster;

/** What clusters have in common, wherever they come from. */
abstract class AksClusterBase extends Construct implements IAksCluster {
  public abstract readonly clusterName: string;
  public abstract readonly credentialsCommand: string;
  public abstract readonly imagePuller: IGrantable;
  protected abstract readonly resource: ClusterResource;

  public get clusterId(): string {
    return this.resource.id;
  }

  public get nodeResourceGroup(): string {
    return this.resource.nodeResourceGroup;
  }

  public kubernetesProviderConfig(scope: Construct): KubernetesProviderConfig {
    if (TerraformStack.of(scope) !== TerraformStack.of(this)) {
      scope.node.addValidation({ validate: () => [this.otherStackProblem()] });
      return {};
    }
    const access = this.resource.kubeConfig.get(0);
    return {
      host: access.host,
      clientCertificate: Fn.base64decode(access.clientCertificate),
      clientKey: Fn.base64decode(access.clientKey),
      clusterCaCertificate: Fn.base64decode(access.clusterCaCertificate),
    };
  }

  private otherStackProblem(): string {
    return (
      `the Kubernetes provider needs a cluster of its own stack, got ${this.node.path}: its private key would be ` +
      "written to that stack's outputs. Use AksCluster.fromClusterName(...) here, and addDependency on that stack"
    );
  }
}

/**
 * A managed Kubernetes cluster (Azure Kubernetes Service).
 *
 * Kubernetes RBAC is on, since it cannot be changed later without a new cluster; the OIDC issuer is on, since newer
 * versions of Kubernetes have it on and it cannot be turned off.
 */
export class AksCluster extends AksClusterBase {
  /** A cluster that exists and has a managed identity, found by its name when Terraform runs. */
  public static fromClusterName(scope: Construct, id: string, attributes: AksClusterNameAttributes): IAksCluster {
    return new ImportedAksCluster(scope, id, attributes);
  }

  public readonly clusterName: string;
  public readonly credentialsCommand: string;
  public readonly imagePuller: IGrantable;
  protected readonly resource: KubernetesCluster;

  constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    // read once: a resource makes a new token for every read of an attribute
    const group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    const pool = new DefaultNodePool(props.defaultNodePool ?? {});
    const networkProfile = props.networkProfile ?? NetworkProfile.overlay();
    const prefix = props.dnsPrefix ?? props.clusterName;
    this.node.addValidation({
      validate: () => [
        ...checkGiven(resourceGroupName, 'resourceGroup.name', group.name),
        ...checkGiven(location, 'resourceGroup.location', group.location),
        ...checkGiven(clusterName, 'clusterName', props.clusterName),
        ...dnsPrefixProblems(props),
        ...nodeResourceGroupProblems(group.name, props.clusterName, group.location),
        ...check(sshPublicKey, 'sshPublicKey', props.sshPublicKey),
        ...pool.problems(),
        ...this.principalProblems(props.identity),
      ],
    });
    for (const warning of [...pool.warnings(), ...networkProfile._warnings]) {
      Annotations.of(this).addWarning(warning);
    }

    claimUnique(this, 'clusterName', () => ['the cluster', props.clusterName, 'in the resource group', group.name]);

    const { principal } = props.identity ?? ClusterIdentity.systemAssigned();
    this.resource = new KubernetesCluster(this, 'Resource', {
      name: props.clusterName,
      resourceGroupName: group.name,
      location: group.location,
      dnsPrefix: prefix,
      roleBasedAccessControlEnabled: true,
      oidcIssuerEnabled: true,
      defaultNodePool: pool.render(),
      networkProfile: networkProfile._config,
      ...(principal === undefined
        ? { identity: { type: 'SystemAssigned' } }
        : { servicePrincipal: { clientId: principal.clientId, clientSecret: principal.clientSecret } }),
      ...(props.sshPublicKey === undefined
        ? {}
        : { linuxProfile: { adminUsername: 'azureuser', sshKey: { keyData: props.sshPublicKey } } }),
    });
    createAfter(this.resource, () => principal?.prerequisites ?? []);

    this.clusterName = props.clusterName;
    this.credentialsCommand = credentialsCommandOf(group.name, props.clusterName);
    // nodes pull images as the kubelet's identity and not as the control plane's; a service principal is both
    this.imagePuller = principal ?? new PartIdentity(this, 'kubelet', () => this.resource.kubeletIdentity.objectId);
  }

  private principalProblems({ principal }: ClusterIdentity = ClusterIdentity.systemAssigned()): string[] {
    return principal === undefined || TerraformStack.of(principal) === TerraformStack.of(this)
      ? []
      : [
          `'identity' must be a service principal of the cluster's own stack, got ${principal.node.path}: its password ` +
            "would be written to that stack's outputs. Use ServicePrincipal.fromServicePrincipalAttributes(...) here",
        ];
  }
}

class ImportedAksCluster extends AksClusterBase {
  public readonly clusterName: string;
  public readonly credentialsCommand: string;
  public readonly imagePuller: IGrantable;
  protected readonly resource: DataAzurermKubernetesCluster;

  constructor(scope: Construct, id: string, attributes: AksClusterNameAttributes) {
    super(scope, id);
    this.node.addValidation({
      validate: () => [
        ...checkGiven(clusterName, 'clusterName', attributes.clusterName),
        ...checkGiven(resourceGroupName, 'resourceGroupName', attributes.resourceGroupName),
      ],
    });
    this.resource = new DataAzurermKubernetesCluster(this, 'Resource', {
      name: attributes.clusterName,
      resourceGroupName: attributes.resourceGroupName,
    });
    this.clusterName = attributes.clusterName;
    this.credentialsCommand = credentialsCommandOf(attributes.resourceGroupName, attributes.clusterName);
    this.imagePuller = new PartIdentity(this, 'kubelet', () => this.resource.kubeletIdentity.get(0).objectId);
  }
}

function dnsPrefixProblems(props: AksClusterProps): string[] {
  if (props.dnsPrefix !== undefined) {
    return check(dnsPrefix, 'dnsPrefix', props.dnsPrefix);
  }
  return check(dnsPrefix, 'dnsPrefix', orExample(clusterName, props.clusterName)).map(
    (problem) => `${problem}, the name of the cluster: give a 'dnsPrefix'`,
  );
}

function credentialsCommandOf(group: string, name: string): string {
  return `az aks get-credentials --resource-group ${group} --name ${name}`;
}
