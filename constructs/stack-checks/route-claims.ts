import type { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import type { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { type TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { canonicalText } from '../core/names/canonical-text';
import { reportProblems } from '../core/problems/report';
import { questionable, type Violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { clusterOf } from '../kubernetes/known-clusters';
import { clusterProvider } from './cluster-provider';
import { ownerPath } from './pods-of-stack';

const checkedStacks = new WeakSet<TerraformStack>();

/**
 * Reports hosts and paths that two routes of an app claim for one class of Ingresses or at one listener of a gateway,
 * whether the routes are of this library or not: the older one silently gets the requests.
 */
export function requireRoutesApart(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (checkedStacks.has(stack)) {
    return;
  }
  checkedStacks.add(stack);
  reportProblems(stack, () => claimProblems(stack));
}

/** A host and a path that a route claims: a key, and the text in messages. */
interface Claim {
  readonly key: string;
  readonly what: string;
  readonly resource: TerraformResource;
}

/** The place at which a route claims a host and a path. */
interface RoutePlace {
  readonly resource: TerraformResource;
  readonly cluster: string;
  /** The class of an Ingress, or the listener of a gateway. */
  readonly controller: string;
}

/** The fields of an HTTPRoute that determine its claims. */
interface RouteSpec {
  readonly parentRefs?: readonly {
    readonly name?: string;
    readonly namespace?: string;
    readonly sectionName?: string;
  }[];
  readonly hostnames?: readonly string[];
  readonly rules?: readonly {
    readonly backendRefs?: readonly unknown[];
    readonly matches?: readonly { readonly path?: { readonly type?: string; readonly value?: string } }[];
  }[];
}

/** The problems of claims of a stack that repeat an earlier one, of this stack or a previous one. */
function claimProblems(stack: TerraformStack): Violation[] {
  const byKey = new Map<string, Claim[]>();
  for (const claim of stack.node.root.node.findAll().flatMap(claimsOf)) {
    byKey.set(claim.key, [...(byKey.get(claim.key) ?? []), claim]);
  }
  return [...byKey.values()]
    .filter((claims) => claims.slice(1).some(({ resource }) => TerraformStack.of(resource) === stack))
    .map((claims) =>
      questionable(
        'route-claimed-once',
        `${claims[0]?.what} can be used by only one route, got it for ` +
          `${claims.map(({ resource }) => ownerPath(resource)).join(' and ')}: the older one gets the requests. Give each its own ` +
          'host or path',
      ),
    );
}

function claimsOf(construct: IConstruct): Claim[] {
  if (!TerraformResource.isTerraformResource(construct)) {
    return [];
  }
  switch (construct.terraformResourceType) {
    case 'kubernetes_ingress_v1':
      return ingressClaims(construct as IngressV1);
    case 'kubernetes_manifest':
      return routeClaims(construct as Manifest);
    default:
      return [];
  }
}

function ingressClaims(resource: IngressV1): Claim[] {
  const { ingressClassName = '', rule } = resource.specInput ?? {};
  const place = { resource, cluster: clusterText(resource), controller: `class ${ingressClassName}` };
  return listed(rule).flatMap(({ host, http }) =>
    listed(http?.path).flatMap(({ path = '/', pathType = 'Prefix' }) => claim(place, host, pathType, path)),
  );
}

function routeClaims(resource: Manifest): Claim[] {
  const { kind, metadata, spec } = (resource.manifestInput ?? {}) as {
    readonly kind?: string;
    readonly metadata?: { readonly namespace?: string };
    readonly spec?: RouteSpec;
  };
  if (kind !== 'HTTPRoute') {
    return [];
  }
  const { parentRefs, hostnames, rules } = spec ?? {};
  const cluster = clusterText(resource);
  // a redirect has no backends, and several can be for one host; a rule without matches is for every path
  const paths = listed(rules)
    .filter(({ backendRefs }) => listed(backendRefs).length > 0)
    .flatMap(({ matches = [{}] }) => listed(matches).map(({ path }) => path));
  return listed(parentRefs).flatMap(({ name = '', namespace = metadata?.namespace ?? '', sectionName = '' }) =>
    (hostnames ?? [undefined]).flatMap((host) =>
      paths.flatMap((path) => {
        const place = { resource, cluster, controller: `gateway ${namespace}/${name}/${sectionName}` };
        return claim(place, host, path?.type === 'Exact' ? 'Exact' : 'Prefix', path?.value ?? '/');
      }),
    ),
  );
}

/** The claim of a host and a path; none if only Terraform knows one of them. */
function claim(
  { resource, cluster, controller }: RoutePlace,
  host: string | undefined,
  match: string,
  path: string,
): Claim[] {
  if (!isText(path) || (host !== undefined && !isText(host))) {
    return [];
  }
  // "/api" and "/api/" stand for the same paths
  const bare = match === 'Prefix' && path !== '/' ? path.replace(/\/$/, '') : path;
  const key = JSON.stringify([cluster, controller, host ?? '', match, bare]);
  return [{ key, what: `${host ?? 'every host'} with the path ${path}`, resource }];
}

/**
 * A key for the cluster of a resource: its identity if the program knows it, else its address, else the stack and the
 * provider.
 */
function clusterText(resource: TerraformResource): string {
  const provider = clusterProvider(resource) as (TerraformProvider & { readonly hostInput?: string }) | undefined;
  const known = clusterOf({ construct: resource, provider });
  if (known !== undefined) {
    return known.identity ?? known.cluster.node.path;
  }
  return provider?.hostInput === undefined
    ? `${TerraformStack.of(resource).node.path}: ${provider?.fqn ?? ''}`
    : canonicalText(provider, provider.hostInput);
}

/** A list that the program gave; empty if it is a token. */
function listed<T>(list: readonly T[] | object | undefined): readonly T[] {
  return Array.isArray(list) ? (list as T[]) : [];
}
