import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

/** What happens to each resource that changes, and why. */
function changes(before: Resources, after: Resources) {
  return review(program(before), program(after)).changes.map(({ action, mayReplace, address, causes }) => ({
    what: `${action}${mayReplace ? '?' : ''} ${address}`,
    why: causes.map(({ attribute, text }) => `${attribute}: ${text}`),
  }));
}

const identity = (name: string): Resources => ({ azurerm_user_assigned_identity: { id: { name, location: 'x' } } });
const role = (given: JsonObject): Resources => ({
  azurerm_role_assignment: { role: { role_definition_name: 'Reader', scope: '/s', principal_id: 'p', ...given } },
});
const OF_IDENTITY = { principal_id: '${azurerm_user_assigned_identity.id.principal_id}' };
const trigger = (...triggers: string[]) => ({ lifecycle: { replace_triggered_by: triggers } });
const address = (given: JsonObject): Resources => ({ azurerm_public_ip: { ip: { name: 'ip', ...given } } });
const both = (more: Resources, one: (name: string) => Resources = identity): [Resources, Resources] => [
  { ...one('a'), ...more },
  { ...one('b'), ...more },
];

const sides = ([before, after]: [Resources, Resources]) => [program(before), program(after)] as const;
const child = (of: string): Resources => ({
  azurerm_private_endpoint: {
    [of]: {
      name: of,
      private_service_connection: { private_connection_resource_id: `\${azurerm_public_ip.${of}.id}` },
    },
  },
});
const ID = 'azurerm_user_assigned_identity.id';
const REPLACED = { what: `replace ${ID}`, why: ['name: forces replacement'] };
const MAY_BE = {
  what: `update? ${ID}`,
  why: ['name: may force replacement: unless both expressions give the same value'],
};
const triggered = (text: string) => ({
  what: 'replace azurerm_public_ip.ip',
  why: [`lifecycle.replace_triggered_by: ${text}`],
});
const maybeTriggered = (text: string) => ({ ...triggered(text), what: 'update? azurerm_public_ip.ip' });
const KUBERNETES_POOL: Resources = {
  azurerm_kubernetes_cluster_node_pool: {
    pool: { name: 'p', vm_size: 'x', kubernetes_cluster_id: '${azurerm_kubernetes_cluster.c.id}' },
  },
};

describe('what depends on a resource that is replaced', () => {
  test('is replaced where it cannot be updated, and named by what it depends on', () => {
    const dependent = role(OF_IDENTITY);
    expect(changes(...both(dependent))).toEqual([
      REPLACED,
      {
        what: 'replace azurerm_role_assignment.role',
        why: ['principal_id: depends on managed identity a, which is recreated'],
      },
    ]);
    expect(review(...sides(both(dependent))).changes[1]?.causes).toMatchObject([
      { dependsOn: 'managed identity a', source: 'azurerm 4.55.0: schema of azurerm_role_assignment' },
    ]);
    const [found] = review(...sides(both(dependent))).changes;
    expect(found?.takes).toEqual([
      {
        ...{ stack: 'vote', address: 'azurerm_role_assignment.role', name: 'role Reader of managed identity a on /s' },
        reason: 'its principal_id depends on it',
      },
    ]);
  });

  test('is replaced below such an attribute as well, by an attribute of the other one', () => {
    const machine = (given: Json): Resources => ({
      azurerm_linux_virtual_machine: { vm: { name: 'vm', location: 'x', os_disk: given } },
    });
    const dependent = machine({ name: '${azurerm_user_assigned_identity.id.suffix}' });
    expect(changes(...both(dependent))[0]).toEqual({
      what: 'replace azurerm_linux_virtual_machine.vm',
      why: ['os_disk.name: depends on suffix of managed identity a, which is recreated'],
    });
  });

  test('is not replaced where it can be updated', () => {
    expect(changes(...both(address({ tags: { id: `\${${ID}.id}` } })))).toEqual([REPLACED]);
  });

  test('is replaced with it however long the chain is, and each names the one before it', () => {
    const found = changes(
      ...both({ ...role(OF_IDENTITY), ...address({ ...trigger('azurerm_role_assignment.role') }), ...child('ip') }),
    );
    expect(found.find(({ what }) => what === 'replace azurerm_private_endpoint.ip')?.why).toEqual([
      'private_service_connection.private_connection_resource_id: depends on public address ip, which is recreated',
    ]);
  });

  test('is replaced with what it depends on, and so on, by attributes', () => {
    const cluster = {
      azurerm_kubernetes_cluster: { c: { name: 'c', location: `\${${ID}.client_id}`, dns_prefix: 'd' } },
    };
    expect(changes(...both({ ...cluster, ...KUBERNETES_POOL }))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'replace azurerm_kubernetes_cluster.c' }),
        {
          what: 'replace azurerm_kubernetes_cluster_node_pool.pool',
          why: ['kubernetes_cluster_id: depends on Kubernetes cluster c, which is recreated'],
        },
      ]),
    );
  });

  test('is replaced in any part of a block that cannot be updated', () => {
    const container = { azurerm_container_group: { g: { name: 'g', exposed_port: { kind: `\${${ID}.kind}` } } } };
    expect(changes(...both(container))).toContainEqual({
      what: 'replace azurerm_container_group.g',
      why: ['exposed_port.kind: depends on kind of managed identity a, which is recreated'],
    });
  });

  test('may be replaced where a condition decides, with what the knowledge is from', () => {
    const plan = (name: string): Resources => ({ azurerm_service_plan: { p: { name, os_type: 'Linux' } } });
    const app = { azurerm_linux_function_app: { f: { name: 'f', service_plan_id: '${azurerm_service_plan.p.id}' } } };
    const found = review(...sides(both(app, plan))).changes.find(({ address }) => address.endsWith('.f'));
    expect(found).toMatchObject({
      ...{ action: 'update', mayReplace: true },
      causes: [
        {
          attribute: 'service_plan_id',
          text: expect.stringMatching(
            /^depends on .* a, which is recreated; forces replacement if one of the plans is a Consumption plan$/,
          ),
          source: 'azurerm 4.55.0: appservice',
        },
      ],
    });
  });

  test('has the causes of its own, where it is replaced anyway', () => {
    const found = changes(
      { ...identity('a'), ...role({ ...OF_IDENTITY, scope: '/s' }) },
      { ...identity('b'), ...role({ ...OF_IDENTITY, scope: '/t' }) },
    );
    expect(found).toContainEqual({ what: 'replace azurerm_role_assignment.role', why: ['scope: forces replacement'] });
  });

  test('is left alone where nothing that it depends on changes', () => {
    const more = { ...role(OF_IDENTITY), ...address(trigger('azurerm_role_assignment.role')), ...identity('a') };
    const registry = (name: string): Resources => ({ azurerm_container_registry: { r: { name } } });
    expect(changes(...both(more, registry)).map(({ what }) => what)).toEqual(['replace azurerm_container_registry.r']);
  });

  test('is named where nothing is known about its type, in order, and goes no further', () => {
    const more = {
      x_new: { z: { ref: '${azurerm_public_ip.ip.id}' }, a: { ref: `\${${ID}.id}` } },
      ...role({ scope: '${x_new.a.id}' }),
    };
    const side = (i: number): Resources => ({ ...identity(`i${i}`), ...address({ name: `p${i}` }), ...more });
    const found = review(program(side(1)), program(side(2)));
    expect(found.unknown).toContainEqual(expect.stringMatching(/be replaced with it: x_new\.a, x_new\.z\.$/));
    expect(found.counts).toMatchObject({ replace: 2, mayReplace: 0 });
  });

  test('is named where nothing is known about its type, once', () => {
    const ref = `\${${ID}.id}`;
    const more = { x_new: { b: { ref, again: ref }, a: { ref } }, ...role(OF_IDENTITY) };
    expect(review(...sides(both(more))).unknown).toContainEqual(
      expect.stringMatching(/be replaced with it: x_new\.a, x_new\.b\.$/),
    );
  });

  test('is nothing new: it is created after it', () => {
    const [before, after] = both({});
    expect(changes(before, { ...after, ...role(OF_IDENTITY) }).map(({ what }) => what)).toEqual([
      `replace ${ID}`,
      'create azurerm_role_assignment.role',
    ]);
  });
});

describe('what depends on a resource that may be replaced', () => {
  const dependent = { ...role(OF_IDENTITY), ...address(trigger('azurerm_role_assignment.role')) };

  test('may be replaced, and what depends on that as well', () => {
    const cluster = (dnsPrefix: string): Resources => ({
      azurerm_kubernetes_cluster: {
        c: { name: `\${${ID}.name}`, location: `\${${ID}.client_id}`, dns_prefix: dnsPrefix },
      },
    });
    expect(
      changes(
        { ...identity('a'), ...cluster('d'), ...KUBERNETES_POOL },
        { ...identity('${var.b}'), ...cluster('d'), ...KUBERNETES_POOL },
      ),
    ).toEqual([
      expect.objectContaining({ what: 'update? azurerm_kubernetes_cluster.c' }),
      MAY_BE,
      {
        what: 'update? azurerm_kubernetes_cluster_node_pool.pool',
        why: ['kubernetes_cluster_id: depends on Kubernetes cluster a, which may be recreated'],
      },
    ]);
  });

  test('is replaced for certain where another cause is', () => {
    const found = changes(
      { ...identity('a'), ...role({ ...OF_IDENTITY, scope: '/s' }) },
      { ...identity('${var.b}'), ...role({ ...OF_IDENTITY, scope: '/t' }) },
    );
    expect(found).toEqual([
      MAY_BE,
      { what: 'replace azurerm_role_assignment.role', why: ['scope: forces replacement'] },
    ]);
  });

  test('may be replaced where a condition decides as well', () => {
    const plan = (name: string): Resources => ({ azurerm_service_plan: { p: { name, os_type: 'Linux' } } });
    const app = { azurerm_linux_function_app: { f: { name: 'f', service_plan_id: '${azurerm_service_plan.p.id}' } } };
    const found = changes({ ...plan('a'), ...app }, { ...plan('${var.b}'), ...app });
    expect(found).toContainEqual({
      what: 'update? azurerm_linux_function_app.f',
      why: [expect.stringMatching(/^service_plan_id: depends on .* a, which may be recreated$/)],
    });
  });

  test('is not replaced where it can be updated, nor where nothing is known about it', () => {
    const more = { ...address({ tags: { id: `\${${ID}.id}` } }), x_new: { n: { id: `\${${ID}.id}` } } };
    expect(changes({ ...identity('a'), ...more }, { ...identity('${var.b}'), ...more })).toEqual([MAY_BE]);
  });

  test('is not replaced where it is new', () => {
    expect(changes(identity('a'), { ...identity('${var.b}'), ...dependent }).map(({ what }) => what)).toEqual([
      `update? ${ID}`,
      'create azurerm_public_ip.ip',
      'create azurerm_role_assignment.role',
    ]);
  });
});

describe('a trigger', () => {
  test.each<[what: string, triggers: string[], expected: object[]]>([
    ['is a resource that changes', [ID], [triggered('managed identity a changes'), REPLACED]],
    ['is an attribute that changes', [`${ID}.name`], [triggered('name of managed identity a changes'), REPLACED]],
    ['is an attribute that does not', [`${ID}.location`], [REPLACED]],
    [
      'is an attribute that the code does not set',
      [`${ID}.tags`],
      [maybeTriggered('tags of managed identity a may change'), REPLACED],
    ],
    ['is a part of what changes', [`${ID}.name.x`], [triggered('name.x of managed identity a changes'), REPLACED]],
    ['is more than a reference', [`upper(${ID}.name)`], [triggered(`upper(${ID}.name) changes`), REPLACED]],
    ['is less than a text', [`${ID}.name == "b"`], [triggered(`${ID}.name == "b" changes`), REPLACED]],
    ['is more than a resource', [`[${ID}]`], [maybeTriggered(`[${ID}] may change`), REPLACED]],
    ['is another resource', ['azurerm_user_assigned_identity.other'], [REPLACED]],
    [
      'that is certain goes before one that is not',
      [`${ID}.tags`, ID],
      [triggered('managed identity a changes'), REPLACED],
    ],
    [
      'that is the first of two is named',
      [`${ID}.name`, ID],
      [triggered('name of managed identity a changes'), REPLACED],
    ],
  ])('%s', (_, triggers, expected) => {
    const found = changes(...both(address(trigger(...triggers))));
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test.each([
    ['any change of the resource', ID, [expect.objectContaining({ what: 'replace azurerm_public_ip.ip' })]],
    ['an attribute that may change', `${ID}.name`, [maybeTriggered('name of managed identity a may change')]],
  ])('on %s, where expressions may give the same value', (_, name, expected) => {
    const more = address(trigger(name));
    const found = changes({ ...identity('a'), ...more }, { ...identity('${var.b}'), ...more });
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test('replaces nothing that is new', () => {
    const [before, after] = both({});
    expect(changes(before, { ...after, ...address(trigger(ID)) }).map(({ what }) => what)).toEqual([
      `replace ${ID}`,
      'create azurerm_public_ip.ip',
    ]);
  });

  test('on one instance is one on its resource', () => {
    const one = (name: string): Resources => ({ azurerm_user_assigned_identity: { id: { name, count: 1 } } });
    const found = changes(...both(address(trigger(`${ID}[0]`)), one));
    expect(found.map(({ what }) => what).sort()).toEqual(['replace azurerm_public_ip.ip', `replace ${ID}`]);
  });

  test.each<[what: string, triggers: string[], expected: 'replace' | 'update?' | undefined]>([
    ['what is updated with it', ['terraform_data.b'], 'replace'],
    ['the id of what is replaced', ['terraform_data.a.id'], 'replace'],
    ['the id of what is only updated', ['terraform_data.b.id'], undefined],
    ['an attribute that is updated with it', ['terraform_data.b.input'], 'replace'],
    ['an attribute that is not', ['terraform_data.a.input'], undefined],
    ['what is updated, which may be another value', ['terraform_data.b.output'], 'update?'],
    ['what is triggered by what is updated', ['terraform_data.chain'], 'replace'],
    ['what is of an unknown type, and updated with it', ['x_new.n'], 'replace'],
    ['one of two attributes that are updated with it', ['x_new.n.ref'], 'replace'],
    ['the id of what is of an unknown type', ['x_new.n.id'], 'update?'],
    ['what is new', ['x_new.fresh'], undefined],
    ['what is new, and depends on it', ['terraform_data.fresh'], undefined],
    ['the id of what is new', ['x_new.fresh.id'], undefined],
    ['what mentions it only by what the code says', ['terraform_data.named'], undefined],
  ])('on %s, when a resource is replaced, as Terraform does', (_, triggers, expected) => {
    const given = (text: string): Resources => ({
      terraform_data: {
        a: { triggers_replace: text, input: 'fix' },
        b: { input: '${terraform_data.a.id}' },
        chain: trigger('terraform_data.b'),
        named: { input: '${terraform_data.a.input}' },
        it: trigger(...triggers),
      },
    });
    const unknown = { n: { ref: '${terraform_data.a.id}', again: '${terraform_data.a.id}' } };
    const found = changes(
      { ...given('1'), x_new: unknown },
      {
        terraform_data: { ...given('2')['terraform_data'], fresh: { input: '${terraform_data.a.id}' } },
        x_new: { ...unknown, fresh: { name: 'f' } },
      },
    );
    expect(found.find(({ what }) => what.endsWith(' terraform_data.it'))?.what.split(' ')[0]).toBe(expected);
  });

  test.each<[what: string, before: JsonObject, after: JsonObject, expected: string[]]>([
    ['an instance more', { count: 2 }, { count: 3 }, []],
    ['an instance less', { count: 2 }, { count: 1 }, []],
    ['other instances', { for_each: ['a'] }, { for_each: ['b'] }, []],
    ['another value of an instance', { for_each: { a: 'x' } }, { for_each: { a: 'y' } }, ['replace terraform_data.it']],
  ])('on a resource of several, with %s, as Terraform does', (_, before, after, expected) => {
    const several = (given: JsonObject): Resources => ({
      terraform_data: { several: { input: '${each.value}', ...given }, it: trigger('terraform_data.several') },
    });
    const found = changes(several(before), several(after)).map(({ what }) => what);
    expect(found.filter((what) => what.endsWith('.it'))).toEqual(expected);
  });

  test('on a resource that is renamed without a moved block is none: it is created', () => {
    const of = (name: string): Resources => ({
      azurerm_user_assigned_identity: { [name]: { name: 'a', location: 'x', tags: { of: name } } },
      terraform_data: { it: trigger(`azurerm_user_assigned_identity.${name}`) },
    });
    expect(changes(of('before'), of('after')).map(({ what }) => what)).not.toContain('replace terraform_data.it');
  });

  test.each<[what: string, triggers: string[], isDoubtful: boolean]>([
    ['what may be', ['azurerm_role_assignment.role'], true],
    ['the id of what may be', ['azurerm_role_assignment.role.id'], true],
    ['what may be updated with it', ['azurerm_kubernetes_cluster.c'], true],
    ['what may be updated with it, at another place', ['azurerm_kubernetes_cluster.c.dns_prefix'], false],
    ['what may be triggered', ['terraform_data.chain'], true],
    ['what is left alone', ['azurerm_public_ip.ip'], false],
  ])('on %s, when a resource may be replaced', (_, triggers, isDoubtful) => {
    const more: Resources = {
      ...role(OF_IDENTITY),
      ...address({}),
      azurerm_kubernetes_cluster: { c: { name: 'c', dns_prefix: 'd', tags: { id: `\${${ID}.id}` } } },
      terraform_data: { chain: trigger('azurerm_role_assignment.role'), it: trigger(...triggers) },
    };
    const found = changes({ ...identity('a'), ...more }, { ...identity('${var.b}'), ...more });
    expect(found.map(({ what }) => what).filter((what) => what.endsWith(' terraform_data.it'))).toEqual(
      isDoubtful ? ['update? terraform_data.it'] : [],
    );
  });

  test('adds nothing to what is replaced anyway', () => {
    const it = (scope: string) => role({ scope, ...trigger(ID) });
    expect(changes({ ...identity('a'), ...it('/s') }, { ...identity('b'), ...it('/t') })).toContainEqual({
      what: 'replace azurerm_role_assignment.role',
      why: ['scope: forces replacement'],
    });
  });

  test('adds nothing to what is in doubt anyway', () => {
    const it = (scope: string) => role({ scope, ...trigger(`${ID}.tags`) });
    const found = changes({ ...identity('a'), ...it('/s') }, { ...identity('b'), ...it('${var.s}') });
    expect(found.at(-1)?.why).toEqual([expect.stringMatching(/^scope: may force replacement/)]);
  });

  test('that is certain replaces what would otherwise only be in doubt', () => {
    const pool = (size: string): Resources => ({
      azurerm_role_assignment: { role: { scope: size, principal_id: 'p', ...trigger(ID) } },
    });
    const found = changes({ ...identity('a'), ...pool('/s') }, { ...identity('b'), ...pool('${var.s}') });
    expect(found).toContainEqual(expect.objectContaining({ what: 'replace azurerm_role_assignment.role' }));
  });
});
