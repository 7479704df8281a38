import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

const RBAC = 'rbac.authorization.k8s.io/v1';
const metadata = { name: 'm' };

/** The ways in which a program may write an object of Kubernetes. */
const WRITINGS: readonly [name: string, write: (object: JsonObject) => JsonObject][] = [
  ['kubernetes_manifest', (manifest) => ({ kubernetes_manifest: { m: { manifest } } })],
  ['a list', (one) => ({ kubernetes_manifest: { m: { manifest: { kind: 'List', items: [one] } } } })],
  ['kubectl_manifest', (one) => ({ kubectl_manifest: { m: { yaml_body: JSON.stringify(one) } } })],
];

describe.each(WRITINGS)('an object in %s is read as the resource of its kind', (_, write) => {
  const reviewOf = (before: JsonObject | undefined, after: JsonObject) =>
    review(program(before === undefined ? {} : (write(before) as never)), program(write(after) as never));

  test.each<[string, JsonObject, string]>([
    [
      'Service',
      { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      'the internet, port 80',
    ],
    [
      'Ingress',
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { rules: [{ host: 'a.b' }] } },
      'wherever its controller is reachable, as a.b',
    ],
    [
      'Deployment',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { template: { spec: { hostNetwork: true, containers: [] } } },
      },
      "the pods' nodes, every port",
    ],
  ])('what it opens: %s', (_kind, object, after) => {
    expect(reviewOf(undefined, object).exposure).toMatchObject([{ shift: 'added', after }]);
  });

  test.each<[string, JsonObject, string]>([
    [
      'ClusterRoleBinding',
      {
        apiVersion: RBAC,
        kind: 'ClusterRoleBinding',
        metadata,
        roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ kind: 'User', name: 'eve' }],
      },
      'ClusterRole cluster-admin on the whole cluster',
    ],
    [
      'Role',
      {
        apiVersion: RBAC,
        kind: 'Role',
        metadata,
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
      },
      'get secrets on namespace default',
    ],
    [
      'Pod',
      { apiVersion: 'v1', kind: 'Pod', metadata, spec: { hostPID: true, containers: [{ name: 'c' }] } },
      'see and signal every process on their nodes',
    ],
  ])('what it grants: %s', (_kind, object, after) => {
    expect(reviewOf(undefined, object).access).toMatchObject([{ shift: 'added', after }]);
  });

  test('what a policy lets in', () => {
    const policy = (ingress: Json): JsonObject => ({
      ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata },
      spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, policyTypes: ['Ingress'], ingress },
    });
    const inside = [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }];
    expect(reviewOf(policy(inside), policy([{}])).exposure).toMatchObject([
      { shift: 'widened', what: expect.stringContaining('app.kubernetes.io/name=web'), after: 'everyone' },
    ]);
  });
});

test.each([
  ['no YAML', '{{'],
  ['a template', '${file("a.yaml")}'],
  ['an alias of itself', 'a: &a [*a]\nkind: Service'],
  ['no object', '- 1'],
])('a manifest that is %s is only known to be one', (_, yaml_body) => {
  const { exposure, verdict } = review(program({}), program({ kubectl_manifest: { m: { yaml_body } } }));
  expect(exposure).toEqual([]);
  expect(verdict).toMatchObject({ level: 'attention', headline: expect.stringContaining('not judged') });
});

describe('a resource as the API of Azure has it', () => {
  test.each([
    ['an object', (body: JsonObject): Json => body],
    ['a text', (body: JsonObject): Json => JSON.stringify(body)],
  ])('is read as %s', (_, write) => {
    const grant = {
      type: 'Microsoft.Authorization/roleAssignments@2022-04-01',
      parent_id: '/subscriptions/a',
      body: write({ properties: { roleDefinitionId: '/r/8e3af657-a8ff-443c-a75c-2fe8c4bcb635', principalId: 'eve' } }),
    };
    expect(review(program({}), program({ azapi_resource: { r: grant } })).access).toMatchObject([
      { who: 'eve', after: 'Owner on /subscriptions/a' },
    ]);
    const account = (publicNetworkAccess: string) =>
      program({
        azapi_update_resource: { r: { resource_id: 'x', body: write({ properties: { publicNetworkAccess } }) } },
      });
    expect(review(account('Disabled'), account('Enabled')).exposure).toMatchObject([
      { shift: 'widened', severity: 'high' },
    ]);
  });
});
