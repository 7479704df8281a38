import { withDynamicBlocks } from '../../../../lib/review/match/dynamic';
import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

const content = { name: '${rule.key}', source: '${rule.value}' };

test.each<[string, Json, Json]>([
  [
    'a list',
    ['a', 'b'],
    [
      { name: '0', source: 'a' },
      { name: '1', source: 'b' },
    ],
  ],
  ['a map', { x: 'a' }, [{ name: 'x', source: 'a' }]],
  ['a set', '${toset(["a"])}', [{ name: 'a', source: 'a' }]],
  ['nothing', [], []],
])('%s makes a block for each value', (_, for_each, rule) => {
  expect(withDynamicBlocks({ dynamic: { rule: { for_each, content } } })).toEqual({ rule });
});

test.each<[string, JsonObject, JsonObject]>([
  [
    'blocks that are there',
    { rule: { name: 'first' }, dynamic: { rule: { for_each: ['a'], content } } },
    { rule: [{ name: 'first' }, { name: '0', source: 'a' }] },
  ],
  [
    'an iterator',
    { dynamic: [{ rule: { for_each: [{ n: 1 }], iterator: 'it', content: { n: '${it.value.n}' } } }] },
    { rule: [{ n: 1 }] },
  ],
  [
    'blocks in blocks',
    { spec: [{ dynamic: { rule: { for_each: ['a'], content } } }] },
    { spec: [{ rule: [{ name: '0', source: 'a' }] }] },
  ],
  [
    'dynamic blocks in dynamic blocks',
    {
      dynamic: {
        a: {
          for_each: ['x'],
          content: { dynamic: { b: { for_each: ['y'], content: { v: '${a.value}${b.value}' } } } },
        },
      },
    },
    { a: [{ b: [{ v: 'xy' }] }] },
  ],
])('%s are read', (_, given, expected) => {
  expect(withDynamicBlocks(given)).toEqual(expected);
});

test.each<[string, Json]>([
  ['that only Terraform knows', '${var.all}'],
  ['that are too many', Array.from({ length: 101 }, (_, i) => i)],
  ['that are not there', null],
])('values %s leave the block as it is', (_, for_each) => {
  const given = { name: 'n', dynamic: { rule: { for_each, content } } };
  expect(withDynamicBlocks(given)).toEqual({ name: 'n', dynamic: [{ rule: { for_each, content } }] });
});

test('attributes without dynamic blocks are not copied', () => {
  const given = { a: [{ b: { c: 'x' } }] };
  expect(withDynamicBlocks(given)).toBe(given);
});

test('what a dynamic block opens is judged as the block that it makes', () => {
  const group = (local: JsonObject) =>
    program(
      {
        azurerm_network_security_group: {
          g: {
            name: 'g',
            dynamic: {
              security_rule: {
                for_each: '${local.rules}',
                content: {
                  name: '${security_rule.key}',
                  source_address_prefix: '${security_rule.value}',
                  destination_port_range: '22',
                  ...{ direction: 'Inbound', access: 'Allow', protocol: 'Tcp' },
                },
              },
            },
          },
        },
      },
      { locals: { rules: local } },
    );
  const found = review(group({ ssh: '10.0.0.0/8' }), group({ ssh: '*' }));
  expect(found.exposure).toMatchObject([{ what: 'rule ssh', shift: 'widened', severity: 'high' }]);
  expect(found.findings.rows).toMatchObject([{ rule: 'security-rule-open-ssh', state: 'new' }]);
  expect(found.unknown.join()).not.toContain('Dynamic blocks');
});
