import { covers, isAnywhere } from './cidr';
import type { Comparison } from '../compare/compare';
import { isExpression } from '../../terraform-json/expression';
import { compareInstances, instancesOf } from '../compare/instances';
import { at, blocks, by, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import type { ExposureRow, Provenance, Shift } from '../model';
import type { Resource, Stack } from '../read/program';
import { compareSets, shiftOf, type Width } from '../compare/shift';

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
  readonly ports?: readonly string[];
  /** Whether it keeps out instead of letting in: when it goes, others come in. */
  readonly isBarrier?: true;
}

type Reader = (attributes: JsonObject) => Way[];

/** The ways in that each type of resource opens. */
const READERS: Readonly<Record<string, Reader>> = {
  kubernetes_service: service,
  kubernetes_service_v1: service,
  kubernetes_ingress: ingress,
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
  // a plan speaks of each instance on its own.
  const isWhole = base !== undefined && head !== undefined && provenance.kind !== 'plan';
  const times = isWhole ? compareInstances(base.meta, head.meta) : 'same';
  const timesText = (resource: Resource | undefined) =>
    resource && times !== 'same' ? instancesOf(resource.meta) : '';
  const resource = (head ?? base) as Resource;
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const shift = shiftBetween(old, now) ?? (isOpen(now) ? shiftOf(times) : undefined);
    return shift === undefined
      ? []
      : [
          {
            ...{ stack: stack.name, address: resource.address, shift, what: (now ?? old)?.what ?? '' },
            ...(old && { before: [old.text, timesText(base)].filter(Boolean).join(', ') }),
            ...(now && { after: [now.text, timesText(head)].filter(Boolean).join(', ') }),
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

/** Whether anything outside of the cluster gets in. */
function isOpen(way: Way | undefined): boolean {
  return way !== undefined && way.reach !== 'cluster' && !way.isBarrier;
}

/** What may differ between the two versions of a way in. */
interface Difference {
  readonly old: Way | undefined;
  readonly now: Way | undefined;
  /** How much further it can be reached from, in steps of `REACH`; 0 where that is not known. */
  readonly step: number;
  readonly ranges: Width;
  readonly hasMorePorts: boolean;
  readonly isSameText: boolean;
}

/** How a difference is judged: the first row that fits decides. */
const JUDGEMENTS: readonly (readonly [fits: (difference: Difference) => unknown, shift: Shift | undefined])[] = [
  [({ old, now }) => isBarrier(old, now) && old === undefined, 'narrowed'],
  [({ old, now }) => isBarrier(old, now) && now === undefined, 'widened'],
  [({ old, now, isSameText }) => isBarrier(old, now) && isSameText, undefined],
  [({ old, now }) => isBarrier(old, now), 'changed'],
  // what only the cluster itself reaches is no way in; but it says where a service stood before.
  [({ old, now, isSameText }) => isInside(old) && isInside(now) && (isSameText || !old || !now), undefined],
  [({ old }) => old === undefined, 'added'],
  [({ now }) => now === undefined, 'removed'],
  [({ old, now, isSameText }) => isUndecided(old, now) && isSameText, undefined],
  [({ old, now }) => isUndecided(old, now), 'changed'],
  [({ step }) => step > 0, 'widened'],
  [({ step, hasMorePorts }) => step < 0 && hasMorePorts, 'changed'],
  [({ step }) => step < 0, 'narrowed'],
  [({ ranges, hasMorePorts }) => ranges === 'narrower' && hasMorePorts, 'changed'],
  [({ ranges }) => ranges === 'wider', 'widened'],
  [({ ranges }) => ranges === 'narrower', 'narrowed'],
  [({ ranges, isSameText }) => ranges === 'same' && isSameText, undefined],
  [() => true, 'changed'],
];

function shiftBetween(old: Way | undefined, now: Way | undefined): Shift | undefined {
  const difference: Difference = {
    old,
    now,
    step: REACH.indexOf(now?.reach ?? 'cluster') - REACH.indexOf(old?.reach ?? 'cluster'),
    ranges: compareSets(old?.ranges ?? [], now?.ranges ?? [], covers),
    hasMorePorts: now?.ports?.some((port) => !old?.ports?.includes(port)) ?? false,
    isSameText: old?.text === now?.text,
  };
  return JUDGEMENTS.find(([fits]) => fits(difference))?.[1];
}

function isBarrier(old: Way | undefined, now: Way | undefined): boolean {
  return (old?.isBarrier ?? now?.isBarrier) === true;
}

/** Whether the cluster alone reaches it, or nobody since it is not there. */
function isInside(way: Way | undefined): boolean {
  return way === undefined || way.reach === 'cluster';
}

/** Whether the code does not decide from where one of them can be reached. */
function isUndecided(old: Way | undefined, now: Way | undefined): boolean {
  return old?.reach === undefined || now?.reach === undefined;
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
  const ports = blocks(at(given, 'spec.port')).map((port) => textAt(port, 'port') ?? '?');
  const name = textAt(given, 'metadata.name');
  const what = name === undefined || isExpression(name) ? 'service' : `service ${name}`;
  const on = ports.length > 0 ? `, port ${ports.join(', ')}` : '';
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
  const [notes] = blocks(at(given, 'metadata.annotations'));
  const internal = notes?.[INTERNAL];
  const allowed = ALLOWED.flatMap((name) => (textAt({ note: notes?.[name] ?? null }, 'note') ?? '').split(','));
  const ranges = [...listAt(given, 'spec.load_balancer_source_ranges'), ...allowed.map((range) => range.trim())];
  const way: Way = isExpression(internal)
    ? { key: 'service', what, reach: undefined, text: `depends on ${internal}${on}` }
    : String(internal) === 'true'
      ? { key: 'service', what, reach: 'network', text: `the virtual network${on}` }
      : limited('service', what, ranges.filter(Boolean), on);
  return [{ ...way, ports }, ...extra, ...onNodes];
}

/** The annotation that keeps a load balancer of AKS off the internet. */
const INTERNAL = 'service.beta.kubernetes.io/azure-load-balancer-internal';

/** The annotations that let only some in, beside the ranges of the service itself. */
const ALLOWED = ['ip-ranges', 'service-tags'].map((name) => `service.beta.kubernetes.io/azure-allowed-${name}`);

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
    : limited(
        'api',
        'API server',
        // the second is what the third major version of the provider called it.
        ['api_server_access_profile.authorized_ip_ranges', 'api_server_authorized_ip_ranges'].flatMap((path) =>
          listAt(given, path),
        ),
      );
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
  const rest = at(given, action);
  if (isExpression(rest)) {
    return { key: 'endpoint', what, reach: undefined, text: `depends on ${rest}` };
  }
  return String(rest) !== 'Deny'
    ? internet('endpoint', what, 'the internet, with credentials')
    : { key: 'endpoint', what, reach: 'ranges', ranges: all, text: `only ${all.join(', ') || 'its own exceptions'}` };
}

function securityRule(given: JsonObject): Way[] {
  const [direction, access] = ['direction', 'access'].map((name) => textAt(given, name) ?? '');
  if (direction === 'Outbound') {
    return [];
  }
  const sources = [...listAt(given, 'source_address_prefix'), ...listAt(given, 'source_address_prefixes')];
  const ports = [...listAt(given, 'destination_port_range'), ...listAt(given, 'destination_port_ranges')];
  const targets = [...listAt(given, 'destination_address_prefix'), ...listAt(given, 'destination_address_prefixes')];
  const on = [
    `, port ${ports.join(', ') || 'any'}`,
    ...['protocol', 'priority'].flatMap((name) => (textAt(given, name) ? `${name} ${textAt(given, name)}` : [])),
    ...(targets.some((target) => target !== '*') ? [`to ${targets.join(', ')}`] : []),
  ].join(', ');
  const named = `rule ${textAt(given, 'name') ?? ''}`.trim();
  if (isExpression(direction) || isExpression(access)) {
    const text = [direction, access].filter(isExpression).join(' and ');
    return [{ key: named, what: named, reach: undefined, text: `depends on ${text}${on}` }];
  }
  if (access === 'Deny') {
    const text = `denied from ${sources.join(', ')}${on}`;
    return [{ key: `${named}, denied`, what: named, reach: undefined, text, isBarrier: true }];
  }
  return sources.length === 0
    ? [{ key: named, what: named, reach: 'network', text: `application security groups${on}` }]
    : [{ ...limited(named, named, sources, on), ports }];
}
