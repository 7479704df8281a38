import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformVariable } from 'cdktf';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AksCluster,
  ContainerImage,
  DisruptionBudget,
  KubernetesNamespace,
  Manifests,
  Problems,
  Severity,
  TaintEffect,
  Workload,
} from '../../../constructs';
import { addresses, at, RESOURCE_GROUP, synth, testApp, testStack, warningsOf } from '../../util';

const FILE = join(__dirname, '../../data/manifests/shop.yaml');

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\ndata: { COLOUR: green }\n';

/** A Deployment with lines in the specification of its pods, which begins in line 9. */
function deployment(container: readonly string[], pod: readonly string[] = [], spec: readonly string[] = []): string {
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata: { name: shop }',
    'spec:',
    '  selector: { matchLabels: { app: shop } }',
    '  template:',
    '    metadata: { labels: { app: shop } }',
    '    spec:',
    ...pod.map((line) => `      ${line}`),
    '      containers:',
    '        - name: shop',
    ...container.map((line) => `          ${line}`),
    ...spec.map((line) => `  ${line}`),
  ].join('\n');
}

function problemsOf(yaml: string): string[] {
  const stack = testStack();
  Manifests.fromYaml(stack, 'm', { yaml });
  return Problems.of(stack);
}

test('makes each object of a file as the resource of its kind', () => {
  const stack = testStack();
  Manifests.fromYamlFile(stack, 'shop', { path: FILE });

  expect(Problems.of(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([]);
  const json = synth(stack);
  expect(addresses(json).map((one) => one.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
    'kubernetes_config_map_v1.shop_configmap-shop',
    'kubernetes_deployment_v1.shop_deployment-shop',
    'kubernetes_service_v1.shop_service-shop',
  ]);
  expect(at(json, 'kubernetes_deployment_v1', 'shop')).toMatchObject({
    depends_on: [expect.stringMatching(/^kubernetes_config_map_v1\.shop_configmap-shop/)],
    metadata: { name: 'shop' },
    spec: {
      replicas: '2',
      selector: { match_labels: { app: 'shop' } },
      template: {
        metadata: { labels: { app: 'shop' } },
        spec: {
          container: [
            {
              name: 'shop',
              image: 'ghcr.io/contoso/shop:1.4.2',
              env_from: [{ config_map_ref: { name: 'shop' } }],
              port: [{ container_port: 8080, name: 'http' }],
              readiness_probe: { http_get: { path: '/healthz', port: 'http' } },
              resources: { limits: { memory: '128Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
            },
          ],
        },
      },
    },
  });
});

test('reads lists, and lists in lists', () => {
  const stack = testStack();
  const named = (name: string) => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: web } }`;
  Manifests.fromYaml(stack, 'm', {
    yaml: `apiVersion: v1
kind: List
items:
  - ${named('one')}
  - { apiVersion: v1, kind: ConfigMapList, items: [${named('two')}] }`,
  });

  expect(Problems.of(stack)).toEqual([]);
  expect(Object.keys(synth(stack).resource!.kubernetes_config_map_v1!)).toEqual([
    expect.stringContaining('in-web_configmap-one'),
    expect.stringContaining('in-web_configmap-two'),
  ]);
});

test('keeps references, and escapes what Terraform would take for a template', () => {
  const stack = testStack();
  const { stringValue } = new TerraformVariable(stack, 'url', {});
  Manifests.fromYaml(stack, 'm', {
    yaml: `${CONFIG}---\n${CONFIG.replace('shop', 'other').replace('green', `"\${HOME}/${stringValue}"`)}`,
  });

  expect(at(synth(stack), 'kubernetes_config_map_v1', 'm_configmap-other').data).toEqual({
    COLOUR: '$${HOME}/${var.url}',
  });
});

test.each<[string, string, string]>([
  [
    'a field that nobody knows',
    `${CONFIG}datas: {}`,
    "'datas' must be a field that the provider supports, got an unknown one: did you mean 'data'? (line 5, document 1)",
  ],
  [
    'a value of another type',
    deployment(['image: redis:7.2', 'ports:', '  - containerPort: "80"']),
    `'spec.template.spec.containers[0].ports[0].containerPort' must be a whole number, without quotes, got "80" (line 13, document 1)`,
  ],
  [
    'a list that is none',
    deployment(['image: redis:7.2', 'env: { A: b }']),
    `'spec.template.spec.containers[0].env' must be a list, got {"A":"b"} (line 12, document 1)`,
  ],
  [
    'what the API server fills in',
    CONFIG.replace('{ name: shop }', '{ name: shop, uid: 7d3f0a52 }'),
    "'metadata.uid' must be a field that the provider supports, got an unknown one: Kubernetes sets it: leave it out (line 3, document 1)",
  ],
])('reports %s with its document and its line', (_, yaml, message) => {
  expect(problemsOf(yaml)).toEqual([expect.stringContaining(message)]);
});

test('counts documents, and lines in lists and in files', () => {
  const yaml = [CONFIG, deployment(['image: redis:7.2', 'ports:', '  - { containerPort: 70000 }'])].join('---\n');
  const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: Shop`;
  const app = testApp();
  const path = join(app.outdir, 'wrong.yaml');
  writeFileSync(path, list);
  const stack = testStack(app);
  Manifests.fromYamlFile(stack, 'm', { path });

  expect(problemsOf(yaml)).toEqual([
    expect.stringMatching(/ports\[0\]\.containerPort' .*got 70000 \(line 18, document 2\)$/),
  ]);
  expect(Problems.of(stack)).toEqual([
    expect.stringMatching(/'metadata.name' .*got "Shop" \(wrong\.yaml:7, document 1\)$/),
  ]);
});

test.each<[string, string, RegExp]>([
  [
    'a kind of a custom resource',
    'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: a }',
    /'kind' of an object must be one with a typed resource, got "Gateway" .*kubernetes_manifest.*since its plan needs access to the cluster \(line 2, document 1\)/,
  ],
  [
    'a version that is gone',
    'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: a }',
    /'apiVersion' of the Ingress must be networking.k8s.io\/v1, got "extensions\/v1beta1": Kubernetes has removed it/,
  ],
  [
    'a name that the cluster makes up',
    CONFIG.replace('name:', 'generateName:'),
    /'metadata.generateName' of the ConfigMap must not be given, got "shop"/,
  ],
  ['no name', CONFIG.replace('name: shop', ''), /'metadata.name' of the ConfigMap must be a text that is known/],
  [
    'no kind',
    'metadata: { name: a }',
    /'apiVersion' and 'kind' of an object must be given as texts, got undefined and undefined/,
  ],
  ['a text', 'hello', /'apiVersion' and 'kind' of an object must be given as texts/],
  [
    'one object twice',
    `${CONFIG}---\n${CONFIG}`,
    /'metadata.name' must be unique among the objects of a kind in a namespace, got "shop" twice for the kind ConfigMap.*\(line 8, document 2\)/,
  ],
])('makes no resource of %s', (_, yaml, message) => {
  expect(problemsOf(yaml)).toEqual([expect.stringMatching(message)]);
});

/** Each mistake breaks a rule that the constructs of this library hold to, and is one message. */
const MISTAKES: readonly [rule: string, yaml: string][] = [
  ['image-reference', deployment(['image: Redis'])],
  ['image-reference', deployment([])],
  ['port', deployment(['image: redis:7.2', 'ports: [{ containerPort: 0 }]'])],
  ['port-name', deployment(['image: redis:7.2', 'ports: [{ containerPort: 80, name: the-web-interface }]'])],
  ['environment-name', deployment(['image: redis:7.2', 'env: [{ name: A=B, value: a }]'])],
  [
    'field-path',
    deployment(['image: redis:7.2', 'env: [{ name: A, valueFrom: { fieldRef: { fieldPath: spec.x } } }]']),
  ],
  ['quantity', deployment(['image: redis:7.2', 'resources: { requests: { cpu: 1core } }'])],
  ['memory-quantity', deployment(['image: redis:7.2', 'resources: { requests: { memory: 1GB } }'])],
  ['memory-limit', deployment(['image: redis:7.2', 'resources: { limits: { memory: 128 } }'])],
  [
    'request-within-limit',
    deployment(['image: redis:7.2', 'resources: { requests: { cpu: 2 }, limits: { cpu: 500m } }']),
  ],
  ['mounted-volume', deployment(['image: redis:7.2', 'volumeMounts: [{ name: data, mountPath: /data }]'])],
  [
    'mount-path',
    deployment(
      ['image: redis:7.2', 'volumeMounts: [{ name: data, mountPath: data }]'],
      ['volumes: [{ name: data, emptyDir: {} }]'],
    ),
  ],
  [
    'volume-name-unique',
    deployment(['image: redis:7.2'], ['volumes: [{ name: a, emptyDir: {} }, { name: a, emptyDir: {} }]']),
  ],
  ['probe-count', deployment(['image: redis:7.2', 'livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 0 }'])],
  ['success-once', deployment(['image: redis:7.2', 'livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 }'])],
  ['probe-port-open', deployment(['image: redis:7.2', 'livenessProbe: { httpGet: { port: http } }'])],
  ['capability', deployment(['image: redis:7.2', 'securityContext: { capabilities: { add: [CAP_NET_ADMIN] } }'])],
  [
    'sys-admin-escalates',
    deployment(['image: redis:7.2', 'securityContext: { privileged: true, allowPrivilegeEscalation: false }']),
  ],
  ['root-or-non-root', deployment(['image: redis:7.2', 'securityContext: { runAsUser: 0, runAsNonRoot: true }'])],
  ['manifest-choice', deployment(['image: redis:7.2', 'imagePullPolicy: always'])],
  ['toleration-value-of-key', deployment(['image: redis:7.2'], ['tolerations: [{ value: spot }]'])],
  [
    'toleration-seconds-of-no-execute',
    deployment(
      ['image: redis:7.2'],
      ['tolerations: [{ key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 5 }]'],
    ),
  ],
  ['restart-policy-of-kind', deployment(['image: redis:7.2'], ['restartPolicy: Never'])],
  ['grace-seconds', deployment(['image: redis:7.2'], ['terminationGracePeriodSeconds: -1'])],
  ['label-key', deployment(['image: redis:7.2'], ['nodeSelector: { a b: c }'])],
  ['replicas', deployment(['image: redis:7.2'], [], ['replicas: -1'])],
  [
    'rollout-moves',
    deployment(['image: redis:7.2'], [], ['strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0% } }']),
  ],
  [
    'rollout-of-recreate',
    deployment(['image: redis:7.2'], [], ['strategy: { type: Recreate, rollingUpdate: { maxSurge: 1 } }']),
  ],
  ['rollout-deadline', deployment(['image: redis:7.2'], [], ['minReadySeconds: 600'])],
  [
    'selector-of-own-pods',
    deployment(['image: redis:7.2']).replace('matchLabels: { app: shop }', 'matchLabels: { app: web }'),
  ],
  ['object-name', deployment(['image: redis:7.2']).replace('name: shop', 'name: Shop')],
  ['config-key', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\ndata: { a/b: c }'],
  ['manifest-base64', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\nbinaryData: { a: a b }'],
  ['cron-schedule', job('schedule: "61 * * * *"')],
  ['time-zone', job('schedule: "@daily"\n  timeZone: Berlin')],
  ['service-name', service('ports: [{ port: 80 }]').replace('name: shop', 'name: 1shop')],
  ['service-ports-unique', service('ports: [{ name: a, port: 80 }, { name: b, port: 80 }]')],
  ['service-port-named', service('ports: [{ name: a, port: 80 }, { port: 81 }]')],
  ['node-port', service('type: NodePort\n  ports: [{ port: 80, nodePort: 80 }]')],
  ['source-range', service('type: LoadBalancer\n  loadBalancerSourceRanges: [10.0.0.1]\n  ports: [{ port: 80 }]')],
  ['source-ranges-of-load-balancer', service('loadBalancerSourceRanges: [10.0.0.0/8]\n  ports: [{ port: 80 }]')],
  ['external-name-given', service('type: ExternalName')],
  ['autoscaling-replicas-in-order', autoscaler('minReplicas: 5\n  maxReplicas: 2')],
  ['autoscaled-replicas', autoscaler('minReplicas: 0\n  maxReplicas: 2')],
  ['disruption-budget-lets-drain', budget('maxUnavailable: 0')],
  ['disruption-budget-one-limit', budget('maxUnavailable: 1\n  minAvailable: 1')],
  ['namespace-name', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: My.Shop }'],
  ['access-name', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: a/b }'],
  [
    'manifest-field-given',
    deployment(['image: redis:7.2', 'ports: [{ name: http }]'])
      .replace('ports', 'env')
      .replace('{ name: http }', '{ value: a }'),
  ],
  ['manifest-field-needed', deployment(['image: redis:7.2', 'readinessProbe: { httpGet: { path: / } }'])],
  ['manifest-field-needed', service('selector: { app: shop }')],
  ['manifest-field-needed', job('schedule: "@daily"').replace('containers:', 'initContainers:')],
  ['manifest-field-needed', claim('accessModes: [ReadWriteOnce]\n  resources: { limits: { storage: 8Gi } }')],
  ['manifest-field-needed', ingress('rules: [{ http: { paths: [{ path: /, pathType: Prefix }] } }]')],
  ['manifest-field-needed', autoscaler('maxReplicas: 2\n  metrics: [{ type: Pods }]')],
  [
    'manifest-field-needed',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: a }\nrules: [{ resources: [pods], apiGroups: [""], verbs: [] }]',
  ],
  ['manifest-field-needed', policy('ingress: [{ from: [{ ipBlock: {} }] }]')],
  ['manifest-one-of', deployment(['image: redis:7.2', 'readinessProbe: { periodSeconds: 5 }'])],
  [
    'manifest-one-of',
    deployment(['image: redis:7.2', 'livenessProbe: { exec: { command: [a] }, tcpSocket: { port: 80 } }']),
  ],
  ['manifest-one-of', deployment(['image: redis:7.2', 'env: [{ name: A, valueFrom: {} }]'])],
  ['manifest-one-of', policy('egress: [{ to: [{}] }]')],
  ['manifest-one-of', ingress('ingressClassName: contour')],
  [
    'manifest-item-unique',
    deployment(['image: redis:7.2', 'ports: [{ name: a, containerPort: 80 }, { name: a, containerPort: 81 }]']),
  ],
  [
    'selector-values',
    policy('egress: [{ to: [{ podSelector: { matchExpressions: [{ key: a, operator: Exists, values: [b] }] } }] }]'),
  ],
  [
    'manifest-field-needed',
    policy('egress: [{ to: [{ podSelector: { matchExpressions: [{ key: a, operator: In }] } }] }]'),
  ],
  ['selector-not-empty', deployment(['image: redis:7.2']).replace('{ matchLabels: { app: shop } }', '{}')],
  ['device-whole', deployment(['image: train:1', 'resources: { limits: { nvidia.com/gpu: 500m } }'])],
  ['device-limit', deployment(['image: train:1', 'resources: { requests: { nvidia.com/gpu: 1 } }'])],
  [
    'device-limit',
    deployment(['image: train:1', 'resources: { requests: { hugepages-2Mi: 2Mi }, limits: { hugepages-2Mi: 4Mi } }']),
  ],
  ['quantity', deployment(['image: redis:7.2'], ['volumes: [{ name: a, emptyDir: { sizeLimit: 1GB } }]'])],
  ['quantity', deployment(['image: redis:7.2', 'resources: { limits: { ephemeral-storage: 1GB } }'])],
  ['quantity', claim('accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: 8 Gi } }')],
  ['manifest-positive-quantity', claim('accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: 0 } }')],
  [
    'request-within-limit',
    claim('accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: 8Gi }, limits: { storage: 4Gi } }'),
  ],
  [
    'container-limits-in-order',
    'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a }\nspec: { limits: [{ type: Container, default: { cpu: 2 }, max: { cpu: 1 } }] }',
  ],
  ['port-range-in-order', policy('ingress: [{ ports: [{ port: 80, endPort: 79 }] }]')],
  ['port-range-with-first', policy('ingress: [{ ports: [{ port: http, endPort: 90 }] }]')],
  ['manifest-ip-range', policy('egress: [{ to: [{ ipBlock: { cidr: 10.0.0.1 } }] }]')],
  [
    'manifest-path',
    ingress(
      'rules: [{ http: { paths: [{ path: api, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] } }]',
    ),
  ],
  ['manifest-percent', deployment(['image: redis:7.2'], [], ['strategy: { rollingUpdate: { maxSurge: half } }'])],
  ['manifest-host-label', deployment(['image: redis:7.2'], ['hostname: My_Host'])],
  ['manifest-ip-address', deployment(['image: redis:7.2'], ['hostAliases: [{ ip: localhost, hostnames: [a] }]'])],
  [
    'manifest-file-mode',
    deployment(['image: redis:7.2'], ['volumes: [{ name: a, secret: { secretName: a, defaultMode: 1000 } }]']),
  ],
  [
    'manifest-token-seconds',
    deployment(
      ['image: redis:7.2'],
      ['volumes: [{ name: a, projected: { sources: [{ serviceAccountToken: { path: a, expirationSeconds: 60 } }] } }]'],
    ),
  ],
  [
    'manifest-affinity-weight',
    deployment(
      ['image: redis:7.2'],
      [
        'affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0, preference: { matchExpressions: [{ key: a, operator: Exists }] } }] } }',
      ],
    ),
  ],
  ['pod-deadline-of-job', deployment(['image: redis:7.2'], ['activeDeadlineSeconds: 60'])],
  [
    'manifest-choice',
    'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: high }\nvalue: 1\npreemptionPolicy: Always',
  ],
];

function claim(spec: string): string {
  return `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: shop }\nspec:\n  ${spec}`;
}

function ingress(spec: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec:\n  ${spec}`;
}

function policy(spec: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: shop }\nspec:\n  podSelector: {}\n  ${spec}`;
}

function job(spec: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: shop }
spec:
  ${spec}
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: shop, image: "redis:7.2" }] }`;
}

function service(spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec:\n  ${spec}`;
}

function autoscaler(spec: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }
  ${spec}`;
}

function budget(spec: string): string {
  return `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: shop }\nspec:\n  selector: { matchLabels: { app: shop } }\n  ${spec}`;
}

test.each(MISTAKES)('holds objects to the rule %s, with one message', (rule, yaml) => {
  const stack = testStack();
  Manifests.fromYaml(stack, 'm', { yaml });

  const problems = Problems.list(stack).filter(({ severity }) => severity === Severity.ERROR);
  expect(problems.map((one) => one.rule)).toEqual([rule]);
  expect(problems[0]!.message).toMatch(/\(line \d+, document 1\)$/);
});

/** What Kubernetes takes, though a construct of this library would not: an empty text or 0 for what is not given. */
test.each<[string, string]>([
  [
    'a claim without a class',
    claim('accessModes: [ReadWriteOnce]\n  storageClassName: ""\n  resources: { requests: { storage: 8Gi } }'),
  ],
  [
    'every host',
    ingress(
      'rules: [{ host: "", http: { paths: [{ pathType: Prefix, path: /, backend: { service: { name: a, port: { number: 80 } } } }] } }]',
    ),
  ],
  [
    'a node port that is chosen for it',
    service('type: NodePort\n  ports: [{ port: 80, nodePort: 0, targetPort: 0, protocol: "" }]'),
  ],
  [
    'no priority',
    deployment(['image: redis:7.2'], ['priorityClassName: ""', 'serviceAccountName: ""', 'dnsPolicy: ""']),
  ],
  ['a headless Service without ports', service('clusterIP: None\n  selector: { app: shop }')],
  [
    'a job that waits',
    'apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { parallelism: 0, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "a:1" }] } } }',
  ],
])('takes %s', (_, yaml) => {
  expect(problemsOf(yaml)).toEqual([]);
});

test('leaves the number of pods to an autoscaler', () => {
  const scaled = deployment(['image: redis:7.2'], [], ['replicas: 2']);
  const yaml = [autoscaler('maxReplicas: 4'), scaled].join('\n---\n');

  expect(problemsOf(yaml)).toEqual([
    expect.stringMatching(
      /'spec.replicas' must not be given where a HorizontalPodAutoscaler scales the Deployment, got 2/,
    ),
  ]);
});

test.each([
  ['redis', /the image "redis" has no fixed tag.*\(line 1, document 1\)/],
  ['bitnami/redis:7.2', /from a retired source/],
])('warns of the image %s', (image, message) => {
  const stack = testStack();
  Manifests.fromYaml(stack, 'm', { yaml: deployment([`image: ${image}`]) });

  expect(warningsOf(stack)).toEqual([expect.stringMatching(message)]);
});

const INGRESS = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\n';
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

test.each([
  [
    'metadata: { name: web }\nspec: { ingressClassName: nginx }\n',
    `'spec.ingressClassName' is the class "nginx": ingress-nginx was retired`,
  ],
  [
    `metadata: { name: web, annotations: { ${CLASS_ANNOTATION}: addon-http-application-routing } }\n`,
    `'metadata.annotations["${CLASS_ANNOTATION}"]' is the class "addon-http-application-routing": AKS retired`,
  ],
])('warns of the retired class of an Ingress', (yaml, warning) => {
  const stack = testStack();
  Manifests.fromYaml(stack, 'm', { yaml: INGRESS + yaml });

  expect(warningsOf(stack)).toEqual([expect.stringContaining(warning)]);
});

test('has no warning for an Ingress of another class', () => {
  const stack = testStack();
  Manifests.fromYaml(stack, 'm', { yaml: `${INGRESS}metadata: { name: web }\nspec: { ingressClassName: contour }\n` });

  expect(warningsOf(stack)).toEqual([]);
});

describe('a Secret', () => {
  const secret = (values: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: shop }\n${values}`;

  test.each([
    ['data', 'aHVudGVyMg=='],
    ['stringData', 'hunter2'],
  ])('with %s in the text is a problem that can be meant, and no message shows it', (field, value) => {
    const stack = testStack();
    Manifests.fromYaml(stack, 'm', { yaml: secret(`${field}: { password: ${value} }`) });

    const [problem, ...others] = Problems.list(stack);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      rule: 'manifest-secret-literal',
      message: expect.stringMatching(
        new RegExp(
          `^'${field}\\["password"\\]' must not be a literal, which .*, got one of ${value.length} characters`,
        ),
      ) as string,
    });
    expect(JSON.stringify(Problems.list(stack))).not.toContain(value);
    Problems.acknowledge(stack, 'manifest-secret-literal', 'it is a password for tests');
    expect(Problems.of(stack)).toEqual([]);
  });

  test('takes references, and one without values is filled by others', () => {
    const stack = testStack();
    const { stringValue } = new TerraformVariable(stack, 'password', { sensitive: true });
    Manifests.fromYaml(stack, 'm', {
      yaml: `${secret(`stringData: { password: "${stringValue}" }`)}\n---\n${secret('').replace('shop', 'other')}`,
    });

    expect(Problems.of(stack)).toEqual([]);
    const json = synth(stack);
    expect(at(json, 'kubernetes_secret_v1', 'm_secret-shop').data).toEqual({ password: '${var.password}' });
    expect(at(json, 'kubernetes_secret_v1', 'm_secret-other').lifecycle).toEqual({
      ignore_changes: ['data', 'binary_data'],
    });
  });

  test.each(['stringData: { pin: 1234 }', 'data: [hunter2]'])('refuses %s', (values) => {
    expect(problemsOf(secret(values))).toEqual([expect.stringMatching(/must be a (text|map)/)]);
    expect(problemsOf(secret(values)).join('\n')).not.toMatch(/1234|hunter2/);
  });
});

test('is checked with the other objects of the stack', () => {
  const stack = testStack();
  Manifests.fromYamlFile(stack, 'm', { path: FILE });
  new ConfigMapV1(stack, 'config', { metadata: { name: 'shop' } });
  new Workload(stack, 'web', {
    name: 'shop',
    image: ContainerImage.fromReference('ghcr.io/contoso/shop:1'),
    containerPort: 80,
  });

  expect(Problems.list(stack).map(({ rule, message }) => [rule, message])).toEqual([
    ['object-name-unique', expect.stringContaining('"shop" for stack/m/configmap-shop and stack/config')],
    ['object-name-unique', expect.stringContaining('"shop" for stack/m/deployment-shop and stack/web')],
    ['object-name-unique', expect.stringContaining('"shop" for stack/m/service-shop and stack/web')],
  ]);
});

test('is on the cluster that is chosen, in namespaces of the stack, after what it needs', () => {
  const stack = testStack();
  const provider = new KubernetesProvider(stack, 'second', { alias: 'second' });
  new KubernetesNamespace(stack, 'namespace', { namespaceName: 'web', provider });
  const variable = new ConfigMapV1(stack, 'first', { metadata: { name: 'first' }, provider });
  Manifests.fromYaml(stack, 'm', {
    yaml: CONFIG.replace('name: shop', 'name: shop, namespace: web'),
    provider,
    prerequisites: [variable],
  });

  expect(Problems.of(stack)).toEqual([]);
  expect(at(synth(stack), 'kubernetes_config_map_v1', 'm_')).toMatchObject({
    provider: 'kubernetes.second',
    depends_on: ['kubernetes_config_map_v1.first', expect.stringMatching(/^kubernetes_namespace_v1\./)],
  });
});

test('takes over what is there', () => {
  const stack = testStack();
  const yaml = [
    CONFIG.replace('name: shop', 'name: shop, namespace: web'),
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }',
    CONFIG,
  ].join('\n---\n');
  Manifests.fromYaml(stack, 'm', { yaml, adopt: true });

  const { import: imports } = synth(stack) as { import?: readonly { readonly id: string }[] };
  expect(imports?.map(({ id }) => id).sort()).toEqual(['default/shop', 'web', 'web/shop']);
});

test.each([
  [[], 1],
  [['tolerations: [{ key: team, value: web, effect: NoSchedule }]'], 0],
  [['tolerations: [{ operator: Exists }]'], 0],
  [['tolerations: [{ key: team, value: shop, effect: NoSchedule }]'], 1],
])('counts for the taints of a pool, with %j', (pod, warnings) => {
  const stack = testStack();
  stack.node.tryRemoveChild('kubernetes');
  const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
  new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
  cluster.addNodePool('web', {
    name: 'web',
    vmSize: 'Standard_D4s_v5',
    taints: [{ key: 'team', value: 'web', effect: TaintEffect.NO_SCHEDULE }],
  });
  Manifests.fromYaml(stack, 'm', { yaml: deployment(['image: redis:7.2'], pod) });

  expect(Problems.list(stack).filter(({ rule }) => rule === 'taints-tolerated')).toHaveLength(warnings);
});

test('says that a file is not there', () => {
  const stack = testStack();
  Manifests.fromYamlFile(stack, 'm', { path: '/nowhere.yaml' });

  expect(Problems.of(stack)).toEqual([
    '[stack/m] \'path\' must be the path of a file, got "/nowhere.yaml", which does not exist',
  ]);
});

describe('what objects name', () => {
  const warnings = (yaml: string): string[] => {
    const stack = testStack();
    Manifests.fromYaml(stack, 'm', { yaml });
    return Problems.list(stack)
      .filter(({ severity }) => severity === Severity.WARNING)
      .map(({ message }) => message);
  };
  const pod = (container: string, spec: string[] = []): string => deployment(['image: redis:7.2', container], spec);

  test.each<[string, string, string]>([
    [
      'a Deployment',
      autoscaler('maxReplicas: 2'),
      `'spec.scaleTargetRef.name' is "shop", and the program has no Deployment of that name in the namespace "default"`,
    ],
    [
      'a Service',
      ingress('defaultBackend: { service: { name: web, port: { number: 80 } } }'),
      `'spec.defaultBackend.service.name' is "web", and the program has no Service`,
    ],
    [
      'a ConfigMap',
      pod('envFrom: [{ configMapRef: { name: web } }]'),
      `'spec.template.spec.containers[0].envFrom[0].configMapRef.name' is "web"`,
    ],
    [
      'a ConfigMap of files',
      pod('args: [a]', ['volumes: [{ name: a, configMap: { name: web } }]']),
      `'spec.template.spec.volumes[0].configMap.name' is "web"`,
    ],
    [
      'a claim',
      pod('args: [a]', ['volumes: [{ name: a, persistentVolumeClaim: { claimName: web } }]']),
      `has no PersistentVolumeClaim of that name`,
    ],
    ['a service account', pod('args: [a]', ['serviceAccountName: web']), `has no ServiceAccount of that name`],
    [
      'a priority class',
      pod('args: [a]', ['priorityClassName: web']),
      'and the program has no PriorityClass of that name: unless',
    ],
    [
      'a storage class',
      claim('accessModes: [ReadWriteOnce]\n  storageClassName: fast\n  resources: { requests: { storage: 8Gi } }'),
      'has no StorageClass of that name',
    ],
    [
      'a role and an account',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: a }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: web }\nsubjects: [{ kind: User, name: a, apiGroup: rbac.authorization.k8s.io }]',
      `'roleRef.name' is "web", and the program has no Role`,
    ],
  ])('and is not there is warned of: %s', (_, yaml, message) => {
    expect(warnings(yaml)).toEqual([expect.stringContaining(message)]);
    expect(warnings(yaml)[0]).toMatch(/\(line \d+, document 1\)$/);
  });

  test.each<[string, string]>([
    ['what may be missing', pod('envFrom: [{ configMapRef: { name: web, optional: true } }]')],
    ['the account that is always there', pod('args: [a]', ['serviceAccountName: default'])],
    ['the classes of every cluster', pod('args: [a]', ['priorityClassName: system-node-critical'])],
    [
      'a storage class of AKS',
      claim(
        'accessModes: [ReadWriteOnce]\n  storageClassName: managed-csi-premium\n  resources: { requests: { storage: 8Gi } }',
      ),
    ],
    ['an object beside it', [pod('envFrom: [{ configMapRef: { name: shop } }]'), CONFIG].join('\n---\n')],
    [
      'a key that is there',
      [pod('env: [{ name: A, valueFrom: { configMapKeyRef: { name: shop, key: COLOUR } } }]'), CONFIG].join('\n---\n'),
    ],
  ])('and is there, is not: %s', (_, yaml) => {
    expect(warnings(yaml)).toEqual([]);
  });

  test('by a key or a port that it has not is warned of', () => {
    const yaml = [
      pod('env: [{ name: A, valueFrom: { configMapKeyRef: { name: shop, key: COLOR } } }]'),
      CONFIG,
      service('ports: [{ name: http, port: 80 }]'),
      ingress('defaultBackend: { service: { name: shop, port: { name: https } } }'),
    ].join('\n---\n');

    expect(warnings(yaml)).toEqual([
      expect.stringContaining('a ConfigMap that has no key "COLOR" (COLOUR)'),
      expect.stringContaining('a Service that has no port "https" (http, 80)'),
    ]);
  });

  test('is looked for in the whole program', () => {
    const stack = testStack();
    new Workload(stack, 'web', {
      ...{ name: 'web', image: ContainerImage.fromReference('ghcr.io/contoso/web:1'), containerPort: 8080 },
      disruptionBudget: DisruptionBudget.none(),
    });
    Manifests.fromYaml(stack, 'm', {
      yaml: [
        ingress('defaultBackend: { service: { name: web, port: { number: 8080 } } }'),
        budget('maxUnavailable: 1').replace('app: shop', 'app: web'),
      ].join('\n---\n'),
    });

    expect(Problems.list(stack)).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      'a Service',
      service('selector: { app: web }\n  ports: [{ port: 80 }]'),
      `'spec.selector' must select pods, got {"app":"web"}`,
    ],
    [
      'a budget',
      budget('maxUnavailable: 1').replace('app: shop', 'app: web'),
      `'spec.selector.matchLabels' must select pods`,
    ],
    [
      'a policy',
      policy('policyTypes: [Ingress]').replace('podSelector: {}', 'podSelector: { matchLabels: { app: web } }'),
      `'spec.podSelector.matchLabels' must select pods`,
    ],
  ])('as labels that no pod beside it has is warned of: %s', (_, yaml, message) => {
    expect(warnings([deployment(['image: redis:7.2']), yaml].join('\n---\n'))).toEqual([
      expect.stringContaining(message),
    ]);
    // without pods beside them, they are for those of others
    expect(warnings(yaml)).toEqual([]);
  });
});

describe('pods in YAML on a cluster that the program makes', () => {
  function problemsWith(pod: readonly string[], container: readonly string[] = []): string[] {
    const stack = testStack();
    stack.node.tryRemoveChild('kubernetes');
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
    cluster.addNodePool('web', {
      ...{ name: 'web', vmSize: 'Standard_NC24ads_A100_v4', labels: { team: 'web' } },
      taints: [{ key: 'team', value: 'web', effect: TaintEffect.NO_SCHEDULE }],
    });
    Manifests.fromYaml(stack, 'm', { yaml: deployment(['image: train:1', ...container], pod) });
    return Problems.list(stack)
      .filter(({ path, severity }) => path === 'stack/m/deployment-shop' && severity === Severity.ERROR)
      .map(({ rule, message }) => `${rule} ${message}`);
  }

  const TOLERATION = 'tolerations: [{ key: team, operator: Exists }]';
  const GPU = 'resources: { limits: { nvidia.com/gpu: 1 } }';
  const affinity = (value: string): string =>
    `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: team, operator: In, values: [${value}] }] }] } } }`;

  test.each<[string, readonly string[], readonly string[], RegExp]>([
    [
      'labels',
      ['nodeSelector: { team: shop }'],
      [],
      /^placement-on-a-pool 'spec\.template\.spec\.nodeSelector' must select the nodes of a pool of stack\/cluster, got team=shop, .*\(line 9, document 1\)$/,
    ],
    [
      'affinity',
      [affinity('shop')],
      [],
      /^placement-on-a-pool 'spec\.template\.spec\.affinity\.nodeAffinity' must select/,
    ],
    [
      'tolerations',
      ['nodeSelector: { team: web }'],
      [],
      /^placement-tolerates-taints 'spec\.template\.spec\.tolerations' must tolerate/,
    ],
    [
      'devices',
      [],
      [GPU],
      /^devices-of-a-pool 'spec\.template\.spec\.containers' must not request more .* got 1 of nvidia\.com\/gpu/,
    ],
  ])('are held to its pools by their %s', (_, pod, container, message) => {
    expect(problemsWith(pod, container)).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['labels', ['nodeSelector: { team: web }', TOLERATION], [GPU]],
    ['affinity', [affinity('shop, web'), TOLERATION], [GPU]],
    ['nothing', [], []],
  ])('are put on one of its pools by %s', (_, pod, container) => {
    expect(problemsWith(pod, container)).toEqual([]);
  });
});
