import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  AksServiceAccount,
  ContainerImage,
  type IKubernetesServiceAccount,
  KubernetesRole,
  KubernetesServiceAccount,
  KubernetesVerb,
  Problems,
  Workload,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { type Block, only, RESOURCE_GROUP, synth, testStack } from '../../util';

const { GET, LIST, CREATE, DELETE_COLLECTION, PATCH, BIND } = KubernetesVerb;

function accountIn(stack: TerraformStack, namespace?: string): KubernetesServiceAccount {
  return new KubernetesServiceAccount(stack, 'account', { serviceAccountName: 'worker', namespace });
}

function workloadIn(stack: TerraformStack, serviceAccount: IKubernetesServiceAccount): Workload {
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, serviceAccount });
}

function podOf(stack: TerraformStack): Block {
  const { spec } = only(synth(stack), 'kubernetes_deployment_v1') as { spec: { template: { spec: Block } } };
  return spec.template.spec;
}

describe('a role of Kubernetes', () => {
  test('is made for the service account, in its namespace', () => {
    const stack = testStack();
    accountIn(stack, 'shop').grant('read-config', KubernetesRole.read('config', ['configmaps']));

    const json = synth(stack);
    expect(invalidManifests(json)).toEqual([]);
    expect(only(json, 'kubernetes_role_v1')).toMatchObject({
      metadata: { name: 'worker-config', namespace: 'shop' },
      rule: [{ api_groups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    });
    expect(only(json, 'kubernetes_role_binding_v1')).toMatchObject({
      metadata: { name: 'worker-config', namespace: 'shop' },
      role_ref: { kind: 'Role', name: expect.stringMatching(/kubernetes_role_v1.*name/) as unknown },
      subject: [{ kind: 'ServiceAccount', name: 'worker', namespace: 'shop' }],
    });
    expect(Problems.of(stack)).toEqual([]);
    expect(Problems.warningsOf(stack)).toEqual([]);
  });

  test.each([
    ['view', KubernetesRole.view(), 'view'],
    ['edit', KubernetesRole.edit(), 'edit'],
    ['admin', KubernetesRole.admin(), 'admin'],
    ['one that exists', KubernetesRole.fromClusterRoleName('cert-manager-view'), 'cert-manager-view'],
  ])('%s is bound as it is', (_, role, name) => {
    const stack = testStack();
    accountIn(stack).grant('role', role);

    const json = synth(stack);
    expect(json.resource?.kubernetes_role_v1).toBeUndefined();
    expect(only(json, 'kubernetes_role_binding_v1').role_ref).toMatchObject({ kind: 'ClusterRole', name });
  });

  test('can be for another namespace, whose binding tells the accounts of several namespaces apart', () => {
    const stack = testStack();
    accountIn(stack, 'shop').grant('view', KubernetesRole.view(), { namespace: 'billing' });

    expect(only(synth(stack), 'kubernetes_role_binding_v1')).toMatchObject({
      metadata: { name: 'shop-worker-view', namespace: 'billing' },
      subject: [{ namespace: 'shop' }],
    });
  });

  test('can be for the whole cluster', () => {
    const stack = testStack();
    accountIn(stack).grant('nodes', KubernetesRole.read('nodes', ['nodes']), { wholeCluster: true });

    const json = synth(stack);
    expect(invalidManifests(json)).toEqual([]);
    expect(only(json, 'kubernetes_cluster_role_v1')).toMatchObject({ metadata: { name: 'default-worker-nodes' } });
    expect(only(json, 'kubernetes_cluster_role_binding_v1')).toMatchObject({
      metadata: { name: 'default-worker-nodes' },
      role_ref: { kind: 'ClusterRole' },
    });
    expect(Problems.of(stack)).toEqual([]);
  });

  test('gives the pods a token, whenever it is given, and comes before them', () => {
    const stack = testStack();
    const account = accountIn(stack);
    workloadIn(stack, account);
    expect(podOf(stack)).toMatchObject({ automount_service_account_token: false, service_account_name: 'worker' });

    account.grant('view', KubernetesRole.view());

    expect(podOf(stack)).toMatchObject({ automount_service_account_token: true });
    expect(only(synth(stack), 'kubernetes_deployment_v1').depends_on).toEqual(
      expect.arrayContaining([expect.stringContaining('kubernetes_role_binding_v1')]),
    );
  });

  test('can be given to a service account that uses Azure', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    const account = new AksServiceAccount(stack, 'account', {
      ...{ cluster, resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders' },
    });
    account.grant('view', KubernetesRole.view());
    workloadIn(stack, account);

    expect(podOf(stack)).toMatchObject({ automount_service_account_token: true });
  });

  test('can be given to a service account that exists, or was', () => {
    const stack = testStack();
    const found = KubernetesServiceAccount.fromServiceAccountAttributes(stack, 'account', {
      ...{ serviceAccountName: 'operator', namespace: 'default', usesKubernetesApi: true },
    });
    workloadIn(stack, found);
    expect(podOf(stack)).toMatchObject({ automount_service_account_token: true, service_account_name: 'operator' });

    found.grant('view', KubernetesRole.view());

    expect(only(synth(stack), 'kubernetes_role_binding_v1').subject).toMatchObject([{ name: 'operator' }]);
  });

  test('comes before what is told to need it', () => {
    const stack = testStack();
    const grant = accountIn(stack).grant('view', KubernetesRole.view());
    const other = new KubernetesServiceAccount(stack, 'other', { serviceAccountName: 'other' });
    grant.applyBefore(other);

    const accounts = Object.values(synth(stack).resource?.kubernetes_service_account_v1 ?? {});
    expect(accounts.flatMap(({ depends_on: before = [] }) => before)).toEqual([
      expect.stringContaining('kubernetes_role_binding_v1'),
    ]);
  });
});

describe('a role is refused with', () => {
  test.each<[string, KubernetesRole, string]>([
    ['no rule', KubernetesRole.custom('x', []), "'role.rules' must name at least one rule"],
    ['no resource', KubernetesRole.read('x', []), "'role.rules[0].resources' must name at least one resource"],
    [
      'no verb',
      KubernetesRole.custom('x', [{ resources: ['pods'], verbs: [] }]),
      "'role.rules[0].verbs' must name at least one verb",
    ],
    ['a kind in place of a resource', KubernetesRole.read('x', ['ConfigMap']), 'got "ConfigMap"'],
    ['a version in its group', KubernetesRole.read('x', ['deployments'], 'apps/v1'), 'got "apps/v1"'],
    ['a name that is a path', KubernetesRole.fromClusterRoleName('a/b'), 'got "a/b"'],
    [
      'names for verbs without one',
      KubernetesRole.custom('x', [
        { resources: ['pods'], verbs: [GET, CREATE, DELETE_COLLECTION], resourceNames: ['a'] },
      ]),
      `'role.rules[0].resourceNames' must be left out for "create" and "deletecollection"`,
    ],
    [
      'no names',
      KubernetesRole.custom('x', [{ resources: ['pods'], verbs: [GET], resourceNames: [] }]),
      "'role.rules[0].resourceNames' must name at least one name",
    ],
  ])('%s', (_, role, message) => {
    const stack = testStack();
    accountIn(stack).grant('grant', role);

    expect(Problems.of(stack)).toEqual([expect.stringContaining(message)]);
  });

  test('a namespace and the whole cluster', () => {
    const stack = testStack();
    accountIn(stack).grant('grant', KubernetesRole.view(), { namespace: 'shop', wholeCluster: true });

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'namespace' must not be given with 'wholeCluster'")]);
  });

  test('names for a part of an object are right', () => {
    const stack = testStack();
    const role = KubernetesRole.custom('token', [
      { resources: ['serviceaccounts/token'], verbs: [CREATE], resourceNames: ['builder'] },
    ]);
    accountIn(stack).grant('grant', role);

    expect(Problems.of(stack)).toEqual([]);
  });
});

describe('a role of much power is a warning', () => {
  test.each<[string, KubernetesRole]>([
    [
      'may do everything with its resources',
      KubernetesRole.custom('x', [{ resources: ['pods/log'], verbs: [KubernetesVerb.ALL] }]),
    ],
    ['includes resources that are added later', KubernetesRole.read('x', ['*'])],
    ['includes resources that are added later', KubernetesRole.read('x', ['events'], '*')],
    ['reads every Secret', KubernetesRole.read('x', ['secrets'])],
    ['runs commands in pods', KubernetesRole.custom('x', [{ resources: ['pods/exec'], verbs: [CREATE] }])],
    ['runs pods as any service account', KubernetesRole.custom('x', [{ resources: ['pods'], verbs: [PATCH] }])],
    ['creates tokens', KubernetesRole.custom('x', [{ resources: ['serviceaccounts/token'], verbs: [CREATE] }])],
    ['reaches the kubelets', KubernetesRole.custom('x', [{ resources: ['nodes/proxy'], verbs: [GET] }])],
    [
      'may grant itself other rights',
      KubernetesRole.custom('x', [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: [BIND] }]),
    ],
    ['may do everything', KubernetesRole.fromClusterRoleName('cluster-admin')],
  ])('%s', (reason, role) => {
    const stack = testStack();
    accountIn(stack).grant('grant', role);

    expect(Problems.of(stack)).toEqual([]);
    expect(Problems.warningsOf(stack)).toEqual([expect.stringContaining(reason)]);
  });

  test.each<[string, KubernetesRole]>([
    [
      'one Secret by its name',
      KubernetesRole.custom('x', [{ resources: ['secrets'], verbs: [GET, LIST], resourceNames: ['a'] }]),
    ],
    ['Secrets of another API', KubernetesRole.read('x', ['secrets'], 'example.com')],
    ['pods', KubernetesRole.read('x', ['pods', 'pods/log'])],
    ['view', KubernetesRole.view()],
  ])('reading %s is none', (_, role) => {
    const stack = testStack();
    accountIn(stack).grant('grant', role);

    expect(Problems.warningsOf(stack)).toEqual([]);
  });
});
