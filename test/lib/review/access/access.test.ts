import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { expectWaysBack, program, type Resources } from '../fixtures';

const PLACES: Resources = {
  azurerm_resource_group: { group: { name: 'rg', location: 'x' } },
  azurerm_container_registry: { acr: { name: 'acr', resource_group_name: '${azurerm_resource_group.group.name}' } },
};
const REGISTRY = '${azurerm_container_registry.acr.id}';
const GROUP = '${azurerm_resource_group.group.id}';

function rows(type: string, before: JsonObject | undefined, after: JsonObject | undefined) {
  const side = (value: JsonObject | undefined) => program({ ...PLACES, ...(value ? { [type]: { it: value } } : {}) });
  const { access } = review(side(before), side(after));
  expectWaysBack(access);
  return access.map(show);
}
const show = (row: { shift: string; before?: string; after?: string }) => [row.shift, row.before, row.after];

const assignment = (role: string, scope: string, principal = 'p'): JsonObject => ({
  principal_id: principal,
  role_definition_name: role,
  scope,
});

describe('who gets access', () => {
  test.each([
    ['a wider role', assignment('AcrPull', REGISTRY), assignment('Contributor', REGISTRY), 'widened'],
    ['a narrower role', assignment('Owner', REGISTRY), assignment('Reader', REGISTRY), 'narrowed'],
    [
      'a role that the table cannot compare',
      assignment('AcrPull', REGISTRY),
      assignment('Monitoring Reader', REGISTRY),
      'changed',
    ],
    ['a wider scope', assignment('AcrPull', REGISTRY), assignment('AcrPull', GROUP), 'widened'],
    [
      'a wider scope by id',
      assignment('AcrPull', '/subscriptions/a/resourceGroups/b'),
      assignment('AcrPull', '/subscriptions/a'),
      'widened',
    ],
    [
      'a namespace instead of all',
      assignment('x', GROUP),
      assignment('x', '${azurerm_kubernetes_cluster.aks.id}/namespaces/a'),
      'changed',
    ],
    [
      'another scope',
      assignment('AcrPull', REGISTRY),
      assignment('AcrPull', '${azurerm_container_registry.other.id}'),
      'changed',
    ],
    ['another principal', assignment('AcrPull', REGISTRY), assignment('AcrPull', REGISTRY, 'q'), 'changed'],
  ])('is told for %s', (_, before, after, shift) => {
    expect(rows('azurerm_role_assignment', before, after).map(([found]) => found)).toEqual([shift]);
  });

  test('knows roles by their ids, and what Owner means', () => {
    const after = { principal_id: 'p', scope: GROUP, role_definition_id: '/x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635' };
    const { access } = review(program(PLACES), program({ ...PLACES, azurerm_role_assignment: { it: after } }));
    expect(access).toMatchObject([
      {
        shift: 'added',
        after: 'Owner on resource group rg',
        note: 'Owner can grant any permission there, also to itself',
      },
    ]);
  });

  test.each([
    ['azurerm_federated_identity_credential', { issuer: 'i', subject: 's', parent_id: 'p' }, 'sign in as on p'],
    ['azurerm_container_registry', { admin_enabled: true }, 'push and pull on container registry it'],
    ['azurerm_container_registry', { anonymous_pull_enabled: true }, 'pull on container registry it'],
    ['azurerm_kubernetes_cluster', {}, 'cluster admin on Kubernetes cluster it'],
    [
      'kubernetes_cluster_role_binding_v1',
      { role_ref: { kind: 'ClusterRole', name: 'cluster-admin' }, subject: [{ kind: 'Group', name: 'dev' }] },
      'ClusterRole cluster-admin on the whole cluster',
    ],
  ])('is told for a new %s', (type, given, after) => {
    expect(rows(type, undefined, given as JsonObject)).toEqual([['added', undefined, after]]);
    expect(rows(type, given as JsonObject, undefined)).toEqual([['removed', after, undefined]]);
  });

  test('is told when local accounts come back', () => {
    const cluster = { name: 'aks', local_account_disabled: true };
    expect(rows('azurerm_kubernetes_cluster', cluster, { name: 'aks' }).map(([shift]) => shift)).toEqual(['added']);
  });

  test('is not analyzed for other providers, and the review says so', () => {
    const policy = (action: string): Resources => ({
      aws_iam_role_policy: { it: { policy: `{"Action":"${action}"}` } },
    });
    const found = review(program(policy('s3:Get')), program(policy('*')));
    expect(found.access).toEqual([]);
    expect(found.unknown.join()).toContain(
      'look related to access, which is not analyzed for their types: aws_iam_role_policy',
    );
  });
});
