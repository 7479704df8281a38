import { closingBrace } from './references';

/** A part of a text of Terraform JSON. */
export interface TemplatePart {
  readonly text: string;
  /** The template's expression without its braces; undefined for literal text. */
  readonly expression?: string;
}

/** The start of a template, "${" or "%{", or of an escaped one, with a doubled sign. */
const START = /([$%])\1?\{/g;

/**
 * The parts of a text, in order: literal text, including escapes, and the templates that Terraform evaluates.
 *
 * The time is linear in the length of the text, even for a hostile one.
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
    const end = closingBrace(text, start.index);
    parts.push({ text: text.slice(literal, start.index) });
    parts.push({ text: text.slice(start.index, end + 1), expression: text.slice(inner, end) });
    literal = end + 1;
    START.lastIndex = literal;
  }
  return [...parts, { text: text.slice(literal) }].filter((part) => part.text !== '');
}
