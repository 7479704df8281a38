import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifests, Problems } from '../../../constructs';
import { OBJECT_KINDS } from '../../../constructs/manifests/object-shapes';
import { testStack } from '../../util';

function problemOf(apiVersion: string, kind: string): string {
  const stack = testStack();
  Manifests.fromYaml(stack, 'm', { yaml: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }` });
  const problems = Problems.of(stack);
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

/** The kinds that tools/object-shapes.ts leaves out. */
const [, list = ''] = /LEFT_OUT = \[([\s\S]*?)\n\];/.exec(
  readFileSync(join(__dirname, '../../../tools/object-shapes.ts'), 'utf8'),
)!;
const LEFT_OUT = list.match(/\w+(?=')/g)!;

test.each(LEFT_OUT)('an object of the kind %s, which is left out, is told its way', (kind) => {
  expect(OBJECT_KINDS.some((one) => one.kind === kind)).toBe(false);
  expect(problemOf('v1', kind)).toMatch(
    /: (use a Deployment|remove it from the YAML, and write it as \w+V1 of @cdktf\/)/,
  );
});

test.each(
  [
    ...readFileSync(join(__dirname, '../../../constructs/manifests/other-kinds.ts'), 'utf8').matchAll(
      /: '([a-z-]+-v1)',/g,
    ),
  ].map(([, folder]) => folder!),
)('the binding %s is there', (folder) => {
  expect(() => require.resolve(`@cdktf/provider-kubernetes/lib/${folder}`)).not.toThrow();
});

test.each<[string, string, RegExp]>([
  ['apps/v1', 'Deploment', /: did you mean "Deployment"\?/],
  ['apps/v1', 'ReplicaSet', /: use a Deployment/],
  [
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    /use new HttpRoute\(\.\.\.\), or pass it to a kubernetes_manifest.* after the cluster and the definition of the kind/,
  ],
  ['keda.sh/v1alpha1', 'ScaledObject', /use 'eventScaling' of a Workload/],
  ['autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', /use 'verticalScaling' of a workload/],
  [
    'monitoring.coreos.com/v1',
    'ServiceMonitor',
    /and pass it to a kubernetes_manifest, new Manifest\(stack, id, .* after the cluster and the definition of the kind/,
  ],
  [
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    /kubernetes_manifest.* after the cluster, since its plan needs access to the cluster/,
  ],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', /deploy it before the objects of its kind/],
  ['kustomize.config.k8s.io/v1beta1', 'Kustomization', /'kubectl kustomize <folder>'/],
  ['policy/v1beta1', 'PodSecurityPolicy', /'podSecurity' of a KubernetesNamespace/],
  ['v1', 'Node', /Kubernetes creates such objects itself/],
])('%s %s', (apiVersion, kind, message) => {
  expect(problemOf(apiVersion, kind)).toMatch(message);
});
