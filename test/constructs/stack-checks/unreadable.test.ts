import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { TerraformStack } from 'cdktf';
import { ContainerImage, Manifests, Problems, Workload } from '../../../constructs';
import { type Block, testStack } from '../../util';

/*
 * Objects that a program gives the provider by itself are compared with those of the library. Whatever stands in them, no
 * comparison fails: it would hide what else is wrong.
 */

const SELECTOR = { matchLabels: { 'app.kubernetes.io/name': 'web' } };
const TEMPLATE = {
  metadata: { labels: { app: 'other' } },
  spec: {
    containers: [{ name: 'web', image: 'nginx:1', ports: [{ containerPort: 80 }], resources: { requests: {} } }],
  },
};
const TARGET = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

const OBJECTS: readonly [apiVersion: string, kind: string, spec: Block][] = [
  ['apps/v1', 'Deployment', { selector: SELECTOR, template: TEMPLATE }],
  ['apps/v1', 'StatefulSet', { selector: SELECTOR, template: TEMPLATE, serviceName: 'web' }],
  ['apps/v1', 'DaemonSet', { selector: SELECTOR, template: TEMPLATE }],
  ['batch/v1', 'CronJob', { jobTemplate: { spec: { template: TEMPLATE } } }],
  ['v1', 'Service', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80 }], type: 'LoadBalancer' }],
  ['policy/v1', 'PodDisruptionBudget', { selector: SELECTOR, maxUnavailable: 1 }],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: TARGET, metrics: [{ type: 'Resource' }] }],
  [
    'autoscaling.k8s.io/v1',
    'VerticalPodAutoscaler',
    { targetRef: TARGET, updatePolicy: { updateMode: 'Auto' }, resourcePolicy: { containerPolicies: [{}] } },
  ],
  ['keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: TARGET, triggers: [{ type: 'cpu', metadata: {} }] }],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    { podSelector: SELECTOR, policyTypes: ['Egress'], ingress: [{ from: [{}] }] },
  ],
  [
    'networking.k8s.io/v1',
    'Ingress',
    { ingressClassName: 'nginx', rules: [{ host: 'a.example.com', http: { paths: [{ path: '/' }] } }] },
  ],
  ['gateway.networking.k8s.io/v1', 'Gateway', { gatewayClassName: 'a', listeners: [{ name: 'a', port: 80 }] }],
  [
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    {
      parentRefs: [{ name: 'a' }],
      hostnames: ['a.example.com'],
      rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
    },
  ],
  ['v1', 'ResourceQuota', { hard: { 'requests.cpu': '1' } }],
  ['v1', 'LimitRange', { limits: [{ type: 'Container', max: { cpu: '1' } }] }],
  ['v1', 'Namespace', {}],
];

const WRONG = [null, 5, {}, [null]];

/** An object with each of its parts replaced by what does not belong there. */
function broken(value: unknown): unknown[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) =>
          broken(part).map((other) =>
            Array.isArray(value)
              ? value.map((one: unknown, i) => (String(i) === key ? other : one))
              : { ...value, [key]: other },
          ),
        )
      : [];
  return [...WRONG, ...inner];
}

/** The problems of a validation that failed, for each of the objects beside a workload. */
function failures(apiVersion: string, kind: string, spec: Block, make: (stack: TerraformStack, object: Block) => void) {
  const metadata = { name: 'other', namespace: 'default', labels: { app: 'other' }, annotations: { a: 'b' } };
  const stack = testStack();
  new Workload(stack, 'web', {
    name: 'web',
    image: ContainerImage.fromReference('ghcr.io/contoso/shop:1'),
    containerPort: 8080,
  });
  return broken({ apiVersion, kind, metadata, spec }).flatMap((object) => {
    // one after the other in one stack, which is all that comparisons know of it
    stack.node.tryRemoveChild('other');
    make(stack, object as Block);
    return Problems.of(stack)
      .filter((problem) => problem.includes('failed with an error'))
      .map((problem) => `${JSON.stringify(object)} ${problem}`);
  });
}

test.each(OBJECTS)('whatever stands in a manifest: %s %s', (...object) => {
  expect(failures(...object, (stack, manifest) => void new Manifest(stack, 'other', { manifest }))).toEqual([]);
});

test.each(OBJECTS)('whatever stands in YAML: %s %s', (...object) => {
  expect(
    failures(...object, (stack, one) => void Manifests.fromYaml(stack, 'other', { yaml: JSON.stringify(one) })),
  ).toEqual([]);
});
