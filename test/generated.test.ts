import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarationsText, TARGET } from '../tools/declarations';
import { INDEX } from '../tools/public-api';
import { referencePages } from '../tools/reference';
import { rulesText } from '../tools/rules';
import { programOf } from './compiler';
import { page } from './pages';

/*
 * What is written from the code of the constructs is what would be written now.
 */

const program = programOf([INDEX]);

test('what npm run reference writes is current', async () => {
  const pages = await referencePages(program);
  const written = readdirSync(join(__dirname, '../docs/api')).map((name) => [name, page(`docs/api/${name}`)]);

  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(pages));
});

test('what npm run declarations writes is current', async () => {
  const text = await declarationsText(program);

  expect(text === readFileSync(TARGET, 'utf8')).toBe(true);
});

test('what npm run rules writes is current', async () => {
  expect(page('docs/rules.md')).toBe(await rulesText());
});
