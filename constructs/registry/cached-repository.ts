import type { ContainerRegistryCacheRule } from '@cdktf/provider-azurerm/lib/container-registry-cache-rule';
import { Lazy, TerraformStack } from 'cdktf';
import { azureNames } from '../azure/azure-names';
import { claimResource } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { type Violation, violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { retiredWarnings } from '../workload/pod/image-rules';
import { cacheRuleName } from './cache-rule-names';
import type { IAcrRegistry } from './i-acr-registry';
import { cacheRules } from './late-bindings';
import { RegistryRecords } from './registry-records';
import { credentialsFor, type UpstreamCredentials } from './upstream-credentials';
import { needsLogin, upstreamHost } from './upstream-rules';

interface CachedRepository {
  readonly upstream: string;
  readonly rule: ContainerRegistryCacheRule;
}

const cached = new RegistryRecords<CachedRepository>();

/** The most cache rules of a registry. */
const MAX_RULES = 1000;

/**
 * The rule by which a registry caches an upstream repository, once per stack: Azure rejects a second rule for a
 * repository.
 *
 * @param registry The registry; the rule is a child of it
 * @param upstream The full name of the repository, with its registry
 */
export function cacheRuleFor(registry: IAcrRegistry, upstream: string): ContainerRegistryCacheRule {
  const same = cached.of(registry).filter((one) => one.upstream === upstream);
  const stack = TerraformStack.of(registry);
  const existing = same.find(({ rule }) => TerraformStack.of(rule) === stack);
  if (existing !== undefined) {
    return existing.rule;
  }
  reportWarnings(
    registry,
    same.slice(0, 1).map(({ rule }) => otherStackWarning(upstream, rule.node.path)),
  );
  const rule = createRule(registry, upstream);
  cached.add(registry, { upstream, rule });
  return rule;
}

function createRule(registry: IAcrRegistry, upstream: string): ContainerRegistryCacheRule {
  const name = cacheRuleName(upstream);
  const registryId = registry.registryId;
  const credentials = (): UpstreamCredentials | undefined => credentialsFor(registry, upstreamHost(upstream));
  const rule = new (cacheRules().ContainerRegistryCacheRule)(registry, `cache-${name}`, {
    name,
    containerRegistryId: registryId,
    sourceRepo: upstream,
    // shows where an image comes from, and cannot collide with your own repositories
    targetRepo: upstream,
    credentialSetId: Lazy.stringValue({ produce: () => credentialSetId(registryId, credentials()) }),
  });
  claimResource(rule, 'upstream', rule, azureNames.cacheRule(name, registry.registryName));
  // so that the rule can log in as soon as it exists
  createAfter(rule, () => credentials()?.prerequisites ?? []);
  reportProblems(rule, () => [
    ...loginProblems(registry, upstream, credentials() !== undefined),
    ...countProblems(registry, rule),
  ]);
  reportWarnings(rule, retiredWarnings(upstream));
  return rule;
}

/** The id of the credentials, which is not read from their resource, since that may be in another stack. */
function credentialSetId(registryId: string, credentials: UpstreamCredentials | undefined): string | undefined {
  return credentials === undefined ? undefined : `${registryId}/credentialSets/${credentials.credentialsName}`;
}

function loginProblems({ node }: IAcrRegistry, upstream: string, hasCredentials: boolean): Violation[] {
  const host = upstreamHost(upstream);
  return when(
    needsLogin(upstream) && !hasCredentials,
    'cache-needs-credentials',
    () =>
      `${show(upstream)} can only be cached with credentials for ${host}, since Azure rejects a rule without them ` +
      `(EnforceDockerAuthentication): create an AcrUpstreamCredentials for ${node.path} with 'upstream' ${show(host)}`,
  );
}

function countProblems(registry: IAcrRegistry, rule: ContainerRegistryCacheRule): Violation[] {
  const rules = cached.of(registry);
  return when(
    rules[MAX_RULES]?.rule === rule,
    'cache-rule-count',
    () => `a registry supports at most ${MAX_RULES} cache rules, got ${rules.length} for ${registry.node.path}`,
  );
}

function otherStackWarning(upstream: string, other: string): Violation {
  return violation(
    'cache-rule-in-two-stacks',
    `${show(upstream)} is cached by ${other} of another stack too: if both stacks are deployed, Azure rejects the second rule. Cache it in only one of them`,
  );
}
