import { review } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import { change, program, stack, type Resources } from './fixtures';

const container = (name: string, rest: JsonObject = {}): JsonObject => ({ name, image: `${name}:v1`, ...rest });
const deployment = (...containers: JsonObject[]): JsonObject => ({
  metadata: { name: 'web' },
  spec: { replicas: '2', selector: { match_labels: { app: 'web' } }, template: { spec: { container: containers } } },
});
const changed = (before: JsonObject, after: JsonObject, type = 'kubernetes_deployment') =>
  review(program({ [type]: { web: before } }), program({ [type]: { web: after } })).changes.flatMap(({ attributes }) =>
    attributes.map(({ path, before: old, after: now }) => [path, old, now]),
  );
const env = (...names: string[]): JsonObject => ({ env: names.map((name) => ({ name, value: name })) });

describe('attributes', () => {
  test('are found by the name of the container and of the variable, not by position', () => {
    const before = deployment(container('web', env('A', 'B')), container('log'));
    const after = deployment(container('log'), container('web', env('NEW', 'A', 'B')));
    expect(changed(before, after)).toEqual([
      ['spec.template.spec.container[web].env[NEW]', undefined, { name: 'NEW', value: 'NEW' }],
      ['spec.template.spec.container', ['web', 'log'], ['log', 'web']],
    ]);
  });

  test.each([
    [
      'ports',
      { port: [{ port: 80 }, { port: 443 }] },
      { port: [{ port: 80, target_port: '8080' }, { port: 443 }] },
      'spec.port[80].target_port',
    ],
    ['volumes', { volume: [{ name: 'a' }, { name: 'b' }] }, { volume: [{ name: 'b' }] }, 'spec.volume[a]'],
    [
      'mounts',
      { volume_mount: [{ name: 'a', mount_path: '/a' }] },
      { volume_mount: [{ name: 'b', mount_path: '/a' }] },
      'spec.volume_mount[/a].name',
    ],
  ])('of %s are found by their key', (_, before, after, path) => {
    const found = changed({ spec: before as JsonObject }, { spec: after as JsonObject }, 'kubernetes_service');
    expect(found.map(([name]) => name)).toEqual([path]);
  });

  test('without a key are paired with their equals first', () => {
    const rule = (cidr: string): JsonObject => ({ from: [{ ip_block: { cidr } }] });
    const found = changed(
      { spec: { ingress: [rule('a'), rule('b')] } },
      { spec: { ingress: [rule('b'), rule('c')] } },
      'kubernetes_network_policy_v1',
    );
    expect(found).toEqual([['spec.ingress[1].from.ip_block.cidr', 'a', 'c']]);
  });

  test('that are written in another way are the same', () => {
    const before = { ...deployment(container('web')), metadata: [{ name: 'web' }] };
    const after = change(deployment(container('web')), { 'spec.replicas': 2, 'metadata.labels': null });
    expect(changed(before, after)).toEqual([]);
  });

  test('that are empty on both sides are the same', () => {
    const policy = (label: string): JsonObject => ({ metadata: { labels: { label } }, spec: { ingress: [] } });
    const found = changed(policy('a'), policy('b'), 'kubernetes_network_policy_v1');
    expect(found.map(([path]) => path)).toEqual(['metadata.labels.label']);
  });

  test.each<[type: string, path: string, items: Json[], isOrdered: boolean]>([
    ['azurerm_virtual_network', 'address_space', ['10.0.0.0/8', '172.16.0.0/12'], false],
    ['azurerm_virtual_network', 'dns_servers', ['10.0.0.4', '10.0.0.5'], true],
    ['azurerm_kubernetes_cluster', 'network_profile.service_cidrs', ['10.0.0.0/16', 'fd00::/108'], true],
    ['azurerm_kubernetes_cluster', 'network_profile.pod_cidrs', ['10.1.0.0/16', 'fd01::/64'], true],
    ['azurerm_kubernetes_cluster', 'default_node_pool.zones', ['1', '2'], false],
    ['azurerm_kubernetes_cluster', 'identity.identity_ids', ['a', 'b'], false],
    ['azurerm_network_security_group', 'security_rule', [{ name: 'a' }, { name: 'b' }], false],
    ['kubernetes_deployment_v1', 'spec.template.spec.container', [{ name: 'a' }, { name: 'b' }], true],
    ['kubernetes_deployment_v1', 'spec.template.spec.init_container', [{ name: 'a' }, { name: 'b' }], true],
    ['kubernetes_deployment_v1', 'spec.template.spec.container.env', [{ name: 'A' }, { name: 'B' }], true],
    ['kubernetes_deployment_v1', 'spec.template.spec.container.args', ['a', 'b'], true],
    ['kubernetes_service_v1', 'spec.port', [{ port: 80 }, { port: 443 }], true],
    ['kubernetes_service_v1', 'spec.external_ips', ['1.1.1.1', '2.2.2.2'], false],
    ['kubernetes_network_policy_v1', 'spec.ingress', [{ from: [{ a: 1 }] }, { from: [{ a: 2 }] }], true],
    ['some_job', 'args', ['a', 'b'], true],
  ])('of %s in %s have an order, if the provider says so', (type, path, items, isOrdered) => {
    const given = (value: Json[]) => change({}, { [path]: value });
    const found = review(
      program({ [type]: { it: given(items) } }),
      program({ [type]: { it: given([...items].reverse()) } }),
    );
    expect(found.changes.flatMap(({ attributes }) => attributes)).toMatchObject(
      isOrdered ? [{ path, orderOnly: true }] : [],
    );
  });

  test('of a list that the provider orders force a replacement like any other change', () => {
    const cidrs = (...service_cidrs: string[]) =>
      program({ azurerm_kubernetes_cluster: { it: { network_profile: { service_cidrs } } } });
    expect(review(cidrs('a', 'b'), cidrs('b', 'a')).counts.replace).toBe(1);
  });

  test('with odd names keep their path readable', () => {
    const found = changed({ tags: { 'app.kubernetes.io/name': 'a' } }, { tags: { 'app.kubernetes.io/name': 'b' } });
    expect(found[0]?.[0]).toBe('tags["app.kubernetes.io/name"]');
  });
});

const registry = (path: string, rest: JsonObject = {}): JsonObject => ({
  '//': { metadata: { path: `vote/${path}`, uniqueId: path } },
  name: 'acr',
  sku: 'Basic',
  ...rest,
});

describe('a rename', () => {
  const pull = (address: string): JsonObject => ({
    scope: `\${azurerm_container_registry.${address}.id}`,
    role_definition_name: 'AcrPull',
    principal_id: 'p',
  });
  const base = program({
    azurerm_container_registry: { old: registry('old/Resource') },
    azurerm_role_assignment: { pull: pull('old') },
  });
  const after: Resources = {
    azurerm_container_registry: { new: registry('new/Resource') },
    azurerm_role_assignment: { pull: pull('new') },
  };

  test('without moved is found, with the line to paste, and is neither a destroy nor a create', () => {
    const found = review(base, program(after));
    expect(found.counts).toMatchObject({ rename: 1, destroy: 0, create: 0 });
    expect(found.changes.find(({ action }) => action === 'rename')).toMatchObject({
      from: 'azurerm_container_registry.old',
      address: 'azurerm_container_registry.new',
      cure: "moveFromId('azurerm_container_registry.old')",
    });
  });

  test('without moved replaces what is bound to the id', () => {
    const found = review(base, program(after));
    expect(found.changes.find(({ action }) => action === 'replace')?.address).toBe('azurerm_role_assignment.pull');
  });

  test('with moved changes nothing, nor does a reference that follows it', () => {
    const moved = [{ from: 'azurerm_container_registry.old', to: 'azurerm_container_registry.new' }];
    const found = review(base, program(after, { moved }));
    expect(found.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'move azurerm_container_registry.new',
    ]);
    expect(found.verdict.level).toBe('change');
  });

  test('through a chain of moved is followed', () => {
    const moved = [
      { from: 'azurerm_container_registry.old', to: 'azurerm_container_registry.middle' },
      { from: 'azurerm_container_registry.middle', to: 'azurerm_container_registry.new' },
    ];
    expect(review(base, program(after, { moved })).counts).toMatchObject({ move: 1, rename: 0, replace: 0 });
  });

  test('of a whole construct pairs its resources by their places', () => {
    const tree = (name: string): Resources => ({
      azurerm_subnet: {
        [`${name}_a`]: { '//': { metadata: { path: `vote/${name}/a` } }, address_prefixes: ['10.0.0.0/24'] },
        [`${name}_b`]: { '//': { metadata: { path: `vote/${name}/b` } }, address_prefixes: ['10.0.0.0/24'] },
      },
    });
    const found = review(program(tree('network')), program(tree('net')));
    expect(found.changes.map(({ from, address }) => `${from} ${address}`)).toEqual([
      'azurerm_subnet.network_a azurerm_subnet.net_a',
      'azurerm_subnet.network_b azurerm_subnet.net_b',
    ]);
  });

  test('that also changes the resource is found by its name in the cloud', () => {
    const found = review(
      base,
      program({ azurerm_container_registry: { new: registry('new/Resource', { sku: 'Standard' }) } }),
    );
    expect(found.changes.find(({ action }) => action === 'rename')?.attributes.map(({ path }) => path)).toEqual([
      'sku',
    ]);
  });

  test('of plain Terraform is cured by a block', () => {
    const plain = (name: string) => [stack({ resource: { azurerm_container_registry: { [name]: { name: 'acr' } } } })];
    expect(review(plain('a'), plain('b')).changes[0]?.cure).toBe(
      '"moved": [{ "from": "azurerm_container_registry.a", "to": "azurerm_container_registry.b" }]',
    );
  });
});

describe('what leaves the code', () => {
  const resource = { azurerm_container_registry: { it: registry('it') } };

  test('is destroyed', () => {
    expect(review(program(resource), program({})).changes[0]).toMatchObject({
      action: 'destroy',
      holds: expect.stringContaining('image'),
    });
  });

  test('stays deployed with a removed block that says so', () => {
    const removed = [{ from: 'azurerm_container_registry.it', lifecycle: { destroy: false } }];
    const open = { azurerm_container_registry: { it: registry('it', { admin_enabled: true }) } };
    const found = review(program(open), program({}, { removed }));
    expect(found.changes[0]?.action).toBe('forget');
    expect([...found.access, ...found.exposure]).toEqual([]);
  });

  test('stays deployed when its whole stack is gone: nobody runs it any more', () => {
    const other = stack({}, { name: 'other' });
    const found = review([...program(resource), other], [other]);
    expect(found.counts).toMatchObject({ forget: 1, destroy: 0 });
    expect(found.access).toEqual([]);
  });

  test('is guarded by prevent_destroy', () => {
    const guarded = { azurerm_container_registry: { it: { ...registry('it'), lifecycle: { prevent_destroy: true } } } };
    expect(review(program(guarded), program({})).changes[0]?.notes.join()).toContain('prevent_destroy');
  });

  test('as instances of a resource is a danger', () => {
    const counted = (count: number): Resources => ({ azurerm_public_ip: { it: { name: 'ip', count } } });
    const found = review(program(counted(3)), program(counted(1)));
    expect(found.changes[0]).toMatchObject({
      mayReplace: true,
      causes: [{ attribute: 'count', text: 'destroys 2 of its instances, [1], [2]' }],
    });
    expect(review(program(counted(1)), program(counted(3))).counts.mayReplace).toBe(0);
  });
});

test('what is imported is not created', () => {
  const imports = [{ to: 'azurerm_container_registry.it', id: '/subscriptions/x' }];
  const found = review(
    program({}),
    program({ azurerm_container_registry: { it: registry('it') } }, { import: imports }),
  );
  expect(found.counts).toMatchObject({ import: 1, create: 0 });
});

test('a change carries the line of code that made the resource', () => {
  const files = (sku: string) => program({ azurerm_container_registry: { it: registry('it', { sku }) } })[0]!.files[0]!;
  const sources = { 'azurerm_container_registry.it': 'lib/vote/vote-stack.ts:26:15' };
  const found = review([stack(files('Basic'))], [stack(files('Standard'), { sources })]);
  expect(found.changes[0]?.location).toEqual({ file: 'lib/vote/vote-stack.ts', line: 26 });
});

describe('what surrounds the resources', () => {
  const settings = (before: JsonObject, after: JsonObject) => {
    const resource = { azurerm_container_registry: { it: registry('it') } };
    return review([stack({ resource, ...before })], [stack({ resource, ...after })]).settings;
  };

  test('is compared: versions', () => {
    const version = (azurerm: string) => ({
      terraform: { required_providers: { azurerm: { source: 'azurerm', version: azurerm } } },
    });
    expect(settings(version('4.55.0'), version('5.0.0'))).toMatchObject([
      {
        kind: 'provider version',
        what: 'azurerm',
        before: '4.55.0',
        after: '5.0.0',
        note: expect.stringContaining('major'),
      },
    ]);
  });

  test('is compared: backends, but not the folder of a local one', () => {
    const backend = (value: JsonObject) => ({ terraform: { backend: value } });
    expect(settings(backend({ local: { path: '/a/tfstate' } }), backend({ local: { path: '/b/tfstate' } }))).toEqual(
      [],
    );
    expect(settings(backend({ local: {} }), backend({ azurerm: { key: 'k' } }))).toMatchObject([
      { kind: 'backend', note: expect.stringContaining('created a second time') },
    ]);
  });

  test('is compared: a protection that is taken away, an output that is no longer sensitive', () => {
    const output = (sensitive: boolean) => ({ output: { o: { value: '${a.b.c}', sensitive } } });
    expect(settings(output(true), output(false))).toMatchObject([{ kind: 'output', after: 'not sensitive' }]);
    const guarded = (prevent: boolean) =>
      program({ azurerm_container_registry: { it: { ...registry('it'), lifecycle: { prevent_destroy: prevent } } } });
    const found = review(guarded(true), guarded(false));
    expect(found.settings[0]?.note).toBe('no longer protected against destruction');
    expect(found.changes).toEqual([]);
  });
});

test('nothing that changes is no change, and still no promise', () => {
  const same = program({ azurerm_container_registry: { it: registry('it') } });
  const found = review(same, structuredClone(same));
  expect(found.verdict).toEqual({ level: 'none', text: 'no change', headline: 'nothing changes' });
  expect(found.counts.unchanged).toBe(1);
  expect(found.unknown).not.toEqual([]);
});

test('a first review shows everything as new', () => {
  const found = review(
    undefined,
    program({ azurerm_container_registry: { it: registry('it', { admin_enabled: true }) } }),
  );
  expect(found.basis.firstReview).toBe(true);
  expect(found.counts.create).toBe(1);
  expect(found.access).toMatchObject([{ shift: 'added', who: 'anyone with the admin password' }]);
});

test('what goes in one stack and comes in another is destroyed and created, with the way to keep it', () => {
  const registry = { azurerm_container_registry: { it: { name: 'one', sku: 'Basic' } } };
  const other = { azurerm_container_registry: { it: { name: 'other', sku: 'Basic' } } };
  const side = (a: Resources, b: Resources) => [
    stack({ resource: a }, { name: 'a' }),
    stack({ resource: b }, { name: 'b' }),
  ];
  const notes = (before: Resources, after: Resources) =>
    review(side(before, {}), side({}, after)).changes.map(({ action, notes: [note = ''] }) => `${action} ${note}`);
  const cure = 'to keep it, move it between the states (terraform state mv), or import it there and remove it here';

  expect(notes(registry, registry)).toEqual([
    `destroy moves to the stack b: ${cure}`,
    `create moves from the stack a: ${cure}`,
  ]);
  expect(notes(registry, other)).toEqual(['destroy ', 'create ']);
});
