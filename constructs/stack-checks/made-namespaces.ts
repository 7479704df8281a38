import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { questionable, type Violation, violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import { clusterOf, type KnownCluster } from '../kubernetes/known-clusters';
import { objectMetadata } from '../kubernetes/object-metadata';
import { clusterProvider } from './cluster-provider';
import { append, ownerPath } from './pods-of-stack';

/** The namespaces that a new cluster has, and those that the add-ons of AKS create. */
const THERE =
  /^(default|kube-.*|gatekeeper-system|app-routing-system|aks-.*|istio-system|calico-.*|tigera-operator|dapr-system|flux-system|gatekeeper-.*)$/;

/** Resources that create no namespaces, except for the type for namespaces. All others may create some. */
const MAKES_NONE = /^(kubernetes|azurerm|azuread|time|random|tls|local_file|local_sensitive_file)(_|$)/;

/** Exceptions that run content from elsewhere, such as a repository or a script, which may create anything. */
const MAKES_SOME =
  /^azurerm_(kubernetes_(flux_configuration|cluster_extension)|\w+_template_deployment|resource_deployment_script_\w+)$/;

/** Service accounts and their roles. */
const ACCESS = /^kubernetes_(service_account|role|role_binding)(_v1)?$/;

/** Objects in a namespace of a cluster that the program creates. */
interface Group {
  readonly namespace: string;
  readonly cluster: KnownCluster;
  readonly objects: TerraformResource[];
}

/**
 * The problems of objects in namespaces that nothing creates. If the stack itself creates the cluster, nothing else can
 * create the namespaces in time; if another stack does, something may.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces
 */
export function missingNamespaceProblems(stack: TerraformStack, resources: readonly TerraformResource[]): Violation[] {
  return missingNamespaces(stack, resources, (maker) => maker === stack).map((group) =>
    questionable('namespace-made', `${messageOf(group)}: the API server rejects the objects in it. ${remedyOf(group)}`),
  );
}

/** As `missingNamespaceProblems`, for a cluster that another stack of the program creates. */
export function missingNamespaceWarnings(stack: TerraformStack, resources: readonly TerraformResource[]): Violation[] {
  return missingNamespaces(stack, resources, (maker) => maker !== stack).map((group) =>
    violation(
      'namespace-made-elsewhere',
      `${messageOf(group)}: unless it is created elsewhere, the API server rejects the objects in it. ${remedyOf(group)}`,
    ),
  );
}

function messageOf({ namespace, cluster, objects }: Group): string {
  const owners = [...new Set(objects.map(ownerPath))];
  const more = owners.length > MOST_OWNERS ? ` and ${owners.length - MOST_OWNERS} more` : '';
  const shown = `${owners.slice(0, MOST_OWNERS).join(', ')}${more}`;
  return `'namespace' of ${shown} must exist, got ${show(namespace)}, which nothing in the program creates in ${cluster.cluster.node.path}`;
}

/** The most constructs that a message names. */
const MOST_OWNERS = 3;

function remedyOf({ namespace }: Group): string {
  const name = show(namespace).replace(/"/g, "'");
  return `Create it with new KubernetesNamespace(stack, ${name}, { namespaceName: ${name} })`;
}

/** @param isMeant Which stacks with clusters are considered */
function missingNamespaces(
  stack: TerraformStack,
  resources: readonly TerraformResource[],
  isMeant: (maker: TerraformStack) => boolean,
): Group[] {
  const groups = groupsOf(resources).filter(({ cluster }) => isMeant(TerraformStack.of(cluster.cluster)));
  if (groups.length === 0) {
    return [];
  }
  const others = stack.node.root.node.findAll();
  const namespaces = others.filter(isNamespace);
  return others.some(mayMakeNamespaces) ? [] : groups.filter((group) => !namespaces.some((one) => makes(one, group)));
}

function isInNamespace(resource: TerraformResource): boolean {
  const { namespace } = objectMetadata(resource);
  return isText(namespace) && !THERE.test(namespace);
}

/** A key for a namespace among the objects of one provider. */
function keyOf({ provider }: TerraformResource, namespace: string | undefined): string {
  return JSON.stringify([provider?.fqn, namespace]);
}

/** The objects by their namespaces, except for namespaces that are created in the same stack. */
function groupsOf(resources: readonly TerraformResource[]): Group[] {
  // excluded first, since they are the majority, and finding the cluster of each would take long
  const made = new Set(resources.filter(isNamespace).map((one) => keyOf(one, objectMetadata(one).name)));
  const byPlace = new Map<string, TerraformResource[]>();
  for (const one of resources.filter(isInNamespace)) {
    const key = keyOf(one, objectMetadata(one).namespace);
    if (!made.has(key)) {
      append(byPlace, key, one);
    }
  }
  return [...byPlace.values()].flatMap((objects) => {
    const [first] = objects;
    const cluster = first && clusterOf({ construct: first, provider: clusterProvider(first) });
    const { namespace = '' } = first === undefined ? {} : objectMetadata(first);
    // accounts and their roles alone are meant for pods of others, who also create the namespace
    const isOnlyAccess = objects.every(({ terraformResourceType }) => ACCESS.test(terraformResourceType));
    return cluster?.isMade === true && !isOnlyAccess ? [{ namespace, cluster, objects }] : [];
  });
}

/** Whether a construct of the program may create namespaces that are not visible here. */
function mayMakeNamespaces(one: IConstruct): boolean {
  if (!TerraformResource.isTerraformResource(one)) {
    return isModule(one);
  }
  const { terraformResourceType: type } = one;
  // provisioners can run any command
  return !MAKES_NONE.test(type) || MAKES_SOME.test(type) || one.provisioners !== undefined || hasUnknownName(one);
}

function isModule(one: IConstruct): boolean {
  return 'source' in one && 'providers' in one;
}

function isNamespace(one: IConstruct): one is TerraformResource {
  if (!TerraformResource.isTerraformResource(one)) {
    return false;
  }
  const { terraformResourceType: type } = one;
  const { manifestInput } = one as { readonly manifestInput?: { readonly kind?: string } };
  return /^kubernetes_namespace(_v1)?$/.test(type) || manifestInput?.kind === 'Namespace';
}

/** Whether a resource is a namespace whose name only Terraform knows, which may be any name. */
function hasUnknownName(resource: TerraformResource): boolean {
  return isNamespace(resource) && !isText(objectMetadata(resource).name);
}

function makes(one: TerraformResource, { namespace, cluster }: Group): boolean {
  if (objectMetadata(one).name !== namespace) {
    return false;
  }
  const known = clusterOf({ construct: one, provider: clusterProvider(one) });
  return known === undefined || known === cluster;
}
