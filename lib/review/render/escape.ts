/**
 * Invisible characters that affect the display of text: controls, special spaces, and those that reorder or hide text.
 */
const INVISIBLE =
  /(?! )[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\p{Variation_Selector}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

/** Texts that need no escaping, which most are: visible ASCII characters without a number sign. */
const PLAIN = /^[ -"$-~]*$/;

/**
 * The start of a command of Azure Pipelines, or of GitHub Actions in its older syntax: both work anywhere in a line.
 */
export const COMMANDS = /##(?=\[|vso\[)/gi;

/** A text on one line, with invisible characters as code points. */
export function visible(text: string): string {
  if (PLAIN.test(text)) {
    return text;
  }
  return text
    .replace(/\r\n|\r|\n/g, '⏎')
    .replace(/\t/g, ' ')
    .replace(COMMANDS, '# #')
    .replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * A value as code in Markdown, inside or outside a table, so that nothing in it can become markup.
 *
 * The fence is longer than any run of backticks in the value. A pipe is escaped by a backslash, since it would end the
 * cell of a table, and backslashes before it are doubled, so that they do not escape that backslash.
 */
export function code(value: string): string {
  const text = visible(value).replace(/\\+\|?|\|/g, (run) =>
    run.endsWith('|') ? `${run.slice(0, -1).repeat(2)}\\|` : run,
  );
  if (text.trim() === '') {
    return text === '' ? '' : '` `';
  }
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** A line of output that GitHub Actions does not interpret as a workflow command. */
export function harmless(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ');
}

/** A plain word with punctuation around it. */
const WORD = /^\(?(?:[A-Za-z]+(?:['-][A-Za-z]+)*|\d{1,6}|·)\)?[,;:.]?$/;

/** A sentence that may contain parts of the input: everything except plain words becomes code. */
export function prose(sentence: string): string {
  return visible(sentence)
    .split(' ')
    .map((token) => {
      if (WORD.test(token)) {
        return token;
      }
      let end = token.length;
      while (',;:.)'.includes(token[end - 1] ?? '-')) {
        end--;
      }
      return `${code(token.slice(0, end))}${token.slice(end)}`;
    })
    .join(' ');
}
