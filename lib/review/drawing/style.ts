/** The colors of a drawing on a light background, by purpose. */
const LIGHT = {
  ground: '#ffffff',
  place: '#f6f8fa',
  box: '#ffffff',
  border: '#b4bcc6',
  text: '#1f2328',
  quiet: '#59636e',
  line: '#6e7781',
  added: '#116329',
  removed: '#b35900',
  changed: '#0550ae',
  replaced: '#c1121f',
  unsure: '#8250df',
};

/** The colors on a dark background. */
const DARK: typeof LIGHT = {
  ground: '#0d1117',
  place: '#151b23',
  box: '#1c232d',
  border: '#4a5460',
  text: '#e6edf3',
  quiet: '#a3adb8',
  line: '#8b949e',
  added: '#56d364',
  removed: '#f0a35e',
  changed: '#79c0ff',
  replaced: '#ff7b72',
  unsure: '#d2a8ff',
};

const MARKS = ['added', 'removed', 'changed', 'replaced', 'unsure'] as const;

function variables(colors: typeof LIGHT): string {
  return Object.entries(colors)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';');
}

/** The CSS variables of both backgrounds, for anything that contains drawings. */
export const COLORS = `:root{${variables(LIGHT)}}@media(prefers-color-scheme:dark){:root{${variables(DARK)}}}`;

const FORMS = MARKS.map((mark) =>
  [
    `.picture .${mark}>rect{stroke:var(--${mark});stroke-width:2}`,
    `.picture .badge.${mark} circle{fill:var(--${mark})}`,
    `.picture .line.${mark},.picture .label.${mark} text{fill:var(--${mark})}`,
    `.picture .arrow.${mark}{stroke:var(--${mark});stroke-width:2.2}`,
    `.picture .head.${mark} path{fill:var(--${mark})}`,
  ].join(''),
).join('');

/** The style of boxes and arrows. */
export const FORM = [
  '.picture{font-family:"Segoe UI",Helvetica,Arial,"Liberation Sans",sans-serif}',
  '.picture .ground{fill:var(--ground)}',
  '.picture .place>rect{fill:var(--place);stroke:var(--border)}',
  '.picture .place .place>rect{fill:var(--place)}',
  '.picture .box>rect{fill:var(--box);stroke:var(--border)}',
  '.picture .azure>rect,.picture .found>rect{stroke-dasharray:5 3}',
  '.picture text{fill:var(--text);font-size:12px}',
  '.picture .caption{fill:var(--quiet);font-size:11px}',
  '.picture .name{font-size:13px;font-weight:600}',
  '.picture .struck,.picture .line.removed{text-decoration:line-through}',
  '.picture .heading text{paint-order:stroke;stroke:var(--place);stroke-width:5px;stroke-linejoin:round}',
  '.picture .heading .badge text,.picture .heading .struck{stroke:none}',
  '.picture .badge text{fill:var(--ground);font-size:14px;font-weight:700;text-anchor:middle}',
  '.picture .arrow{fill:none;stroke:var(--line);stroke-width:1.3}',
  '.picture .arrow.role{stroke-dasharray:7 3}',
  '.picture .arrow.use,.picture .arrow.attach{stroke-dasharray:2 3}',
  '.picture .arrow.removed{opacity:.8}',
  '.picture .head path{fill:var(--line)}',
  '.picture .label>rect{fill:var(--ground);stroke:none!important;opacity:.92}',
  '.picture .label text{font-size:11px;text-anchor:middle;fill:var(--quiet)}',
  '.picture a:focus-visible rect,.picture a:hover rect{stroke-width:3}',
  FORMS,
].join('');

/** The style of a standalone drawing. */
export const STYLE = COLORS + FORM;
