/** A part of a text of Terraform JSON, as it is written. */
export interface TemplatePart {
  readonly text: string;
  /** What Terraform evaluates, without its braces; undefined for text that it takes as it is. */
  readonly expression?: string;
}

/** "${" and "%{", and with a doubled sign what Terraform reads as these two characters. */
const START = /([$%])\1?\{/g;

/**
 * The parts of a text, in order: literal text, escapes included, and the templates that Terraform evaluates.
 *
 * Each character is looked at once, so that no text takes longer than its length.
 */
export function templateParts(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = 0;
  START.lastIndex = 0;
  for (let start = START.exec(text); start !== null; start = START.exec(text)) {
    if (start[0].length > 2) {
      continue; // "$${" is how Terraform writes a literal "${"
    }
    const inner = start.index + start[0].length;
    const end = closingBrace(text, inner);
    parts.push({ text: text.slice(literal, start.index) });
    parts.push({ text: text.slice(start.index, end + 1), expression: text.slice(inner, end) });
    literal = end + 1;
    START.lastIndex = literal;
  }
  return [...parts, { text: text.slice(literal) }].filter((part) => part.text !== '');
}

/** Where the template that begins at `start` ends. Braces in quoted strings do not count. */
function closingBrace(text: string, start: number): number {
  let depth = 1;
  let isQuoted = false;
  for (let position = start; position < text.length; position++) {
    const character = text[position];
    if (character === '\\') {
      position++;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && character === '{') {
      depth++;
    } else if (!isQuoted && character === '}' && --depth === 0) {
      return position;
    }
  }
  return text.length;
}
