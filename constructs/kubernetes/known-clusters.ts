import { TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { resolvedText } from '../core/names/resolved-text';
import type { Demands, PoolNodes } from './scheduling';

/** A cluster of the program. */
export interface KnownCluster {
  readonly cluster: IConstruct;
  /** The address of its API server, as a provider has it; undefined if that is not known. */
  readonly host: () => string | undefined;
  /** What is the same of two constructs for one cluster; undefined if only Terraform knows that. */
  readonly identity: string | undefined;
  /** The pools that the program knows. */
  readonly pools: () => readonly PoolNodes[];
  /** Whether the program makes the cluster, and so knows all of its pools but those that are made by hand. */
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
  /** Whether it brings secrets of Key Vaults into pods. */
  readonly keyVaultSecrets: boolean;
  /** Whether it scales pods by events. */
  readonly keda: boolean;
  /** Whether it scales the requests of pods. */
  readonly verticalPodAutoscaler: boolean;
}

/** Pods of the program, and where they may be placed. */
export interface PlacedPods {
  readonly construct: IConstruct;
  /** The provider that they are made with; undefined for the only one of their stack. */
  readonly provider: TerraformProvider | undefined;
  readonly demands: Demands;
  /** Whether somebody said where they are to be placed. */
  readonly isPlaced: boolean;
  /** Whether there is one on every node that takes it, as of an agent. */
  readonly isOnEveryNode: boolean;
}

/** An object of Kubernetes that says which cluster its provider is of. */
interface PlacedObject extends Pick<PlacedPods, 'construct' | 'provider'> {
  readonly cluster: IConstruct;
}

interface Program {
  readonly clusters: KnownCluster[];
  readonly pods: PlacedPods[];
  readonly objects: PlacedObject[];
}

const programs = new WeakMap<IConstruct, Program>();

/** Remembers a cluster, for the rules about pods that are placed on its nodes. */
export function rememberCluster(known: KnownCluster): void {
  programOf(known.cluster).clusters.push(known);
}

/** Remembers pods, for the rules about the nodes that they are placed on. */
export function rememberPods(pods: PlacedPods): void {
  programOf(pods.construct).pods.push(pods);
}

/** Remembers an object that is created in a cluster, and so says which one its provider is of. */
export function rememberObject(object: PlacedObject): void {
  programOf(object.construct).objects.push(object);
}

/** Whether a resource belongs to pods that somebody placed. */
export function isPlaced(resource: IConstruct): boolean {
  const placed = new Set(
    programOf(resource)
      .pods.filter((one) => one.isPlaced)
      .map(({ construct }) => construct),
  );
  return resource.node.scopes.some((one) => placed.has(one));
}

/**
 * The cluster that pods or other objects are on, if the program has it: the one whose address their provider has. One that is looked up by
 * the name of a cluster that the program makes is that one.
 */
export function clusterOf({
  construct,
  provider: given,
}: Pick<PlacedPods, 'construct' | 'provider'>): KnownCluster | undefined {
  const { clusters } = programOf(construct);
  const stack = TerraformStack.of(construct);
  // before the stack is looked through for its provider
  if (!clusters.some(({ cluster }) => TerraformStack.of(cluster) === stack)) {
    return undefined;
  }
  const provider = given ?? onlyProvider(stack);
  const found = provider === undefined ? undefined : clusterAtAddress(clusters, stack, provider);
  return found === undefined ? undefined : asKnown(found, clusters);
}

/** As `clusterOf`, also for a cluster whose address is not known and that another object of the provider is in. */
export function networkedClusterOf(pods: Pick<PlacedPods, 'construct' | 'provider'>): KnownCluster | undefined {
  const program = programOf(pods.construct);
  const provider = pods.provider ?? onlyProvider(TerraformStack.of(pods.construct));
  const found = provider === undefined ? undefined : clusterOfObjects(program, provider);
  return clusterOf(pods) ?? (found === undefined ? undefined : asKnown(found, program.clusters));
}

/** A cluster as the construct that makes it says, or with what others say of it. */
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

/** A cluster with what another construct says of it, where that is not said. */
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
  const providers = stack.node
    .findAll()
    .filter((one): one is TerraformProvider => TerraformProvider.isTerraformProvider(one))
    .filter((one) => one.terraformResourceType === 'kubernetes' && TerraformStack.of(one) === stack);
  return providers.length === 1 ? providers[0] : undefined;
}

function hostOf(provider: TerraformProvider): string | undefined {
  return (provider as { readonly hostInput?: string }).hostInput;
}

function textOf(stack: TerraformStack, text: string | undefined): string | undefined {
  return text === undefined ? undefined : resolvedText(stack, text);
}

function programOf({ node }: IConstruct): Program {
  const program = programs.get(node.root) ?? { clusters: [], pods: [], objects: [] };
  programs.set(node.root, program);
  return program;
}
