import { review } from '../../../../lib/review';
import { keepsItem } from '../../../../lib/review/knowledge/item-identities';
import { schemaOf } from '../../../../lib/review/knowledge/schema';
import SETS from '../../../../lib/review/compare/sets.json';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

function actionOf(type: string, before: JsonObject, after: JsonObject): string | undefined {
  return review(program({ [type]: { it: before } }), program({ [type]: { it: after } })).changes[0]?.action;
}

const PROFILE = { computer_name: 'c', admin_username: 'a' };

/** What `terraform plan` 1.11.4 said with azurerm 4.55.0 on 2026-11-26, over a state of the same provider. */
test.each<[block: string, before: JsonObject, after: JsonObject, action: string]>([
  ['os_profile', PROFILE, { ...PROFILE, admin_username: 'b' }, 'replace'],
  ['os_profile', { ...PROFILE, admin_password: 'A' }, { ...PROFILE, admin_password: 'B' }, 'update'],
  ['os_profile', { ...PROFILE, custom_data: 'A' }, { ...PROFILE, custom_data: 'B' }, 'update'],
  ['os_profile_windows_config', { provision_vm_agent: true }, { provision_vm_agent: false }, 'update'],
  [
    'os_profile_windows_config',
    { provision_vm_agent: true, timezone: 'UTC' },
    { provision_vm_agent: false, timezone: 'UTC' },
    'replace',
  ],
])('an item of %s that changes from %j to %j is a reason to %s', (block, before, after, action) => {
  const side = (item: JsonObject) => ({ name: 'vm', [block]: [item] });
  expect(actionOf('azurerm_virtual_machine', side(before), side(after))).toBe(action);
});

const KEYS = (key_data: string): JsonObject => ({
  disable_password_authentication: true,
  ssh_keys: [{ path: '/k', key_data }],
});

test.each<[type: string, block: string, before: JsonObject, after: JsonObject, action: string]>([
  ['azurerm_virtual_machine_scale_set', 'os_profile_linux_config', KEYS('a'), KEYS('b'), 'replace'],
  // what is not given has a default, which is new with the item
  [
    'azurerm_virtual_machine_scale_set',
    'os_profile_linux_config',
    { ssh_keys: KEYS('a')['ssh_keys']! },
    { ssh_keys: KEYS('b')['ssh_keys']! },
    'replace',
  ],
  [
    'azurerm_kubernetes_cluster',
    'default_node_pool',
    { name: 'a', node_count: 1 },
    { name: 'a', node_count: 2 },
    'update',
  ],
  ['azurerm_virtual_machine', 'storage_image_reference', { sku: 'a' }, { sku: 'b' }, 'replace'],
  ['azurerm_cosmosdb_sql_container', 'unique_key', { paths: ['/a', '/b'] }, { paths: ['/a', '/c'] }, 'replace'],
  [
    'azurerm_virtual_machine',
    'os_profile_linux_config',
    { disable_password_authentication: false },
    { disable_password_authentication: true },
    'update',
  ],
])('of %s, an item of %s that changes from %j to %j is a reason to %s', (type, block, before, after, action) => {
  const side = (item: JsonObject) => ({ name: 'it', [block]: [item] });
  expect(actionOf(type, side(before), side(after))).toBe(action);
});

/** An object with one value at a path of blocks. */
function nested([step = '', ...rest]: readonly string[], value: Json): JsonObject {
  return { [step]: rest.length === 0 ? value : nested(rest, value) };
}

/** All sets with attributes in them that force a replacement, with one of these. */
const FIXED = Object.entries(SETS as Record<string, string>).flatMap(([type, sets]) => {
  const { replaces = [] } = schemaOf(type) ?? {};
  return sets.split(' ').flatMap((set): [type: string, set: string, fixed: string][] => {
    const fixed = replaces.find((path) => path.startsWith(`${set}.`) && !replaces.includes(set));
    return fixed === undefined ? [] : [[type, set, fixed.slice(set.length + 1)]];
  });
});

test('there are such sets', () => {
  expect(FIXED.length).toBeGreaterThan(20);
});

test.each(FIXED)(
  'another attribute of an item of %s.%s replaces with %s, unless the item stays the same',
  (type, set, fixed) => {
    const side = (other: string): JsonObject =>
      nested(set.split('.'), [{ ...nested(fixed.split('.'), 'a'), other_of_it: other }]);
    const isKept = keepsItem(type, set, 'other_of_it');
    expect(actionOf(type, side('a'), side('b'))).toBe(isKept ? 'update' : 'replace');
  },
);
