import { createHash } from 'node:crypto';

/** The longest name of a cache rule, and the number of digits that distinguish names with the same beginning. */
const MAX_NAME = 49;
const DIGITS = 8;

/** The full name of an upstream repository: Docker Hub has official images under "library". */
export function wholeRepository(upstream: string): string {
  return upstream.replace(/^docker\.io\/(?=[^/]+$)/, 'docker.io/library/');
}

/**
 * The name of the cache rule for an upstream repository: the same in every run, and unique for the repository.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/validate/container_registry_cache_rule_name.go
 */
export function cacheRuleName(upstream: string): string {
  const digits = createHash('sha256').update(upstream).digest('hex').slice(0, DIGITS);
  const words = upstream.replace(/[^a-z0-9]+/g, '-').slice(0, MAX_NAME - DIGITS - 1);
  return `${words.replace(/-$/, '')}-${digits}`;
}
