import { addTo } from '../../terraform-json/group';
import { own } from '../../terraform-json/json';
import type { Equivalents, RuleProps } from './rule';
import { PROFILES, type Profile } from './severity';
import { AZURE_ACCESS_RULES, KUBERNETES_ACCESS_RULES } from './rules/access-rules';
import { CLUSTER_RULES } from './rules/cluster-rules';
import { CONTAINER_RIGHTS } from './rules/container-rights';
import { CONTAINER_SETTINGS } from './rules/container-settings';
import { NETWORK_RULES } from './rules/network-rules';
import { NODE_POOL_RULES } from './rules/node-pool-rules';
import { OBJECT_RULES } from './rules/object-rules';
import { POD_RULES } from './rules/pod-rules';
import { REGISTRY_RULES } from './rules/registry-rules';
import { STORAGE_RULES } from './rules/storage-rules';
import { VAULT_RULES } from './rules/vault-rules';
import { WORKLOAD_RULES } from './rules/workload-rules';

/** A rule of the findings. Its id never changes, since acceptances refer to it. */
export interface FindingRule extends RuleProps {
  readonly id: string;
}

const PROPS: Readonly<Record<string, RuleProps>> = {
  ...CLUSTER_RULES,
  ...NODE_POOL_RULES,
  ...REGISTRY_RULES,
  ...NETWORK_RULES,
  ...AZURE_ACCESS_RULES,
  ...VAULT_RULES,
  ...STORAGE_RULES,
  ...CONTAINER_RIGHTS,
  ...CONTAINER_SETTINGS,
  ...POD_RULES,
  ...WORKLOAD_RULES,
  ...OBJECT_RULES,
  ...KUBERNETES_ACCESS_RULES,
};

/** All rules of the findings. */
export const FINDING_RULES: readonly FindingRule[] = Object.entries(PROPS).map(([id, props]) => ({ id, ...props }));

const BY_ID: Readonly<Record<string, FindingRule>> = Object.fromEntries(FINDING_RULES.map((rule) => [rule.id, rule]));

/** The rules of a profile. */
export function rulesOf(profile: Profile): readonly FindingRule[] {
  return FINDING_RULES.filter((rule) => appliesIn(profile, rule));
}

/** Whether a rule applies in a profile. */
export function appliesIn(profile: Profile, rule: FindingRule): boolean {
  return PROFILES.indexOf(rule.profile) <= PROFILES.indexOf(profile);
}

/** The rules with a name: the one with this id, or those with this name in another scanner. */
export function rulesNamed(name: string): readonly FindingRule[] {
  const rule = own(BY_ID, name);
  return rule === undefined ? (NAMED.get(name) ?? []) : [rule];
}

/** The rule of a finding. */
export function findingRule(id: string): FindingRule {
  const rule = own(BY_ID, id);
  if (rule === undefined) {
    throw new Error(`no rule has the id '${id}'`);
  }
  return rule;
}

/** The names of a rule in other scanners. */
export function equivalentsOf({ equivalents }: { readonly equivalents: Equivalents }): string[] {
  const { checkov = [], trivy = [], kubeLinter = [], kubeScore = [] } = equivalents;
  return [
    ...checkov,
    ...trivy,
    ...kubeLinter.map((name) => `kube-linter ${name}`),
    ...kubeScore.map((name) => `kube-score ${name}`),
  ];
}

const NAMED = new Map<string, FindingRule[]>();
for (const rule of FINDING_RULES) {
  for (const name of Object.values(rule.equivalents).flat() as string[]) {
    addTo(NAMED, name, rule);
  }
}
