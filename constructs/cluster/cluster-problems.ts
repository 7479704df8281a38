import { groupProblems } from '../azure/group-problems';
import { literalGroup } from '../azure/resource-group';
import { withFreeName } from '../azure/reserved-names';
import { clusterName } from '../azure/resource-name-rules';
import { type Violation, violation, when } from '../core/problems/violation';
import { check, checkGiven, orExample } from '../core/rules/rule';
import { type AksClusterProps, ClusterTier } from './aks-cluster-props';
import { clusterAutoscalerProblems } from './cluster-autoscaler';
import { dnsPrefix, sshPublicKey } from './cluster-rules';
import { nodeResourceGroupProblems } from './node-resource-group';
import { clusterSecurityProblems } from './security/cluster-security';
import { upgradePolicyProblems } from './upgrades/upgrade-policy';

/** The problems of the properties of a cluster, alone and in combination, without those of its parts. */
export function clusterProblems(props: AksClusterProps): Violation[] {
  const group = literalGroup(props.resourceGroup);
  const nameProblems = [
    ...withFreeName(checkGiven(clusterName, 'clusterName', props.clusterName), 'clusterName', props.clusterName),
  ];
  return [
    ...nameProblems,
    ...dnsPrefixProblems(props),
    ...(nameProblems.length > 0 || groupProblems(group).length > 0
      ? []
      : nodeResourceGroupProblems(group, props.clusterName)),
    ...check(sshPublicKey, 'sshPublicKey', props.sshPublicKey),
    ...(props.kubernetesVersion?._problems(props.longTermSupport === true) ?? []),
    ...longTermSupportProblems(props),
    ...costAnalysisProblems(props),
    ...(props.upgradePolicy === undefined ? [] : upgradePolicyProblems(props.upgradePolicy)),
    ...(props.clusterAutoscaler === undefined ? [] : clusterAutoscalerProblems(props.clusterAutoscaler)),
    ...clusterSecurityProblems(props),
  ];
}

function longTermSupportProblems({ longTermSupport, tier = ClusterTier.FREE }: AksClusterProps): Violation[] {
  return when(
    longTermSupport === true && tier !== ClusterTier.PREMIUM,
    'long-term-support-needs-premium',
    () => `'longTermSupport' needs the tier Premium, got ${tier}: set 'tier' to ClusterTier.PREMIUM`,
  );
}

function costAnalysisProblems({ costAnalysis, tier = ClusterTier.FREE }: AksClusterProps): Violation[] {
  return when(
    costAnalysis === true && tier === ClusterTier.FREE,
    'cost-analysis-needs-tier',
    () =>
      `'costAnalysis' needs the tier Standard or Premium, got ${tier}: set 'tier' to ClusterTier.STANDARD, or leave it out`,
  );
}

function dnsPrefixProblems(props: AksClusterProps): Violation[] {
  if (props.dnsPrefix !== undefined) {
    return withFreeName(check(dnsPrefix, 'dnsPrefix', props.dnsPrefix), 'dnsPrefix', props.dnsPrefix);
  }
  return check(dnsPrefix, 'dnsPrefix', orExample(clusterName, props.clusterName)).map(({ message }) =>
    violation('dns-prefix-needed', `${message}, the name of the cluster: give a 'dnsPrefix'`),
  );
}
