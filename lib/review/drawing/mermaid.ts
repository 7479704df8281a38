import type { ArrowKind, Picture } from '../picture/picture';
import { MARKS } from '../picture/marks';
import { collapsed } from './collapse';
import { sceneOf, type Scene, type SceneBox, type View } from './scene';
import { signed } from './signs';

/** The number of boxes, since sites scale a drawing to the width of a comment. */
const MOST = 40;

/** The colors of the marks, which are legible on light and dark backgrounds. */
const STROKES = { replaced: '#d1242f', removed: '#bc6c00', unsure: '#8250df', changed: '#2f7ddc', added: '#1a8a3a' };

const LINES: Readonly<Record<ArrowKind, { readonly plain: string; readonly told: (text: string) => string }>> = {
  reach: { plain: '-->', told: (text) => `-->|"${text}"|` },
  role: { plain: '-.->', told: (text) => `-.->|"${text}"|` },
  use: { plain: '-.->', told: (text) => `-.->|"${text}"|` },
  attach: { plain: '-.-', told: (text) => `-.-|"${text}"|` },
};

/**
 * The picture of a change as Mermaid, for comments, which cannot contain SVG; GitHub and GitLab draw it.
 *
 * @param most The maximum number of boxes
 */
export function renderMermaid(picture: Picture, view: View, most = MOST): string {
  return mermaidOf(sceneOf(picture, view), most);
}

/** The picture of a change as Mermaid with a maximum length: with fewer boxes if necessary, or undefined. */
export function mermaidWithin(picture: Picture, longest: number): string | undefined {
  return mermaidOfWithin(sceneOf(picture, 'both'), longest);
}

/** The same for a scene. */
export function mermaidOfWithin(scene: Scene, longest: number): string | undefined {
  for (const most of [MOST, 25, 12, 6]) {
    const text = mermaidOf(scene, most);
    if (text.length <= longest) {
      return text;
    }
  }
  return undefined;
}

/** A scene as Mermaid, with a maximum number of boxes. */
export function mermaidOf(whole: Scene, most = MOST): string {
  const scene = collapsed(whole, most);
  const classes = MARKS.flatMap((mark) => {
    const ids = scene.boxes.filter((box) => box.mark === mark).map(({ id }) => id);
    return mark === 'same' || ids.length === 0
      ? []
      : [`classDef ${mark} stroke:${STROKES[mark]},stroke-width:3px`, `class ${ids.join(',')} ${mark}`];
  });
  return [
    'flowchart TD',
    ...within(scene, undefined, '  '),
    ...arrowsOf(scene),
    ...classes.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/**
 * A text in a label: characters that could be markup are escaped, except those that join the parts of a name.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function label(text: string): string {
  return text.replace(
    /(?!(?<=[\p{L}\p{N}])[-._/:](?=[\p{L}\p{N}]))[^\p{L}\p{N} ]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
}

function within(scene: Scene, parent: string | undefined, indent: string): string[] {
  return scene.boxes
    .filter((box) => box.parent === parent)
    .flatMap((box) => {
      const inside = within(scene, box.id, `${indent}  `);
      return inside.length === 0
        ? [`${indent}${box.id}["${textOf(box)}"]`]
        : [`${indent}subgraph ${box.id}["${titleOf(box)}"]`, ...inside, `${indent}end`];
    });
}

function textOf({ caption, name, lines, mark }: SceneBox): string {
  const details = lines.map((line) => signed(line.text, line.mark));
  return [signed(caption, mark), name, ...details].map(label).join('<br/>');
}

/** The title of a place, on one line, since the contents of the place cover any other. */
function titleOf({ caption, name, mark }: SceneBox): string {
  return label(signed(`${caption} ${name}`, mark));
}

function arrowsOf({ arrows }: Scene): string[] {
  return arrows.map(({ from, to, kind, text, mark, isMutual }) => {
    const line = text === '' ? LINES[kind].plain : LINES[kind].told(label(signed(text, mark)));
    return `  ${from} ${isMutual === true && kind !== 'attach' ? `<${line}` : line} ${to}`;
  });
}
