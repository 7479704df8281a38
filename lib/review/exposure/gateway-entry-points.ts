import { at, blocks, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { ONLY_SOME, fromNetwork, type EntryPoint, type Subject } from './entry-point';
import { ALLOWED_RANGES, annotatedLoadBalancer } from './kubernetes-entry-points';

type Reader = (manifest: JsonObject, subject: Subject) => EntryPoint;

/** The entry points of each kind of the Gateway API, which the provider has only manifests for. */
const READERS: Readonly<Record<string, Reader>> = {
  Gateway: gateway,
  HTTPRoute: route,
  GRPCRoute: route,
  TLSRoute: route,
  TCPRoute: route,
  UDPRoute: route,
};

/** What a manifest opens, if it is of the Gateway API. */
export function manifest(given: JsonObject): EntryPoint[] {
  const [object = {}] = blocks(given['manifest']);
  const kind = textAt(object, 'kind') ?? '';
  const isOfGatewayApi = textAt(object, 'apiVersion')?.startsWith('gateway.networking.k8s.io/') ?? false;
  const reader = isOfGatewayApi && Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  return reader === undefined ? [] : [reader(object, subjectOf(object, kind))];
}

function subjectOf(object: JsonObject, kind: string): Subject {
  const name = textAt(object, 'metadata.name') ?? '';
  return { key: kind, what: [kind === 'Gateway' ? 'gateway' : 'route', name].filter(Boolean).join(' ') };
}

/** A gateway has a load balancer of its own, which the annotations of its infrastructure are for. */
function gateway(object: JsonObject, subject: Subject): EntryPoint {
  const ports = [...new Set(blocks(at(object, 'spec.listeners')).map((one) => textAt(one, 'port') ?? '?'))];
  const [annotations = {}] = blocks(at(object, 'spec.infrastructure.annotations'));
  const suffix = ports.length > 0 ? `, port ${ports.join(', ')}` : '';
  const limit = { text: ONLY_SOME, argument: `manifest.spec.infrastructure.annotations["${ALLOWED_RANGES}"]` };
  return { ...annotatedLoadBalancer({ ...subject, limit }, annotations, [], suffix), ports };
}

function route(object: JsonObject, subject: Subject): EntryPoint {
  const gateways = blocks(at(object, 'spec.parentRefs')).map((one) => textAt(one, 'name') ?? '?');
  const hosts = listAt(object, 'spec.hostnames');
  const suffix = hosts.length > 0 ? `, as ${hosts.join(', ')}` : '';
  const names = [...new Set(gateways)].join(', ');
  return fromNetwork(subject, `wherever its gateway ${names} is reachable${suffix}`);
}
