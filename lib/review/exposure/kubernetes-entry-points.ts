import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import { containersOf, podOf } from '../read/pods';
import type { Resource } from '../read/program';
import { extentOf } from './internet';
import { ONLY_SOME, fromNetwork, fromSources, dependsOn, type EntryPoint, type Subject } from './entry-point';
import { portsIn } from './limits';
import { EVERYONE, parseSource } from './source';
import { leadsTo } from './ways';

/** The annotation that makes a load balancer of AKS internal. */
export const INTERNAL = 'service.beta.kubernetes.io/azure-load-balancer-internal';

/** The annotation with the allowed ranges. */
export const ALLOWED_RANGES = 'service.beta.kubernetes.io/azure-allowed-ip-ranges';

/** The annotations with allowed sources, in addition to the ranges in the service. */
const ALLOWED = [ALLOWED_RANGES, 'service.beta.kubernetes.io/azure-allowed-service-tags'];

/** The arguments that determine who can reach the address of a service. */
const ADDRESS = ['spec.type', 'external_name', 'annotations', 'load_balancer_source_ranges', 'spec.port'];

/** A service, its external addresses and its ports on the nodes. */
export function service(given: JsonObject, resource: Resource): EntryPoint[] {
  return [serviceAddress(given), ...externalAddresses(given, resource), ...nodePorts(given, resource)];
}

function serviceAddress(given: JsonObject): EntryPoint {
  const name = textAt(given, 'metadata.name');
  const subject = {
    key: 'service',
    what: name === undefined || isExpression(name) ? 'service' : `service ${name}`,
    by: ADDRESS,
    limit: { text: ONLY_SOME, argument: 'spec.load_balancer_source_ranges' },
  };
  const type = textAt(given, 'spec.type') ?? 'ClusterIP';
  const ports = blocks(at(given, 'spec.port')).map((port) => textAt(port, 'port') ?? '?');
  const suffix = ports.length > 0 ? `, port ${ports.join(', ')}` : '';
  if (isExpression(type)) {
    return dependsOn(subject, type, suffix);
  }
  if (type === 'ExternalName') {
    return leadsTo(subject, [textAt(given, 'spec.external_name') ?? 'nothing']);
  }
  return type === 'LoadBalancer'
    ? { ...loadBalancer(subject, given, suffix), rest: '', limits: { ports: portsIn(ports) }, ports }
    : { ...subject, reach: 'cluster', text: 'inside the cluster' };
}

function loadBalancer(subject: Subject, given: JsonObject, suffix: string): EntryPoint {
  const [annotations = {}] = blocks(at(given, 'metadata.annotations'));
  return annotatedLoadBalancer(subject, annotations, listAt(given, 'spec.load_balancer_source_ranges'), suffix);
}

/** A load balancer of AKS with some annotations and additional allowed ranges. */
export function annotatedLoadBalancer(
  subject: Subject,
  annotations: JsonObject,
  ranges: readonly string[],
  suffix: string,
): EntryPoint {
  const isInternal = annotations[INTERNAL];
  if (isExpression(isInternal)) {
    return dependsOn(subject, isInternal, suffix);
  }
  if (String(isInternal) === 'true') {
    return fromNetwork(subject, `the virtual network${suffix}`);
  }
  const allowed = ALLOWED.flatMap((name) => String(annotations[name] ?? '').split(',')).map((source) => source.trim());
  return fromSources(subject, [...ranges, ...allowed].filter(Boolean), suffix);
}

function externalAddresses(given: JsonObject, resource: Resource): EntryPoint[] {
  const addresses = listAt(given, 'spec.external_ips');
  const what = `external addresses of ${labelOf(resource)}`;
  const subject = { key: 'external', what, by: ['external_ips'] };
  return addresses.length === 0 ? [] : [fromNetwork(subject, `the networks that route ${addresses.join(', ')} to it`)];
}

function nodePorts(given: JsonObject, resource: Resource): EntryPoint[] {
  const ports = blocks(at(given, 'spec.port')).flatMap((port) => textAt(port, 'node_port') ?? []);
  const isOnNodes = ports.length > 0 || textAt(given, 'spec.type') === 'NodePort';
  const text = `every node, port ${ports.join(', ') || 'chosen by the cluster'}`;
  const subject = { key: 'nodes', what: `node port of ${labelOf(resource)}`, by: ['node_port', 'spec.type'] };
  return isOnNodes ? [fromNetwork(subject, text)] : [];
}

/** An ingress, which its controller exposes. */
export function ingress(given: JsonObject, resource: Resource): EntryPoint[] {
  const hosts = blocks(at(given, 'spec.rule')).flatMap((rule) => textAt(rule, 'host') ?? []);
  const [annotations = {}] = blocks(at(given, 'metadata.annotations'));
  const limits = ALLOW_LISTS.flatMap((name) => String(annotations[name] ?? '').split(','))
    .map((source) => source.trim())
    .filter(Boolean);
  const isLimited = limits.length > 0 && extentOf(limits)?.isEveryone !== true;
  const only = isLimited ? `, only from ${limits.join(', ')}` : '';
  const services = servicesOf(given);
  const goal = services.length > 0 ? `, on to ${services.join(', ')}` : '';
  const names = hosts.length > 0 ? `, as ${hosts.join(', ')}` : '';
  const by = ['spec.rule', 'default_backend', 'metadata.annotations'];
  return [
    {
      ...fromNetwork(
        { key: 'ingress', what: labelOf(resource), by },
        `wherever its controller is reachable${names}${only}${goal}`,
      ),
      rest: names + goal,
      sources: isLimited ? limits.map(parseSource) : [EVERYONE],
    },
  ];
}

/** The services behind an ingress. */
function servicesOf(given: JsonObject): string[] {
  const paths = blocks(at(given, 'spec.rule')).flatMap((rule) => blocks(at(rule, 'http.path')));
  const backends = [
    ...blocks(at(given, 'spec.default_backend')),
    ...blocks(at(given, 'spec.backend')),
    ...paths.flatMap((path) => blocks(path['backend'])),
  ];
  return [...new Set(backends.flatMap((one) => textAt(one, 'service.name') ?? textAt(one, 'service_name') ?? []))];
}

/** The annotations with the allowed sources of an ingress, for several controllers. */
const ALLOW_LISTS = [
  ...['whitelist-source-range', 'allowlist-source-range'].map((name) => `nginx.ingress.kubernetes.io/${name}`),
  ...['whitelist', 'allow-list'].map((name) => `haproxy.org/${name}`),
];

/** The host ports and the host network of pods. */
export function hostPorts(_: JsonObject, workload: Resource): EntryPoint[] {
  const pod = at(podOf(workload), 'spec');
  const ports = containersOf(workload)
    .flatMap((container) => blocks(container['port']))
    .flatMap((port) => textAt(port, 'host_port') ?? []);
  const found: EntryPoint[] = [];
  if (ports.length > 0) {
    const subject = { key: 'host-port', what: `host port of ${labelOf(workload)}`, by: ['host_port'] };
    found.push(fromNetwork(subject, `the pods' nodes, port ${ports.join(', ')}`));
  }
  if (textAt(pod, 'host_network') === 'true') {
    const subject = { key: 'host-network', what: `host network of ${labelOf(workload)}`, by: ['host_network'] };
    found.push(fromNetwork(subject, "the pods' nodes, every port"));
  }
  return found;
}

/** The addresses behind a service without a selector. */
export function endpointsOf(given: JsonObject, resource: Resource): EntryPoint[] {
  const addresses = [
    ...blocks(given['subset']).flatMap((one) => blocks(one['address']).flatMap((address) => listAt(address, 'ip'))),
    ...blocks(given['endpoint']).flatMap((one) => listAt(one, 'addresses')),
  ];
  return addresses.length === 0 ? [] : [leadsTo({ key: 'addresses', what: labelOf(resource) }, addresses)];
}
