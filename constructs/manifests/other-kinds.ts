import { nearestName } from '../core/declared/nearest';
import { type Violation, violation } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { OBJECT_KINDS } from './object-shapes';

const BINDINGS = '@cdktf/provider-kubernetes/lib';

/** The remedies for objects of well-known kinds that are not supported here. */
const REMEDIES: { readonly [kind: string]: string } = {
  ReplicaSet: 'use a Deployment, which creates one itself',
  ReplicationController: 'use a Deployment',
  ...boundTo({
    APIService: 'api-service-v1',
    CSIDriver: 'csi-driver-v1',
    CertificateSigningRequest: 'certificate-signing-request-v1',
    EndpointSlice: 'endpoint-slice-v1',
    Endpoints: 'endpoints-v1',
    MutatingWebhookConfiguration: 'mutating-webhook-configuration-v1',
    PersistentVolume: 'persistent-volume-v1',
    ValidatingWebhookConfiguration: 'validating-webhook-configuration-v1',
  }),
  ...madeByKubernetes([
    'ControllerRevision',
    'Event',
    'Lease',
    'Node',
    'PodMetrics',
    'NodeMetrics',
    'VolumeAttachment',
  ]),
  Kustomization: "render it first, with 'kubectl kustomize <folder>', and use the output",
  HelmRelease: "render its chart first, with 'helm template', and use the output",
  PodSecurityPolicy: "remove it: Kubernetes has dropped it. 'podSecurity' of a KubernetesNamespace replaces it",
  CustomResourceDefinition:
    'remove it from the YAML, and deploy it before the objects of its kind: with its Helm chart, or with a kubernetes_manifest (' +
    `${BINDINGS}/manifest) in a separate stack between the stack of the cluster and that of the objects`,
};

/** The constructs of this library that replace custom resources. */
const MAKERS: { readonly [kind: string]: string } = {
  Gateway: 'new Gateway(...)',
  HTTPRoute: 'new HttpRoute(...)',
  ScaledObject: "'eventScaling' of a Workload or a Worker",
  SecretProviderClass: 'Volume.fromKeyVault(...) or EnvValue.fromKeyVaultSecret(...) of a workload',
  TriggerAuthentication: "'eventScaling' of a Workload or a Worker, with a KedaIdentity",
  VerticalPodAutoscaler: "'verticalScaling' of a workload",
};

/** The API groups of Kubernetes itself, whose kinds are in every cluster. */
const OF_KUBERNETES =
  /^(v1|(apps|batch|autoscaling|policy)\/\w+|(admissionregistration|apiregistration|certificates|coordination|discovery|events|flowcontrol\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage)\.k8s\.io\/\w+)$/;

/** The problem of an object of an unsupported kind, with the remedy. */
export function otherKindProblem(apiVersion: string, kind: string): Violation {
  return violation(
    'manifest-kind',
    `'kind' of an object must be one with a typed resource, got ${show(kind)} of ${show(apiVersion)}: ` +
      (misspelled(apiVersion, kind) ?? REMEDIES[kind] ?? asManifest(apiVersion, kind)),
  );
}

/** The remedy for a kind whose name is similar to one of the same group. */
function misspelled(apiVersion: string, kind: string): string | undefined {
  const names = OBJECT_KINDS.filter((one) => one.apiVersion === apiVersion).map((one) => one.kind);
  const near = kind in REMEDIES || kind in MAKERS || names.length === 0 ? undefined : nearestName(kind, names);
  return near === undefined ? undefined : `did you mean ${show(near)}?`;
}

function asManifest(apiVersion: string, kind: string): string {
  const after = OF_KUBERNETES.test(apiVersion) ? 'the cluster' : 'the cluster and the definition of the kind';
  const maker = MAKERS[kind];
  return (
    `remove it from the YAML, and ${maker === undefined ? '' : `use ${maker}, or `}pass it to a kubernetes_manifest, ` +
    `new Manifest(stack, id, { manifest: { ... } }) of ${BINDINGS}/manifest, in a stack that is deployed after ${after}, since its plan needs access to the cluster`
  );
}

function boundTo(folders: { readonly [kind: string]: string }): { [kind: string]: string } {
  return Object.fromEntries(
    Object.entries(folders).map(([kind, folder]) => [
      kind,
      `remove it from the YAML, and write it as ${classOf(folder)} of ${BINDINGS}/${folder}, whose arguments differ from the fields of the object`,
    ]),
  );
}

/** The class of a binding: "persistent-volume-v1" contains PersistentVolumeV1. */
function classOf(folder: string): string {
  return folder.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function madeByKubernetes(kinds: readonly string[]): { [kind: string]: string } {
  return Object.fromEntries(kinds.map((kind) => [kind, 'remove it: Kubernetes creates such objects itself']));
}
