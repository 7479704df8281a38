import { brokenInvariants } from './terraform-invariants';
import type { Json } from './util';

const SOUND: Json = {
  variable: { secret: { sensitive: true } },
  provider: { azurerm: [{ features: [{}] }, { alias: 'other', features: [{}] }] },
  data: { azurerm_resource_group: { group: { name: 'rg' } } },
  resource: {
    azurerm_kubernetes_cluster: {
      cluster: {
        name: 'aks',
        resource_group_name: '${data.azurerm_resource_group.group.name}',
        service_principal: { client_id: 'id', client_secret: '${var.secret}' },
        depends_on: ['data.azurerm_resource_group.group'],
      },
    },
  },
  output: { name: { value: '${try(azurerm_kubernetes_cluster.cluster.name, "not.a_reference.at all")}' } },
};

/** The sound stack with one more resource. */
function withResource(type: string, block: object): Json {
  return { ...SOUND, resource: { ...SOUND.resource, [type]: { one: { ...block } } } };
}

test('finds nothing in a sound stack', () => {
  expect(brokenInvariants(SOUND)).toEqual([]);
});

test.each<[string, Json, string]>([
  [
    'a reference to nothing',
    withResource('azurerm_container_registry', { location: 'a-${azurerm_resource_group.gone.location}-b' }),
    'resource.azurerm_container_registry.one.location refers to azurerm_resource_group.gone, which this file does not define',
  ],
  [
    'a reference to a data source that is a resource',
    withResource('azurerm_container_registry', {
      location: '${lower(data.azurerm_kubernetes_cluster.cluster.location)}',
    }),
    'resource.azurerm_container_registry.one.location refers to data.azurerm_kubernetes_cluster.cluster, which this file does not define',
  ],
  [
    'a variable that is not declared',
    withResource('azurerm_container_registry', { sku: '${var.sku}' }),
    'resource.azurerm_container_registry.one.sku refers to var.sku, which this file does not define',
  ],
  [
    'a dressed-up dependency',
    withResource('azurerm_container_registry', { depends_on: ['${azurerm_kubernetes_cluster.cluster}'] }),
    'resource.azurerm_container_registry.one.depends_on holds ${azurerm_kubernetes_cluster.cluster}, not an address',
  ],
  [
    'a dependency on nothing',
    withResource('azurerm_container_registry', { depends_on: ['time_sleep.gone'] }),
    'resource.azurerm_container_registry.one.depends_on holds time_sleep.gone, which is not here',
  ],
  [
    'a dressed-up trigger',
    withResource('azurerm_container_registry', {
      lifecycle: { replace_triggered_by: ['${azurerm_kubernetes_cluster.cluster.name}'] },
    }),
    'resource.azurerm_container_registry.one.lifecycle.replace_triggered_by holds ${azurerm_kubernetes_cluster.cluster.name}, not an address of this file',
  ],
  [
    'two default providers',
    { ...SOUND, provider: { azurerm: [{}, {}] } },
    'provider azurerm stands twice with no alias',
  ],
  [
    'an output of the kubeconfig',
    {
      ...SOUND,
      output: { config: { value: '${azurerm_kubernetes_cluster.cluster.kube_config_raw}', sensitive: true } },
    },
    'output config holds a secret',
  ],
  [
    'a remote state that reads a key',
    { ...SOUND, data: { ...SOUND.data, terraform_remote_state: { other: { defaults: { client_key: '' } } } } },
    'remote state other reads a secret',
  ],
  [
    'a literal password',
    withResource('azurerm_windows_machine', { admin_password: 'hunter2' }),
    'resource.azurerm_windows_machine.one.admin_password is a literal',
  ],
  [
    'a literal in a Kubernetes secret',
    withResource('kubernetes_secret_v1', { data: { key: 'hunter2' } }),
    'kubernetes_secret_v1 data.0.key is a literal',
  ],
  [
    'an unresolved token',
    withResource('a_b', { x: '${TfToken[TOKEN.1]}' }),
    'resource.a_b.one.x holds ${TfToken[TOKEN.1]}',
  ],
  ['a number token', withResource('a_b', { x: -1.8e308 / 2 }), 'resource.a_b.one.x holds -Infinity'],
  ['a formatted nothing', withResource('a_b', { x: 'undefined-rg' }), 'resource.a_b.one.x holds undefined-rg'],
  [
    'one name twice',
    { ...SOUND, resource: { azurerm_role: { a: { name: 'x' }, b: { name: 'x' } } } },
    'two resources are azurerm_role ["x",null,null,null,null]',
  ],
])('finds %s', (_, json, message) => {
  expect(brokenInvariants(json)).toContain(message);
});
