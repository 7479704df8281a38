import { covers, isAnywhere } from './cidr';
import type { Comparison } from './compare';
import { isExpression } from './expression';
import { at, blocks, by, listAt, textAt, type JsonObject } from './json';
import type { ExposureRow, Provenance, Shift } from './model';
import type { Resource, Stack } from './program';
import { compareSets } from './shift';

/** From how far something can be reached. */
const REACH = ['cluster', 'network', 'ranges', 'internet'] as const;

/** One way in. */
interface Way {
  /** What makes it the same way on both sides of a change. */
  readonly key: string;
  readonly what: string;
  /** Undefined if the code does not decide it. */
  readonly reach: (typeof REACH)[number] | undefined;
  readonly ranges?: readonly string[];
  readonly text: string;
}

type Reader = (attributes: JsonObject) => Way[];

/** The ways in that each type of resource opens. */
const READERS: Readonly<Record<string, Reader>> = {
  kubernetes_service: service,
  kubernetes_service_v1: service,
  kubernetes_ingress_v1: ingress,
  kubernetes_deployment: hostPorts,
  kubernetes_deployment_v1: hostPorts,
  kubernetes_stateful_set: hostPorts,
  kubernetes_stateful_set_v1: hostPorts,
  kubernetes_daemonset: hostPorts,
  kubernetes_daemon_set_v1: hostPorts,
  azurerm_public_ip: () => [internet('address', 'public address', 'a public address')],
  azurerm_public_ip_prefix: () => [internet('address', 'public addresses', 'a range of public addresses')],
  azurerm_kubernetes_cluster: (given) => [apiServer(given), ...nodeAddresses(given, 'default_node_pool.')],
  azurerm_kubernetes_cluster_node_pool: (given) => nodeAddresses(given, ''),
  azurerm_container_registry: (given) => [
    endpoint('registry', given, 'network_rule_set.ip_rule', 'network_rule_set.default_action'),
  ],
  azurerm_storage_account: (given) => [
    endpoint('storage account', given, 'network_rules.ip_rules', 'network_rules.default_action'),
  ],
  azurerm_key_vault: (given) => [endpoint('key vault', given, 'network_acls.ip_rules', 'network_acls.default_action')],
  azurerm_network_security_rule: (given) => securityRule(given),
  azurerm_network_security_group: (given) => blocks(given['security_rule']).flatMap(securityRule),
};

/** Whether the ways in that a type of resource opens are read. */
export function readsExposureOf(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** What becomes reachable, or is no longer, or from other places. */
export function exposureOf(
  comparisons: readonly Comparison[],
  stack: Stack,
  of: (pair: Comparison) => Provenance,
): ExposureRow[] {
  return comparisons
    .filter(({ base, head }) => readsExposureOf((head ?? base)?.type ?? ''))
    .flatMap((comparison) => rowsOf(comparison, stack, of(comparison)))
    .sort(
      by(
        ({ address }) => address,
        ({ what }) => what,
      ),
    );
}

function rowsOf({ base, head }: Comparison, stack: Stack, provenance: Provenance): ExposureRow[] {
  const [olds, news] = [waysOf(base), waysOf(head)];
  const resource = (head ?? base) as Resource;
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now);
    return shift === undefined
      ? []
      : [
          {
            ...{ stack: stack.name, address: resource.address, shift, what: (now ?? old)?.what ?? '' },
            ...(old && { before: old.text }),
            ...(now && { after: now.text }),
            provenance,
            ...(resource.location && { location: resource.location }),
          },
        ];
  });
}

function waysOf(resource: Resource | undefined): Map<string, Way> {
  const ways = (resource && READERS[resource.type]?.(resource.attributes)) ?? [];
  return new Map(ways.map((way) => [way.key, way]));
}

function shiftBetween(old: Way | undefined, now: Way | undefined): Shift | undefined {
  // what only the cluster itself reaches is no way in; but it says where a service stood before.
  if ((old?.reach ?? 'cluster') === 'cluster' && (now?.reach ?? 'cluster') === 'cluster' && old?.text === now?.text) {
    return undefined;
  }
  if (old === undefined || now === undefined) {
    const only = (old ?? now)?.reach;
    return only === 'cluster' ? undefined : old === undefined ? 'added' : 'removed';
  }
  if (old.reach === undefined || now.reach === undefined) {
    return old.text === now.text ? undefined : 'changed';
  }
  const step = REACH.indexOf(now.reach) - REACH.indexOf(old.reach);
  if (step !== 0) {
    return step > 0 ? 'widened' : 'narrowed';
  }
  const width = compareSets(old.ranges ?? [], now.ranges ?? [], covers);
  const shifts = { wider: 'widened', narrower: 'narrowed', other: 'changed' } as const;
  return width !== 'same' ? shifts[width] : old.text === now.text ? undefined : 'changed';
}

function internet(key: string, what: string, text: string): Way {
  return { key, what, reach: 'internet', text };
}

/** Open to all, or to some ranges. */
function limited(key: string, what: string, ranges: readonly string[], suffix = ''): Way {
  if (ranges.some(isExpression)) {
    return { key, what, reach: undefined, text: `from ${ranges.join(', ')}${suffix}` };
  }
  return ranges.length === 0 || ranges.some(isAnywhere)
    ? internet(key, what, `the internet${suffix}`)
    : { key, what, reach: 'ranges', ranges, text: `only ${ranges.join(', ')}${suffix}` };
}

function service(given: JsonObject): Way[] {
  const type = textAt(given, 'spec.type') ?? 'ClusterIP';
  const ports = blocks(at(given, 'spec.port'))
    .map((port) => textAt(port, 'port') ?? '?')
    .join(', ');
  const name = textAt(given, 'metadata.name');
  const what = name === undefined || isExpression(name) ? 'service' : `service ${name}`;
  const on = ports && `, port ${ports}`;
  const external = listAt(given, 'spec.external_ips');
  const extra: Way[] =
    external.length > 0
      ? [{ key: 'external', what: 'external addresses', reach: 'network', text: external.join(', ') }]
      : [];
  const nodePorts = blocks(at(given, 'spec.port')).flatMap((port) => textAt(port, 'node_port') ?? []);
  const onNodes: Way[] =
    type === 'NodePort' || nodePorts.length > 0
      ? [
          {
            key: 'nodes',
            what: 'node port',
            reach: 'network',
            text: `every node, port ${nodePorts.join(', ') || 'chosen by the cluster'}`,
          },
        ]
      : [];
  if (isExpression(type)) {
    return [{ key: 'service', what, reach: undefined, text: `depends on ${type}${on}` }, ...extra, ...onNodes];
  }
  if (type !== 'LoadBalancer') {
    return [{ key: 'service', what, reach: 'cluster', text: 'inside the cluster' }, ...extra, ...onNodes];
  }
  const internal = blocks(at(given, 'metadata.annotations')).map((notes) => notes[INTERNAL])[0];
  const way: Way =
    String(internal) === 'true'
      ? { key: 'service', what, reach: 'network', text: `the virtual network${on}` }
      : limited('service', what, listAt(given, 'spec.load_balancer_source_ranges'), on);
  return [way, ...extra, ...onNodes];
}

/** The annotation that keeps a load balancer of AKS off the internet. */
const INTERNAL = 'service.beta.kubernetes.io/azure-load-balancer-internal';

function ingress(given: JsonObject): Way[] {
  const hosts = blocks(at(given, 'spec.rule')).flatMap((rule) => textAt(rule, 'host') ?? []);
  const text = `wherever its controller is reachable${hosts.length > 0 ? `, as ${hosts.join(', ')}` : ''}`;
  return [{ key: 'ingress', what: 'ingress', reach: 'network', text }];
}

function hostPorts(given: JsonObject): Way[] {
  const pod = at(given, 'spec.template.spec');
  const ports = blocks(at(pod, 'container')).flatMap((container) =>
    blocks(container['port']).flatMap((port) => textAt(port, 'host_port') ?? []),
  );
  return [
    ...(ports.length > 0 ? [way('host-port', 'host port', `the pods' nodes, port ${ports.join(', ')}`)] : []),
    ...(textAt(pod, 'host_network') === 'true'
      ? [way('host-network', 'host network', "the pods' nodes, every port")]
      : []),
  ];
}

function way(key: string, what: string, text: string): Way {
  return { key, what, reach: 'network', text };
}

function apiServer(given: JsonObject): Way {
  const isPrivate = at(given, 'private_cluster_enabled');
  if (isExpression(isPrivate)) {
    return { key: 'api', what: 'API server', reach: undefined, text: `depends on ${isPrivate}` };
  }
  return String(isPrivate) === 'true'
    ? { key: 'api', what: 'API server', reach: 'network', text: 'the virtual network' }
    : limited('api', 'API server', listAt(given, 'api_server_access_profile.authorized_ip_ranges'));
}

function nodeAddresses(given: JsonObject, prefix: string): Way[] {
  const enabled = textAt(given, `${prefix}node_public_ip_enabled`) === 'true';
  return enabled ? [internet('nodes', 'nodes', 'a public address for every node')] : [];
}

/** An endpoint of Azure that is public unless it says otherwise; whoever reaches it still has to sign in. */
function endpoint(what: string, given: JsonObject, rules: string, action: string): Way {
  const open = at(given, 'public_network_access_enabled');
  if (isExpression(open)) {
    return { key: 'endpoint', what, reach: undefined, text: `depends on ${open}` };
  }
  if (String(open) === 'false') {
    return { key: 'endpoint', what, reach: 'network', text: 'private endpoints' };
  }
  const found = at(given, rules);
  const ranges = Array.isArray(found) ? blocks(found).flatMap((rule) => textAt(rule, 'ip_range') ?? []) : [];
  const all = [...ranges, ...listAt(given, rules)];
  return textAt(given, action) !== 'Deny'
    ? internet('endpoint', what, 'the internet, with credentials')
    : { key: 'endpoint', what, reach: 'ranges', ranges: all, text: `only ${all.join(', ') || 'its own exceptions'}` };
}

function securityRule(given: JsonObject): Way[] {
  if (textAt(given, 'direction') !== 'Inbound' || textAt(given, 'access') !== 'Allow') {
    return [];
  }
  const sources = [...listAt(given, 'source_address_prefix'), ...listAt(given, 'source_address_prefixes')];
  const ports = [...listAt(given, 'destination_port_range'), ...listAt(given, 'destination_port_ranges')];
  const on = `, port ${ports.join(', ') || 'any'}`;
  const named = `rule ${textAt(given, 'name') ?? ''}`.trim();
  return sources.length === 0
    ? [{ key: named, what: named, reach: 'network', text: `application security groups${on}` }]
    : [limited(named, named, sources, on)];
}
