import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, stack, VERSIONS, type Resources } from '../fixtures';

/** What fails, by the changes of a program. */
function traps(before: Resources, after: Resources, rest: JsonObject = {}) {
  return review(program(before), program(after, rest)).traps.map(({ address, text }) => [address, text]);
}

const subnet = (...ranges: string[]) => ({ azurerm_subnet: { s: { name: 's', address_prefixes: ranges } } });
const inSubnet = '${azurerm_subnet.s.id}';

describe('another range of a subnet', () => {
  test.each<[what: string, users: Resources]>([
    ['a pool', { azurerm_kubernetes_cluster_node_pool: { p: { name: 'p', vnet_subnet_id: inSubnet } } }],
    ['a default pool', { azurerm_kubernetes_cluster: { c: { default_node_pool: [{ vnet_subnet_id: inSubnet }] } } }],
    ['a private endpoint', { azurerm_private_endpoint: { e: { name: 'e', subnet_id: inSubnet } } }],
    ['what a module makes', { 'module.m': {} }],
  ])('is refused if %s is in it', (what, users) => {
    const isModule = what.includes('module');
    const rest: JsonObject = isModule ? { module: { m: { source: './m', subnet: inSubnet } } } : {};
    const [base, head] = ['10.0.0.0/24', '10.0.1.0/24'].map((range) =>
      program({ ...(isModule ? {} : users), ...subnet(range) }, rest),
    );
    const { traps: found, changes } = review(base, head!);
    expect(found).toMatchObject([{ address: 'azurerm_subnet.s', attribute: 'address_prefixes' }]);
    expect(changes[0]?.notes).toEqual([]);
  });

  test('is refused under a new address too', () => {
    const side = (id: string, range: string, rest: JsonObject = {}) =>
      program(
        {
          azurerm_subnet: { [id]: { name: 's', address_prefixes: [range] } },
          azurerm_private_endpoint: { e: { name: 'e', subnet_id: `\${azurerm_subnet.${id}.id}` } },
        },
        rest,
      );
    const moved = [{ from: 'azurerm_subnet.a', to: 'azurerm_subnet.b' }];
    expect(review(side('a', '10.0.0.0/24'), side('b', '10.0.1.0/24', { moved })).traps).toMatchObject([
      { address: 'azurerm_subnet.b', attribute: 'address_prefixes' },
    ]);
  });

  test('is only remarked on if the program puts nothing in it', () => {
    const link = { azurerm_subnet_route_table_association: { a: { subnet_id: inSubnet, route_table_id: 'r' } } };
    const data = { azurerm_resources: { r: { required_tags: { subnet: inSubnet } } } };
    const side = (range: string) => program({ ...link, ...subnet(range) }, { data });
    const { traps: found, changes } = review(side('10.0.0.0/24'), side('10.0.1.0/24'));
    expect(found).toEqual([]);
    expect(changes[0]?.notes).toContain('refused if anything is in it that this program does not make');
    expect(
      review(side('10.0.0.0/24'), program({ ...link, ...subnet('10.0.0.0/24', '10.1.0.0/24') })).changes[0]?.notes,
    ).toEqual([]);
  });
});

test('another range of a subnet that is replaced is neither refused nor remarked on', () => {
  const side = (range: string, name: string) =>
    program({ azurerm_subnet: { s: { name, address_prefixes: [range], resource_group_name: 'g' } } });
  const { traps: found, changes } = review(side('10.0.0.0/24', 's'), side('10.0.1.0/24', 't'));
  expect([found, changes[0]?.action, changes[0]?.notes]).toEqual([[], 'replace', []]);
});

describe('a claim that grows', () => {
  const claim = (size: string, name: string, allows?: boolean | string): Resources => ({
    kubernetes_storage_class_v1: {
      slow: { metadata: { name: 'slow' }, ...(allows === undefined ? {} : { allow_volume_expansion: allows }) },
    },
    kubernetes_persistent_volume_claim_v1: {
      data: {
        metadata: { name: 'data' },
        spec: { storage_class_name: name, resources: { requests: { storage: size } } },
      },
    },
  });
  test.each<[what: string, name: string, allows: boolean | string | undefined, isRefused: boolean]>([
    ['is refused by a class that forbids it', 'slow', false, true],
    ['is refused by a class that is referred to', '${kubernetes_storage_class_v1.slow.metadata[0].name}', false, true],
    ['is applied by a class that allows it', 'slow', true, false],
    ['is applied by default', 'slow', undefined, false],
    ['is not judged where only a run knows', 'slow', '${var.grows}', false],
    ['is applied by a class of AKS', 'managed-csi', false, false],
  ])('%s', (_, name, allows, isRefused) => {
    const found = traps(claim('1Gi', name, allows), claim('2Gi', name, allows));
    expect(found).toHaveLength(isRefused ? 1 : 0);
    expect(traps(claim('1Gi', name, allows), claim('1024Mi', name, allows))).toEqual([]);
  });

  test('is not judged from a size or to one that only a run knows', () => {
    expect(traps(claim('${var.size}', 'slow', false), claim('2Gi', 'slow', false))).toEqual([]);
    expect(traps(claim('1Gi', 'slow', false), claim('${var.size}', 'slow', false))).toEqual([]);
  });

  test('is refused with what to do', () => {
    const found = review(program(claim('1Gi', 'slow', false)), program(claim('2Gi', 'slow', false))).traps;
    expect(found.map(({ remedies }) => remedies)).toEqual([
      [
        { text: 'to apply it, set allow_volume_expansion of StorageClass slow to', code: 'true' },
        { text: 'or move the data to a larger claim' },
      ],
    ]);
  });
});

const REGISTRY = { name: 'jm', resource_group_name: 'g', location: 'x', sku: 'Basic' };
const registries = (...ids: string[]): Resources => ({
  azurerm_container_registry: Object.fromEntries(ids.map((id) => [id, REGISTRY])),
});
const EARLY = { lifecycle: { create_before_destroy: true } };

test.each<[what: string, before: Resources, after: Resources, rest: JsonObject, address: string[]]>([
  ['is renamed', registries('a'), registries('b'), {}, ['azurerm_container_registry.b']],
  [
    'is renamed in Kubernetes',
    { kubernetes_config_map_v1: { a: { metadata: { name: 'm', namespace: 'n' } } } },
    { kubernetes_config_map_v1: { b: { metadata: { name: 'm', namespace: 'n' } } } },
    {},
    ['kubernetes_config_map_v1.b'],
  ],
  ['is declared twice', registries('a'), registries('a', 'b'), {}, ['azurerm_container_registry.b']],
  [
    'is created before it is destroyed',
    { azurerm_container_registry: { a: { ...REGISTRY, ...EARLY } } },
    { azurerm_container_registry: { a: { ...REGISTRY, ...EARLY, location: 'y' } } },
    {},
    ['azurerm_container_registry.a'],
  ],
  [
    'is created before it is destroyed, under another name',
    { azurerm_container_registry: { a: { ...REGISTRY, ...EARLY } } },
    { azurerm_container_registry: { a: { ...REGISTRY, ...EARLY, name: 'jn' } } },
    {},
    [],
  ],
  [
    'is moved',
    registries('a'),
    registries('b'),
    { moved: [{ from: 'azurerm_container_registry.a', to: 'azurerm_container_registry.b' }] },
    [],
  ],
  ['is imported', registries(), registries('a'), { import: [{ to: 'azurerm_container_registry.a', id: '/x' }] }, []],
  [
    'is in another place',
    { azurerm_subnet: { a: { name: 's', virtual_network_name: 'one' } } },
    {
      azurerm_subnet: {
        a: { name: 's', virtual_network_name: 'one' },
        b: { name: 's', virtual_network_name: 'two' },
      },
    },
    {},
    [],
  ],
  [
    'may be the name of several',
    { azuread_group: { a: { display_name: 'g', name: 'g' } } },
    { azuread_group: { a: { display_name: 'g', name: 'g' }, b: { display_name: 'g', name: 'g' } } },
    {},
    [],
  ],
])('a name that %s exists already, or not', (_, before, after, rest, addresses) => {
  const found = traps(before, after, rest).filter(([, text]) => text?.includes('already exists'));
  expect(found.map(([address]) => address)).toEqual(addresses);
});

describe('images of a registry that is lost', () => {
  const workload = (image: string) => ({
    metadata: { name: 'web' },
    spec: { template: { spec: { container: [{ name: 'web', image }] } } },
  });
  const side = (image: string, registry: JsonObject | undefined): Resources => ({
    kubernetes_deployment_v1: { web: workload(image) },
    azurerm_container_registry: { ...(registry ? { r: registry } : {}) },
  });
  test.each([
    ['by its name', 'jm.azurecr.io/web:v1'],
    ['by its server', '${azurerm_container_registry.r.login_server}/web:v1'],
  ])('are those of workloads that do not change, %s', (_, image) => {
    const note = 'Deployment web: new pods cannot pull their images until these are pushed again';
    const found = review(program(side(image, REGISTRY)), program(side(image, { ...REGISTRY, location: 'y' })));
    expect(found.changes.map(({ notes }) => notes)).toEqual([expect.arrayContaining([note])]);
    expect(
      review(program(side(image, REGISTRY)), program(side(image, { ...REGISTRY, sku: 'Premium' }))).changes,
    ).toMatchObject([{ notes: expect.not.arrayContaining([note]) }]);
  });

  test('come from elsewhere under the same tag', () => {
    const [base, head] = ['jm', 'jn'].map((name) => program(side(`${name}.azurecr.io/web:v1`, REGISTRY)));
    const note = 'pulled from another registry, under the same tag: the image must exist there before';
    expect(review(base, head!).changes[0]?.notes).toContain(note);
    const tagged = program(side('jn.azurecr.io/web:v2', REGISTRY));
    expect(review(base, tagged).changes[0]?.notes).not.toContain(note);
  });
});

test('a Service that selects other pods says where its traffic goes', () => {
  const service = (version: string) => ({
    ...stack({
      terraform: { required_providers: VERSIONS },
      resource: {
        kubernetes_service_v1: { s: { metadata: { name: 's' }, spec: { selector: { app: 'a', version } } } },
      },
    }),
  });
  expect(review([service('blue')], [service('green')]).changes[0]?.notes).toEqual([
    'its traffic switches to other pods immediately: they must be ready before',
  ]);
});
