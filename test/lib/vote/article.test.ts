import type { TerraformStack } from 'cdktf';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problems } from '../../../constructs';
import { manifestsOf } from '../../../lib/manifests';
import { readSettings, type Settings } from '../../../lib/vote/settings';
import { createTwoStacks } from '../../../lib/vote/two-stacks';
import { VoteStack } from '../../../lib/vote/vote-stack';
import { ARTICLE_MANIFESTS, type Identified } from '../../data/article-manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { addresses, at, type Block, differences, type Json, only, synth, testApp, warningsOf } from '../../util';

const ROOT = join(__dirname, '../../..');
const { settings, problems } = readSettings(ROOT, {});

function voteStack(changes: Partial<Settings> = {}): VoteStack {
  return new VoteStack(testApp(), 'vote', { ...settings, ...changes });
}

function voteJson(changes: Partial<Settings> = {}): Json {
  return synth(voteStack(changes));
}

test("the article's settings are free of problems", () => {
  expect(problems).toEqual([]);
  expect(Problems.of(voteStack().node.root)).toEqual([]);
});

describe("the article's system", () => {
  const json = voteJson();

  test('1: a resource group and a registry in West Europe', () => {
    expect(only(json, 'azurerm_resource_group')).toEqual({ name: 'jm-inn-acr-aks-intro-rg', location: 'westeurope' });
    expect(only(json, 'azurerm_container_registry')).toEqual({
      name: 'jminnacr',
      resource_group_name: '${azurerm_resource_group.resource-group.name}',
      location: '${azurerm_resource_group.resource-group.location}',
      sku: 'Basic',
      admin_enabled: false,
      lifecycle: { ignore_changes: ['zone_redundancy_enabled'] },
    });
  });

  test('2: a service principal that gets AcrPull on the registry; or none, and the cluster makes its own identity', () => {
    expect(only(json, 'azuread_application')).toMatchObject({ display_name: 'jm-inn-aks-acr-pull-sp' });
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'AcrPull',
      scope: expect.stringMatching(/^\$\{azurerm_container_registry\.registry_\w+\.id\}$/),
      principal_id: expect.stringMatching(/^\$\{azuread_service_principal\.service-principal_\w+\.object_id\}$/),
    });

    const own = voteJson({ clusterIdentity: 'systemAssigned' });
    expect(Object.keys(own.provider!)).toEqual(['azurerm', 'kubernetes']);
    expect(only(own, 'azurerm_kubernetes_cluster')).toMatchObject({ identity: { type: 'SystemAssigned' } });
    expect(only(own, 'azurerm_role_assignment')).toMatchObject({
      principal_id: expect.stringMatching(/kubelet_identity\[0\]\.object_id\}$/),
    });
  });

  test('3: a cluster of two Standard_B2s Linux nodes in nodepool1, kubenet, a Standard load balancer', () => {
    const cluster = only(json, 'azurerm_kubernetes_cluster');
    const network = cluster.network_profile as Block;
    expect(cluster).toMatchObject({ name: 'jm-inn-aks', dns_prefix: 'jm-inn-aks' });
    expect(cluster.default_node_pool).toMatchInlineSnapshot(`
     {
       "name": "nodepool1",
       "node_count": 2,
       "os_sku": "Ubuntu",
       "temporary_name_for_rotation": "nodepool1tmp",
       "type": "VirtualMachineScaleSets",
       "upgrade_settings": {
         "drain_timeout_in_minutes": 30,
         "max_surge": "10%",
         "node_soak_duration_in_minutes": 0,
       },
       "vm_size": "Standard_B2s",
     }
    `);
    expect(network.load_balancer_sku).toMatchInlineSnapshot(`"standard"`);
    expect(network).toMatchObject({
      network_plugin: 'kubenet',
      outbound_type: 'loadBalancer',
      load_balancer_profile: { managed_outbound_ip_count: 1 },
    });
    expect(json.output!['node-resource-group']).toEqual({
      value: expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.cluster_\w+\.node_resource_group\}$/),
    });
  });

  test('4: the vote application: Redis inside the cluster, the front behind a load balancer', () => {
    expect(at(json, 'kubernetes_deployment_v1', 'vote_back')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "labels": {
           "app": "jm-inn-azure-vote-back",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "jm-inn-azure-vote-back",
           "app.kubernetes.io/part-of": "jm-inn-azure-vote",
         },
         "name": "jm-inn-azure-vote-back-deployment",
       },
       "spec": {
         "min_ready_seconds": 0,
         "progress_deadline_seconds": 600,
         "replicas": "1",
         "selector": {
           "match_labels": {
             "app": "jm-inn-azure-vote-back",
           },
         },
         "strategy": {
           "rolling_update": {
             "max_surge": "1",
             "max_unavailable": "0",
           },
           "type": "RollingUpdate",
         },
         "template": {
           "metadata": {
             "labels": {
               "app": "jm-inn-azure-vote-back",
               "app.kubernetes.io/managed-by": "terraform",
               "app.kubernetes.io/name": "jm-inn-azure-vote-back",
               "app.kubernetes.io/part-of": "jm-inn-azure-vote",
             },
           },
           "spec": {
             "automount_service_account_token": false,
             "container": [
               {
                 "command": [
                   "redis-server",
                   "--save",
                   "",
                   "--appendonly",
                   "no",
                 ],
                 "image": "redis:7.2",
                 "liveness_probe": {
                   "exec": {
                     "command": [
                       "sh",
                       "-c",
                       "redis-cli ping | grep -q PONG",
                     ],
                   },
                   "failure_threshold": 6,
                   "period_seconds": 10,
                   "timeout_seconds": 5,
                 },
                 "name": "jm-inn-azure-vote-back-container",
                 "port": [
                   {
                     "container_port": 6379,
                     "name": "redis",
                   },
                 ],
                 "readiness_probe": {
                   "exec": {
                     "command": [
                       "sh",
                       "-c",
                       "redis-cli ping | grep -q PONG",
                     ],
                   },
                   "period_seconds": 5,
                   "timeout_seconds": 5,
                 },
                 "resources": {
                   "limits": {
                     "cpu": "250m",
                     "memory": "256Mi",
                   },
                   "requests": {
                     "cpu": "100m",
                     "memory": "128Mi",
                   },
                 },
                 "security_context": {
                   "allow_privilege_escalation": false,
                   "capabilities": {
                     "drop": [
                       "ALL",
                     ],
                   },
                   "read_only_root_filesystem": true,
                   "run_as_group": "999",
                   "run_as_non_root": true,
                   "run_as_user": "999",
                 },
                 "startup_probe": {
                   "exec": {
                     "command": [
                       "sh",
                       "-c",
                       "redis-cli ping | grep -q PONG",
                     ],
                   },
                   "failure_threshold": 24,
                   "period_seconds": 5,
                   "timeout_seconds": 5,
                 },
               },
             ],
             "enable_service_links": false,
             "node_selector": {
               "kubernetes.io/os": "linux",
             },
             "security_context": {
               "fs_group": "999",
               "seccomp_profile": {
                 "type": "RuntimeDefault",
               },
             },
             "termination_grace_period_seconds": 30,
           },
         },
       },
       "timeouts": {
         "create": "15m",
         "update": "15m",
       },
       "wait_for_rollout": true,
     }
    `);
    expect(at(json, 'kubernetes_service_v1', 'vote_back')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "labels": {
           "app": "jm-inn-azure-vote-back",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "jm-inn-azure-vote-back",
           "app.kubernetes.io/part-of": "jm-inn-azure-vote",
         },
         "name": "jm-inn-azure-vote-back-service",
       },
       "spec": {
         "port": [
           {
             "port": 6379,
             "target_port": "6379",
           },
         ],
         "selector": {
           "app": "jm-inn-azure-vote-back",
         },
         "type": "ClusterIP",
       },
     }
    `);
    expect(at(json, 'kubernetes_deployment_v1', 'vote_front')).toMatchInlineSnapshot(`
     {
       "depends_on": [
         "azurerm_container_registry_task_schedule_run_now.front-image_run_5C2FDE48",
         "azurerm_role_assignment.service-principal_pull-registry_ECC3B15B",
         "kubernetes_deployment_v1.vote_back_redis_E6A02A27",
         "kubernetes_service_v1.vote_back_redis_service_A5DB5844",
       ],
       "metadata": {
         "labels": {
           "app": "jm-inn-azure-vote-front",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "jm-inn-azure-vote-front",
           "app.kubernetes.io/part-of": "jm-inn-azure-vote",
         },
         "name": "jm-inn-azure-vote-front-deployment",
       },
       "spec": {
         "min_ready_seconds": 5,
         "progress_deadline_seconds": 600,
         "replicas": "2",
         "selector": {
           "match_labels": {
             "app": "jm-inn-azure-vote-front",
           },
         },
         "strategy": {
           "rolling_update": {
             "max_surge": "1",
             "max_unavailable": "1",
           },
           "type": "RollingUpdate",
         },
         "template": {
           "metadata": {
             "labels": {
               "app": "jm-inn-azure-vote-front",
               "app.kubernetes.io/managed-by": "terraform",
               "app.kubernetes.io/name": "jm-inn-azure-vote-front",
               "app.kubernetes.io/part-of": "jm-inn-azure-vote",
             },
           },
           "spec": {
             "automount_service_account_token": false,
             "container": [
               {
                 "env": [
                   {
                     "name": "REDIS",
                     "value": "jm-inn-azure-vote-back-service",
                   },
                   {
                     "name": "UWSGI_PROCESSES",
                     "value": "4",
                   },
                 ],
                 "image": "\${azurerm_container_registry.registry_EFEA226F.login_server}/jm-inn-azure-vote-front-image:v1",
                 "lifecycle": {
                   "pre_stop": [
                     {
                       "exec": {
                         "command": [
                           "sleep",
                           "5",
                         ],
                       },
                     },
                   ],
                 },
                 "liveness_probe": {
                   "failure_threshold": 6,
                   "http_get": {
                     "path": "/",
                     "port": "80",
                   },
                   "period_seconds": 10,
                   "timeout_seconds": 5,
                 },
                 "name": "jm-inn-azure-vote-front-container",
                 "port": [
                   {
                     "container_port": 80,
                   },
                 ],
                 "readiness_probe": {
                   "http_get": {
                     "path": "/",
                     "port": "80",
                   },
                   "period_seconds": 5,
                   "timeout_seconds": 5,
                 },
                 "resources": {
                   "limits": {
                     "cpu": "500m",
                     "memory": "512Mi",
                   },
                   "requests": {
                     "cpu": "250m",
                     "memory": "128Mi",
                   },
                 },
                 "security_context": {
                   "allow_privilege_escalation": false,
                   "capabilities": {
                     "add": [
                       "CHOWN",
                       "SETUID",
                       "SETGID",
                       "NET_BIND_SERVICE",
                     ],
                     "drop": [
                       "ALL",
                     ],
                   },
                 },
                 "startup_probe": {
                   "failure_threshold": 24,
                   "http_get": {
                     "path": "/",
                     "port": "80",
                   },
                   "period_seconds": 5,
                   "timeout_seconds": 5,
                 },
               },
             ],
             "enable_service_links": false,
             "init_container": [
               {
                 "command": [
                   "sh",
                   "-c",
                   "until redis-cli -h "$REDIS" ping | grep -q PONG; do sleep 1; done",
                 ],
                 "env": [
                   {
                     "name": "REDIS",
                     "value": "jm-inn-azure-vote-back-service",
                   },
                 ],
                 "image": "redis:7.2",
                 "name": "wait-for-backend",
                 "resources": {
                   "limits": {
                     "cpu": "100m",
                     "memory": "64Mi",
                   },
                   "requests": {
                     "cpu": "50m",
                     "memory": "32Mi",
                   },
                 },
                 "security_context": {
                   "allow_privilege_escalation": false,
                   "capabilities": {
                     "drop": [
                       "ALL",
                     ],
                   },
                   "read_only_root_filesystem": true,
                   "run_as_group": "999",
                   "run_as_non_root": true,
                   "run_as_user": "999",
                 },
               },
             ],
             "node_selector": {
               "kubernetes.io/os": "linux",
             },
             "security_context": {
               "seccomp_profile": {
                 "type": "RuntimeDefault",
               },
             },
             "termination_grace_period_seconds": 30,
             "topology_spread_constraint": [
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app": "jm-inn-azure-vote-front",
                     },
                   },
                 ],
                 "match_label_keys": [
                   "pod-template-hash",
                 ],
                 "max_skew": 1,
                 "topology_key": "topology.kubernetes.io/zone",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app": "jm-inn-azure-vote-front",
                     },
                   },
                 ],
                 "match_label_keys": [
                   "pod-template-hash",
                 ],
                 "max_skew": 1,
                 "topology_key": "kubernetes.io/hostname",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
             ],
           },
         },
       },
       "timeouts": {
         "create": "15m",
         "update": "15m",
       },
       "wait_for_rollout": true,
     }
    `);
    expect(at(json, 'kubernetes_service_v1', 'vote_front')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "labels": {
           "app": "jm-inn-azure-vote-front",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "jm-inn-azure-vote-front",
           "app.kubernetes.io/part-of": "jm-inn-azure-vote",
         },
         "name": "jm-inn-azure-vote-front-service",
       },
       "spec": {
         "port": [
           {
             "port": 80,
             "target_port": "80",
           },
         ],
         "selector": {
           "app": "jm-inn-azure-vote-front",
         },
         "type": "LoadBalancer",
       },
     }
    `);
  });

  test('5: its image, built in the registry from the public sample and tagged v1', () => {
    expect(only(json, 'azurerm_container_registry_task')).toMatchObject({
      encoded_step: {
        context_path: 'https://github.com/Azure-Samples/azure-voting-app-redis.git#1705b17:azure-vote',
        task_content: expect.stringContaining('push:\n      - $Registry/jm-inn-azure-vote-front-image:v1\n'),
      },
    });
    expect(at(json, 'kubernetes_deployment_v1', 'vote_front').depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^azurerm_container_registry_task_schedule_run_now\./)]),
    );
  });
});

test('the stack is what it was', () => {
  expect(JSON.stringify(voteJson(), null, 2).replaceAll(ROOT, '.')).toMatchSnapshot();
});

test('every Terraform address is what it was: another one destroys what is deployed', () => {
  expect(addresses(voteJson())).toEqual([
    'data.azuread_client_config.service-principal_creator_2E8A58CE',
    'azuread_application.service-principal_application_129BC191',
    'azuread_service_principal.service-principal_D2E1A070',
    'azuread_service_principal_password.service-principal_password_54C8585C',
    'azurerm_container_registry.registry_EFEA226F',
    'azurerm_container_registry_task.front-image_E0153157',
    'azurerm_container_registry_task_schedule_run_now.front-image_run_5C2FDE48',
    'azurerm_kubernetes_cluster.cluster_611F8AFF',
    'azurerm_resource_group.resource-group',
    'azurerm_role_assignment.service-principal_pull-registry_ECC3B15B',
    'kubernetes_deployment_v1.vote_back_redis_E6A02A27',
    'kubernetes_deployment_v1.vote_front_web_E042561C',
    'kubernetes_pod_disruption_budget_v1.vote_front_web_disruption-budget_01D9A19C',
    'kubernetes_service_v1.vote_back_redis_service_A5DB5844',
    'kubernetes_service_v1.vote_front_web_service_7E12CE1C',
    'time_rotating.service-principal_rotation_5F30FC0D',
    'time_sleep.service-principal_propagation_C7F688C5',
  ]);
});

describe.each<[string, Partial<Settings>]>([
  ["the article's settings", {}],
  ['a managed identity', { clusterIdentity: 'systemAssigned' }],
  ['a pushed image', { frontImage: 'pushed' }],
  ['an image from elsewhere', { frontImage: 'mcr.microsoft.com/azuredocs/azure-vote-front:v1' }],
  [
    'state in Azure Storage',
    { stateIn: 'state-rg/state1/tfstate', subscriptionId: '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10' },
  ],
])('with %s', (_, changes) => {
  test('the JSON keeps the Terraform invariants', () => {
    expect(brokenInvariants(voteJson(changes))).toEqual([]);
  });
});

describe('in two stacks', () => {
  const app = testApp();
  createTwoStacks(app, settings);
  app.synth();
  const [platform, application] = ['platform', 'application'].map((id) =>
    synth(app.node.findChild(id) as TerraformStack),
  );

  test('the system is the same, each resource once', () => {
    const typesOf = (...parts: Json[]): string[] =>
      parts.flatMap(({ resource = {} }) =>
        Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map(() => type)),
      );

    expect(Problems.of(app)).toEqual([]);
    expect(typesOf(platform!, application!).sort()).toEqual(typesOf(voteJson()).sort());
  });

  test('the second finds the first by name: nothing goes from one state to the other', () => {
    expect(application!.data).toEqual({
      azurerm_container_registry: {
        [named('registry', application!)]: { name: 'jminnacr', resource_group_name: settings.resourceGroupName },
      },
      azurerm_kubernetes_cluster: {
        [named('cluster', application!)]: { name: 'jm-inn-aks', resource_group_name: settings.resourceGroupName },
      },
    });
    expect(Object.keys(platform!.output!)).toEqual([
      'get-credentials',
      'login-server',
      'node-resource-group',
      'show-nodes',
    ]);
    expect((app.node.findChild('application') as TerraformStack).dependencies.map(({ node }) => node.id)).toEqual([
      'platform',
    ]);
  });

  test('both keep the Terraform invariants and their addresses', () => {
    expect([platform!, application!].flatMap(brokenInvariants)).toEqual([]);
    expect(addresses(platform!)).toMatchSnapshot();
    expect(addresses(application!)).toMatchSnapshot();
  });

  /** The address of the data source whose construct has the id. */
  function named(id: string, json: Json): string {
    return Object.values(json.data!)
      .flatMap(Object.keys)
      .find((address) => address.startsWith(`${id}_`))!;
  }
});

describe('the manifests', () => {
  const json = voteJson();
  const registry = '<azurerm_container_registry.registry.login_server>';
  const manifests = manifestsOf({ ...json }).map(
    ({ object }) => JSON.parse(JSON.stringify(object).replace(registry, 'jminnacr.azurecr.io')) as Identified,
  );
  const counterpart = (article: Identified): Identified =>
    manifests.find((ours) => identity(ours) === identity(article))!;
  const deviations = ARTICLE_MANIFESTS.flatMap((article) => deviationsOf(article, counterpart(article)));

  test("are those of the article's objects, and a disruption budget", () => {
    expect(manifests.map(identity).sort()).toEqual(
      [...ARTICLE_MANIFESTS.map(identity), 'PodDisruptionBudget jm-inn-azure-vote-front'].sort(),
    );
  });

  test("have every field of the article's with its value, but for the deviations that docs/article.md lists", () => {
    expect(deviations.filter(({ article }) => article !== undefined)).toEqual([
      { path: 'Deployment.spec.template.spec.nodeSelector.beta.kubernetes.io/os', article: 'linux', ours: undefined },
      { path: 'Deployment.spec.template.spec.containers.0.image', article: 'redis', ours: 'redis:7.2' },
      { path: 'Deployment.spec.template.spec.nodeSelector.beta.kubernetes.io/os', article: 'linux', ours: undefined },
    ]);
  });

  test('differ in nothing that docs/article.md does not name', () => {
    const readme = readFileSync(join(ROOT, 'docs/article.md'), 'utf8');
    const fields = ARTICLE_MANIFESTS.flatMap((article) =>
      deviationsOf(article, counterpart(article)).map(({ path }) => fieldOf(path, article)),
    );
    expect(fields.filter((field) => !readme.includes(`\`${field}\``))).toEqual([]);
  });

  test('add to it these fields and no others', () => {
    const added = deviations
      .filter(({ article }) => article === undefined)
      .map(({ path, ours }) => `${path} = ${ours}`);
    expect([...new Set(added)].sort()).toMatchInlineSnapshot(`
     [
       "Deployment.metadata.labels.app = jm-inn-azure-vote-back",
       "Deployment.metadata.labels.app = jm-inn-azure-vote-front",
       "Deployment.metadata.labels.app.kubernetes.io/managed-by = terraform",
       "Deployment.metadata.labels.app.kubernetes.io/name = jm-inn-azure-vote-back",
       "Deployment.metadata.labels.app.kubernetes.io/name = jm-inn-azure-vote-front",
       "Deployment.metadata.labels.app.kubernetes.io/part-of = jm-inn-azure-vote",
       "Deployment.spec.minReadySeconds = 0",
       "Deployment.spec.progressDeadlineSeconds = 600",
       "Deployment.spec.strategy.rollingUpdate.maxSurge = 1",
       "Deployment.spec.strategy.rollingUpdate.maxUnavailable = 0",
       "Deployment.spec.strategy.type = RollingUpdate",
       "Deployment.spec.template.metadata.labels.app.kubernetes.io/managed-by = terraform",
       "Deployment.spec.template.metadata.labels.app.kubernetes.io/name = jm-inn-azure-vote-back",
       "Deployment.spec.template.metadata.labels.app.kubernetes.io/name = jm-inn-azure-vote-front",
       "Deployment.spec.template.metadata.labels.app.kubernetes.io/part-of = jm-inn-azure-vote",
       "Deployment.spec.template.spec.automountServiceAccountToken = false",
       "Deployment.spec.template.spec.containers.0.command.0 = redis-server",
       "Deployment.spec.template.spec.containers.0.command.1 = --save",
       "Deployment.spec.template.spec.containers.0.command.2 = ",
       "Deployment.spec.template.spec.containers.0.command.3 = --appendonly",
       "Deployment.spec.template.spec.containers.0.command.4 = no",
       "Deployment.spec.template.spec.containers.0.env.1.name = UWSGI_PROCESSES",
       "Deployment.spec.template.spec.containers.0.env.1.value = 4",
       "Deployment.spec.template.spec.containers.0.lifecycle.preStop.exec.command.0 = sleep",
       "Deployment.spec.template.spec.containers.0.lifecycle.preStop.exec.command.1 = 5",
       "Deployment.spec.template.spec.containers.0.livenessProbe.exec.command.0 = sh",
       "Deployment.spec.template.spec.containers.0.livenessProbe.exec.command.1 = -c",
       "Deployment.spec.template.spec.containers.0.livenessProbe.exec.command.2 = redis-cli ping | grep -q PONG",
       "Deployment.spec.template.spec.containers.0.livenessProbe.failureThreshold = 6",
       "Deployment.spec.template.spec.containers.0.livenessProbe.httpGet.path = /",
       "Deployment.spec.template.spec.containers.0.livenessProbe.httpGet.port = 80",
       "Deployment.spec.template.spec.containers.0.livenessProbe.periodSeconds = 10",
       "Deployment.spec.template.spec.containers.0.livenessProbe.timeoutSeconds = 5",
       "Deployment.spec.template.spec.containers.0.readinessProbe.exec.command.0 = sh",
       "Deployment.spec.template.spec.containers.0.readinessProbe.exec.command.1 = -c",
       "Deployment.spec.template.spec.containers.0.readinessProbe.exec.command.2 = redis-cli ping | grep -q PONG",
       "Deployment.spec.template.spec.containers.0.readinessProbe.httpGet.path = /",
       "Deployment.spec.template.spec.containers.0.readinessProbe.httpGet.port = 80",
       "Deployment.spec.template.spec.containers.0.readinessProbe.periodSeconds = 5",
       "Deployment.spec.template.spec.containers.0.readinessProbe.timeoutSeconds = 5",
       "Deployment.spec.template.spec.containers.0.resources.limits.cpu = 250m",
       "Deployment.spec.template.spec.containers.0.resources.limits.memory = 256Mi",
       "Deployment.spec.template.spec.containers.0.resources.limits.memory = 512Mi",
       "Deployment.spec.template.spec.containers.0.resources.requests.cpu = 100m",
       "Deployment.spec.template.spec.containers.0.resources.requests.memory = 128Mi",
       "Deployment.spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation = false",
       "Deployment.spec.template.spec.containers.0.securityContext.capabilities.add.0 = CHOWN",
       "Deployment.spec.template.spec.containers.0.securityContext.capabilities.add.1 = SETUID",
       "Deployment.spec.template.spec.containers.0.securityContext.capabilities.add.2 = SETGID",
       "Deployment.spec.template.spec.containers.0.securityContext.capabilities.add.3 = NET_BIND_SERVICE",
       "Deployment.spec.template.spec.containers.0.securityContext.capabilities.drop.0 = ALL",
       "Deployment.spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem = true",
       "Deployment.spec.template.spec.containers.0.securityContext.runAsGroup = 999",
       "Deployment.spec.template.spec.containers.0.securityContext.runAsNonRoot = true",
       "Deployment.spec.template.spec.containers.0.securityContext.runAsUser = 999",
       "Deployment.spec.template.spec.containers.0.startupProbe.exec.command.0 = sh",
       "Deployment.spec.template.spec.containers.0.startupProbe.exec.command.1 = -c",
       "Deployment.spec.template.spec.containers.0.startupProbe.exec.command.2 = redis-cli ping | grep -q PONG",
       "Deployment.spec.template.spec.containers.0.startupProbe.failureThreshold = 24",
       "Deployment.spec.template.spec.containers.0.startupProbe.httpGet.path = /",
       "Deployment.spec.template.spec.containers.0.startupProbe.httpGet.port = 80",
       "Deployment.spec.template.spec.containers.0.startupProbe.periodSeconds = 5",
       "Deployment.spec.template.spec.containers.0.startupProbe.timeoutSeconds = 5",
       "Deployment.spec.template.spec.enableServiceLinks = false",
       "Deployment.spec.template.spec.initContainers.0.command.0 = sh",
       "Deployment.spec.template.spec.initContainers.0.command.1 = -c",
       "Deployment.spec.template.spec.initContainers.0.command.2 = until redis-cli -h "$REDIS" ping | grep -q PONG; do sleep 1; done",
       "Deployment.spec.template.spec.initContainers.0.env.0.name = REDIS",
       "Deployment.spec.template.spec.initContainers.0.env.0.value = jm-inn-azure-vote-back-service",
       "Deployment.spec.template.spec.initContainers.0.image = redis:7.2",
       "Deployment.spec.template.spec.initContainers.0.name = wait-for-backend",
       "Deployment.spec.template.spec.initContainers.0.resources.limits.cpu = 100m",
       "Deployment.spec.template.spec.initContainers.0.resources.limits.memory = 64Mi",
       "Deployment.spec.template.spec.initContainers.0.resources.requests.cpu = 50m",
       "Deployment.spec.template.spec.initContainers.0.resources.requests.memory = 32Mi",
       "Deployment.spec.template.spec.initContainers.0.securityContext.allowPrivilegeEscalation = false",
       "Deployment.spec.template.spec.initContainers.0.securityContext.capabilities.drop.0 = ALL",
       "Deployment.spec.template.spec.initContainers.0.securityContext.readOnlyRootFilesystem = true",
       "Deployment.spec.template.spec.initContainers.0.securityContext.runAsGroup = 999",
       "Deployment.spec.template.spec.initContainers.0.securityContext.runAsNonRoot = true",
       "Deployment.spec.template.spec.initContainers.0.securityContext.runAsUser = 999",
       "Deployment.spec.template.spec.nodeSelector.kubernetes.io/os = linux",
       "Deployment.spec.template.spec.securityContext.fsGroup = 999",
       "Deployment.spec.template.spec.securityContext.seccompProfile.type = RuntimeDefault",
       "Deployment.spec.template.spec.terminationGracePeriodSeconds = 30",
       "Deployment.spec.template.spec.topologySpreadConstraints.0.labelSelector.matchLabels.app = jm-inn-azure-vote-front",
       "Deployment.spec.template.spec.topologySpreadConstraints.0.matchLabelKeys.0 = pod-template-hash",
       "Deployment.spec.template.spec.topologySpreadConstraints.0.maxSkew = 1",
       "Deployment.spec.template.spec.topologySpreadConstraints.0.topologyKey = topology.kubernetes.io/zone",
       "Deployment.spec.template.spec.topologySpreadConstraints.0.whenUnsatisfiable = ScheduleAnyway",
       "Deployment.spec.template.spec.topologySpreadConstraints.1.labelSelector.matchLabels.app = jm-inn-azure-vote-front",
       "Deployment.spec.template.spec.topologySpreadConstraints.1.matchLabelKeys.0 = pod-template-hash",
       "Deployment.spec.template.spec.topologySpreadConstraints.1.maxSkew = 1",
       "Deployment.spec.template.spec.topologySpreadConstraints.1.topologyKey = kubernetes.io/hostname",
       "Deployment.spec.template.spec.topologySpreadConstraints.1.whenUnsatisfiable = ScheduleAnyway",
       "Service.metadata.labels.app = jm-inn-azure-vote-back",
       "Service.metadata.labels.app = jm-inn-azure-vote-front",
       "Service.metadata.labels.app.kubernetes.io/managed-by = terraform",
       "Service.metadata.labels.app.kubernetes.io/name = jm-inn-azure-vote-back",
       "Service.metadata.labels.app.kubernetes.io/name = jm-inn-azure-vote-front",
       "Service.metadata.labels.app.kubernetes.io/part-of = jm-inn-azure-vote",
       "Service.spec.ports.0.targetPort = 6379",
       "Service.spec.ports.0.targetPort = 80",
       "Service.spec.type = ClusterIP",
     ]
    `);
  });
});

describe('an operation of the article changes exactly', () => {
  const cluster = 'resource.azurerm_kubernetes_cluster.cluster_611F8AFF';
  const front = 'resource.kubernetes_deployment_v1.vote_front_web_E042561C';
  const task = 'resource.azurerm_container_registry_task.front-image_E0153157';
  const image = `${front}.spec.template.spec.container.0.image`;
  const v2 = { imageTag: 'v2', sourceCommit: '0123456789abcdef0123456789abcdef01234567' };

  test.each<[string, Partial<Settings>, Partial<Settings>, string[]]>([
    ['scaling the nodes from 2 to 3', {}, { nodeCount: 3 }, [`${cluster}.default_node_pool.node_count`]],
    ['scaling the front from 2 to 3', {}, { frontReplicas: 3 }, [`${front}.spec.replicas`]],
    ['scaling the front from 3 to 5', { frontReplicas: 3 }, { frontReplicas: 5 }, [`${front}.spec.replicas`]],
    ['rolling out v2', {}, v2, [`${task}.encoded_step.context_path`, `${task}.encoded_step.task_content`, image]],
    ['rolling out a v2 that was pushed', { frontImage: 'pushed' }, { frontImage: 'pushed', imageTag: 'v2' }, [image]],
  ])('%s', (_, before, after, paths) => {
    expect(differences(voteJson(before), voteJson({ ...before, ...after })).sort()).toEqual(paths.sort());
  });
});

describe('the settings of the stack', () => {
  test('name the subscription only when it is given, so that the JSON is the same on every machine', () => {
    expect(voteJson().provider!.azurerm).toEqual([{ features: [{}] }]);
    expect(voteJson({ subscriptionId: 'id' }).provider!.azurerm).toEqual([{ features: [{}], subscription_id: 'id' }]);
  });

  test("keep a team's state in Azure Storage, under a key of the stack's own, without a storage key", () => {
    expect(voteJson({ stateIn: 'state-rg/jmstate/tfstate' }).terraform!.backend).toEqual({
      azurerm: {
        resource_group_name: 'state-rg',
        storage_account_name: 'jmstate',
        container_name: 'tfstate',
        key: 'vote.tfstate',
        use_azuread_auth: true,
      },
    });
  });

  test('take the front image from the registry, or from anywhere', () => {
    const imageOf = (changes: Partial<Settings>): unknown => {
      const spec = at(voteJson(changes), 'kubernetes_deployment_v1', 'vote_front').spec;
      return (spec as { template: { spec: { container: [{ image: string }] } } }).template.spec.container[0].image;
    };
    expect(imageOf({ frontImage: 'pushed' })).toMatch(
      /^\$\{azurerm_container_registry\.registry_\w+\.login_server\}\/jm-inn-azure-vote-front-image:v1$/,
    );
    expect(imageOf({ frontImage: 'ghcr.io/a/b:1' })).toBe('ghcr.io/a/b:1');
    expect(Object.keys(voteJson({ frontImage: 'pushed' }).resource!)).not.toContain('azurerm_container_registry_task');
  });

  test('report a cluster and a resource group whose names are too long together', () => {
    const stack = voteStack({ resourceGroupName: 'g'.repeat(60), clusterName: 'c'.repeat(30) });
    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("[vote/cluster] 'clusterName' must be shorter, or the name of the resource group"),
    ]);
  });

  test('warn of what is suitable only for a trial', () => {
    expect(warningsOf(voteStack()).map((warning) => warning.slice(0, 60))).toMatchInlineSnapshot(`
     [
       "[vote/cluster] 'defaultNodePool.vmSize' "Standard_B2s" is su",
       "[vote/cluster] kubenet retires on 31 March 2028 (https://git",
       "[vote/cluster] this stack creates both the cluster and its w",
       "[vote/front-image] 'source.commit' "1705b17" is an abbreviat",
     ]
    `);
    expect(warningsOf(voteStack({ frontReplicas: 1, imageTag: 'latest' }))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\[vote\/vote\/front\] 'replicas' is 1/),
        expect.stringMatching(/^\[vote\/vote\/front\/web\] the image of this workload has no fixed tag/),
      ]),
    );
  });
});

test('the outputs are the addresses and the commands that the article uses, and no secret', () => {
  expect(voteJson().output).toMatchInlineSnapshot(`
   {
     "get-credentials": {
       "value": "az aks get-credentials --resource-group \${azurerm_resource_group.resource-group.name} --name jm-inn-aks",
     },
     "login-server": {
       "value": "\${azurerm_container_registry.registry_EFEA226F.login_server}",
     },
     "node-resource-group": {
       "value": "\${azurerm_kubernetes_cluster.cluster_611F8AFF.node_resource_group}",
     },
     "public-address": {
       "value": "\${try(kubernetes_service_v1.vote_front_web_service_7E12CE1C.status[0].load_balancer[0].ingress[0].ip, kubernetes_service_v1.vote_front_web_service_7E12CE1C.status[0].load_balancer[0].ingress[0].hostname, "")}",
     },
     "show-nodes": {
       "value": "kubectl get nodes -o wide",
     },
     "show-pods": {
       "value": "kubectl get pods -o wide",
     },
     "show-replica-sets": {
       "value": "kubectl get replicasets",
     },
     "show-services": {
       "value": "kubectl get services",
     },
     "show-tags": {
       "value": "az acr repository show-tags --name jminnacr --repository jm-inn-azure-vote-front-image",
     },
   }
  `);
});

function identity({ kind, metadata }: Identified): string {
  return `${kind} ${metadata.name}`;
}

/** Each value that one of the two has and the other has not, or has otherwise. */
function deviationsOf(article: Identified, ours: Identified): { path: string; article: unknown; ours: unknown }[] {
  const [theirs, own] = [leaves(article), leaves(ours)];
  return [...new Set([...theirs.keys(), ...own.keys()])]
    .filter((path) => theirs.get(path) !== own.get(path))
    .map((path) => ({ path: `${ours.kind}.${path}`, article: theirs.get(path), ours: own.get(path) }));
}

/** What a deviation is called: a label by its key, and of what the article has nothing of, the outermost block. */
function fieldOf(path: string, article: unknown): string {
  const label = /(?:labels|nodeSelector)\.(?<key>.*kubernetes\.io\/.+)$/.exec(path)?.groups?.key;
  const segments = path.split('.').slice(1);
  const known = [...leaves(article).keys()];
  const prefixes = segments.map((_, index) => segments.slice(0, index + 1).join('.'));
  const added = prefixes.findIndex((prefix) => !known.some((one) => one === prefix || one.startsWith(`${prefix}.`)));
  const names = added < 0 ? segments : segments.slice(0, added + 1);
  return label ?? names.filter((name) => !/^\d+$/.test(name)).at(-1)!;
}

function leaves(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return new Map([[path, value]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path === '' ? key : `${path}.${key}`)]),
  );
}
