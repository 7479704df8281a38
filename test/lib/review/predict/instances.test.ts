import { review } from '../../../../lib/review';
import { tripped } from '../../../../lib/review/verdict/gates';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, stack } from '../fixtures';

/** The only change of a public address with other instances, and what the gates say. */
function changed(before: JsonObject, after: JsonObject, rest: [JsonObject, JsonObject] = [{}, {}]) {
  const side = (meta: JsonObject, other: JsonObject) =>
    program({ azurerm_public_ip: { it: { name: 'ip', ...meta } } }, other);
  const found = review(side(before, rest[0]), side(after, rest[1]));
  const [first, ...others] = found.changes;
  expect(others).toEqual([]);
  return { ...found, first, gates: tripped(found, ['replace', 'destroy']) };
}

const locals = (value: JsonObject): JsonObject => ({ locals: value });

/** What has no instances any more is destroyed, and what had none is created, if the code says so. */
test.each<[before: JsonObject, after: JsonObject, rest?: [JsonObject, JsonObject]]>([
  [{ count: 2 }, { count: 0 }],
  [{}, { count: 0 }],
  [{ count: '1' }, { count: '0' }],
  [{ for_each: { a: 1 } }, { for_each: {} }],
  [{ for_each: '${toset(["a"])}' }, { for_each: '${toset([])}' }],
  [{ for_each: { a: 1 } }, { count: 0 }],
  [{ count: '${true ? 1 : 0}' }, { count: '${false ? 1 : 0}' }],
  [{ count: '${local.on ? 1 : 0}' }, { count: '${local.on ? 1 : 0}' }, [locals({ on: true }), locals({ on: false })]],
  [
    { count: '${local.stage == "prod" ? 2 : 0}' },
    { count: '${local.stage == "prod" ? 2 : 0}' },
    [locals({ stage: 'prod' }), locals({ stage: 'dev' })],
  ],
  [
    { count: '${length(local.names)}' },
    { count: '${length(local.names)}' },
    [locals({ names: ['a'] }), locals({ names: [] })],
  ],
  [
    { for_each: '${local.on ? {a = 1} : {}}' },
    { for_each: '${local.on ? {a = 1} : {}}' },
    [locals({ on: true }), locals({ on: false })],
  ],
])('%j to %j destroys it, and the other way round creates it', (before, after, rest = [{}, {}]) => {
  const gone = changed(before, after, rest);
  expect(gone.first).toMatchObject({ action: 'destroy', certainty: 'certain', mayReplace: false });
  expect(gone.gates).toEqual(['destroy']);
  expect(gone.exposure).toMatchObject([{ shift: 'removed' }]);
  // a block that removes it would stand beside its code
  expect(JSON.stringify(gone.first?.remedies)).not.toContain('removed');
  const made = changed(after, before, [rest[1], rest[0]]);
  expect(made.first).toMatchObject({ action: 'create', causes: [] });
  expect(made.gates).toEqual([]);
  expect(made.exposure).toMatchObject([{ shift: 'added' }]);
});

test.each<[JsonObject, JsonObject]>([
  [
    { count: 0, name: 'a' },
    { count: 0, name: 'b' },
  ],
  [{ count: 0 }, { for_each: {} }],
])('without instances on either side nothing happens: %j to %j', (before, after) => {
  expect(changed(before, after)).toMatchObject({ first: undefined, exposure: [] });
});

test.each<[before: JsonObject, after: JsonObject, text: string, action: string]>([
  [{ count: 3 }, { count: 1 }, 'destroys 2 of its instances, [1], [2]', 'update'],
  [{ for_each: { a: 1, b: 2 } }, { for_each: { a: 1 } }, 'destroys 1 of its instances, ["b"]', 'update'],
  [{ for_each: { a: 1 } }, { for_each: { b: 1 } }, 'destroys 1 of its instances, ["a"]', 'replace'],
  [{}, { for_each: { a: 1 } }, 'destroys 1 of its instances, [0]', 'replace'],
])('%j to %j %s', (before, after, text, action) => {
  const { first, gates, verdict } = changed(before, after);
  expect(first).toMatchObject({ action, causes: [{ text }] });
  expect(verdict.level).toBe('danger');
  expect(gates).toContain(action === 'update' ? 'destroy' : 'replace');
  expect(verdict.headline).not.toContain('may be');
});

test('instances that a variable decides are lost perhaps', () => {
  const on = (value: boolean) => ({ variable: { on: { default: value } } });
  const count = '${var.on ? 1 : 0}';
  const { first, verdict, gates } = changed({ count }, { count }, [on(true), on(false)]);
  expect(first).toMatchObject({ action: 'update', certainty: 'possible' });
  expect(verdict.headline).toContain('may lose instances');
  expect(gates).toContain('destroy');
});

test('what an instance is moved to is kept', () => {
  const side = (meta: JsonObject, rest: JsonObject = {}) => [
    stack({ resource: { azurerm_public_ip: { it: { name: 'ip', ...meta } } }, ...rest }),
  ];
  const moved = [{ from: 'azurerm_public_ip.it', to: 'azurerm_public_ip.it["a"]' }];
  expect(review(side({}), side({ for_each: { a: 1 } }, { moved })).changes).toMatchObject([{ action: 'move' }]);
});
