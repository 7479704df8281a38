import fc from 'fast-check';
import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Exposure,
  ExternalService,
  ExternalTrafficPolicy,
  NetworkPeer,
  Problems,
  type ServicePort,
  ServiceProtocol,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { type Block, only, synth, testStack, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

function workload(stack: TerraformStack, props: Partial<WorkloadProps>): Workload {
  return new Workload(stack, 'web', {
    name: 'web',
    image,
    containerPort: 8080,
    additionalPorts: { metrics: 9090, dns: 5353 },
    ...props,
  });
}

function serviceOf(stack: TerraformStack): Block {
  const { metadata, spec } = only(synth(stack), 'kubernetes_service_v1') as { metadata: Block; spec: Block };
  return { annotations: metadata.annotations, ...spec, selector: undefined };
}

const PORTS: ServicePort[] = [
  { name: 'metrics', port: 9100 },
  { name: 'dns', port: 53, protocol: ServiceProtocol.UDP },
  { name: 'dns-tcp', port: 53, targetPort: 'dns' },
];

describe('the Service of a workload', () => {
  test('has further ports, each with its name and its port of the container', () => {
    const stack = testStack();

    workload(stack, { servicePort: 80, portName: 'http', servicePorts: PORTS });

    expect(Problems.of(stack)).toEqual([]);
    expect(serviceOf(stack).port).toEqual([
      { name: 'http', port: 80, target_port: '8080' },
      { name: 'metrics', port: 9100, target_port: '9090' },
      { name: 'dns', port: 53, target_port: '5353', protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, target_port: '5353' },
    ]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });

  test('needs no name for its only port, whatever ports the container has', () => {
    const stack = testStack();

    workload(stack, { servicePorts: [] });

    expect(serviceOf(stack).port).toEqual([{ port: 8080, target_port: '8080' }]);
  });

  test.each<[string, Partial<WorkloadProps>, string]>([
    [
      'port of no name of the container',
      { servicePorts: [{ name: 'admin', port: 81 }] },
      "'servicePorts[0].targetPort' must be the name of a port of a container (main, metrics, dns), got \"admin\": name it in 'additionalPorts', or use one of those",
    ],
    [
      'target that every object has',
      { servicePorts: [{ name: 'a', port: 81, targetPort: 'constructor' }] },
      "'servicePorts[0].targetPort' must be the name of a port of a container (main, metrics, dns), got \"constructor\": name it in 'additionalPorts', or use one of those",
    ],
    [
      'name twice',
      { servicePorts: [...PORTS, { name: 'dns', port: 54 }] },
      '\'servicePorts[3].name\' must be unique in the Service, got "dns" again: use another name',
    ],
    [
      'name of the first port again',
      { servicePorts: [{ name: 'main', port: 81 }] },
      '\'servicePorts[0].name\' must be unique in the Service, got "main" again: use another name',
    ],
    [
      'port twice in one protocol',
      { servicePorts: [{ name: 'metrics', port: 8080 }] },
      "'servicePorts[0].port' must be unique in the Service, got 8080/TCP again",
    ],
    [
      "kubelet's port behind a load balancer",
      { exposure: Exposure.internalLoadBalancer(), servicePorts: [{ name: 'metrics', port: 10250 }] },
      "'servicePorts[0].port' must be a port other than 10250 behind a load balancer, such as 80, got 10250: that port is the kubelet of every node",
    ],
    [
      'headless one outside of the cluster',
      { headless: true, exposure: Exposure.nodePort() },
      "'exposure' must be Exposure.clusterOnly() where 'headless' is true, got NodePort: remove one of them",
    ],
    [
      'headless one with ports of its own',
      { headless: true, servicePorts: [{ name: 'metrics', port: 9100 }] },
      "'servicePorts[0].port' must be the container's port 9090 where 'headless' is true, got 9100: clients connect to pods directly",
    ],
  ])('cannot be a %s', (_what, props, message) => {
    const stack = testStack();

    workload(stack, props);

    expect(Problems.of(stack)).toEqual([`[stack/web] ${message}`]);
  });

  test('can stand for the addresses of its pods', () => {
    const stack = testStack();

    const { url } = workload(stack, { headless: true, servicePorts: [{ name: 'metrics', port: 9090 }] });

    expect(Problems.of(stack)).toEqual([]);
    expect(url).toBe('http://web.default.svc.cluster.local:8080');
    expect(serviceOf(stack)).toMatchObject({ type: 'ClusterIP', cluster_ip: 'None' });
  });

  test.each([
    [{}, 10_800],
    [{ timeoutSeconds: 60 }, 60],
  ])('sends the requests of one client to one pod: %j', (sessionAffinity, seconds) => {
    const stack = testStack();

    workload(stack, { sessionAffinity });

    expect(serviceOf(stack)).toMatchObject({
      session_affinity: 'ClientIP',
      session_affinity_config: { client_ip: { timeout_seconds: seconds } },
    });
  });

  test('warns of session affinity where clients choose', () => {
    const stack = testStack();

    workload(stack, { headless: true, sessionAffinity: {} });

    expect(warningsOf(stack)).toEqual([
      "[stack/web] 'sessionAffinity' has no effect on a Service that is headless: its clients choose pods themselves. Leave it out",
    ]);
  });
});

describe('the probe of a load balancer', () => {
  const healthProbe = { path: '/healthz' };
  const further: ServicePort[] = [
    { name: 'metrics', port: 9090, appProtocol: 'https' },
    { name: 'dns', port: 53, protocol: ServiceProtocol.UDP },
  ];

  test.each<[string, Partial<WorkloadProps>, { [port: string]: string }]>([
    ['no protocol said', { servicePorts: [PORTS[0]!] }, {}],
    ['a protocol of the application', { appProtocol: 'http' }, { 8080: 'tcp' }],
    [
      'a path of its own',
      { servicePorts: [PORTS[0]!], exposure: Exposure.publicLoadBalancer({ healthProbe }) },
      { 9100: 'tcp' },
    ],
    [
      'both',
      {
        appProtocol: 'kubernetes.io/h2c',
        servicePorts: further,
        exposure: Exposure.internalLoadBalancer({ healthProbe }),
      },
      { 8080: 'http', 9090: 'tcp' },
    ],
    [
      'Kubernetes asked for it',
      {
        appProtocol: 'http',
        exposure: Exposure.publicLoadBalancer({ externalTrafficPolicy: ExternalTrafficPolicy.LOCAL }),
      },
      {},
    ],
    ['no load balancer', { appProtocol: 'http', exposure: Exposure.nodePort() }, {}],
  ])('is that of the ports with %s', (_what, props, expected) => {
    const stack = testStack();

    workload(stack, { exposure: Exposure.publicLoadBalancer(), ...props });

    const found = Object.entries((serviceOf(stack).annotations ?? {}) as { [name: string]: string })
      .filter(([name]) => name.endsWith('_health-probe_protocol'))
      .map(([name, protocol]) => [/port_(\d+)_/.exec(name)?.[1], protocol]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test('never follows from the protocol of the application, for any ports', () => {
    const protocol = fc.constantFrom(undefined, 'http', 'https', 'grpc', 'kubernetes.io/h2c');
    fc.assert(
      fc.property(protocol, protocol, fc.boolean(), (first, second, hasProbe) => {
        const stack = testStack();
        const exposure = Exposure.publicLoadBalancer(hasProbe ? { healthProbe } : {});
        workload(stack, {
          appProtocol: first,
          servicePorts: [{ name: 'metrics', port: 9090, appProtocol: second }],
          exposure,
        });

        const { annotations = {}, port } = serviceOf(stack) as { annotations?: Block; port: Block[] };
        for (const one of port.filter(({ app_protocol: given }) => given !== undefined)) {
          expect(annotations[`service.beta.kubernetes.io/port_${String(one.port)}_health-probe_protocol`]).toBe(
            hasProbe && one.port === 8080 ? 'http' : 'tcp',
          );
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('an isolated workload', () => {
  function ingressOf(stack: TerraformStack): unknown {
    return (only(synth(stack), 'kubernetes_network_policy_v1') as { spec: Block }).spec.ingress;
  }

  test('that is exposed lets everybody in at every port of its Service', () => {
    const stack = testStack();

    workload(stack, { isolated: true, servicePorts: PORTS, exposure: Exposure.publicLoadBalancer() });

    expect(ingressOf(stack)).toEqual([
      {
        ports: [
          { protocol: 'TCP', port: '8080' },
          { protocol: 'TCP', port: '9090' },
          { protocol: 'UDP', port: '5353' },
          { protocol: 'TCP', port: '5353' },
        ],
      },
    ]);
  });

  test('lets peers in at a port in the protocols that its Service has for it', () => {
    const stack = testStack();

    const web = workload(stack, { isolated: true, servicePorts: PORTS });
    web.allowFrom(NetworkPeer.namespace('monitoring'), 5353);

    expect(ingressOf(stack)).toMatchObject([
      {
        ports: [
          { protocol: 'UDP', port: '5353' },
          { protocol: 'TCP', port: '5353' },
        ],
      },
    ]);
  });
});

describe('an external service', () => {
  test('is a name inside of the cluster for a host outside of it', () => {
    const stack = testStack();

    const { serviceDnsName } = new ExternalService(stack, 'orders', {
      serviceName: 'orders',
      externalName: 'orders.postgres.database.azure.com',
      namespace: 'shop',
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(serviceDnsName).toBe('orders.shop.svc.cluster.local');
    expect(only(synth(stack), 'kubernetes_service_v1')).toMatchObject({
      metadata: { name: 'orders', namespace: 'shop' },
      spec: { type: 'ExternalName', external_name: 'orders.postgres.database.azure.com' },
    });
  });

  test('has a name that no Service of its namespace has', () => {
    const stack = testStack();

    workload(stack, {});
    new ExternalService(stack, 'external', { serviceName: 'web', externalName: 'example.com' });

    expect(Problems.of(stack)).toEqual([expect.stringContaining('must be unique in a namespace, got "web"')]);
  });
});
