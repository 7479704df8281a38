import type { SceneBox } from './scene';

/** A width and a height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The height of a line of details. */
export const LINE = 16;

/** The padding around the text of a box. */
export const PADDING = 12;

const NARROW = /[ijlI.,:;'|!()[\]ft ]/;
const WIDE = /[mwMW@%×→±]/;
const CAPITAL = /[A-Z0-9_]/;
const BEYOND_LATIN = /[^\u0000-\u024f]/;

/** The widths of characters relative to the font size; the first matching pattern applies. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [NARROW, 0.36],
  [WIDE, 0.92],
  [CAPITAL, 0.68],
  [BEYOND_LATIN, 1.1],
];

/** The estimated width of a text in common sans-serif fonts, which is rather too wide than too narrow. */
export function textWidth(text: string, size: number): number {
  const widths = [...text].map((character) => WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? 0.59);
  return Math.ceil(widths.reduce((sum, width) => sum + width, 0) * size);
}

/** The size of a box, with room for its texts and the sign of its mark. */
export function boxSize({ caption, name, lines }: SceneBox): Size {
  const widths = [
    textWidth(caption, 11) + 22,
    textWidth(name, 13) * 1.04,
    ...lines.map(({ text }) => textWidth(text, 12) + 14),
  ];
  return {
    width: Math.max(96, Math.ceil(Math.max(...widths)) + 2 * PADDING),
    height: 46 + lines.length * LINE + (lines.length > 0 ? 6 : 0),
  };
}
