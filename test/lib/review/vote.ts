import type { JsonObject } from '../../../lib/review/json';
import type { StackFiles } from '../../../lib/review/read';
import { stack, VERSIONS } from './fixtures';

/** What differs between the two versions of the vote stack. */
interface Version {
  readonly registry: string;
  readonly nodes: number;
  readonly dnsPrefix: string;
  readonly role: string;
  readonly scope: string;
  readonly tag: string;
  readonly env: readonly JsonObject[];
  readonly backendType: string;
}

const metadata = (path: string) => ({ '//': { metadata: { path: `vote/${path}`, uniqueId: path } } });

function vote(version: Version): StackFiles[] {
  const group = {
    resource_group_name: '${azurerm_resource_group.group.name}',
    location: '${azurerm_resource_group.group.location}',
  };
  const workload = (name: string, image: string, env: readonly JsonObject[]) => ({
    metadata: { name },
    spec: {
      selector: { match_labels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { container: [{ name, image, env: [...env] }] } },
    },
  });
  const resource = {
    azurerm_resource_group: { group: { ...metadata('group'), name: 'jm-inn-rg', location: 'westeurope' } },
    azurerm_container_registry: {
      [version.registry]: { ...metadata(`${version.registry}/Resource`), ...group, name: 'jminnacr', sku: 'Basic' },
    },
    azurerm_kubernetes_cluster: {
      cluster: {
        ...metadata('cluster/Resource'),
        ...group,
        name: 'jm-inn-aks',
        dns_prefix: version.dnsPrefix,
        identity: { type: 'SystemAssigned' },
        default_node_pool: { name: 'nodepool1', vm_size: 'Standard_B2s', node_count: version.nodes },
      },
    },
    azurerm_role_assignment: {
      pull: {
        ...metadata('cluster/pull'),
        principal_id: '${azurerm_kubernetes_cluster.cluster.kubelet_identity[0].object_id}',
        role_definition_name: version.role,
        scope: version.scope,
      },
    },
    kubernetes_deployment: {
      back: { ...metadata('vote/back/Deployment'), ...workload('vote-back', 'redis:7', []) },
      front: {
        ...metadata('vote/front/Deployment'),
        ...workload(
          'vote-front',
          `\${azurerm_container_registry.${version.registry}.login_server}/front:${version.tag}`,
          version.env,
        ),
      },
    },
    kubernetes_service: {
      back: {
        ...metadata('vote/back/Service'),
        metadata: { name: 'vote-back' },
        spec: { type: version.backendType, selector: { app: 'vote-back' }, port: [{ port: 6379 }] },
      },
      front: {
        ...metadata('vote/front/Service'),
        metadata: { name: 'vote-front' },
        spec: { type: 'LoadBalancer', selector: { app: 'vote-front' }, port: [{ port: 80 }] },
      },
    },
  };
  const address = '${azurerm_kubernetes_cluster.cluster.kube_config[0].host}';
  const provider = { azurerm: [{ features: [{}] }], kubernetes: [{ host: address }] };
  const terraform = {
    backend: { local: { path: `/home/${version.tag}/terraform.tfstate` } },
    required_providers: VERSIONS,
  };
  const sources = {
    'azurerm_kubernetes_cluster.cluster': 'lib/vote-stack.ts:41:19',
    'azurerm_role_assignment.pull': 'lib/vote-stack.ts:52:14',
    'kubernetes_service.back': 'lib/vote-stack.ts:60:18',
    [`azurerm_container_registry.${version.registry}`]: 'lib/vote-stack.ts:33:22',
  };
  return [stack({ provider, resource, terraform }, { sources })];
}

const TITLE = { name: 'TITLE', value: 'Vote' };
const REDIS = { name: 'REDIS', value: 'vote-back' };

/** The article's stack, as deployed. */
export const BASE = vote({
  registry: 'registry',
  nodes: 2,
  dnsPrefix: 'jm-inn',
  role: 'AcrPull',
  scope: '${azurerm_container_registry.registry.id}',
  tag: 'v1',
  env: [REDIS, TITLE],
  backendType: 'ClusterIP',
});

/** Nodes scaled, v2 rolled out, a role widened, the back end public, the registry's construct renamed, another DNS prefix. */
export const HEAD = vote({
  registry: 'images',
  nodes: 3,
  dnsPrefix: 'jm-inn-aks',
  role: 'Contributor',
  scope: '${azurerm_resource_group.group.id}',
  tag: 'v2',
  env: [{ name: 'DEBUG', value: 'true' }, REDIS, TITLE],
  backendType: 'LoadBalancer',
});
