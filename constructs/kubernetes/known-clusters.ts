import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { resolvedText } from '../core/names/resolved-text';
import { kubernetesProvidersOf } from './kubernetes-providers';
import type { Demands, PoolNodes } from './scheduling';

/** A cluster of the program. */
export interface KnownCluster {
  readonly cluster: IConstruct;
  /** The address of its API server, as in the configuration of a provider; undefined if it is not known. */
  readonly host: () => string | undefined;
  /** A key that is equal for all constructs of one cluster; undefined if only Terraform knows it. */
  readonly identity: string | undefined;
  /** The pools that the program knows. */
  readonly pools: () => readonly PoolNodes[];
  /** Whether the program creates the cluster, and so knows all pools except those that are created manually. */
  readonly isMade: boolean;
  /** Whether its nodes and pods reach the API server at a private address; undefined if that is not known. */
  readonly hasPrivateApiServer?: boolean;
  /** Whether its pods have IPv6 addresses as well; undefined if that is not known. */
  readonly isDualStack?: boolean | undefined;
  /** Its add-ons; undefined if they are not known. */
  readonly addOns?: ClusterAddOns;
}

/** The add-ons of a cluster that pods depend on. */
export interface ClusterAddOns {
  /** Whether secrets of Key Vaults are available in pods. */
  readonly keyVaultSecrets: boolean;
  /** Whether KEDA scales pods by events. */
  readonly keda: boolean;
  /** Whether the VerticalPodAutoscaler adjusts the requests of pods. */
  readonly verticalPodAutoscaler: boolean;
}

/** Pods of the program, and the nodes that they may run on. */
export interface PlacedPods {
  readonly construct: IConstruct;
  /** The provider that creates them; undefined for the only one of their stack. */
  readonly provider: TerraformProvider | undefined;
  readonly demands: Demands;
  /** Whether the program says where they are placed. */
  readonly isPlaced: boolean;
  /** Whether one runs on every suitable node, such as an agent. */
  readonly isOnEveryNode: boolean;
}

/** A Kubernetes object that shows which cluster its provider belongs to. */
interface PlacedObject extends Pick<PlacedPods, 'construct' | 'provider'> {
  readonly cluster: IConstruct;
}

interface Program {
  readonly clusters: KnownCluster[];
  readonly pods: PlacedPods[];
  /** The constructs of the pods that are placed. */
  readonly placed: Set<IConstruct>;
  readonly objects: PlacedObject[];
}

const programs = new WeakMap<IConstruct, Program>();

/** Remembers a cluster, for the rules about pods that are placed on its nodes. */
export function rememberCluster(known: KnownCluster): void {
  programOf(known.cluster).clusters.push(known);
}

/** Remembers pods, for the rules about the nodes that they are placed on. */
export function rememberPods(pods: PlacedPods): void {
  const program = programOf(pods.construct);
  program.pods.push(pods);
  if (pods.isPlaced) {
    program.placed.add(pods.construct);
  }
}

/** Remembers an object that is created in a cluster, and so shows which cluster its provider belongs to. */
export function rememberObject(object: PlacedObject): void {
  programOf(object.construct).objects.push(object);
}

/** Whether a resource belongs to pods that are placed. */
export function isPlaced(resource: IConstruct): boolean {
  const { placed } = programOf(resource);
  return resource.node.scopes.some((one) => placed.has(one));
}

/**
 * The cluster of pods or other objects, if the program has it: the one whose address their provider has. A lookup by
 * the name of a cluster that the program creates counts as the created cluster.
 */
export function clusterOf({
  construct,
  provider: given,
}: Pick<PlacedPods, 'construct' | 'provider'>): KnownCluster | undefined {
  const { clusters } = programOf(construct);
  const stack = TerraformStack.of(construct);
  // checked first, since searching the stack for its provider takes longer
  if (!clusters.some(({ cluster }) => TerraformStack.of(cluster) === stack)) {
    return undefined;
  }
  const provider = given ?? onlyProvider(stack);
  const found = provider === undefined ? undefined : clusterAtAddress(clusters, stack, provider);
  return found === undefined ? undefined : asKnown(found, clusters);
}

/** As `clusterOf`, also for a cluster whose address is not known, but which contains another object of the provider. */
export function networkedClusterOf(pods: Pick<PlacedPods, 'construct' | 'provider'>): KnownCluster | undefined {
  const program = programOf(pods.construct);
  const provider = pods.provider ?? onlyProvider(TerraformStack.of(pods.construct));
  const found = provider === undefined ? undefined : clusterOfObjects(program, provider);
  return clusterOf(pods) ?? (found === undefined ? undefined : asKnown(found, program.clusters));
}

/** A cluster as the construct that creates it knows it, or with what other constructs know about it. */
function asKnown(found: KnownCluster, clusters: readonly KnownCluster[]): KnownCluster {
  return found.isMade ? found : (maker(found, clusters) ?? withFacts(found, clusters));
}

function clusterAtAddress(
  clusters: readonly KnownCluster[],
  stack: TerraformStack,
  provider: TerraformProvider,
): KnownCluster | undefined {
  const host = hostOf(provider);
  return clusters.find(
    (one) =>
      host !== undefined &&
      TerraformStack.of(one.cluster) === stack &&
      textOf(stack, one.host()) === textOf(stack, host),
  );
}

function clusterOfObjects({ clusters, objects }: Program, provider: TerraformProvider): KnownCluster | undefined {
  const stack = TerraformStack.of(provider);
  const here = objects.filter(({ construct }) => TerraformStack.of(construct) === stack);
  const withoutProvider = here.find((one) => one.provider === undefined);
  const isOnly = withoutProvider !== undefined && onlyProvider(stack) === provider;
  const object = here.find((one) => one.provider === provider) ?? (isOnly ? withoutProvider : undefined);
  return clusters.find(({ cluster }) => cluster === object?.cluster);
}

/** The pods that run on a cluster. */
export function podsOf(cluster: IConstruct): readonly PlacedPods[] {
  const { clusters, pods } = programOf(cluster);
  const known = clusters.find((one) => one.cluster === cluster);
  return known === undefined
    ? []
    : pods.filter((one) => clusterOf(one)?.cluster === (maker(known, clusters) ?? known).cluster);
}

function maker(known: KnownCluster, clusters: readonly KnownCluster[]): KnownCluster | undefined {
  return clusters.find((one) => one.isMade && isSame(one, known));
}

/** A cluster with facts that other constructs know about it. */
function withFacts(known: KnownCluster, clusters: readonly KnownCluster[]): KnownCluster {
  const isDualStack = [known, ...clusters.filter((one) => isSame(one, known))].find(
    (one) => one.isDualStack !== undefined,
  )?.isDualStack;
  return { ...known, isDualStack };
}

function isSame(one: KnownCluster, other: KnownCluster): boolean {
  return one.identity !== undefined && one.identity === other.identity;
}

function onlyProvider(stack: TerraformStack): TerraformProvider | undefined {
  const [provider, ...others] = kubernetesProvidersOf(stack);
  return others.length === 0 ? provider : undefined;
}

function hostOf(provider: TerraformProvider): string | undefined {
  return (provider as { readonly hostInput?: string }).hostInput;
}

function textOf(stack: TerraformStack, text: string | undefined): string | undefined {
  return text === undefined ? undefined : resolvedText(stack, text);
}

function programOf({ node }: IConstruct): Program {
  const program = programs.get(node.root) ?? { clusters: [], pods: [], placed: new Set(), objects: [] };
  programs.set(node.root, program);
  return program;
}
