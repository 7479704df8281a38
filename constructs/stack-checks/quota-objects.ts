import type { ServiceV1Spec } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { StatefulSetV1Spec } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { type TerraformResource } from 'cdktf';
import { type Violation, when } from '../core/problems/violation';
import { isKnown } from '../core/values/known';
import { objectSpec } from '../kubernetes/object-metadata';
import { quantityValue } from '../kubernetes/quantity';

/** The amounts that an object adds to the quota of its namespace, by the names of Kubernetes. */
type Counts = { readonly [resource: string]: bigint };

/** The quotas on objects: the property, and the minimum in words. */
const COUNTED: { readonly [resource: string]: readonly [property: string, objects: string] } = {
  persistentvolumeclaims: ['persistentVolumeClaims', 'as many claims of volumes as its namespace has'],
  'requests.storage': ['storageGibibytes', 'what the claims of volumes in its namespace request together'],
  'services.loadbalancers': ['loadBalancers', 'as many Services of the type LoadBalancer as its namespace has'],
  'services.nodeports': ['nodePorts', 'as many ports on every node as the Services in its namespace have'],
};

/**
 * The problems of a quota that is too small for the claims and the Services of the program in its namespace.
 *
 * @param objects The objects in the namespace
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaObjectProblems(
  hard: { readonly [resource: string]: string },
  quotaPath: string,
  objects: readonly TerraformResource[],
): Violation[] {
  const asked = Object.entries(COUNTED).filter(([name]) => isKnown(hard[name]));
  if (asked.length === 0) {
    return [];
  }
  const counts = objects.map(countsOf);
  return asked.flatMap(([name, [property, counted]]) => {
    const total = counts.reduce((sum, one) => sum + (one[name] ?? 0n), 0n);
    return when(
      total > quantityValue(String(hard[name])),
      'quota-holds-objects',
      () =>
        `'quota.${property}' of ${quotaPath} must be at least ${shown(name, total)}, ${counted}, got ` +
        `${hard[name]}: the API server would reject the rest`,
    );
  });
}

const ONE = quantityValue('1');

function shown(name: string, total: bigint): string {
  return name === 'requests.storage' ? `${total / quantityValue('1Gi')}Gi` : String(total / ONE);
}

function countsOf(resource: TerraformResource): Counts {
  const type = resource.terraformResourceType.replace(/_v1$/, '');
  const spec = objectSpec(resource);
  switch (type) {
    case 'kubernetes_persistent_volume_claim':
      return claimCounts(spec, 1n);
    case 'kubernetes_stateful_set': {
      const { replicas, volumeClaimTemplate } = spec as StatefulSetV1Spec;
      const pods = BigInt(isKnown(replicas) && /^\d+$/.test(replicas) ? replicas : '1');
      return sum(
        (Array.isArray(volumeClaimTemplate) ? volumeClaimTemplate : []).map((one) => claimCounts(one.spec, pods)),
      );
    }
    case 'kubernetes_service':
      return serviceCounts(spec as Partial<ServiceV1Spec>);
    default:
      return {};
  }
}

interface ClaimSpec {
  readonly resources?: { readonly requests?: { readonly [resource: string]: string } };
}

function claimCounts(spec: ClaimSpec | undefined, pods: bigint): Counts {
  const storage = spec?.resources?.requests?.['storage'];
  return {
    persistentvolumeclaims: pods * ONE,
    'requests.storage': isKnown(storage) ? pods * quantityValue(storage) : 0n,
  };
}

function serviceCounts(spec: Partial<ServiceV1Spec>): Counts {
  return {
    'services.loadbalancers': spec.type === 'LoadBalancer' ? ONE : 0n,
    'services.nodeports': BigInt(nodePortCount(spec)) * ONE,
  };
}

/**
 * The number of ports that a Service gets on every node.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/quota/v1/evaluator/core/services.go
 */
function nodePortCount({ type, port, allocateLoadBalancerNodePorts }: Partial<ServiceV1Spec>): number {
  const ports = Array.isArray(port) ? port : [];
  if (type === 'LoadBalancer' && allocateLoadBalancerNodePorts === false) {
    return ports.filter(({ nodePort }) => nodePort !== undefined).length;
  }
  return type === 'NodePort' || type === 'LoadBalancer' ? ports.length : 0;
}

function sum(all: readonly Counts[]): Counts {
  const names = new Set(all.flatMap((one) => Object.keys(one)));
  return Object.fromEntries(
    [...names].map((name) => [name, all.reduce((total, one) => total + (one[name] ?? 0n), 0n)]),
  );
}
