import { onlyReference } from '../../terraform-json/references';
import { textAt } from '../../terraform-json/json';
import { rulePath } from '../compare/diff';
import { notIgnored } from '../compare/ignored';
import { propertyOf } from '../compare/undo';
import { minorsBetween } from '../knowledge/transitions';
import type { Trap } from '../model';
import { labelOf } from '../names/label';
import type { Resource, Stack } from '../read/program';
import type { ResourceChange } from './resource-change';
import { trapAt } from './trap-at';

const CLUSTER = 'azurerm_kubernetes_cluster';
const POOL = 'azurerm_kubernetes_cluster_node_pool';

/** A node pool and the cluster that it belongs to. */
interface Versions {
  readonly pool: Resource;
  /** The attribute with the version of the pool. */
  readonly attribute: string;
  readonly cluster: Resource;
}

/** The pools that would have a newer version of Kubernetes than their control plane, which AKS rejects. */
export function versionTraps(resourceChanges: readonly ResourceChange[], head: Stack): Trap[] {
  const changed = new Set(resourceChanges.filter(changesVersion).map(({ pair }) => pair.head?.address));
  return poolsIn(head)
    .filter(({ pool, cluster }) => changed.has(pool.address) || changed.has(cluster.address))
    .filter(isAhead)
    .map(({ pool, attribute, cluster }) => {
      const version = textAt(cluster.attributes, 'kubernetes_version');
      return trapAt(pool, {
        attribute,
        text: `the pool would have a newer version of Kubernetes than its control plane (${version}), which AKS rejects: the plan succeeds, and the apply fails`,
        remedies: [
          { text: `to apply it, set ${propertyOf(pool, attribute)} to that of ${labelOf(cluster)}`, code: version },
        ],
        source: 'https://learn.microsoft.com/azure/aks/upgrade-aks-cluster',
      });
    });
}

/** Whether a resource is new, or gets another version of Kubernetes. */
function changesVersion({ pair: { base, head, findings }, lost, forgotten }: ResourceChange): boolean {
  return (
    !forgotten &&
    head !== undefined &&
    (base === undefined ||
      lost ||
      findings.some(({ path }) => /(kubernetes|orchestrator)_version$/.test(rulePath(path))))
  );
}

/** The node pools of a stack, including default ones, whose clusters are in the same stack. */
function poolsIn({ resources }: Stack): Versions[] {
  return [...resources.values()].flatMap((pool): Versions[] => {
    if (pool.type === CLUSTER) {
      return [{ pool, attribute: 'default_node_pool.orchestrator_version', cluster: pool }];
    }
    const id = pool.type === POOL ? textAt(pool.attributes, 'kubernetes_cluster_id') : undefined;
    const cluster = id === undefined ? undefined : resources.get(onlyReference(id)?.address ?? '');
    return cluster?.type === CLUSTER ? [{ pool, attribute: 'orchestrator_version', cluster }] : [];
  });
}

function isAhead({ pool, attribute, cluster }: Versions): boolean {
  const applied = { path: ['kubernetes_version'] };
  // a channel may have upgraded the cluster if its version is ignored
  return (
    notIgnored(cluster, [applied]).length > 0 &&
    (minorsBetween(textAt(cluster.attributes, 'kubernetes_version'), textAt(pool.attributes, attribute)) ?? 0) > 0
  );
}
