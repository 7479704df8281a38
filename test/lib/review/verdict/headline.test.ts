import { renderTerminal, review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const pods = (image: string) => ({ template: { spec: { container: { name: 'web', image } } } });
const assignment = (role: string) => ({ principal_id: 'p', scope: 's', role_definition_name: role });

function verdict(before: Resources, after: Resources, rest: [JsonObject, JsonObject] = [{}, {}]) {
  const { headline, level, text } = review(program(before, rest[0]), program(after, rest[1])).verdict;
  return { headline, level, text };
}

describe('the headline says what matters', () => {
  test.each<[string, Resources, Resources, string, string]>([
    [
      'a cluster is lost',
      { azurerm_kubernetes_cluster: { c: { name: 'a' } }, azurerm_role_assignment: { r: assignment('Reader') } },
      { azurerm_kubernetes_cluster: { c: { name: 'b' } }, azurerm_role_assignment: { r: assignment('Owner') } },
      "Kubernetes cluster a is replaced: data lost, a day's outage, address lost",
      'danger',
    ],
    [
      'a pool is cycled',
      {
        azurerm_kubernetes_cluster: {
          c: { name: 'a', default_node_pool: { vm_size: 'x', temporary_name_for_rotation: 't' } },
        },
      },
      {
        azurerm_kubernetes_cluster: {
          c: { name: 'a', default_node_pool: { vm_size: 'y', temporary_name_for_rotation: 't' } },
        },
      },
      'Kubernetes cluster a cycles the nodes of a pool',
      'attention',
    ],
    [
      'a Deployment restarts',
      { kubernetes_deployment_v1: { web: { metadata: { name: 'web' }, spec: pods('a:1') } } },
      { kubernetes_deployment_v1: { web: { metadata: { name: 'web' }, spec: pods('a:2') } } },
      'Deployment web restarts its pods',
      'change',
    ],
    [
      'a guard is gone',
      { azurerm_storage_account: { s: { name: 's', lifecycle: { prevent_destroy: true } } } },
      { azurerm_storage_account: { s: { name: 's' } } },
      'storage account s is no longer protected against destruction',
      'attention',
    ],
    [
      'someone becomes Owner',
      { azurerm_role_assignment: { r: assignment('Reader') } },
      { azurerm_role_assignment: { r: assignment('Owner') } },
      'p gets Owner on s',
      'danger',
    ],
    [
      'a number changes',
      { kubernetes_deployment_v1: { web: { metadata: { name: 'web' }, spec: { replicas: 1 } } } },
      { kubernetes_deployment_v1: { web: { metadata: { name: 'web' }, spec: { replicas: 2 } } } },
      'Deployment web is updated: spec.replicas',
      'change',
    ],
    ['nothing changes', {}, {}, 'nothing changes', 'none'],
  ])('%s', (_, before, after, headline, level) => {
    expect(verdict(before, after)).toMatchObject({ headline, level });
  });

  test('the backend moves', () => {
    const deployed = { azurerm_public_ip: { a: { name: 'a' } } };
    const backend = (key: string) => ({ terraform: { backend: { azurerm: { key } } } });
    expect(verdict(deployed, deployed, [backend('a'), backend('b')])).toMatchObject({
      headline: 'the state moves to another backend',
      level: 'danger',
    });
  });
});

describe('the gravest rows come first', () => {
  test('whatever they are called', () => {
    const roles = (names: readonly string[], last?: string) =>
      Object.fromEntries([
        ...names.map((name) => [name, assignment('Reader')] as const),
        ...(last ? [[last, assignment('Owner')] as const] : []),
      ]);
    const before: Resources = { azurerm_role_assignment: roles(['a', 'b', 'c', 'd', 'e']) };
    const after: Resources = { azurerm_role_assignment: { z: { ...assignment('Owner'), principal_id: 'q' } } };
    const { access } = review(program(before), program(after));
    expect(access[0]).toMatchObject({ shift: 'added', severity: 'high', after: 'Owner on s' });
    expect(renderTerminal(review(program(before), program(after)), false)).toContain('Owner on s');
  });

  test('of what is reached as well', () => {
    const services = (types: readonly string[]): Resources => ({
      kubernetes_service_v1: Object.fromEntries(
        types.map((type, i) => [`s${i}`, { metadata: { name: `s${i}` }, spec: { type, port: [{ port: 80 }] } }]),
      ),
    });
    const { exposure } = review(
      program(services(['LoadBalancer', 'LoadBalancer', 'NodePort', 'ClusterIP'])),
      program(services(['ClusterIP', 'ClusterIP', 'ClusterIP', 'LoadBalancer'])),
    );
    expect(exposure[0]).toMatchObject({ shift: 'widened', severity: 'high', what: 'service s3' });
  });

  test('of attributes: what loses something, then what guards, then the rest, then descriptions', () => {
    const cluster = (n: string) => ({
      azurerm_kubernetes_cluster: {
        c: { name: 'c', dns_prefix: n, tags: { a: n }, node_resource_group_x: n, local_account_disabled: n },
      },
    });
    const [found] = review(program(cluster('a')), program(cluster('b'))).changes;
    expect(found?.attributes.map(({ path }) => path)).toEqual([
      'dns_prefix',
      'local_account_disabled',
      'node_resource_group_x',
      'tags.a',
    ]);
  });
});

describe('what is not known', () => {
  const variables = { variable: { size: { default: 1 } } };
  const side = (image: string): Resources => ({
    kubernetes_deployment_v1: { web: { metadata: { name: 'web' }, spec: { replicas: '${var.size}', ...pods(image) } } },
    kubernetes_config_map_v1: { config: { metadata: { name: 'config' }, data: { image } } },
  });
  const sentence = 'Only the defaults of variables are compared; their values are not known.';

  test('is about what changes', () => {
    const { kubernetes_deployment_v1, kubernetes_config_map_v1 } = side('a:1');
    const rest = { kubernetes_deployment_v1: kubernetes_deployment_v1 ?? {} };
    const changed = side('a:2').kubernetes_config_map_v1 ?? {};
    const unknown = (before: Resources, after: Resources) =>
      review(program(before, variables), program(after, variables)).unknown;
    expect(unknown(side('a:1'), side('a:2'))).toContain(sentence);
    expect(
      unknown(
        { ...rest, kubernetes_config_map_v1: kubernetes_config_map_v1 ?? {} },
        { ...rest, kubernetes_config_map_v1: changed },
      ),
    ).not.toContain(sentence);
  });
});
