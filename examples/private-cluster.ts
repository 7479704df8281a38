/**
 * How do I keep the Kubernetes API off the internet, in a network that is peered with the one from which I deploy?
 *
 * The API server has a private address, which a private DNS zone of the hub resolves. The cluster's identity exists
 * before the cluster, with roles on the network and the zone. Deploy from a machine in the hub.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AksCluster,
  AksVirtualNetwork,
  ApiServerAccess,
  ClusterIdentity,
  NetworkProfile,
  Problems,
  UserAssignedIdentity,
} from '../constructs';

const ZONE =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/hub-rg/providers/Microsoft.Network/' +
  'privateDnsZones/privatelink.westeurope.azmk8s.io';

export class PrivateClusterStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    new TimeProvider(this, 'time'); // roles take minutes to work
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: 'private-rg', location: 'westeurope' });

    const network = new AksVirtualNetwork(this, 'network', { resourceGroup, virtualNetworkName: 'private-network' });
    const hub = AksVirtualNetwork.fromVirtualNetworkName(this, 'hub', {
      virtualNetworkName: 'hub-network',
      resourceGroupName: 'hub-rg',
      addressSpace: ['10.100.0.0/16'],
    });
    network.peerWith('hub', hub);

    const identity = new UserAssignedIdentity(this, 'identity', {
      resourceGroup,
      identityName: 'private-aks-identity',
    });
    const kubelet = new UserAssignedIdentity(this, 'kubelet', { resourceGroup, identityName: 'private-aks-nodes' });
    const cluster = new AksCluster(this, 'cluster', {
      resourceGroup,
      clusterName: 'private-aks',
      identity: ClusterIdentity.userAssigned(identity, { kubeletIdentity: kubelet }),
      apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId: ZONE }),
      networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
    });
    new TerraformOutput(this, 'get-credentials', { value: cluster.credentialsCommand });
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  new PrivateClusterStack(app, 'private-cluster');
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
