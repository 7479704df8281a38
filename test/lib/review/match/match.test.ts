import { match, references, renames } from '../../../../lib/review/match/match';
import { stackOf } from '../../../../lib/review/read/program';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const side = (resources: Resources, rest: JsonObject = {}) => stackOf(program(resources, rest)[0]!);

/** What each resource of the base is in the head, and how that is known. */
function pairs(before: Resources, after: Resources, rest: JsonObject = {}, also: JsonObject = {}): string[] {
  const short = (address = '-') => address.replace('azurerm_subnet.', '');
  const found = match(side(before, also), side(after, { ...also, ...rest }));
  return found.map(({ base, head, link }) => `${short(base?.address)} ${link} ${short(head?.address)}`);
}

const subnets = (given: Record<string, JsonObject>): Resources => ({ azurerm_subnet: given });
const named = (...names: string[]) => subnets(Object.fromEntries(names.map((name) => [name, { name, here: name }])));
const moves = (...moved: [from: string, to: string][]): JsonObject => ({
  moved: moved.map(([from, to]) => ({
    from: `azurerm_subnet.${from}`,
    to: to.includes('.') ? to : `azurerm_subnet.${to}`,
  })),
});

test('every resource is paired or alone, in the order of the addresses', () => {
  const before = subnets({ kept: { n: 1 }, gone: { n: 2 }, old: { n: 3 }, z: { n: 4 } });
  const after = subnets({ kept: { n: 5 }, fresh: { n: 6 }, new: { n: 3 }, a: { n: 7 } });
  expect(pairs(before, after, moves(['z', 'a']))).toEqual([
    'z moved a',
    '- none fresh',
    'gone none -',
    'kept address kept',
    'old renamed new',
  ]);
});

test('only what has another address is renamed', () => {
  const before = subnets({ kept: { n: 1 }, old: { n: 2 }, gone: { n: 3 } });
  const found = match(side(before), side(subnets({ kept: { n: 4 }, new: { n: 2 }, fresh: { n: 5 } })));
  expect([...renames(found)]).toEqual([['azurerm_subnet.old', 'azurerm_subnet.new']]);
});

describe('a declared move', () => {
  test.each<[what: string, before: Resources, after: Resources, moved: [string, string][], expected: string[]]>([
    ['is followed', named('a'), subnets({ b: {} }), [['a', 'b']], ['a moved b']],
    [
      'is over where the address is still there',
      named('a', 'b'),
      named('b'),
      [['a', 'b']],
      ['a none -', 'b address b'],
    ],
    [
      'is followed by steps',
      named('a'),
      subnets({ d: {} }),
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'd'],
      ],
      ['a moved d'],
    ],
    [
      'may go in a circle',
      named('a'),
      subnets({ c: {} }),
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ],
      ['a moved c'],
    ],
    [
      'may lead nowhere',
      subnets({ x: {} }),
      named('c'),
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ],
      ['- none c', 'x none -'],
    ],
    [
      'of two to one address is of the first that was there',
      named('b', 'a'),
      subnets({ c: {} }),
      [
        ['b', 'c'],
        ['a', 'c'],
      ],
      ['b none -', 'a moved c'],
    ],
    [
      'of two to one address is of the one that was there',
      named('b'),
      subnets({ c: {} }),
      [
        ['a', 'c'],
        ['b', 'c'],
      ],
      ['b moved c'],
    ],
    [
      'moves a resource once',
      named('a'),
      subnets({ b: {}, c: { x: 1 } }),
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      ['a moved b', '- none c'],
    ],
  ])('%s', (_, before, after, moved, expected) => {
    expect(pairs(before, after, moves(...moved)).sort()).toEqual([...expected].sort());
  });

  test('does not make another type of a resource', () => {
    const found = pairs(named('a'), { azurerm_public_ip: { a: { name: 'a' } } }, moves(['a', 'azurerm_public_ip.a']));
    expect(found).toEqual(['- none azurerm_public_ip.a', 'a none -']);
  });

  test.each([
    ['module.net.azurerm_subnet.a', ['module.net address module.net', 'a moved module.net.a']],
    ['module.net.module.in.azurerm_subnet.a', ['module.net address module.net', 'a moved module.net.module.in.a']],
    ['module.other.azurerm_subnet.a', ['a none -', 'module.net address module.net']],
    ['elsewhere.module.net.a', ['a none -', 'module.net address module.net']],
  ])('into a module goes on where the module is called: %s', (to, expected) => {
    expect(pairs(named('a'), {}, moves(['a', to]), { module: { net: { source: './net' } } })).toEqual(expected);
  });
});

describe('without a declared move', () => {
  const net = (name: string): Resources => ({ azurerm_virtual_network: { [name]: { address_space: ['10.0.0.0/8'] } } });
  const inNet = (name: string, reference: string) =>
    subnets({ [name]: { name: 'nodes', virtual_network_name: reference } });

  test('what looks the same is the same, whatever the names of the resources that it refers to are', () => {
    const [old, now] = ['old', 'new'].map((name) => ({
      ...net(name),
      ...inNet(name, `\${azurerm_virtual_network.${name}.name}`),
    }));
    expect(pairs(old!, now!)).toEqual([
      'old renamed new',
      'azurerm_virtual_network.old renamed azurerm_virtual_network.new',
    ]);
  });

  test.each([
    ['two variables', '${var.one}', '${var.two}'],
    ['two texts that name resources', 'azurerm_virtual_network.one', 'azurerm_virtual_network.two'],
    ['two resources that are not there', '${azurerm_virtual_network.x.name}', '${azurerm_virtual_network.y.name}'],
  ])('%s do not look the same', (_, before, after) => {
    expect(
      pairs({ ...net('one'), ...inNet('a', before) }, { ...net('one'), ...inNet('b', after) }).slice(0, 2),
    ).toEqual(['a none -', '- none b']);
  });

  test.each<[what: string, type: string, before: JsonObject, after: JsonObject, isSame: boolean]>([
    ['of one name', 'azurerm_subnet', { name: 'n', x: 1 }, { name: 'n', x: 2 }, true],
    [
      'of one name in Kubernetes',
      'kubernetes_pod',
      { metadata: { name: 'n' }, x: 1 },
      { metadata: { name: 'n' }, x: 2 },
      true,
    ],
    [
      'of one name in Kubernetes and another besides',
      'kubernetes_pod',
      { metadata: { name: 'n' }, name: 'a' },
      { metadata: { name: 'n' }, name: 'b' },
      true,
    ],
    [
      'of one name besides and others in Kubernetes',
      'kubernetes_pod',
      { metadata: { name: 'a' }, name: 'n' },
      { metadata: { name: 'b' }, name: 'n' },
      false,
    ],
    [
      'in two namespaces',
      'kubernetes_pod',
      { metadata: { name: 'n', namespace: 'a' } },
      { metadata: { name: 'n', namespace: 'b' } },
      false,
    ],
    ['without a name', 'azurerm_subnet', { x: 1 }, { x: 2 }, false],
    [
      'whose name only Terraform knows',
      'azurerm_subnet',
      { name: '${var.n}', x: 1 },
      { name: '${var.n}', x: 2 },
      false,
    ],
    [
      'of two providers',
      'azurerm_subnet',
      { name: 'n', provider: 'azurerm.a' },
      { name: 'n', provider: 'azurerm.b' },
      false,
    ],
  ])('two %s are the same: %s', (_, type, before, after, isSame) => {
    expect(pairs({ [type]: { a: before } }, { [type]: { b: after } })).toHaveLength(isSame ? 1 : 2);
  });

  test('looks go before names, and each resource is paired once', () => {
    const before = subnets({ old: { name: 'n', x: 1 } });
    expect(pairs(before, subnets({ a: { name: 'n', x: 2 }, b: { name: 'n', x: 1 } }))).toEqual([
      '- none a',
      'old renamed b',
    ]);
    expect(
      pairs(subnets({ a: { name: 'n', x: 2 }, b: { name: 'n', x: 1 } }), subnets({ new: { name: 'n', x: 1 } })),
    ).toEqual(['a none -', 'b renamed new']);
  });

  test('nothing is paired with what is looked up', () => {
    const data = (name: string) => ({ data: { azurerm_subnet: { [name]: { name: 'n' } } } });
    const found = match(side({}, data('a')), side({}, data('b')));
    expect(found.map(({ link }) => link)).toEqual(['none', 'none']);
    const one = match(side(subnets({ a: { name: 'n' } })), side({}, data('b')));
    expect(one.map(({ link }) => link)).toEqual(['none', 'none']);
  });
});

test('the mentions of other resources are found wherever they are, as the program wrote them', () => {
  const resource = {
    attributes: { a: { b: ['x', '${azurerm_subnet.s.id}'] }, c: 'to ${azurerm_public_ip.p.ip_address}', n: 1, z: null },
  };
  const [given] = side({ azurerm_lb: { lb: resource.attributes as JsonObject } }).resources.values();
  expect(references(given!)).toEqual([
    { address: 'azurerm_subnet.s', attribute: 'id', path: 'a.b' },
    { address: 'azurerm_public_ip.p', attribute: 'ip_address', path: 'c' },
  ]);
  expect(references({ ...given!, written: { c: '${azurerm_subnet.t.name}' } })).toEqual([
    { address: 'azurerm_subnet.t', attribute: 'name', path: 'c' },
  ]);
});
