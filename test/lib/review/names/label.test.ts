import { renderMarkdown, renderTerminal, review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const APPLICATION = '${azuread_application.sp_application_129BC191.client_id}';

/** The labels of resources that people know by other names than Terraform. */
const OTHERS: Resources = {
  azurerm_kubernetes_cluster: { cluster_611F8AFF: { name: 'aks', kubelet_identity: [{ client_id: 'x' }] } },
  azurerm_container_registry: { registry_EFEA226F: { name: 'acr' } },
  azurerm_container_registry_task: { build_E0153157: { name: 'front' } },
  azuread_application: { sp_application_129BC191: { display_name: 'pull-sp' } },
  azuread_service_principal: { sp_D2E1A070: { client_id: APPLICATION } },
  azurerm_user_assigned_identity: { id_A264DCFE: { name: 'workload' } },
  azurerm_subnet: { nodes_A264DCFE: { name: 'nodes' } },
  azurerm_nat_gateway: { nat_A264DCFE: { name: 'out' } },
};

const SP = '${azuread_service_principal.sp_D2E1A070.object_id}';
const ACR = '${azurerm_container_registry.registry_EFEA226F.id}';

describe('a resource is called by the name that a person knows', () => {
  test.each<[string, string, JsonObject]>([
    ['Kubernetes cluster c', 'azurerm_kubernetes_cluster', { name: 'c' }],
    ['node pool spot', 'azurerm_kubernetes_cluster_node_pool', { name: 'spot' }],
    ['Deployment web', 'kubernetes_deployment_v1', { metadata: { name: 'web' } }],
    ['Deployment web', 'kubernetes_deployment', { metadata: [{ name: 'web', namespace: 'default' }] }],
    ['StatefulSet shop/db', 'kubernetes_stateful_set_v1', { metadata: { name: 'db', namespace: 'shop' } }],
    [
      'HTTPRoute shop/web',
      'kubernetes_manifest',
      { manifest: { kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'shop' } } },
    ],
    ['app registration app', 'azuread_application', { display_name: 'app' }],
    ['service principal pull-sp', 'azuread_service_principal', { client_id: APPLICATION }],
    [
      'service principal password of service principal pull-sp',
      'azuread_service_principal_password',
      { service_principal_id: SP },
    ],
    [
      'role AcrPull of service principal pull-sp on container registry acr',
      'azurerm_role_assignment',
      { principal_id: SP, scope: ACR, role_definition_name: 'AcrPull' },
    ],
    [
      'role Owner of kubelet identity of Kubernetes cluster aks on /subscriptions/s',
      'azurerm_role_assignment',
      {
        principal_id: '${azurerm_kubernetes_cluster.cluster_611F8AFF.kubelet_identity[0].object_id}',
        scope: '/subscriptions/s',
        role_definition_id: '/x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
      },
    ],
    [
      'build run of build task front',
      'azurerm_container_registry_task_schedule_run_now',
      { container_registry_task_id: '${azurerm_container_registry_task.build_E0153157.id}' },
    ],
    [
      'subnet nat gateway association of NAT gateway out and subnet nodes',
      'azurerm_subnet_nat_gateway_association',
      { nat_gateway_id: '${azurerm_nat_gateway.nat_A264DCFE.id}', subnet_id: '${azurerm_subnet.nodes_A264DCFE.id}' },
    ],
    ['time sleep it', 'time_sleep', { create_duration: '60s' }],
    ['aws s3 bucket files', 'aws_s3_bucket', { bucket: 'files' }],
  ])('%s', (name, type, given) => {
    const [found] = review(
      program(OTHERS),
      program({ ...OTHERS, [type]: { ...OTHERS[type], it_5A7B00FF: given } }),
    ).changes;
    expect(found?.name).toBe(name);
  });

  test('who gets access, and on what', () => {
    const roles = (role: string): Resources => ({
      ...OTHERS,
      azurerm_role_assignment: { it_5A7B00FF: { principal_id: SP, scope: ACR, role_definition_name: role } },
      azurerm_key_vault_access_policy: {
        it_5A7B00FF: {
          key_vault_id: 'kv',
          object_id: '${azurerm_user_assigned_identity.id_A264DCFE.principal_id}',
          secret_permissions: role === 'Owner' ? ['Get', 'Set'] : ['Get'],
        },
      },
    });
    const { access } = review(program(roles('AcrPull')), program(roles('Owner')));
    expect(access.map(({ who, before, after }) => [who, before, after])).toEqual(
      expect.arrayContaining([
        ['service principal pull-sp', 'AcrPull on container registry acr', 'Owner on container registry acr'],
        ['managed identity workload', 'secret Get on kv', 'secret Get, secret Set on kv'],
      ]),
    );
  });
});

test('what a person reads has no hash but at the end of a line', () => {
  const side = (name: string): Resources => ({
    ...OTHERS,
    azurerm_container_registry: { registry_EFEA226F: { name } },
    azurerm_role_assignment: {
      it_5A7B00FF: { principal_id: SP, scope: ACR, role_definition_name: name === 'acr' ? 'AcrPull' : 'Owner' },
    },
  });
  const found = review(program(side('acr')), program(side('acr2')));
  const hash = /_[0-9A-F]{8}\b/;
  for (const text of [renderTerminal(found, false), renderMarkdown(found)]) {
    const lines = text.split('\n').filter((line) => hash.test(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(
      lines.filter((line) => !/[\w.]+_[0-9A-F]{8}`?( \|)?$/.test(line) || line.match(/_[0-9A-F]{8}/g)?.length !== 1),
    ).toEqual([]);
  }
});
