import { TerraformStack } from 'cdktf';
import { AksCluster, type AksClusterProps, ClusterAuthentication, ClusterRole, Problems } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
}

describe('a service account', () => {
  test('has an identity in Azure, trusted for the pods of one namespace, and can be given roles', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, {
      authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] }),
    });
    const account = cluster.addServiceAccount('orders', {
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'orders',
      namespace: 'shop',
    });
    cluster.grantAccess(account, ClusterRole.READER);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_user_assigned_identity')).toMatchObject({ name: 'orders' });
    expect(only(json, 'azurerm_federated_identity_credential')).toEqual({
      name: 'orders',
      resource_group_name: 'rg',
      parent_id: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.cluster_orders_identity_\w+\.id\}$/),
      audience: ['api://AzureADTokenExchange'],
      issuer: expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.cluster_\w+\.oidc_issuer_url\}$/),
      subject: 'system:serviceaccount:shop:orders',
    });
    expect(only(json, 'kubernetes_service_account_v1')).toMatchObject({
      metadata: {
        name: 'orders',
        namespace: 'shop',
        annotations: {
          'azure.workload.identity/client-id': expect.stringMatching(
            /identity\.cluster_orders_identity_\w+\.client_id\}$/,
          ),
        },
      },
    });
    expect(at(json, 'azurerm_role_assignment', 'cluster-orders-reader')).toMatchObject({
      principal_id: expect.stringMatching(/identity\.cluster_orders_identity_\w+\.principal_id\}$/),
    });
  });

  test('is made in the stack that asks, for a cluster that exists', () => {
    const app = testApp();
    const stack = testStack(app, 'application');
    const cluster = AksCluster.fromClusterName(stack, 'shared', { clusterName: 'aks', resourceGroupName: 'rg' });
    cluster.addServiceAccount('orders', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders' });
    const json = synth(stack);

    expect(only(json, 'azurerm_federated_identity_credential')).toMatchObject({
      issuer: expect.stringMatching(/^\$\{data\.azurerm_kubernetes_cluster\.shared_\w+\.oidc_issuer_url\}$/),
      subject: 'system:serviceaccount:default:orders',
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('reports a bad name once', () => {
    const stack = testStack();
    clusterIn(stack).addServiceAccount('orders', {
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'Orders',
    });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/cluster\/orders\] 'serviceAccountName' must/),
    ]);
  });
});
