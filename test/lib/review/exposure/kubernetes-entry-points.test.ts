import type { EntryPoint } from '../../../../lib/review/exposure/entry-point';
import { endpointsOf, hostPorts, ingress, service } from '../../../../lib/review/exposure/kubernetes-entry-points';
import type { Resource } from '../../../../lib/review/read/program';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { resourceOf, told } from './reading';

/** The arguments that decide where a Service is reachable. */
const ADDRESS = ['spec.type', 'external_name', 'annotations', 'load_balancer_source_ranges', 'spec.port'];

type Reader = (given: JsonObject, resource: Resource) => EntryPoint[];

test.each<[read: Reader, type: string, given: JsonObject, told: string[], by: string[]]>([
  [
    service,
    'kubernetes_service_v1',
    { metadata: { name: 'web' }, spec: { port: [{ port: 80 }, {}] } },
    ['service web: cluster, inside the cluster'],
    ADDRESS,
  ],
  [
    service,
    'kubernetes_service_v1',
    { metadata: { name: '${var.name}' }, spec: { type: '${var.type}' } },
    ['service: undecided, depends on ${var.type}'],
    ADDRESS,
  ],
  [
    service,
    'kubernetes_service_v1',
    { spec: { type: 'ExternalName', external_name: 'a.b' } },
    ['service: network, leads to a.b'],
    ADDRESS,
  ],
  [
    service,
    'kubernetes_service_v1',
    { metadata: { name: 'web' }, spec: { type: 'ExternalName' } },
    ['service web: network, leads to nothing'],
    ADDRESS,
  ],
  [
    service,
    'kubernetes_service_v1',
    {
      metadata: {
        name: 'web',
        annotations: {
          'service.beta.kubernetes.io/azure-allowed-ip-ranges': '10.0.0.0/8, 1.2.3.4/32',
          'service.beta.kubernetes.io/azure-allowed-service-tags': 'AzureFrontDoor.Backend',
        },
      },
      spec: {
        type: 'LoadBalancer',
        load_balancer_source_ranges: ['2.3.4.5/32'],
        port: [{ port: 80, node_port: 30080 }],
      },
    },
    [
      'service web: ranges, only 2.3.4.5/32, 10.0.0.0/8, 1.2.3.4/32, AzureFrontDoor.Backend, port 80',
      'node port of Service web: network, every node, port 30080',
    ],
    [...ADDRESS, 'node_port'],
  ],
  [
    service,
    'kubernetes_service_v1',
    {
      metadata: { name: 'web', annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' } },
      spec: { type: 'LoadBalancer' },
    },
    ['service web: network, the virtual network'],
    ADDRESS,
  ],
  [
    service,
    'kubernetes_service_v1',
    {
      metadata: { name: 'web' },
      spec: { type: 'NodePort', port: [{ port: 80 }], external_ips: ['1.2.3.4', '1.2.3.5'] },
    },
    [
      'service web: cluster, inside the cluster',
      'external addresses of Service web: network, the networks that route 1.2.3.4, 1.2.3.5 to it',
      'node port of Service web: network, every node, port chosen by the cluster',
    ],
    [...ADDRESS, 'external_ips', 'node_port'],
  ],
  [
    ingress,
    'kubernetes_ingress_v1',
    { metadata: { name: 'web' }, spec: {} },
    ['Ingress web: network, wherever its controller is reachable'],
    ['spec.rule', 'default_backend', 'metadata.annotations'],
  ],
  [
    ingress,
    'kubernetes_ingress_v1',
    {
      metadata: { name: 'web', annotations: { 'haproxy.org/allow-list': '10.0.0.0/8, 1.2.3.4' } },
      spec: {
        default_backend: { service: { name: 'web' } },
        rule: [
          {
            host: 'a.b',
            http: { path: [{ backend: { service: { name: 'api' } } }, { backend: { service: { name: 'web' } } }] },
          },
          { host: 'c.d' },
          {},
        ],
      },
    },
    [
      'Ingress web: network, wherever its controller is reachable, as a.b, c.d, only from 10.0.0.0/8, 1.2.3.4, on to web, api',
    ],
    ['spec.rule', 'default_backend', 'metadata.annotations'],
  ],
  [
    ingress,
    'kubernetes_ingress',
    {
      metadata: { name: 'web', annotations: { 'nginx.ingress.kubernetes.io/whitelist-source-range': '0.0.0.0/0' } },
      spec: { backend: { service_name: 'web' } },
    },
    ['Ingress web: network, wherever its controller is reachable, on to web'],
    ['spec.rule', 'default_backend', 'metadata.annotations'],
  ],
  [
    hostPorts,
    'kubernetes_deployment_v1',
    {
      metadata: { name: 'web' },
      spec: {
        template: {
          spec: {
            host_network: true,
            container: [
              { name: 'a', port: [{ container_port: 80, host_port: 8080 }, { container_port: 81 }] },
              { name: 'b', port: [{ host_port: 8081 }] },
            ],
          },
        },
      },
    },
    [
      "host port of Deployment web: network, the pods' nodes, port 8080, 8081",
      "host network of Deployment web: network, the pods' nodes, every port",
    ],
    ['host_port', 'host_network'],
  ],
  [
    hostPorts,
    'kubernetes_deployment_v1',
    {
      metadata: { name: 'web' },
      spec: { template: { spec: { host_network: false, container: [{ name: 'a', port: [{ container_port: 80 }] }] } } },
    },
    [],
    [],
  ],
  [
    endpointsOf,
    'kubernetes_endpoints_v1',
    { metadata: { name: 'e' }, subset: [{ address: [{ ip: '10.0.0.4' }, { ip: '10.0.0.5' }] }] },
    ['Endpoints e: network, leads to 10.0.0.4, 10.0.0.5'],
    [],
  ],
  [
    endpointsOf,
    'kubernetes_endpoint_slice_v1',
    { metadata: { name: 'e' }, endpoint: [{ addresses: ['10.0.0.6', '10.0.0.7'] }] },
    ['EndpointSlice e: network, leads to 10.0.0.6, 10.0.0.7'],
    [],
  ],
  [endpointsOf, 'kubernetes_endpoints_v1', { metadata: { name: 'e' } }, [], []],
])('%p of %s %j is told, with the arguments that decide it', (read, type, given, texts, by) => {
  const found = read(given, resourceOf(type, given));

  expect(told(found)).toEqual(texts);
  expect([...new Set(found.flatMap((one) => one.by ?? []))]).toEqual(by);
});
