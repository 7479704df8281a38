import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/*
 * A rule that is exported, has its edges and stands in the list of rules, and that nothing asks, protects nobody.
 */

const load = createRequire(__filename);
const CONSTRUCTS = join(__dirname, '../../../constructs');

const files = readdirSync(CONSTRUCTS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The code of the constructs without comments, and without lines that only hand a name on. */
const code = files
  .map((file) => readFileSync(join(CONSTRUCTS, file), 'utf8'))
  .map((text) => text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, ''))
  .map((text) => text.replace(/^(import|export) (type )?(\{[^}]*\}|\*[^;]*) from [^;]*;/gm, ''))
  .join('\n');

/** How often each name stands in the code. */
const uses = new Map<string, number>();
for (const [name] of code.matchAll(/[A-Za-z_]\w*/g)) {
  uses.set(name, (uses.get(name) ?? 0) + 1);
}

/** The names under which any file exports a rule of one value, or rules of several together. */
const exported = files.flatMap((file) =>
  Object.entries(load(join(CONSTRUCTS, file)) as object)
    .filter(([, value]) => isRule(value) || (Array.isArray(value) && value.length > 0 && value.every(isRule)))
    .map(([name]) => name),
);

function isRule(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && ('holds' in value || 'problems' in value);
}

/** How often a rule stands in the making of another one, which takes over what it says and asks it nothing. */
function basedOn(name: string): number {
  return [
    ...code.matchAll(new RegExp(`(\\.\\.\\.|\\$\\{)${name}\\b(?!\\()|\\b${name}\\.(must|source|example)\\b`, 'g')),
  ].length;
}

test('the rules of all rooms are found', () => {
  expect(exported.length).toBeGreaterThan(150);
});

test('something asks each rule that is exported', () => {
  // once for its definition
  const unused = [...new Set(exported)].filter((name) => (uses.get(name) ?? 0) - basedOn(name) < 2);

  expect(unused).toEqual([]);
});
