import { ClusterRoleV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-v1';
import { CronJobV1 } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import { DaemonSetV1 } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { StorageClassV1 } from '@cdktf/provider-kubernetes/lib/storage-class-v1';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { manifestsYaml } from '../../../lib/manifests';
import { invalidManifests } from '../../manifests';
import { synth, testStack } from '../../util';

const app = { app: 'redis' };
const metadata = { name: 'redis', namespace: 'vote' };

test('a system of many kinds is this YAML, which Kubernetes takes', () => {
  const stack = testStack();
  cluster(stack);
  access(stack);
  redis(stack);
  around(stack);
  const json = synth(stack);

  expect(invalidManifests(json)).toEqual([]);
  expect(manifestsYaml({ ...json })).toMatchSnapshot();
});

function cluster(stack: TerraformStack): void {
  new NamespaceV1(stack, 'namespace', {
    metadata: { name: 'vote', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
  });
  new PriorityClassV1(stack, 'priority', { metadata: { name: 'high' }, value: 1000, globalDefault: false });
  new StorageClassV1(stack, 'storage', {
    metadata: { name: 'zoned' },
    storageProvisioner: 'disk.csi.azure.com',
    parameters: { skuName: 'Premium_ZRS', kind_of: 'x' },
    mountOptions: ['noatime'],
    allowedTopologies: { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['westeurope-1'] }] },
  });
  new LimitRangeV1(stack, 'limits', {
    metadata,
    spec: {
      limit: [{ type: 'Container', default: { cpu: '500m' }, defaultRequest: { cpu: '100m' }, max: { cpu: '2' } }],
    },
  });
  new ResourceQuotaV1(stack, 'quota', {
    metadata,
    spec: {
      hard: { 'requests.cpu': '4', pods: '20' },
      scopeSelector: { matchExpression: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] },
    },
  });
}

function access(stack: TerraformStack): void {
  new ClusterRoleV1(stack, 'reader', {
    metadata: { name: 'reader' },
    rule: [
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      { nonResourceUrls: ['/healthz'], verbs: ['get'] },
    ],
  });
  new RoleBindingV1(stack, 'readers', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
    subject: [
      { kind: 'ServiceAccount', name: 'default' },
      { kind: 'Group', name: 'team', apiGroup: 'rbac.authorization.k8s.io' },
    ],
  });
  const password = new TerraformVariable(stack, 'password', { sensitive: true });
  new SecretV1(stack, 'secret', { metadata, dataWo: { password: password.stringValue }, dataWoRevision: 1 });
}

function redis(stack: TerraformStack): void {
  const probe = { exec: { command: ['sh', '-c', 'redis-cli ping | grep -q PONG'] }, periodSeconds: 5 };
  new StatefulSetV1(stack, 'redis', {
    metadata,
    waitForRollout: true,
    spec: {
      serviceName: 'redis',
      replicas: '1',
      selector: { matchLabels: app },
      updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: [{ partition: 0 }] }],
      template: {
        metadata: { labels: app, annotations: { checksum: '0123' } },
        spec: {
          securityContext: {
            runAsUser: '999',
            fsGroup: '999',
            runAsNonRoot: true,
            supplementalGroups: [1000],
            seccompProfile: { type: 'RuntimeDefault' },
            sysctl: [{ name: 'net.core.somaxconn', value: '1024' }],
          },
          toleration: [{ key: 'spot', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: '60' }],
          topologySpreadConstraint: [{ topologyKey: 'zone', labelSelector: [{ matchLabels: app }] }],
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerm: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
              },
            },
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                { topologyKey: 'kubernetes.io/hostname', labelSelector: [{ matchLabels: app }] },
              ],
            },
          },
          initContainer: [{ name: 'wait', image: 'redis:7.2', command: ['true'] }],
          container: [
            {
              name: 'redis',
              image: 'redis:7.2',
              args: ['--appendonly', 'yes'],
              port: [{ containerPort: 6379, name: 'redis' }],
              env: [
                { name: 'ON', value: 'on' },
                { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'redis', key: 'password' } } },
                { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
              ],
              envFrom: [{ configMapRef: { name: 'redis', optional: true } }],
              readinessProbe: probe,
              lifecycle: { preStop: [{ exec: { command: ['sleep', '5'] } }] },
              securityContext: { capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
              volumeMount: [{ name: 'data', mountPath: '/data', readOnly: false }],
            },
          ],
          volume: [
            { name: 'tmp', emptyDir: {} },
            { name: 'files', secret: { secretName: 'redis', defaultMode: '0400' } },
          ],
        },
      },
      volumeClaimTemplate: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  });
}

function around(stack: TerraformStack): void {
  new ServiceV1(stack, 'service', {
    metadata: { ...metadata, annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' } },
    spec: {
      type: 'LoadBalancer',
      selector: app,
      clusterIp: '10.0.0.10',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIp: { timeoutSeconds: 60 } },
      port: [{ name: 'redis', port: 6379, targetPort: 'redis' }],
    },
  });
  new HorizontalPodAutoscalerV2(stack, 'autoscaler', {
    metadata,
    spec: {
      minReplicas: 1,
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'redis' },
      metric: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        {
          type: 'External',
          external: {
            metric: { name: 'queue', selector: [{ matchLabels: { some_key: 'x' } }] },
            target: { type: 'AverageValue', averageValue: '30' },
          },
        },
      ],
      behavior: { scaleDown: [{ selectPolicy: 'Max', policy: [{ type: 'Pods', value: 1, periodSeconds: 60 }] }] },
    },
  });
  new PodDisruptionBudgetV1(stack, 'budget', {
    metadata,
    spec: { maxUnavailable: '1', selector: { matchLabels: app } },
  });
  new NetworkPolicyV1(stack, 'policy', {
    metadata,
    spec: {
      podSelector: { matchLabels: app },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: '6379', protocol: 'TCP' }] }],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
    },
  });
  new IngressV1(stack, 'ingress', {
    metadata,
    spec: {
      ingressClassName: 'webapprouting.kubernetes.azure.com',
      tls: [{ hosts: ['vote.example.com'], secretName: 'tls' }],
      rule: [
        {
          host: 'vote.example.com',
          http: { path: [{ path: '/', backend: { service: { name: 'redis', port: { name: 'redis' } } } }] },
        },
      ],
    },
  });
  const container = [{ name: 'a', image: 'busybox:1.36' }];
  new CronJobV1(stack, 'cron', {
    metadata,
    spec: {
      schedule: '0 3 * * *',
      timezone: 'Europe/Amsterdam',
      jobTemplate: {
        metadata: {},
        spec: { ttlSecondsAfterFinished: '3600', template: { metadata: {}, spec: { container } } },
      },
    },
  });
  new DaemonSetV1(stack, 'agents', {
    metadata,
    spec: {
      selector: { matchLabels: app },
      strategy: { rollingUpdate: { maxUnavailable: '10%' } },
      template: { metadata: { labels: app }, spec: { hostNetwork: true, hostPid: true, container } },
    },
  });
}
