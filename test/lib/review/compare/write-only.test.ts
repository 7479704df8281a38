import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const [FIRST, SECOND] = ['Qx7$first', 'Qx7$second'];
const reviewed = (type: string, before: JsonObject, after: JsonObject) =>
  review(program({ [type]: { it: before } } as Resources), program({ [type]: { it: after } } as Resources));

test.each<[type: string, name: string, number: string, value: (secret: string) => JsonObject | string]>([
  ['azurerm_key_vault_secret', 'value_wo', 'value_wo_version', (secret) => secret],
  [
    'azurerm_mssql_server',
    'administrator_login_password_wo',
    'administrator_login_password_wo_version',
    (secret) => secret,
  ],
  ['kubernetes_secret_v1', 'data_wo', 'data_wo_revision', (secret) => ({ key: secret })],
])('a value of %s that Terraform does not keep', (type, name, number, value) => {
  const given = (secret: string, version: number) => ({ name: 'x', [name]: value(secret), [number]: version });
  const idle = reviewed(type, given(FIRST, 1), given(SECOND, 1));
  expect(idle.changes).toEqual([]);
  expect(idle.settings.map(({ note }) => note)).toEqual([expect.stringContaining(`with another ${number}`)]);

  const applied = reviewed(type, given(FIRST, 1), given(SECOND, 2));
  expect(applied.changes.map(({ action }) => action)).toEqual(['update']);
  expect(applied.settings).toEqual([]);
  [idle, applied].forEach((found) => expect(JSON.stringify(found)).not.toContain('Qx7'));
});

test('a value that is kept is applied', () => {
  const found = reviewed('azurerm_key_vault_secret', { name: 'x', value: FIRST }, { name: 'x', value: SECOND });
  expect(found.changes.map(({ action }) => action)).toEqual(['update']);
});

test('the values of a chart are masked, and not their names', () => {
  const chart = (value: string) => ({ name: 'h', set_wo: [{ name: 'auth', value }], set_wo_revision: 1 });
  const text = JSON.stringify(reviewed('helm_release', chart(FIRST), chart(SECOND)));
  expect(text).not.toContain('Qx7');
  const added = reviewed('helm_release', { name: 'h' }, chart(FIRST));
  expect(JSON.stringify(added.changes)).toContain('"name":"auth"');
});
