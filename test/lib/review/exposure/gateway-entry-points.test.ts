import { review } from '../../../../lib/review';
import { manifest as entryPointsOf } from '../../../../lib/review/exposure/gateway-entry-points';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

const AZURE = 'service.beta.kubernetes.io/azure';

function manifest(kind: string, spec: JsonObject, apiVersion = 'gateway.networking.k8s.io/v1'): JsonObject {
  return { manifest: { apiVersion, kind, metadata: { name: 'shop' }, spec } };
}

function gateway(notes: Record<string, string>, ports: Json[] = [80]): JsonObject {
  const annotations = Object.fromEntries(Object.entries(notes).map(([name, value]) => [`${AZURE}-${name}`, value]));
  return manifest('Gateway', { infrastructure: { annotations }, listeners: ports.map((port) => ({ port })) });
}

/** The entry points that a change of one manifest opens or closes. */
function rows(before: JsonObject | undefined, after: JsonObject | undefined): unknown[] {
  const [base, head] = [before, after].map((it) =>
    program({ kubernetes_manifest: it === undefined ? {} : { it } } as never),
  );
  return review(base, head!).exposure.map((row) => [row.shift, row.what, row.before, row.after]);
}

test.each<[string, JsonObject | undefined, JsonObject | undefined, unknown[]]>([
  ['is new', undefined, gateway({}, [80, 443]), ['added', 'gateway shop', undefined, 'the internet, port 80, 443']],
  [
    'becomes internal',
    gateway({}),
    gateway({ 'load-balancer-internal': 'true' }),
    ['narrowed', 'gateway shop', 'the internet, port 80', 'the virtual network, port 80'],
  ],
  [
    'is no longer limited',
    gateway({ 'allowed-ip-ranges': '203.0.113.0/24' }),
    gateway({}),
    ['widened', 'gateway shop', 'only 203.0.113.0/24, port 80', 'the internet, port 80'],
  ],
  ['goes', gateway({}), undefined, ['removed', 'gateway shop', 'the internet, port 80', undefined]],
])('a gateway that %s', (_, before, after, row) => {
  expect(rows(before, after)).toEqual([row]);
});

test.each(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'])(
  'an %s is reachable where its gateway is',
  (kind) => {
    const route = (hostnames?: string[]): JsonObject =>
      manifest(kind, {
        parentRefs: [{ name: 'front' }, { name: 'front', sectionName: 'http' }],
        ...(hostnames && { hostnames }),
      });

    expect(rows(undefined, route(['a.example.com', 'b.example.com']))).toEqual([
      ['added', 'route shop', undefined, 'wherever its gateway front is reachable, as a.example.com, b.example.com'],
    ]);
    expect(rows(route(['a.example.com']), route())).toEqual([
      [
        'changed',
        'route shop',
        'wherever its gateway front is reachable, as a.example.com',
        'wherever its gateway front is reachable',
      ],
    ]);
  },
);

test.each<[string, JsonObject]>([
  ['of another group', manifest('Gateway', { listeners: [{ port: 80 }] }, 'networking.example.com/v1')],
  ['of another kind', manifest('ReferenceGrant', {})],
  ['of a kind that every object has', manifest('constructor', {})],
  ['that only Terraform computes', { manifest: '${yamldecode(file("a"))}' }],
  ['of nothing', {}],
])('a manifest %s opens nothing', (_, given) => {
  expect(rows(undefined, given)).toEqual([]);
});

test.each<[string, JsonObject, boolean]>([
  ['another name', { metadata: { name: 'other' } }, true],
  ['another namespace', { metadata: { name: 'shop', namespace: 'edge' } }, true],
  ['another kind', { kind: 'GRPCRoute' }, true],
  ['another version', { apiVersion: 'gateway.networking.k8s.io/v1beta1' }, true],
  ['other labels', { metadata: { name: 'shop', labels: { a: 'b' } } }, false],
  ['other hosts', { spec: { hostnames: ['a.example.com'] } }, false],
])('a manifest with %s is recreated or not', (_, change, isReplaced) => {
  const before = manifest('HTTPRoute', {});
  const after = { manifest: { ...(before['manifest'] as JsonObject), ...change } };
  const [base, head] = [before, after].map((it) => program({ kubernetes_manifest: { it } } as never));

  expect(review(base, head!).changes.map(({ action }) => action)).toEqual([isReplaced ? 'replace' : 'update']);
});

const GATEWAYS = 'gateway.networking.k8s.io/v1';

test.each<[apiVersion: string, kind: string, spec: JsonObject, text: string]>([
  [GATEWAYS, 'Gateway', {}, 'the internet'],
  [GATEWAYS, 'Gateway', { listeners: [{ port: 80 }, { port: 443 }, { port: 443 }] }, 'the internet, port 80, 443'],
  [GATEWAYS, 'HTTPRoute', { parentRefs: [{ name: 'front' }] }, 'wherever its gateway front is reachable'],
  [
    GATEWAYS,
    'HTTPRoute',
    {
      parentRefs: [{ name: 'front' }],
      hostnames: ['a.b'],
      rules: [{ backendRefs: [{ name: 'web' }, { name: 'web' }] }],
    },
    'wherever its gateway front is reachable, as a.b, on to web',
  ],
  [
    'traefik.containo.us/v1alpha1',
    'IngressRoute',
    { routes: [{ match: 'Host(`a.b`)' }, { match: 'Host(`c.d`)' }] },
    'wherever its controller is reachable, for Host(`a.b`) or Host(`c.d`)',
  ],
])('%s %s %j is reachable', (apiVersion, kind, spec, text) => {
  const [found] = entryPointsOf(manifest(kind, spec, apiVersion));

  expect(found?.text).toBe(text);
});
