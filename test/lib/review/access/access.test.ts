import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { expectWaysBack, program, type Resources } from '../fixtures';

const PLACES: Resources = {
  azurerm_resource_group: { group: { name: 'rg', location: 'x' } },
  azurerm_container_registry: { acr: { name: 'acr', resource_group_name: '${azurerm_resource_group.group.name}' } },
};
const REGISTRY = '${azurerm_container_registry.acr.id}';
const GROUP = '${azurerm_resource_group.group.id}';
const ASSIGNMENT = 'azurerm_role_assignment';

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

  test.each([
    ['Contributor', 'widened'],
    ['Reader', 'widened'],
    ['AcrPull', undefined],
  ])('is told as one change if a grant goes and another one comes, with the role %s', (role, shift) => {
    const side = (id: string, given: string) =>
      program({ ...PLACES, [ASSIGNMENT]: { [id]: assignment(given, REGISTRY) } });
    const found = review(side('old', 'AcrPull'), side('new', role)).access;
    expect(found.map((row) => [row.address, row.shift])).toEqual(shift ? [[`${ASSIGNMENT}.new`, shift]] : []);
  });

  test.each([
    ['another one comes', { a: 'Reader' }, { a: 'AcrPull', b: 'Owner' }, ['added Owner', 'narrowed Reader to AcrPull']],
    [
      'another one goes',
      { a: 'Reader', b: 'AcrPull' },
      { a: 'Contributor' },
      ['widened Reader to Contributor', 'removed AcrPull'],
    ],
  ])('is told of a grant that changes while %s', (_, before, after, expected) => {
    const side = (given: Readonly<Record<string, string>>) =>
      program({
        ...PLACES,
        [ASSIGNMENT]: Object.fromEntries(Object.entries(given).map(([id, role]) => [id, assignment(role, REGISTRY)])),
      });
    const role = (text = '') => text.replace(' on container registry acr', '');
    const { access } = review(side(before as Record<string, string>), side(after as Record<string, string>));
    expect(
      access.map((row) => `${row.shift} ${[row.before, row.after].filter(Boolean).map(role).join(' to ')}`),
    ).toEqual(expected);
  });

  test('is told as one change only once', () => {
    const side = (given: Record<string, string>) =>
      program({
        ...PLACES,
        [ASSIGNMENT]: Object.fromEntries(Object.entries(given).map(([id, role]) => [id, assignment(role, REGISTRY)])),
      });
    const { access } = review(side({ a: 'AcrPull' }), side({ b: 'AcrPush', c: 'Contributor' }));
    expect(access.map(show)).toEqual([
      ['widened', 'AcrPull on container registry acr', 'AcrPush on container registry acr'],
      ['added', undefined, 'Contributor on container registry acr'],
    ]);
  });

  test.each([
    ['another holder', assignment('Contributor', REGISTRY, 'q')],
    ['another place', assignment('Contributor', GROUP)],
  ])('is told as two changes for %s', (_, given) => {
    const side = (id: string, it: JsonObject) => program({ ...PLACES, [ASSIGNMENT]: { [id]: it } });
    const { access } = review(side('old', assignment('AcrPull', REGISTRY)), side('new', given));
    expect(access.map(({ shift }) => shift).sort()).toEqual(['added', 'removed']);
  });

  test('names who it is, where, and what both are called', () => {
    const side = (given: object) => program({ ...PLACES, ...given } as Resources);
    const [gone, given] = [side({}), side({ [ASSIGNMENT]: { it: assignment('Reader', REGISTRY) } })];
    const expected = {
      ...{ stack: 'vote', address: `${ASSIGNMENT}.it`, name: 'role Reader of p on container registry acr' },
      ...{ who: 'p', principal: 'p' },
    };
    expect(review(gone, given).access).toEqual([expect.objectContaining(expected)]);
    expect(review(given, gone).access).toEqual([expect.objectContaining(expected)]);
  });

  test('names the place as it was called', () => {
    const side = (name: string, role: string) =>
      program({
        azurerm_container_registry: { acr: { name } },
        [ASSIGNMENT]: { it: assignment(role, REGISTRY) },
      });
    expect(review(side('one', 'Reader'), side('two', 'Contributor')).access.map(show)).toEqual([
      ['widened', 'Reader on container registry one', 'Contributor on container registry two'],
    ]);
  });

  test('is in the order of addresses and of holders', () => {
    const registry = (isOpen: boolean) => ({ admin_enabled: isOpen, anonymous_pull_enabled: isOpen });
    const before = program({ azurerm_container_registry: { b: registry(true), a: registry(true) } });
    const after = program({ azurerm_container_registry: { b: registry(false) } });
    expect(review(before, after).access.map(({ address, who }) => [address, who])).toEqual(
      ['a', 'b'].flatMap((id) => [
        [`azurerm_container_registry.${id}`, 'anyone with the admin password'],
        [`azurerm_container_registry.${id}`, 'anyone, without signing in'],
      ]),
    );
  });

  test('is in the order of what the same holder could do', () => {
    const container = (name: string, drop: string[]) => ({ name, security_context: { capabilities: { drop } } });
    const pods = (drop: string[]) => ({
      metadata: { name: 'web' },
      spec: { template: { spec: { container: [container('b', drop), container('a', drop)] } } },
    });
    expect(rows('kubernetes_deployment_v1', pods(['KILL']), pods([]))).toEqual([
      ['widened', 'has no KILL on container a', 'nothing on container a'],
      ['widened', 'has no KILL on container b', 'nothing on container b'],
    ]);
  });

  test('is wider with a wider role under the same condition', () => {
    const [before, after] = ['Reader', 'Contributor'].map((role) => ({
      ...assignment(role, REGISTRY),
      condition: 'c',
    }));
    expect(rows(ASSIGNMENT, before, after).map(([found]) => found)).toEqual(['widened']);
  });

  test('is another one under another condition', () => {
    const [before, after] = ['c', 'd'].map((condition) => ({ ...assignment('Reader', REGISTRY), condition }));
    expect(rows(ASSIGNMENT, before, after).map(([found]) => found)).toEqual(['changed']);
  });

  test('is less with a lock, and more without', () => {
    const lock = { scope: GROUP, lock_level: 'CanNotDelete' };
    const text = 'must delete nothing on resource group rg';
    expect(rows('azurerm_management_lock', undefined, lock)).toEqual([['narrowed', undefined, text]]);
    expect(rows('azurerm_management_lock', lock, undefined)).toEqual([['widened', text, undefined]]);
  });

  test('is not given by a role that is turned off, nor kept back by a policy that is', () => {
    const permissions = [{ allowed_resource_actions: ['a'] }];
    expect(
      rows('azuread_custom_directory_role', undefined, { display_name: 'r', enabled: false, permissions }),
    ).toEqual([]);
    const policy = (state: string, ...excluded_users: string[]) => ({
      ...{ state, grant_controls: [{ operator: 'OR', built_in_controls: ['mfa'] }] },
      conditions: [{ users: [{ included_users: ['All'], excluded_users }] }],
    });
    const shifts = (before: JsonObject, after: JsonObject) =>
      rows('azuread_conditional_access_policy', before, after).map(([found]) => found);
    expect(shifts(policy('disabled'), policy('disabled', 'eve'))).toEqual([]);
    expect(shifts(policy('disabled'), policy('enabled'))).toEqual(['narrowed']);
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

test.each([
  ['azurerm_container_registry', { name: 'r', admin_enabled: true }],
  ['azurerm_kubernetes_cluster', { name: 'aks' }],
  ['azurerm_storage_container', { name: 'c', container_access_type: 'blob' }],
])('a new address of %s is no other access', (type, given) => {
  const side = (id: string, rest?: JsonObject) => program({ [type]: { [id]: given } }, rest);
  const moved = { moved: [{ from: `${type}.old`, to: `${type}.new` }] };
  expect(review(side('old'), side('new', moved)).access).toEqual([]);
});
