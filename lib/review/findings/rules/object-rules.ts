import { isExpression } from '../../../terraform-json/expression';
import type { Json } from '../../../terraform-json/json';
import { soundsSecret } from '../../../terraform-json/sensitive';
import { any, not, type Answer } from '../../objects/answer';
import { some } from '../../objects/block';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { onObjects, type RuleProps } from '../rule';
import { POD_KINDS } from '../../objects/pod';

const NAMESPACES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/';
const SERVICES = 'https://kubernetes.io/docs/concepts/services-networking/service/';

/** The kinds of namespaced objects that programs usually declare. */
const NAMESPACED = [
  ...[...POD_KINDS, 'Service', 'Secret', 'ServiceAccount', 'RoleBinding', 'ConfigMap', 'Ingress'],
  ...['PersistentVolumeClaim', 'NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Role'],
];

/** Rules about other Kubernetes objects. */
export const OBJECT_RULES = {
  'object-default-namespace': {
    title: 'is in the namespace "default"',
    reason: 'Permissions, policies and quotas apply per namespace, so different owners need different namespaces.',
    fix: { typescript: 'namespace: namespace.namespaceName', terraform: 'metadata.namespace' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_K8S_21'], trivy: ['KSV-0110'], kubeLinter: ['use-namespace'] },
    source: NAMESPACES,
    over: onObjects(NAMESPACED, (object) => isIn(object, 'default')),
  },
  'object-system-namespace': {
    title: 'is in the namespace "kube-system"',
    reason: 'It contains the system pods of Azure, upgrades replace its contents, and most policies exclude it.',
    fix: { typescript: 'namespace: namespace.namespaceName', terraform: 'metadata.namespace' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0037'] },
    source: NAMESPACES,
    over: onObjects(POD_KINDS, (object) => isIn(object, 'kube-system')),
  },
  'service-node-port': {
    title: 'uses a port of every node',
    reason: 'It can be reached at every node address, bypassing the load balancer and its rules.',
    fix: {
      typescript: 'exposure: Exposure.internalLoadBalancer()',
      terraform: 'spec.type = "LoadBalancer" or "ClusterIP"',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { kubeLinter: ['exposed-services'], kubeScore: ['service-type'] },
    source: SERVICES,
    over: onObjects(['Service'], ({ spec }) => spec.is('type', (type) => type === 'NodePort')),
  },
  'service-external-address': {
    title: 'takes over traffic to external addresses',
    reason: 'Anyone who can create such a Service can redirect traffic of the cluster to any address.',
    fix: { terraform: 'no spec.external_ips' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0108'] },
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#denyserviceexternalips',
    over: onObjects(['Service'], ({ spec }) => some(spec.list('externalIPs'), () => true)),
  },
  'config-map-secret': {
    title: 'has a secret in a ConfigMap',
    reason: 'More people can read ConfigMaps than Secrets, and more tools display them.',
    fix: {
      typescript: "environment: { PASSWORD: EnvValue.fromSecretKey('db', 'password') }",
      terraform: 'a kubernetes_secret_v1',
    },
    severity: 'high',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0109', 'KSV-01010'] },
    source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
    over: onObjects(['ConfigMap'], ({ body }) => {
      const data = body.map('data');
      return data && any(Object.entries(data).map(([name, value]) => isSecret(name, value)));
    }),
  },
  'ingress-without-tls': {
    title: 'is reached without encryption',
    reason: 'Traffic can be read and changed in transit.',
    fix: { typescript: 'certificate: TlsCertificate.fromKeyVault(...)', terraform: 'spec.tls' },
    severity: 'medium',
    profile: 'strict',
    equivalents: {},
    source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
    over: onObjects(['Ingress'], ({ spec }) => not(some(spec.blocks('tls'), () => true))),
  },
  'namespace-without-standard': {
    title: 'accepts privileged pods',
    reason: 'Without a Pod Security Admission label, privileged pods are not rejected.',
    fix: {
      typescript: 'podSecurity: { ... } of the KubernetesNamespace',
      terraform: 'metadata.labels["pod-security.kubernetes.io/enforce"]',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: {},
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    over: onObjects(['Namespace'], ({ metadata }) => {
      const labels = metadata.map('labels');
      return labels && labels['pod-security.kubernetes.io/enforce'] === undefined;
    }),
  },
} satisfies Readonly<Record<string, RuleProps>>;

/** Whether an object is in a namespace, which is "default" if it is not set. */
function isIn({ metadata }: KubernetesObject, namespace: string) {
  return metadata.is('namespace', (name) => name === namespace, namespace === 'default');
}

/** Whether an entry of a ConfigMap is a secret, by its name. */
function isSecret(name: string, value: Json): Answer {
  if (!soundsSecret(name) || value === null || value === '') {
    return false;
  }
  return isExpression(value) ? undefined : true;
}
