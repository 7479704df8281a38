import { isExpression } from '../../terraform-json/expression';
import { at, blocks, textAt, type Json } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';
import { isOfKind } from './stored-data';

const ANNOTATION = 'service.beta.kubernetes.io/azure-';

/** The network in which the load balancer of a Service has its address, and the DNS label of the address. */
interface Side {
  /** Undefined if the code does not decide it. */
  readonly place: 'none' | 'the internet' | 'the virtual network' | undefined;
  readonly label: string | undefined;
}

/**
 * What a Service loses if it leaves its load balancer, moves between the networks of it, or loses its DNS label.
 *
 * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
 */
export function lossesOfService({ pair: { base, head } }: ResourceChange): string[] {
  if (base === undefined || head === undefined || !isOfKind(head.type, 'service')) {
    return [];
  }
  const [old, now] = [sideOf(base), sideOf(head)];
  const isKnown = old.place !== undefined && now.place !== undefined;
  const moves = isKnown && old.place !== 'none' && old.place !== now.place;
  const isUnnamed = old.label !== undefined && (moves || old.label !== now.label);
  return [
    ...(moves ? [`the address of the Service in ${old.place}`] : []),
    ...(isUnnamed ? [`the DNS label ${old.label}`] : []),
  ];
}

function sideOf({ attributes }: Resource): Side {
  const [annotations = {}] = blocks(at(attributes, 'metadata.annotations'));
  const type = textAt(attributes, 'spec.type') ?? 'ClusterIP';
  const isInternal: Json | undefined = annotations[`${ANNOTATION}load-balancer-internal`];
  const label = annotations[`${ANNOTATION}dns-label-name`];
  if (isExpression(type) || isExpression(isInternal)) {
    return { place: undefined, label: undefined };
  }
  const place = String(isInternal) === 'true' ? 'the virtual network' : 'the internet';
  return {
    place: type === 'LoadBalancer' ? place : 'none',
    label: type === 'LoadBalancer' && typeof label === 'string' ? label : undefined,
  };
}
