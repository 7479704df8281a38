import { at, blocks, isObject, textAt } from '../../terraform-json/json';
import { ANYONE } from '../access/grant';
import { readGrants } from '../access/grants';
import { isWorkload } from '../read/pods';
import type { Resource } from '../read/program';
import { unversioned } from '../read/resource-type';
import type { EntryPoint } from '../exposure/entry-point';
import { entryPointsOf } from '../exposure/entry-points';
import { apiServerOf, nodeGroupOf, subnetBox } from './azure';
import { readable } from '../names/names';
import { neighboursBy } from './neighbours';
import { namespaceOf, type Places } from './places';
import type { Sketch } from './sketch';
import { callsOf } from './workloads';

/** Draws what can be reached from outside and within a cluster. */
export function drawReach(sketch: Sketch, places: Places): void {
  for (const resource of sketch.resources) {
    for (const entry of entryPointsOf(resource).values()) {
      if (entry.reach !== 'cluster' && entry.isDenial !== true) {
        drawEntry(resource, entry, sketch, places);
      }
    }
  }
  drawCalls(sketch, places);
}

function drawEntry(resource: Resource, entry: EntryPoint, sketch: Sketch, places: Places): void {
  const { type } = resource;
  const isInCluster = type.startsWith('kubernetes_');
  if (isInCluster && entry.reach === 'network' && !['service', 'Gateway'].includes(entry.key)) {
    return; // a route, an ingress and a node port are reached through other boxes.
  }
  const cluster = isInCluster ? places.cluster(resource) : undefined;
  const target =
    type === 'azurerm_kubernetes_cluster' && entry.key === 'api' ? apiServerOf(sketch.idOf(resource)) : undefined;
  const from = sourceOf(entry, cluster ?? sketch.idOf(resource), sketch, places);
  const to = target ?? places.box(resource);
  const text = { kind: 'reach', text: entryText(entry, resource), owner: resource } as const;
  if (cluster === undefined) {
    sketch.connect(text, from, to);
    return;
  }
  const balancer = loadBalancer(cluster, entry.reach === 'network', sketch);
  sketch.connect({ ...text, text: text.text || 'every port' }, from, balancer);
  sketch.connect({ ...text, text: '' }, balancer, to);
}

/** The text of an arrow to an entry point: its ports, or how it is limited. */
function entryText({ reach, ports = [], text }: EntryPoint, resource: Resource): string {
  if (ports.length > 0) {
    return `port ${ports.map(readable).join(', ')}`;
  }
  if (text.endsWith('with credentials')) {
    const open = readGrants(resource).filter(({ who, isUsual }) => who === ANYONE && isUsual !== true);
    const may = open.flatMap((grant) => grant.may.map(readable));
    return readable(text).replace('the internet, ', '') + (may.length > 0 ? `, without them: ${may.join(', ')}` : '');
  }
  return reach === undefined ? readable(text) : '';
}

/** The box from which something is reached. */
function sourceOf({ reach, sources = [] }: EntryPoint, near: string, sketch: Sketch, places: Places): string {
  if (reach === 'internet' || reach === undefined) {
    return sketch.add({
      id: 'internet',
      caption: 'everyone',
      name: 'Internet',
      details: [],
      origin: 'found',
      isPlace: false,
    });
  }
  if (reach === 'ranges') {
    const texts = sources.map(({ text }) => readable(text));
    const more = texts.length > 2 ? [`and ${texts.length - 2} more`] : [];
    return places.elsewhere([...texts.slice(0, 2), ...more].join(', ') || 'its exceptions', 'only some addresses');
  }
  const network = sketch.boxes.get(`${nodeGroupOf(near)} network`)?.id ?? networkOf(near, sketch);
  return network ?? places.elsewhere('private network', 'virtual network');
}

/** The virtual network of the nodes of a cluster. */
function networkOf(cluster: string, sketch: Sketch): string | undefined {
  const subnet = sketch.attachedTo(`${cluster} pool`);
  return subnet === undefined ? undefined : (sketch.boxes.get(subnet)?.parent ?? subnet);
}

/** The load balancer that Azure creates for the Services of a cluster. */
function loadBalancer(cluster: string, isInternal: boolean, sketch: Sketch): string {
  const group = sketch.boxes.has(nodeGroupOf(cluster)) ? nodeGroupOf(cluster) : cluster;
  const owner = sketch.boxes.get(cluster)?.owner;
  const name = isInternal ? 'kubernetes-internal' : 'kubernetes';
  return sketch.add({
    id: `${cluster} ${name}`,
    caption: 'load balancer',
    name,
    details: [],
    parent: group,
    origin: 'azure',
    isPlace: false,
    ...(owner === undefined ? {} : { owner }),
  });
}

/** Draws the networks of node pools, the pods behind each Service, and the Services that pods call by name. */
function drawCalls(sketch: Sketch, places: Places): void {
  const spots = neighboursBy(sketch.resources.filter(isWorkload), spotOf);
  for (const resource of sketch.resources) {
    if (resource.type === 'azurerm_kubernetes_cluster_node_pool') {
      const subnet = textAt(resource.attributes, 'vnet_subnet_id');
      const box = subnet === undefined ? undefined : subnetBox(subnet, resource, places);
      sketch.connect({ kind: 'attach', text: 'nodes', owner: resource }, sketch.idOf(resource), box);
    }
  }
  const services = sketch.resources.filter(({ type }) => unversioned(type) === 'kubernetes_service');
  const names = new Map(services.map((service) => [`${spotOf(service)} ${nameIn(service)}`, service]));
  for (const service of services) {
    const selector = at(service.attributes, 'spec.selector');
    const behind = isObject(selector) ? (spots.get(spotOf(service))?.selected(selector) ?? []) : [];
    behind.forEach((one) =>
      sketch.connect({ kind: 'reach', text: '', owner: service }, sketch.idOf(service), sketch.idOf(one)),
    );
  }
  for (const workload of [...spots.values()].flatMap(({ workloads }) => workloads)) {
    for (const { name, text } of callsOf(workload)) {
      const called = names.get(`${spotOf(workload)} ${hostIn(text)}`);
      sketch.connect(
        { kind: 'reach', text: readable(name), owner: workload },
        called && sketch.idOf(workload),
        called && sketch.idOf(called),
      );
    }
  }
  drawRoutes(sketch, names);
}

/** Draws the Services behind each Ingress and each route of the Gateway API, with its gateways. */
function drawRoutes(sketch: Sketch, services: ReadonlyMap<string, Resource>): void {
  const gateways = new Map(
    sketch.resources
      .filter(({ attributes }) => textAt(attributes, 'manifest.kind') === 'Gateway')
      .map((gateway) => [`${spotOf(gateway)} ${nameIn(gateway)}`, gateway]),
  );
  for (const resource of sketch.resources) {
    const manifest = blocks(resource.attributes['manifest'])[0];
    const rules = blocks(at(manifest ?? resource.attributes, manifest ? 'spec.rules' : 'spec.rule'));
    const targets = manifest
      ? rules.flatMap((rule) => blocks(rule['backendRefs'])).flatMap((one) => textAt(one, 'name') ?? [])
      : rules
          .flatMap((rule) => blocks(at(rule, 'http.path')))
          .flatMap((path) => textAt(path, 'backend.service.name') ?? textAt(path, 'backend.service_name') ?? []);
    for (const target of new Set(targets)) {
      const service = services.get(`${spotOf(resource)} ${target}`);
      sketch.connect(
        { kind: 'reach', text: '', owner: resource },
        sketch.idOf(resource),
        service && sketch.idOf(service),
      );
    }
    for (const parent of blocks(at(manifest, 'spec.parentRefs'))) {
      const gateway = gateways.get(`${spotOf(resource)} ${textAt(parent, 'name') ?? ''}`);
      const text = textAt(manifest, 'spec.hostnames') ?? '';
      sketch.connect({ kind: 'reach', text, owner: resource }, gateway && sketch.idOf(gateway), sketch.idOf(resource));
    }
  }
}

/** The maximum length of a text that may be the address of a Service. */
const LONGEST_ADDRESS = 300;

/** The first label of the host that a text names: of "back", "back:6379", "http://back.shop.svc/a". */
function hostIn(text: string): string {
  const host = text.length > LONGEST_ADDRESS ? '' : text.replace(/^[a-z]+:\/\/(?:[^@/]*@)?/, '');
  return /^([a-z0-9-]+)(?:[.:/]|$)/.exec(host)?.[1] ?? '';
}

function nameIn({ attributes }: Resource): string {
  return textAt(attributes, 'metadata.name') ?? textAt(attributes, 'manifest.metadata.name') ?? '';
}

/** The namespace and its cluster, within which names are unique. */
function spotOf(resource: Resource): string {
  return `${resource.stack} ${resource.provider} ${namespaceOf(resource)}`;
}
