import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { containersOf, podOf } from '../read/pods';
import type { Resource } from '../read/program';
import { fromNetwork, fromSources, undecided, type EntryPoint, type Subject } from './entry-point';

/** The annotation that makes a load balancer of AKS internal. */
const INTERNAL = 'service.beta.kubernetes.io/azure-load-balancer-internal';

/** The annotations that limit the sources, in addition to the ranges of the service itself. */
const ALLOWED = ['ip-ranges', 'service-tags'].map((name) => `service.beta.kubernetes.io/azure-allowed-${name}`);

/** A service, its external addresses and its ports on the nodes. */
export function service(given: JsonObject): EntryPoint[] {
  return [serviceAddress(given), ...externalAddresses(given), ...nodePorts(given)];
}

function serviceAddress(given: JsonObject): EntryPoint {
  const name = textAt(given, 'metadata.name');
  const subject = { key: 'service', what: name === undefined || isExpression(name) ? 'service' : `service ${name}` };
  const type = textAt(given, 'spec.type') ?? 'ClusterIP';
  const ports = blocks(at(given, 'spec.port')).map((port) => textAt(port, 'port') ?? '?');
  const suffix = ports.length > 0 ? `, port ${ports.join(', ')}` : '';
  if (isExpression(type)) {
    return undecided(subject, `depends on ${type}${suffix}`);
  }
  return type === 'LoadBalancer'
    ? { ...loadBalancer(subject, given, suffix), ports }
    : { ...subject, reach: 'cluster', text: 'inside the cluster' };
}

function loadBalancer(subject: Subject, given: JsonObject, suffix: string): EntryPoint {
  const [annotations = {}] = blocks(at(given, 'metadata.annotations'));
  return annotatedLoadBalancer(subject, annotations, listAt(given, 'spec.load_balancer_source_ranges'), suffix);
}

/** A load balancer of AKS, by its annotations and the ranges that are let in beside them. */
export function annotatedLoadBalancer(
  subject: Subject,
  annotations: JsonObject,
  ranges: readonly string[],
  suffix: string,
): EntryPoint {
  const isInternal = annotations[INTERNAL];
  if (isExpression(isInternal)) {
    return undecided(subject, `depends on ${isInternal}${suffix}`);
  }
  if (String(isInternal) === 'true') {
    return fromNetwork(subject, `the virtual network${suffix}`);
  }
  const allowed = ALLOWED.flatMap((name) => String(annotations[name] ?? '').split(',')).map((source) => source.trim());
  return fromSources(subject, [...ranges, ...allowed].filter(Boolean), suffix);
}

function externalAddresses(given: JsonObject): EntryPoint[] {
  const addresses = listAt(given, 'spec.external_ips');
  const subject = { key: 'external', what: 'external addresses' };
  return addresses.length === 0 ? [] : [fromNetwork(subject, addresses.join(', '))];
}

function nodePorts(given: JsonObject): EntryPoint[] {
  const ports = blocks(at(given, 'spec.port')).flatMap((port) => textAt(port, 'node_port') ?? []);
  const isOnNodes = ports.length > 0 || textAt(given, 'spec.type') === 'NodePort';
  const text = `every node, port ${ports.join(', ') || 'chosen by the cluster'}`;
  return isOnNodes ? [fromNetwork({ key: 'nodes', what: 'node port' }, text)] : [];
}

/** An ingress, which is exposed by its controller. */
export function ingress(given: JsonObject): EntryPoint[] {
  const hosts = blocks(at(given, 'spec.rule')).flatMap((rule) => textAt(rule, 'host') ?? []);
  const suffix = hosts.length > 0 ? `, as ${hosts.join(', ')}` : '';
  return [fromNetwork({ key: 'ingress', what: 'ingress' }, `wherever its controller is reachable${suffix}`)];
}

/** The ports of the nodes that pods listen on. */
export function hostPorts(_: JsonObject, workload: Resource): EntryPoint[] {
  const pod = at(podOf(workload), 'spec');
  const ports = containersOf(workload)
    .flatMap((container) => blocks(container['port']))
    .flatMap((port) => textAt(port, 'host_port') ?? []);
  const found: EntryPoint[] = [];
  if (ports.length > 0) {
    found.push(fromNetwork({ key: 'host-port', what: 'host port' }, `the pods' nodes, port ${ports.join(', ')}`));
  }
  if (textAt(pod, 'host_network') === 'true') {
    found.push(fromNetwork({ key: 'host-network', what: 'host network' }, "the pods' nodes, every port"));
  }
  return found;
}
