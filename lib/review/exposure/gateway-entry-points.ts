import { at, blocks, listAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import { present } from '../names/present';
import { portsIn } from './limits';
import { ONLY_SOME, fromNetwork, type EntryPoint, type Subject } from './entry-point';
import { ALLOWED_RANGES, annotatedLoadBalancer } from './kubernetes-entry-points';

type Reader = (manifest: JsonObject, subject: Subject) => EntryPoint;

/** The entry points of the kinds that route requests, by API group. The provider supports them only as manifests. */
const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  'gateway.networking.k8s.io': {
    Gateway: gateway,
    HTTPRoute: route,
    GRPCRoute: route,
    TLSRoute: route,
    TCPRoute: route,
    UDPRoute: route,
  },
  'networking.istio.io': { Gateway: servers, VirtualService: hostsOf('spec.hosts') },
  'traefik.io': { IngressRoute: matches, IngressRouteTCP: matches },
  'traefik.containo.us': { IngressRoute: matches, IngressRouteTCP: matches },
  'projectcontour.io': { HTTPProxy: hostsOf('spec.virtualhost.fqdn') },
};

/** The entry points of a manifest, if its kind routes requests. */
export function manifest(given: JsonObject): EntryPoint[] {
  const [object = {}] = blocks(given['manifest']);
  const kind = textAt(object, 'kind') ?? '';
  const reader = readerOf(object, kind);
  return reader === undefined ? [] : [reader(object, subjectOf(object, kind))];
}

function readerOf(object: JsonObject, kind: string): Reader | undefined {
  return own(own(READERS, textAt(object, 'apiVersion')?.split('/', 1)[0] ?? '') ?? {}, kind);
}

function subjectOf(object: JsonObject, kind: string): Subject {
  const name = textAt(object, 'metadata.name') ?? '';
  return { key: kind, what: present(kind === 'Gateway' ? 'gateway' : 'route', name).join(' ') };
}

/** A gateway. The annotations of its infrastructure apply to its load balancer. */
function gateway(object: JsonObject, subject: Subject): EntryPoint {
  const ports = [...new Set(blocks(at(object, 'spec.listeners')).map((one) => textAt(one, 'port') ?? '?'))];
  const [annotations = {}] = blocks(at(object, 'spec.infrastructure.annotations'));
  const suffix = ports.length > 0 ? `, port ${ports.join(', ')}` : '';
  const limit = { text: ONLY_SOME, argument: `manifest.spec.infrastructure.annotations["${ALLOWED_RANGES}"]` };
  const balancer = annotatedLoadBalancer({ ...subject, limit }, annotations, [], suffix);
  return { ...balancer, rest: '', limits: { ports: portsIn(ports) }, ports };
}

function route(object: JsonObject, subject: Subject): EntryPoint {
  const gateways = blocks(at(object, 'spec.parentRefs')).map((one) => textAt(one, 'name') ?? '?');
  const hosts = listAt(object, 'spec.hostnames');
  const backends = blocks(at(object, 'spec.rules')).flatMap((rule) => blocks(rule['backendRefs']));
  const services = [...new Set(backends.flatMap((one) => textAt(one, 'name') ?? []))];
  const goal = services.length > 0 ? `, on to ${services.join(', ')}` : '';
  const suffix = (hosts.length > 0 ? `, as ${hosts.join(', ')}` : '') + goal;
  const names = [...new Set(gateways)].join(', ');
  return fromNetwork(subject, `wherever its gateway ${names} is reachable${suffix}`);
}

/** An Istio gateway, which opens ports of the pods that it selects. */
function servers(object: JsonObject, subject: Subject): EntryPoint {
  const all = blocks(at(object, 'spec.servers'));
  const ports = all.map((one) => textAt(one, 'port.number') ?? '?');
  const hosts = [...new Set(all.flatMap((one) => listAt(one, 'hosts')))];
  const text = `wherever its pods are reachable, port ${ports.join(', ')}, as ${hosts.join(', ')}`;
  return { ...fromNetwork(subject, text), ports };
}

function hostsOf(path: string): Reader {
  return (object, subject) => {
    const gateways = listAt(object, 'spec.gateways');
    const where = gateways.length > 0 ? `its gateway ${gateways.join(', ')}` : 'its controller';
    return fromNetwork(subject, `wherever ${where} is reachable, as ${listAt(object, path).join(', ')}`);
  };
}

function matches(object: JsonObject, subject: Subject): EntryPoint {
  const rules = blocks(at(object, 'spec.routes')).map((one) => textAt(one, 'match') ?? '?');
  const points = listAt(object, 'spec.entryPoints');
  const suffix = points.length > 0 ? ` at ${points.join(', ')}` : '';
  return fromNetwork(subject, `wherever its controller is reachable${suffix}, for ${rules.join(' or ')}`);
}
