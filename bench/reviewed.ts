import type { JsonObject } from '../lib/terraform-json/json';

/** A stack with many resources of realistic kinds; the second version changes a quarter of each kind. */
export function reviewed(size: number, version: 1 | 2): JsonObject {
  const indexes = Array.from({ length: Math.ceil(size / 5) }, (_, i) => i);
  const each = (make: (i: number, changed: boolean) => JsonObject): JsonObject =>
    Object.fromEntries(
      indexes.map((i) => [
        `it_${i}`,
        { '//': { metadata: { path: `bench/it${i}` } }, ...make(i, version === 2 && i % 4 === 0) },
      ]),
    );
  return {
    terraform: { required_providers: { azurerm: { source: 'azurerm', version: '4.55.0' } } },
    provider: { kubernetes: [{ host: '${azurerm_kubernetes_cluster.aks.kube_config[0].host}' }] },
    resource: {
      azurerm_kubernetes_cluster: { aks: { name: 'aks', dns_prefix: `aks${version}` } },
      azurerm_public_ip: each(publicAddress),
      azurerm_role_assignment: each((i, changed) => ({
        principal_id: `\${azurerm_user_assigned_identity.it_${i}.principal_id}`,
        role_definition_name: changed ? 'Contributor' : 'AcrPull',
        scope: `\${azurerm_public_ip.it_${i}.id}`,
      })),
      azurerm_user_assigned_identity: each((i) => ({ name: `id${i}`, resource_group_name: 'rg' })),
      kubernetes_service: each((i, changed) => ({
        metadata: { name: `web${i}` },
        spec: { type: changed ? 'LoadBalancer' : 'ClusterIP', port: [{ port: 80 }] },
      })),
      kubernetes_deployment: each(deployment),
    },
  };
}

function publicAddress(i: number, changed: boolean): JsonObject {
  return { name: `ip${i}`, location: 'x', ...(changed ? { zones: ['1'] } : {}) };
}

function deployment(i: number, changed: boolean): JsonObject {
  const env = [
    { name: 'A', value: 'b' },
    { name: 'PASSWORD', value: `secret-${i}` },
  ];
  const container = [{ name: 'web', image: `web:${changed ? 2 : 1}`, env }];
  return {
    metadata: { name: `web${i}` },
    spec: { selector: { match_labels: { app: `web${i}` } }, template: { spec: { container } } },
  };
}
