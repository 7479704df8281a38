import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { limited, way, type Way } from './way';

export function service(given: JsonObject): Way[] {
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

export function ingress(given: JsonObject): Way[] {
  const hosts = blocks(at(given, 'spec.rule')).flatMap((rule) => textAt(rule, 'host') ?? []);
  const text = `wherever its controller is reachable${hosts.length > 0 ? `, as ${hosts.join(', ')}` : ''}`;
  return [{ key: 'ingress', what: 'ingress', reach: 'network', text }];
}

export function hostPorts(given: JsonObject): Way[] {
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
