import { DataAzurermKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster';
import type { Construct } from 'constructs';
import { clusterName, resourceGroupName } from '../private/azure-rules';
import { checkGiven } from '../private/rule';
import { AksClusterBase } from './aks-cluster-base';
import { type IGrantable, PartIdentity } from './grants';

/** How to find a cluster that exists. */
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
   * As whom its nodes pull images. Azure does not tell it of a cluster with a service principal: then it must be given.
   *
   * @default - the identity of its kubelets
   */
  readonly imagePuller?: IGrantable;
}

/** A cluster that exists, found by its name when Terraform runs. */
export class ImportedAksCluster extends AksClusterBase {
  public readonly clusterName: string;
  public readonly credentialsCommand: string;
  public readonly imagePuller: IGrantable;
  protected readonly resource: DataAzurermKubernetesCluster;
  protected readonly usesEntraId: boolean;

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
    this.usesEntraId = attributes.usesEntraId ?? false;
    this.credentialsCommand = credentialsCommandOf(attributes.resourceGroupName, attributes.clusterName);
    this.imagePuller =
      attributes.imagePuller ?? new PartIdentity(this, 'kubelet', () => this.resource.kubeletIdentity.get(0).objectId);
  }
}

/** The command that lets kubectl reach a cluster. */
export function credentialsCommandOf(group: string, name: string): string {
  return `az aks get-credentials --resource-group ${group} --name ${name}`;
}
