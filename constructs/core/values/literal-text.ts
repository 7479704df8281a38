import { type IResolveContext, Lazy, Token } from 'cdktf';

/** The form of a reference in a text until synthesis. The group keeps it when a text is split. */
const REFERENCE = /(\$\{TfToken\[[^\]]+\]\})/;

/** The form of a reference to a number in a text, and of some ordinary numbers. */
const NUMBER = /-?\d\.\d+e\+\d{3}/g;

/**
 * Free text, escaped so that Terraform leaves it unchanged.
 *
 * Terraform interprets "${" and "%{" as the beginning of a template. They are escaped in the literal parts of the text;
 * references to resources or variables remain references.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */
export function literalText(text: string): string {
  return isComputed(text) ? argumentText(text) : escapeTemplates(String(text));
}

/** As `literalText`, for each text of a list; a list that is a token is returned unchanged. */
export function literalTexts(texts: string[]): string[] {
  return !Array.isArray(texts) || Token.isUnresolved(texts) ? texts : texts.map(literalText);
}

/** As `literalText`, for each value of a map. */
export function literalValues(texts: { readonly [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literalText(text)]));
}

/** As `literalText`, for an argument of a Terraform function: cdktf escapes those only in part. */
export function argumentText(text: string): string {
  const marked = withMarkedNumbers(text);
  const isWhole = marked.replace(REFERENCE, '') === '' && marked !== '';
  return isWhole ? marked : Lazy.stringValue({ produce: (context) => rendered(marked, context) });
}

/** Whether only Terraform knows a part of the text. */
export function isComputed(text: string): boolean {
  return Token.isUnresolved(withMarkedNumbers(text));
}

/** The text for a message, with references replaced by "<reference>". */
export function readableText(text: string): string {
  return text
    .split(REFERENCE)
    .map((part, index) => (isReference(index) ? '<reference>' : part))
    .join('');
}

/** Whether Terraform would interpret a literal part of the text as a template. */
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
  // a "$" right before a reference would form an escaped "${" with it
  return isBeforeReference ? escaped.replace(/\$+$/, (dollars) => `\${"${dollars}"}`) : escaped;
}

function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** A text for a quoted string in Terraform's language, which supports fewer escapes than JSON. */
function quotable(text: string): string {
  const short: { readonly [letter: string]: string } = { b: '\\u0008', f: '\\u000c' };
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\(.)/g, (pair, letter: string) => short[letter] ?? pair);
}

/** Whether a part of a text that was split at its references is a reference: every other one is. */
function isReference(index: number): boolean {
  return index % 2 === 1;
}

/**
 * The text with number tokens replaced by string tokens. A value of another type is reported elsewhere, and must not
 * throw here.
 */
export function withMarkedNumbers(text: string): string {
  return String(text).replace(NUMBER, (code) =>
    Token.isUnresolved(Number(code)) ? Token.asString(Number(code)) : code,
  );
}
