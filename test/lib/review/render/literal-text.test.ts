import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan, review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { folder, program } from '../fixtures';

const config = (data: JsonObject, name = 'web'): ReturnType<typeof program> =>
  program({ kubernetes_config_map_v1: { web: { metadata: { name }, data } } });

test('a value that Terraform escapes is shown as the container reads it', () => {
  const { changes } = review(config({ a: '$${A}%%{B}${"$"}${var.c}' }), config({ a: 'x$$${A}' }));

  expect(changes[0]!.attributes).toMatchObject([{ path: 'data.a', before: '${A}%{B}$${var.c}', after: 'x$${A}' }]);
});

test('a name that Terraform escapes is known when the program runs', () => {
  const namespace = (name: string): ReturnType<typeof program> =>
    program({ kubernetes_namespace_v1: { web: { metadata: { name } } } });
  const [replaced] = review(namespace('$${a}'), namespace('$${b}')).changes;

  expect(replaced).toMatchObject({
    action: 'replace',
    causes: [{ text: expect.stringContaining('replace') as string }],
  });
});

test('a plan and the code speak of the same text', () => {
  const file = join(folder(), 'plan.json');
  const change = { actions: ['update'], before: { data: { a: '${A}' } }, after: { data: { a: '$${A}' } } };
  const entry = { address: 'kubernetes_config_map_v1.web', type: 'kubernetes_config_map_v1', change };
  writeFileSync(file, JSON.stringify({ format_version: '1.2', resource_changes: [entry] }));
  const { changes } = review(config({ a: '$${A}' }), config({ a: '$$${A}' }), readPlan(file));

  expect(changes[0]!.attributes).toMatchObject([{ path: 'data.a', before: '${A}', after: '$${A}' }]);
});

test('a secret stays one, escaped or not', () => {
  const secret = (password: string): JsonObject => ({
    kubernetes_secret_v1: { s: { metadata: { name: 's' }, data: { password } } },
    kubernetes_config_map_v1: {
      web: { metadata: { name: 'web' }, data: { a: `copy of ${password}`, b: 'hunter${2}x' } },
    },
  });
  const shown = JSON.stringify(review(program(secret('old') as never), program(secret('hunter$${2}x') as never)));

  expect(shown).toContain('copy of (sensitive)');
  expect(shown).not.toMatch(/hunter/);
});
