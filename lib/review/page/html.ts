import { escaped } from '../drawing/svg';
import { visible } from '../render/escape';

/** A piece of a page, in which the input is escaped. */
export class Html {
  constructor(public readonly text: string) {}
}

/** A piece of a page from a template. Every value that is not a piece itself is escaped. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return new Html(
    unindented(parts)
      .map((part, i) => part + textOf(values[i] ?? ''))
      .join(''),
  );
}

/** The unindented parts of each template. */
const templates = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The parts of a template without the indentation of the source. */
function unindented(parts: TemplateStringsArray): readonly string[] {
  const found = templates.get(parts) ?? parts.map((part) => part.replace(/\s*\n\s*/g, '\n'));
  templates.set(parts, found);
  return found;
}

/** A piece if a condition is true. */
export function when(condition: unknown, piece: () => Html): readonly Html[] {
  return Boolean(condition) ? [piece()] : [];
}

function textOf(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) {
    return value.text;
  }
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : escaped(visible(String(value)));
}
