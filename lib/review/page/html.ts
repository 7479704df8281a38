import { escaped } from '../drawing/svg';
import { visible } from '../render/escape';

/** A piece of a page, in which every text of the input is escaped. */
export class Html {
  constructor(public readonly text: string) {}
}

/** A piece of a page from a template, in which every text that is not a piece itself is escaped. */
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

/** The parts of each template, which are the same whenever it is used. */
const templates = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The templates are indented for those who read them here. */
function unindented(parts: TemplateStringsArray): readonly string[] {
  const found = templates.get(parts) ?? parts.map((part) => part.replace(/\s*\n\s*/g, '\n'));
  templates.set(parts, found);
  return found;
}

/** A piece if it is wanted. */
export function when(condition: unknown, piece: () => Html): readonly Html[] {
  return Boolean(condition) ? [piece()] : [];
}

function textOf(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) {
    return value.text;
  }
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : escaped(visible(String(value)));
}
