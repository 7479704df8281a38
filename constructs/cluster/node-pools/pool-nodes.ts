import { Fn, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type Violation, violation } from '../../core/problems/violation';
import { isKnown, isText, itemsOf } from '../../core/values/known';
import { clusterOf, type PlacedPods, podsOf } from '../../kubernetes/known-clusters';
import { POOL_LABEL } from '../../kubernetes/nodes';
import { hasLabels, type PoolNodes, untolerated } from '../../kubernetes/scheduling';
import { keepsOff, readTaint, type Taint, TaintEffect, taintText } from '../../kubernetes/taint';
import type { NodePoolMode } from './add-node-pool-options';
import { architectureOf } from './arm-pool';
import { SPOT_KEY, SPOT_VALUE, SYSTEM_TAINT } from './azure-taints';
import { devicesOf } from './gpu-devices';
import type { NodePoolOptions } from './node-pool-options';
import { DEFAULT_VM_SIZE } from './vm-size';

/**
 * The nodes of a pool, with the labels that Azure gives them.
 *
 * @see https://learn.microsoft.com/azure/aks/use-labels
 */
export function poolNodes(
  name: string,
  mode: NodePoolMode | string,
  { vmSize = DEFAULT_VM_SIZE, labels = {}, gpuInstance, ultraDisks = false }: NodePoolOptions,
  taints: readonly string[],
): PoolNodes {
  const architecture = architectureOf(vmSize);
  const given = {
    [SPOT_KEY]: taints.some((one) => isText(one) && readTaint(one).key === SPOT_KEY) ? SPOT_VALUE : '',
    [POOL_LABEL]: name,
    agentpool: name,
    'kubernetes.azure.com/mode': mode.toLowerCase(),
    'node.kubernetes.io/instance-type': vmSize,
    'kubernetes.io/os': 'linux',
    ...(architecture === undefined ? {} : { 'kubernetes.io/arch': architecture }),
  };
  const devices = devicesOf(vmSize, gpuInstance !== undefined);
  return {
    name,
    labels: Token.isUnresolved(labels) ? labels : { ...labels, ...given },
    taints,
    architecture,
    devices,
    hasUltraDisks: ultraDisks,
  };
}

/** Whether a pool has labels that select its nodes; one without any is selected by its name. */
export function isLabelled({ labels }: NodePoolOptions): boolean {
  return isKnown(labels) && Object.keys(labels).length > 0;
}

/** The warning for a pool whose taints no pods of its cluster tolerate, if the program has pods. */
export function toleranceWarnings(cluster: IConstruct, pool: PoolNodes): Violation[] {
  const taints = pool.taints.filter((one) => isText(one) && keepsOff(readTaint(one).effect));
  // agents that run on every node do not count as use of a pool
  const pods = podsOf(cluster).filter((one) => !one.isOnEveryNode);
  return taints.length === 0 ||
    taints.every((one) => readTaint(one).key === SYSTEM_TAINT) ||
    pods.length === 0 ||
    pods.some(isReported) ||
    pods.some((one) => takes(pool, one))
    ? []
    : [
        violation(
          'taints-tolerated',
          `no workload of the program can run on the pool ${isText(pool.name) ? pool.name : ''}, whose taints (${taints.join(', ')}) ` +
            "none tolerates: its nodes cost money but stay empty. Give a workload 'placement: Placement.on(...)' with the pool",
        ),
      ];
}

/** Whether no pool takes pods that are placed: they may be meant for this pool, and have a problem of their own. */
function isReported(pods: PlacedPods): boolean {
  const known = pods.isPlaced ? clusterOf(pods) : undefined;
  return known?.isMade === true && !known.pools().some((pool) => takes(pool, pods));
}

function takes(pool: PoolNodes, { demands }: PlacedPods): boolean {
  return hasLabels(pool, demands) && untolerated(pool, demands).length === 0;
}

/** The taints of a pool in the notation of Azure. */
export function renderTaints(taints: readonly Taint[] | undefined, isSpot: boolean): string[] {
  const rendered = itemsOf(taints).map(taintText);
  return isSpot
    ? [...rendered, taintText({ key: SPOT_KEY, value: SPOT_VALUE, effect: TaintEffect.NO_SCHEDULE })]
    : rendered;
}

/** The labels of a pool of Spot nodes. */
export function withSpotLabel(labels: { readonly [key: string]: string }): { [key: string]: string } {
  const spot = { [SPOT_KEY]: SPOT_VALUE };
  return Token.isUnresolved(labels) ? Token.asStringMap(Fn.merge([labels, spot])) : { ...labels, ...spot };
}
