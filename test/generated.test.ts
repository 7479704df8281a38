import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarationsText, TARGET } from '../tools/declarations';
import { INDEX } from '../tools/public-api';
import { referencePages } from '../tools/reference';
import { rulesText } from '../tools/rules';
import { programOf } from './compiler';
import { page } from './pages';

/*
 * What is written from the code of the constructs is what would be written now. Prettier would take seconds to lay out the pages:
 * their layout is left to `npm run format:check`, and examples have to be as Prettier writes code.
 */

const program = programOf([INDEX]);

/** A page without its layout: white space, and the rules of tables. */
function wordsOf(text: string): string {
  return text.replace(/-{3,}/g, '---').replace(/\s+/g, ' ');
}

test('what npm run reference writes is current', () => {
  const pages = [...referencePages(program)].map(([name, text]) => [name, wordsOf(text)]);
  const written = readdirSync(join(__dirname, '../docs/api')).map((name) => [name, wordsOf(page(`docs/api/${name}`))]);

  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(pages));
});

test('what npm run declarations writes is current', async () => {
  const text = await declarationsText(program);

  expect(text === readFileSync(TARGET, 'utf8')).toBe(true);
});

test('what npm run rules writes is current', () => {
  expect(wordsOf(page('docs/rules.md'))).toBe(wordsOf(rulesText()));
});
