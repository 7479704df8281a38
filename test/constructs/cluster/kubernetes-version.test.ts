import { TerraformStack } from 'cdktf';
import { AksCluster, type AksClusterProps, ClusterTier, KubernetesVersion, Problems } from '../../../constructs';
import { only, RESOURCE_GROUP, synth, testStack, warningsOf } from '../../util';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
}

/** What the problems of a cluster with other props are. */
function problemsOf(props: Partial<AksClusterProps>): string[] {
  const stack = testStack();
  clusterIn(stack, props);
  return Problems.of(stack);
}

describe('the Kubernetes version', () => {
  const version = (minor: string, today: string, props: Partial<AksClusterProps> = {}): Partial<AksClusterProps> => ({
    kubernetesVersion: KubernetesVersion.of(minor, { today }),
    ...props,
  });
  const supported = (minor: string, today: string, props: Partial<AksClusterProps> = {}): Partial<AksClusterProps> => ({
    kubernetesVersion: KubernetesVersion.of(minor, { today, mustBeSupported: true }),
    ...props,
  });
  const longTerm = { longTermSupport: true, tier: ClusterTier.PREMIUM };

  test.each<[string, Partial<AksClusterProps>, number, number]>([
    ['is fine in the middle of its support', version('1.36', '2026-11-23'), 0, 0],
    ['is fine when it is newer than the table', version('1.42', '2026-11-23'), 0, 0],
    ['warns 60 days before the end', version('1.34', '2026-10-01'), 0, 1],
    ['does not warn 61 days before the end', version('1.34', '2026-09-30'), 0, 0],
    ['warns on its last day', version('1.34', '2026-11-30'), 0, 1],
    ['warns the day after, and stops nothing', version('1.34', '2026-12-01'), 0, 1],
    ['is a problem the day after, on request', supported('1.34', '2026-12-01'), 1, 0],
    ['warns on its last day, on request', supported('1.34', '2026-11-30'), 0, 1],
    ['is fine after that with long-term support', version('1.34', '2026-12-01', longTerm), 0, 0],
    ['warns after that', version('1.34', '2027-12-01', longTerm), 0, 1],
    ['is a problem after that, on request', supported('1.34', '2027-12-01', longTerm), 1, 0],
    ['warns when it is older than the table', version('1.25', '2026-11-23'), 0, 1],
    ['is a problem when it is older than the table, on request', supported('1.25', '2026-11-23'), 1, 0],
    ['must be a minor one', version('1.35.2', '2026-11-23'), 1, 0],
  ])('%s', (_, props, problems, warnings) => {
    const stack = testStack();
    clusterIn(stack, props);

    expect(Problems.of(stack)).toHaveLength(problems);
    expect(warningsOf(stack)).toHaveLength(warnings);
  });

  test('says until when it was supported, and what to do', () => {
    expect(problemsOf(supported('1.34', '2026-12-01'))).toEqual([
      `[stack/cluster] 'kubernetesVersion' must be a version that Azure supports, such as "1.36", got "1.34", whose ` +
        'support ended by 2026-11-30: use a newer one, or set longTermSupport, which requires the Premium tier',
    ]);
  });

  test('has long-term support in the Premium tier only', () => {
    const stack = testStack();
    clusterIn(stack, version('1.34', '2026-12-01', longTerm));

    expect(only(synth(stack), 'azurerm_kubernetes_cluster')).toMatchObject({
      sku_tier: 'Premium',
      support_plan: 'AKSLongTermSupport',
    });
    expect(problemsOf(version('1.34', '2026-11-01', { longTermSupport: true }))).toEqual([
      "[stack/cluster] 'longTermSupport' needs the tier Premium, got Free: set 'tier' to ClusterTier.PREMIUM",
    ]);
  });
});
