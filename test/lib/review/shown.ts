import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Edit } from './vote';

const ROOT = join(__dirname, '../../..');

/**
 * The generated blocks of a page, as they are and as they should be. `UPDATE_DOCS=1` writes them.
 *
 * @param blocks The blocks by their names in the comments of the page
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

/** The contents of a generated file. `UPDATE_DOCS=1` writes it. */
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

/** The change of a file, for readers. */
export function diffOf({ file, before, after }: Edit): string {
  const added = after.split('\n').filter((line) => line !== before);
  const removed = after.split('\n').includes(before) ? [] : [`- ${before}`];
  return [`# ${file}`, ...removed, ...added.map((line) => `+ ${line}`)].join('\n');
}

/** A generated block of a page. */
function partOf(name: string): RegExp {
  return new RegExp(`<!-- ${name} -->\n(.*?)<!-- /${name} -->`, 's');
}
