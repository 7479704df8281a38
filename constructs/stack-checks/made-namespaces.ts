import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { questionable, type Violation, violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import { clusterOf, type KnownCluster } from '../kubernetes/known-clusters';
import { objectMetadata } from '../kubernetes/object-metadata';
import { clusterProvider } from './cluster-provider';
import { append, ownerPath } from './pods-of-stack';

/** The namespaces that a new cluster has, and those that the add-ons of AKS make. */
const THERE =
  /^(default|kube-.*|gatekeeper-system|app-routing-system|aks-.*|istio-system|calico-.*|tigera-operator|dapr-system|flux-system|gatekeeper-.*)$/;

/** Resources that know nothing of Kubernetes, or make no namespace but their own kind. All others may make some. */
const MAKES_NONE = /^(kubernetes|azurerm|azuread|time|random|tls|local_file|local_sensitive_file)(_|$)/;

/** Resources of these that let others, such as a repository, make what they like. */
const MAKES_SOME = /^azurerm_(kubernetes_(flux_configuration|cluster_extension)|resource_group_template_deployment)$/;

/** Service accounts, and what they may do. */
const ACCESS = /^kubernetes_(service_account|role|role_binding)(_v1)?$/;

/** Objects in a namespace of a cluster that the program makes. */
interface Group {
  readonly namespace: string;
  readonly cluster: KnownCluster;
  readonly objects: TerraformResource[];
}

/**
 * Objects in namespaces that nobody makes. Where the stack makes the cluster, nobody else can make them in time; where another stack
 * of the program does, somebody may, in between.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces
 */
export function missingNamespaceProblems(stack: TerraformStack, resources: readonly TerraformResource[]): Violation[] {
  return missingNamespaces(stack, resources)
    .filter(({ cluster }) => TerraformStack.of(cluster.cluster) === stack)
    .map((group) =>
      questionable('namespace-made', `${messageOf(group)}: the API server refuses what is in it. ${remedyOf(group)}`),
    );
}

/** As `missingNamespaceProblems`, for a cluster that another stack of the program makes. */
export function missingNamespaceWarnings(stack: TerraformStack, resources: readonly TerraformResource[]): Violation[] {
  return missingNamespaces(stack, resources)
    .filter(({ cluster }) => TerraformStack.of(cluster.cluster) !== stack)
    .map((group) =>
      violation(
        'namespace-made-elsewhere',
        `${messageOf(group)}: unless somebody else makes it, the API server refuses what is in it. ${remedyOf(group)}`,
      ),
    );
}

function messageOf({ namespace, cluster, objects }: Group): string {
  const owners = [...new Set(objects.map(ownerPath))];
  const shown =
    owners.length <= MOST_OWNERS ? owners : [...owners.slice(0, MOST_OWNERS), `${owners.length - MOST_OWNERS} more`];
  return `'namespace' of ${shown.join(', ')} must be there, got ${show(namespace)}, which nothing in the program makes in ${cluster.cluster.node.path}`;
}

/** How many constructs a message names. */
const MOST_OWNERS = 3;

function remedyOf({ namespace }: Group): string {
  const name = show(namespace).replace(/"/g, "'");
  return `Create it with new KubernetesNamespace(stack, ${name}, { namespaceName: ${name} })`;
}

function missingNamespaces(stack: TerraformStack, resources: readonly TerraformResource[]): Group[] {
  const groups = groupsOf(resources.filter(isInNamespace));
  if (groups.length === 0) {
    return [];
  }
  const others = stack.node.root.node.findAll();
  return others.some(mayMakeNamespaces) ? [] : groups.filter((group) => !others.some((one) => makes(one, group)));
}

function isInNamespace(resource: TerraformResource): boolean {
  const { namespace } = objectMetadata(resource);
  return isText(namespace) && !THERE.test(namespace);
}

function groupsOf(resources: readonly TerraformResource[]): Group[] {
  const byPlace = new Map<string, TerraformResource[]>();
  for (const one of resources) {
    append(byPlace, JSON.stringify([one.provider?.fqn, objectMetadata(one).namespace]), one);
  }
  return [...byPlace.values()].flatMap((objects) => {
    const [first] = objects;
    const cluster = first && clusterOf({ construct: first, provider: clusterProvider(first) });
    const { namespace = '' } = first === undefined ? {} : objectMetadata(first);
    // accounts and their roles alone are for pods of others, whose namespace comes with them
    const isOnlyAccess = objects.every(({ terraformResourceType }) => ACCESS.test(terraformResourceType));
    return cluster?.isMade === true && !isOnlyAccess ? [{ namespace, cluster, objects }] : [];
  });
}

/** Whether a construct of the program may make namespaces that cannot be seen here. */
function mayMakeNamespaces(one: IConstruct): boolean {
  if (!TerraformResource.isTerraformResource(one)) {
    return isModule(one);
  }
  const { terraformResourceType: type } = one;
  return !MAKES_NONE.test(type) || MAKES_SOME.test(type) || hasUnknownName(one);
}

function isModule(one: IConstruct): boolean {
  return 'source' in one && 'providers' in one;
}

function isNamespace(resource: TerraformResource): boolean {
  const { terraformResourceType: type } = resource;
  const { manifestInput } = resource as { readonly manifestInput?: { readonly kind?: string } };
  return /^kubernetes_namespace(_v1)?$/.test(type) || manifestInput?.kind === 'Namespace';
}

/** A namespace that only Terraform knows the name of may be any. */
function hasUnknownName(resource: TerraformResource): boolean {
  return isNamespace(resource) && !isText(objectMetadata(resource).name);
}

function makes(one: IConstruct, { namespace, cluster }: Group): boolean {
  if (!TerraformResource.isTerraformResource(one) || !isNamespace(one) || objectMetadata(one).name !== namespace) {
    return false;
  }
  const known = clusterOf({ construct: one, provider: clusterProvider(one) });
  return known === undefined || known === cluster;
}
