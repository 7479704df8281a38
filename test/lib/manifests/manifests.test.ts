import { parseAllDocuments } from 'yaml';
import { manifestsOf, manifestsYaml } from '../../../lib/manifests';
import { fieldName, listName } from '../../../lib/manifests/fields';
import type { Block } from '../../util';

/** The YAML of one resource, without its address. */
function yamlOf(type: string, attributes: Block): string {
  return manifestsYaml({ resource: { [type]: { one: attributes } } }).replace(`# ${type}.one\n`, '');
}

/** The object of one resource. */
function objectOf(type: string, attributes: Block): Block {
  const [manifest] = manifestsOf({ resource: { [type]: { one: attributes } } });
  return manifest!.object!;
}

/** The only container of a pod, from what Terraform has of it. */
function containerOf(container: Block): unknown {
  const pod = objectOf('kubernetes_pod_v1', { metadata: { name: 'a' }, spec: { container: [container] } });
  return (pod.spec as { containers: readonly unknown[] }).containers[0];
}

describe('the name of a field is the one of Kubernetes, such as', () => {
  test.each([
    ['Service.spec.cluster_ip', 'clusterIP'],
    ['Service.spec.external_ips', 'externalIPs'],
    ['Service.spec.session_affinity_config.client_ip', 'clientIP'],
    ['Service.spec.load_balancer_source_ranges', 'loadBalancerSourceRanges'],
    ['Pod.spec.host_pid', 'hostPID'],
    ['Pod.spec.host_network', 'hostNetwork'],
    ['Pod.spec.security_context.se_linux_options', 'seLinuxOptions'],
    ['Pod.spec.security_context.seccomp_profile.localhost_profile', 'localhostProfile'],
    ['Pod.spec.volume.downward_api', 'downwardAPI'],
    ['Pod.spec.volume.ceph_fs', 'cephfs'],
    ['Pod.spec.volume.azure_disk.data_disk_uri', 'diskURI'],
    ['CronJob.spec.timezone', 'timeZone'],
    ['StorageClass.storage_provisioner', 'provisioner'],
    ['DaemonSet.spec.strategy', 'updateStrategy'],
    ['Deployment.spec.strategy', 'strategy'],
    ['ClusterRole.rule.non_resource_urls', 'nonResourceURLs'],
    ['NetworkPolicy.spec.ingress.from.ip_block', 'ipBlock'],
  ])('%s: %s', (path, name) => {
    expect(fieldName(path.split('.'))).toBe(name);
    expect(listName(path.split('.'))).toBeUndefined();
  });

  test.each([
    ['Pod.spec.container', 'containers'],
    ['Pod.spec.container.env', 'env'],
    ['Pod.spec.container.port', 'ports'],
    ['Pod.spec.container.volume_mount', 'volumeMounts'],
    ['Pod.spec.image_pull_secrets', 'imagePullSecrets'],
    ['Pod.spec.affinity.node_affinity.required_during_scheduling_ignored_during_execution', undefined],
    [
      'Pod.spec.affinity.pod_affinity.required_during_scheduling_ignored_during_execution',
      'requiredDuringSchedulingIgnoredDuringExecution',
    ],
    ['Service.spec.port', 'ports'],
    ['Ingress.spec.rule.http.path', 'paths'],
    ['Ingress.spec.rule.http.path.backend.service.port', undefined],
    ['ServiceAccount.secret', 'secrets'],
    ['Pod.spec.volume.secret', undefined],
    ['HorizontalPodAutoscaler.spec.metric', 'metrics'],
    ['HorizontalPodAutoscaler.spec.metric.external.metric', undefined],
    ['StatefulSet.spec.volume_claim_template', 'volumeClaimTemplates'],
    ['Pod.spec.volume.ephemeral.volume_claim_template', undefined],
  ])('of a list, %s: %s', (path, name) => {
    expect(listName(path.split('.'))).toBe(name);
  });
});

describe('a block', () => {
  test('is one object or a list of them, whichever way Terraform has it', () => {
    const service = { metadata: { name: 'a' }, spec: { port: { port: 80 }, selector: { app: 'a' } } };
    const inLists = { metadata: [{ name: 'a' }], spec: [{ port: [{ port: 80 }], selector: { app: 'a' } }] };

    expect(objectOf('kubernetes_service_v1', service)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: { ports: [{ port: 80 }], selector: { app: 'a' } },
    });
    expect(objectOf('kubernetes_service_v1', inLists)).toEqual(objectOf('kubernetes_service_v1', service));
  });

  test('that is empty says something, and no block says nothing', () => {
    const policy = { pod_selector: [{}], policy_types: ['Ingress'], ingress: [{}], egress: [] };

    expect(objectOf('kubernetes_network_policy_v1', { metadata: { name: 'a' }, spec: policy }).spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{}],
    });
    expect(containerOf({ name: 'a', security_context: [], env: null, command: [] })).toEqual({ name: 'a' });
    expect(containerOf({ name: 'a', command: ['a', null] })).toEqual({ name: 'a', command: ['a'] });
  });

  test('of projected sources is a list of single ones', () => {
    const sources = [{ secret: [{ name: 'a' }, { name: 'b' }], config_map: [{ name: 'c', items: [{ key: 'k' }] }] }];
    const pod = objectOf('kubernetes_pod_v1', { spec: { volume: [{ name: 'v', projected: [{ sources }] }] } });

    expect(pod.spec).toEqual({
      volumes: [
        {
          name: 'v',
          projected: {
            sources: [
              { secret: { name: 'a' } },
              { secret: { name: 'b' } },
              { configMap: { name: 'c', items: [{ key: 'k' }] } },
            ],
          },
        },
      ],
    });
  });

  test('of the source of a persistent volume is a part of its spec', () => {
    const spec = {
      capacity: { storage: '1Gi' },
      persistent_volume_source: { azure_disk: { data_disk_uri: '/d', disk_name: 'd' } },
    };

    expect(objectOf('kubernetes_persistent_volume_v1', { metadata: { name: 'a' }, spec: [spec] }).spec).toEqual({
      capacity: { storage: '1Gi' },
      azureDisk: { diskURI: '/d', diskName: 'd' },
    });
  });
});

describe('a value', () => {
  test('is a number where Kubernetes wants one, and stays text where it is none', () => {
    const probe = { http_get: [{ path: '/', port: '80' }], period_seconds: '5' };
    const named = { tcp_socket: [{ port: 'web' }] };

    expect(containerOf({ name: 'a', readiness_probe: [probe], liveness_probe: named })).toEqual({
      name: 'a',
      readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
      livenessProbe: { tcpSocket: { port: 'web' } },
    });
    const strategy = { rolling_update: { max_surge: '25%', max_unavailable: '0' } };
    expect(objectOf('kubernetes_deployment_v1', { spec: { replicas: '2', strategy } }).spec).toEqual({
      replicas: 2,
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    });
    expect(containerOf({ security_context: { run_as_user: '999', run_as_group: '' } })).toEqual({
      securityContext: { runAsUser: 999 },
    });
  });

  test('is text where Kubernetes wants text, though Terraform takes a number for it', () => {
    const container = { args: ['--port', 80], env: [{ name: 'PORT', value: 8080 }], resources: { limits: { cpu: 1 } } };

    expect(containerOf(container)).toEqual({
      args: ['--port', '80'],
      env: [{ name: 'PORT', value: '8080' }],
      resources: { limits: { cpu: '1' } },
    });
    expect(objectOf('kubernetes_priority_class_v1', { value: '10' }).value).toBe(10);
  });

  test('is true or false where Kubernetes wants that', () => {
    expect(objectOf('kubernetes_pod_v1', { spec: { host_network: 'true', host_pid: false } }).spec).toEqual({
      hostNetwork: true,
      hostPID: false,
    });
  });

  test('of an octal mode is the number that it means', () => {
    const volume = { config_map: { name: 'a', default_mode: '0755', items: [{ key: 'k', path: 'p', mode: '0400' }] } };

    expect(objectOf('kubernetes_pod_v1', { spec: { volume: [volume] } }).spec).toEqual({
      volumes: [{ configMap: { name: 'a', defaultMode: 493, items: [{ key: 'k', path: 'p', mode: 256 }] } }],
    });
  });

  test('of bytes is in base64', () => {
    const service = (bundle: string): unknown =>
      objectOf('kubernetes_api_service_v1', { spec: { ca_bundle: bundle } }).spec;

    expect(service('PEM')).toEqual({ caBundle: 'UEVN' });
    expect(service('${tls_cert.ca.pem}')).toEqual({ caBundle: '<base64encode(<tls_cert.ca.pem>)>' });
  });

  test("keeps the user's keys", () => {
    const labels = { 'app.kubernetes.io/name': 'a', some_key: 'b', container: 'c' };

    expect(objectOf('kubernetes_config_map_v1', { metadata: { labels }, data: { host_ip: 'x', a_b: 1 } })).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { labels },
      data: { host_ip: 'x', a_b: '1' },
    });
  });

  test.each(['on', 'yes', 'n', '0755', '1e3', '~', 'null', '12:30', '2026-01-01', '- a', 'a: b', '<a>', '#', ' a', ''])(
    'survives YAML as kubectl reads it: %p',
    (value) => {
      const text = yamlOf('kubernetes_config_map_v1', {
        metadata: { name: 'a' },
        data: { value, lines: `${value}\nb\n` },
      });

      for (const version of ['1.1', '1.2'] as const) {
        const [document] = parseAllDocuments(text, { version });
        expect(document!.toJS()).toMatchObject({ data: { value, lines: `${value}\nb\n` } });
      }
    },
  );
});

describe('what the provider fills in and Kubernetes does not', () => {
  test.each<[string, Block, Block]>([
    ['kubernetes_storage_class_v1', { storage_provisioner: 'p' }, { provisioner: 'p', allowVolumeExpansion: true }],
    [
      'kubernetes_job_v1',
      { spec: { template: { spec: {} } } },
      { spec: { template: { spec: { restartPolicy: 'Never' } } } },
    ],
    [
      'kubernetes_cron_job_v1',
      { spec: { job_template: { spec: { template: { spec: { restart_policy: 'OnFailure' } } } } } },
      { spec: { jobTemplate: { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } } } },
    ],
    [
      'kubernetes_ingress_v1',
      {
        spec: {
          rule: [{ http: { path: [{ path: '/', backend: { service: { name: 'a', port: { number: 80 } } } }] } }],
        },
      },
      {
        spec: {
          rules: [
            {
              http: {
                paths: [
                  {
                    path: '/',
                    pathType: 'ImplementationSpecific',
                    backend: { service: { name: 'a', port: { number: 80 } } },
                  },
                ],
              },
            },
          ],
        },
      },
    ],
    [
      'kubernetes_pod_v1',
      { spec: { security_context: { seccomp_profile: {} }, topology_spread_constraint: [{ topology_key: 'zone' }] } },
      {
        spec: {
          securityContext: { seccompProfile: { type: 'Unconfined' } },
          topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }],
        },
      },
    ],
    [
      'kubernetes_role_binding_v1',
      {
        subject: [
          { kind: 'ServiceAccount', name: 'a' },
          { kind: 'User', name: 'b' },
        ],
      },
      {
        subjects: [
          { kind: 'ServiceAccount', name: 'a', namespace: 'default' },
          { kind: 'User', name: 'b' },
        ],
      },
    ],
  ])('is written out: %s', (type, attributes, expected) => {
    const { apiVersion, kind, metadata, ...rest } = objectOf(type, attributes);
    expect([apiVersion, kind, metadata]).toEqual([expect.any(String), expect.any(String), undefined]);
    expect(rest).toEqual(expected);
  });
});

describe('the API of a kind', () => {
  test.each<[string, Block, string]>([
    ['kubernetes_horizontal_pod_autoscaler', { spec: { max_replicas: 3 } }, 'autoscaling/v1'],
    ['kubernetes_horizontal_pod_autoscaler', { spec: { metric: [{ type: 'Resource' }] } }, 'autoscaling/v2'],
    ['kubernetes_horizontal_pod_autoscaler_v1', {}, 'autoscaling/v1'],
    ['kubernetes_horizontal_pod_autoscaler_v2', {}, 'autoscaling/v2'],
    ['kubernetes_horizontal_pod_autoscaler_v2beta2', {}, 'autoscaling/v2'],
    ['kubernetes_cron_job', {}, 'batch/v1'],
    ['kubernetes_daemonset', {}, 'apps/v1'],
    ['kubernetes_pod_disruption_budget', {}, 'policy/v1'],
  ])('of %s %j is %s', (type, attributes, apiVersion) => {
    expect(objectOf(type, attributes).apiVersion).toBe(apiVersion);
  });

  test('of a default service account is that of an account of this name', () => {
    const { kind, metadata } = objectOf('kubernetes_default_service_account_v1', { metadata: { namespace: 'a' } });
    expect({ kind, metadata }).toEqual({ kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'a' } });
  });
});

test('what only Terraform reads is left out', () => {
  const attributes = {
    '//': { metadata: { path: 'a/b', uniqueId: 'b' } },
    metadata: { name: 'a' },
    spec: { replicas: '1', '//': 'a comment' },
    depends_on: ['azurerm_role_assignment.pull'],
    lifecycle: { ignore_changes: ['spec'] },
    timeouts: { create: '15m' },
    wait_for_rollout: true,
    id: 'x',
  };
  expect(yamlOf('kubernetes_deployment_v1', attributes)).toBe(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 1\n',
  );
});
