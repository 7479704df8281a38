import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from './vote';

const ROOT = join(__dirname, '../../..');

/**
 * Compares the blocks of a page with what is made here, or writes them with `UPDATE_DOCS=1`.
 *
 * @param blocks By the name that a comment gives the block in the page
 */
export function testShown(page: string, blocks: { readonly [name: string]: string }): void {
  const path = join(ROOT, page);
  if (process.env['UPDATE_DOCS'] !== undefined) {
    const updated = Object.entries(blocks).reduce(
      (text, [name, block]) => text.replace(partOf(name), () => `<!-- ${name} -->\n\n${block}\n<!-- /${name} -->`),
      readFileSync(path, 'utf8'),
    );
    writeFileSync(path, updated);
  }
  const docs = readFileSync(path, 'utf8');

  test.each(Object.keys(blocks))(`is what ${page} shows: %s`, (name) => {
    expect(partOf(name).exec(docs)?.[1]?.trim()).toBe(blocks[name]?.trim());
  });
}

export function fenced(language: string, text: string): string {
  return `\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\n`;
}

/** The change of a file, as it is shown to readers. */
export function diffOf({ file, before, after }: Edit): string {
  const added = after.split('\n').filter((line) => line !== before);
  const removed = after.split('\n').includes(before) ? [] : [`- ${before}`];
  return [`# ${file}`, ...removed, ...added.map((line) => `+ ${line}`)].join('\n');
}

/** A block of a page that is made here. */
function partOf(name: string): RegExp {
  return new RegExp(`<!-- ${name} -->\n(.*?)<!-- /${name} -->`, 's');
}
