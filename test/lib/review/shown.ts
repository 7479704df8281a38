import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Edit } from './vote';

const ROOT = join(__dirname, '../../..');

/**
 * The blocks of a page, which are made here: as they are and as they should be. `UPDATE_DOCS=1` writes them.
 *
 * @param blocks By the name that a comment gives the block in the page
 */
export function shownBlocks(
  page: string,
  blocks: { readonly [name: string]: string },
): { name: string; shown: string | undefined; made: string }[] {
  const path = join(ROOT, page);
  if (process.env['UPDATE_DOCS'] !== undefined) {
    const updated = Object.entries(blocks).reduce(
      (text, [name, block]) => text.replace(partOf(name), () => `<!-- ${name} -->\n\n${block}\n<!-- /${name} -->`),
      readFileSync(path, 'utf8'),
    );
    writeFileSync(path, updated);
  }
  const docs = readFileSync(path, 'utf8');
  return Object.entries(blocks).map(([name, made]) => ({
    name,
    shown: partOf(name).exec(docs)?.[1]?.trim(),
    made: made.trim(),
  }));
}

/** A file that is made here, as it is; `UPDATE_DOCS=1` writes it. */
export function shownFile(path: string, made: string): string {
  const file = join(ROOT, path);
  if (process.env['UPDATE_DOCS'] !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, made);
  }
  return readFileSync(file, 'utf8');
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
