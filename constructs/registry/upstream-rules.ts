import { type Rule } from '../core/rules/rule';
import { imageRepository } from '../workload/pod/image-rules';

/** Whether images of an upstream can be pulled with and without logging in. */
interface Upstream {
  readonly withoutLogin: boolean;
  readonly withLogin: boolean;
}

const OVERVIEW = 'https://learn.microsoft.com/azure/container-registry/artifact-cache-overview#upstream-support';

const BOTH: Upstream = { withoutLogin: true, withLogin: true };
const WITH_LOGIN: Upstream = { withoutLogin: false, withLogin: true };
const WITHOUT_LOGIN: Upstream = { withoutLogin: true, withLogin: false };

/** The registries whose images Azure caches. */
const UPSTREAMS: { readonly [host: string]: Upstream } = {
  // EnforceDockerAuthentication: Cannot create cache rule pointing to Docker Hub without credentials
  'docker.io': WITH_LOGIN,
  'mcr.microsoft.com': WITHOUT_LOGIN,
  'public.ecr.aws': WITHOUT_LOGIN,
  'ghcr.io': BOTH,
  'quay.io': BOTH,
  'registry.k8s.io': BOTH,
  'gcr.io': BOTH,
};

/** The registries of Google, by region. */
const GOOGLE = /^[a-z0-9-]+-docker\.pkg\.dev$/;

function upstreamAt(host: string): Upstream | undefined {
  return GOOGLE.test(host) ? WITH_LOGIN : Object.entries(UPSTREAMS).find(([name]) => name === host)?.[1];
}

const NAMES = [...Object.keys(UPSTREAMS), '<region>-docker.pkg.dev'].join(', ');

/** The host of an upstream repository, or whatever is before the first "/". */
export function upstreamHost(repository: string): string {
  return repository.split('/', 1)[0] ?? '';
}

export const upstreamRepository: Rule<string> = {
  id: 'upstream-repository',
  must: `must be a repository with its registry, which is one of ${NAMES}, and with no tag`,
  source: OVERVIEW,
  example: 'docker.io/library/redis',
  holds: (value) => {
    const host = upstreamHost(value);
    return upstreamAt(host) !== undefined && imageRepository.holds(value.slice(host.length + 1));
  },
  explain: reasonAgainst,
};

/** Other names of Docker Hub, and images without a registry, which elsewhere belong to Docker Hub. */
const DOCKER_HUB = /^(index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com)\/|^[^./:]+(\/|$)/;

function reasonAgainst(value: string): string {
  if (/(:|@)[^/]*$/.test(value)) {
    return 'give the tag or the digest by itself';
  }
  if (DOCKER_HUB.test(value)) {
    return 'images of Docker Hub begin with "docker.io/"';
  }
  return /\.azurecr\.io\//.test(value)
    ? 'version 4.55 of the provider cannot set the identity that a rule for another Azure registry needs'
    : 'Azure supports no others';
}

export const upstreamRegistry: Rule<string> = {
  id: 'upstream-registry',
  must: 'must be the host of a registry that Azure can cache images from with credentials',
  source: OVERVIEW,
  example: 'docker.io',
  holds: (value) => upstreamAt(value)?.withLogin === true,
  explain: (value) =>
    upstreamAt(value) === undefined
      ? `it caches images of ${NAMES}`
      : 'Azure pulls from it anonymously, and needs no credentials',
};

/** Whether Azure caches images of an upstream repository only with credentials. */
export function needsLogin(repository: string): boolean {
  return upstreamAt(upstreamHost(repository))?.withoutLogin === false;
}
