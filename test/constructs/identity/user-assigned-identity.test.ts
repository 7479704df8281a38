import { TerraformStack } from 'cdktf';
import { AksCluster, type AksClusterProps, ClusterIdentity, Problems, UserAssignedIdentity } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const IDENTITY_ID =
  '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
}

describe('UserAssignedIdentity', () => {
  test('is found by its name, or known by its ids', () => {
    const stack = testStack();
    const found = UserAssignedIdentity.fromUserAssignedIdentityName(stack, 'found', {
      identityName: 'one',
      resourceGroupName: 'rg',
    });
    const known = UserAssignedIdentity.fromUserAssignedIdentityAttributes(stack, 'known', {
      identityId: IDENTITY_ID,
      clientId: UUID,
      objectId: UUID,
    });
    clusterIn(stack, { identity: ClusterIdentity.userAssigned(found, { kubeletIdentity: known }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      identity: {
        identity_ids: [expect.stringMatching(/^\$\{data\.azurerm_user_assigned_identity\.found_\w+\.id\}$/)],
      },
      kubelet_identity: { client_id: UUID, object_id: UUID, user_assigned_identity_id: IDENTITY_ID },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('reports bad names and ids', () => {
    const stack = testStack();
    new UserAssignedIdentity(stack, 'a', { resourceGroup: RESOURCE_GROUP, identityName: 'a' });
    UserAssignedIdentity.fromUserAssignedIdentityName(stack, 'b', { identityName: 'b', resourceGroupName: 'rg.' });
    UserAssignedIdentity.fromUserAssignedIdentityAttributes(stack, 'c', {
      identityId: '',
      clientId: 'c',
      objectId: 'c',
    });

    expect(Problems.of(stack).map((problem) => problem.split(' must ')[0])).toEqual([
      "[stack/a] 'identityName'",
      "[stack/b] 'identityName'",
      "[stack/b] 'resourceGroupName'",
      "[stack/c] 'identityId'",
      "[stack/c] 'clientId'",
      "[stack/c] 'objectId'",
    ]);
  });
});
