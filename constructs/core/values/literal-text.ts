import { type IResolveContext, Lazy, Token } from 'cdktf';

/** How a reference stands in a text until Terraform's JSON is written. The group keeps it when a text is split. */
const REFERENCE = /(\$\{TfToken\[[^\]]+\]\})/;

/** How a reference to a number stands in a text; numbers that look alike and are none stay as they are. */
const NUMBER = /-?\d\.\d+e\+\d{3}/g;

/**
 * Free text of the author, written so that it arrives as it is.
 *
 * Terraform takes "${" and "%{" for the beginning of a template. In the literal parts of the text they are escaped; what
 * refers to resources or variables stays a reference.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */
export function literalText(text: string): string {
  return isComputed(text) ? argumentText(text) : escapeTemplates(String(text));
}

/** As `literalText`, for each text of a list; a list that is a reference as a whole stays one. */
export function literalTexts(texts: string[]): string[] {
  return !Array.isArray(texts) || Token.isUnresolved(texts) ? texts : texts.map(literalText);
}

/** As `literalText`, for each value of a map. */
export function literalValues(texts: { readonly [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literalText(text)]));
}

/** As `literalText`, for a text that is handed to a function of Terraform: cdktf escapes those only in part. */
export function argumentText(text: string): string {
  const marked = withMarkedNumbers(text);
  const isWhole = marked.replace(REFERENCE, '') === '' && marked !== '';
  return isWhole ? marked : Lazy.stringValue({ produce: (context) => rendered(marked, context) });
}

/** Whether only Terraform knows a part of the text. */
export function isComputed(text: string): boolean {
  return Token.isUnresolved(withMarkedNumbers(text));
}

/** The text for a message: of what refers to something, only that it does. */
export function readableText(text: string): string {
  return text
    .split(REFERENCE)
    .map((part, index) => (isReference(index) ? '<reference>' : part))
    .join('');
}

/** Whether Terraform would take a literal part of the text for a template. */
export function holdsTemplate(text: string): boolean {
  return text.split(REFERENCE).some((part, index) => !isReference(index) && /[$%]\{/.test(part));
}

function rendered(text: string, context: IResolveContext): string {
  const isArgument = context.suppressBraces === true;
  context.suppressBraces = false; // each reference keeps its own
  const parts = text
    .split(REFERENCE)
    .map((part, index, all) =>
      isReference(index) ? String(context.resolve(part)) : literalPart(part, isArgument, index < all.length - 1),
    );
  return isArgument ? `"${parts.join('')}"` : parts.join('');
}

function literalPart(part: string, isQuoted: boolean, isBeforeReference: boolean): string {
  const escaped = escapeTemplates(isQuoted ? quotable(part) : part);
  // a "$" right before a reference would make an escaped "${" of the two
  return isBeforeReference ? escaped.replace(/\$+$/, (dollars) => `\${"${dollars}"}`) : escaped;
}

function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** A text between quotes in Terraform's language, which knows fewer escapes than JSON. */
function quotable(text: string): string {
  const short: { readonly [letter: string]: string } = { b: '\\u0008', f: '\\u000c' };
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\(.)/g, (pair, letter: string) => short[letter] ?? pair);
}

/** Whether a piece of a text that was split at its references is one: every other one is. */
function isReference(index: number): boolean {
  return index % 2 === 1;
}

/** A value of another type is reported where it was given, and must not stop the program before that. */
export function withMarkedNumbers(text: string): string {
  return String(text).replace(NUMBER, (code) =>
    Token.isUnresolved(Number(code)) ? Token.asString(Number(code)) : code,
  );
}
