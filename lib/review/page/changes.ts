import { SIGNS } from '../drawing/signs';
import type { AttributeChange, Change, Remedy, Trap } from '../model';
import { present } from '../names/present';
import { markOf } from '../picture/marks';
import { mayOf } from '../verdict/effects';
import { isDanger } from '../verdict/verdict';
import type { Group } from '../render/alike';
import { transitionOf } from '../render/transition';
import { lineOf, lossOf, placeOf, remarkOf, shorten, sourceOf, verbOf } from '../render/words';
import { html, when, type Html } from './html';
import { sideBySide } from './lines';

/** The manifest of a changed Kubernetes object, as YAML. */
export interface ChangedManifest {
  readonly stack: string;
  readonly address: string;
  readonly before: string;
  readonly after: string;
}

/** Finds the manifest of the object of a change. */
export type ManifestOf = (change: Change) => ChangedManifest | undefined;

/** The number of attributes that are shown for a change. */
const MOST_ATTRIBUTES = 60;

/** The number of dependents that are named for a change. */
const MOST_DEPENDENTS = 40;

/** The number of lines that are shown of a manifest. */
const MOST_LINES = 200;

/** The maximum length of a value. */
const LONGEST_VALUE = 600;

/** A change of a resource, which expands to its details. */
export function changeRow(
  change: Change,
  index: number,
  manifest: ChangedManifest | undefined,
  isShort: boolean,
): Html {
  const { action, stack, type, address, name } = change;
  const mark = markOf(change);
  const verb = verbOf(change);
  return html`<details
    class="change"
    id="c-${index}"
    data-danger="${isDanger(change) ? 'yes' : 'no'}"
    data-stack="${stack}"
    data-type="${type}"
    data-action="${mayOf(change) ?? action}"
  >
    <summary>
      <span class="sign ${mark}" aria-hidden="true">${SIGNS[mark]}</span> <b class="${mark}">${verb}</b>
      <code>${shorten(name, 200)}</code> <span class="quiet">${shorten(placeOf(change), 200)}</span>
    </summary>
    <p class="quiet">
      <code>${shorten(address, 300)}</code
      >${when(change.location, () => html`, <code>${shorten(lineOf(change), 200)}</code>`)},
      ${sourceOf(change.provenance, change.certainty)}${when(change.from, () => html`, was <code>${shorten(change.from ?? '', 300)}</code>`)}
    </p>
    ${isShort ? [html`<p>Its details are in <code>review.json</code>.</p>`] : details(change, manifest)}
  </details> `;
}

/** A change that fails when it is applied. */
export function trapRow({ shown, extent }: Group<Trap>): Html {
  const { name, attribute, text, remedies } = shown;
  return html`<li>
    <b class="replaced">fails when applied</b> <code>${present(extent, shorten(name, 200)).join(': ')}</code>,
    <code>${shorten(attribute, 120)}</code>:
    ${shorten(text, 600)}${remedies.map((remedy) => html`<br />${remedyHtml(remedy)}`)}
  </li> `;
}

/** A remedy with its code. */
export function remedyHtml({ text, code }: Remedy): Html {
  return html`${shorten(text, 600)}${when(code, () => html`: <code>${shorten(code ?? '', 600)}</code>`)}`;
}

function details(change: Change, manifest: ChangedManifest | undefined): readonly Html[] {
  const { causes, takes, remedies, notes, attributes, unrelated } = change;
  const loss = lossOf(change);
  const more = takes.length - MOST_DEPENDENTS;
  const items = [
    ...causes.map(
      ({ attribute, text }) => html`<li><code>${shorten(attribute, 200)}</code> ${shorten(text, 600)}</li>`,
    ),
    ...when(loss, () => html`<li><b>${loss}</b></li>`),
    ...when(
      takes.length > 0,
      () =>
        html`<li>
          <b>with it:</b> ${takes
            .slice(0, MOST_DEPENDENTS)
            .map(
              ({ name, reason }) =>
                html`<code>${shorten(name, 200)}</code> <span class="quiet">${shorten(reason, 200)}</span>; `,
            )}${more > 0 ? `and ${more} more` : ''}
        </li>`,
    ),
    ...notes.map((note) => html`<li>${shorten(note, 600)}</li>`),
    ...remedies.map((remedy) => html`<li>${remedyHtml(remedy)}</li>`),
    ...when(unrelated, () => html`<li>not caused by this change: it is in the plan anyway</li>`),
  ];
  return [
    ...when(
      items.length > 0,
      () =>
        html`<ul>
          ${items}
        </ul>`,
    ),
    ...when(attributes.length > 0, () => attributeTable(attributes)),
    ...when(manifest, () => manifestTable(manifest as ChangedManifest)),
  ];
}

function attributeTable(attributes: readonly AttributeChange[]): Html {
  const more = attributes.length - MOST_ATTRIBUTES;
  return html`<table class="sides">
      <thead>
        <tr>
          <th scope="col">attribute</th>
          <th scope="col">before</th>
          <th scope="col">after</th>
        </tr>
      </thead>
      <tbody>
        ${attributes.slice(0, MOST_ATTRIBUTES).map(attributeRow)}
      </tbody>
    </table>
    ${when(more > 0, () => html`<p>and ${more} more attributes, in <code>review.json</code></p>`)}`;
}

function attributeRow(attribute: AttributeChange): Html {
  const { path, before, after } = attribute;
  const { before: old, after: now } = transitionOf(before, after, LONGEST_VALUE);
  const remark = remarkOf(attribute);
  return html`<tr>
    <th scope="row">
      <code>${shorten(path, 200)}</code
      >${when(remark, () => html`<br /><span class="remark">${shorten(remark, 400)}</span>`)}
    </th>
    ${sideCell(old, 'old')}${sideCell(now, 'new')}
  </tr> `;
}

/** One side of a value in a table. */
export function sideCell(text: string | undefined, classes: 'old' | 'new'): Html {
  return text === undefined
    ? html`<td class="none">none</td>`
    : html`<td class="${classes}"><code>${text || 'empty'}</code></td>`;
}

function manifestTable({ before, after }: ChangedManifest): Html {
  const pairs = sideBySide(before, after);
  const cell = (line: string | undefined, classes: string) =>
    html`<td class="${classes}">${line === undefined ? '' : shorten(line, 300)}</td>`;
  const rows = pairs.slice(0, MOST_LINES).map((pair) => {
    if (pair === undefined) {
      return html`<tr>
        <td class="cut" colspan="2">…</td>
      </tr> `;
    }
    const isSame = pair.before === pair.after;
    return html`<tr>
      ${cell(pair.before, isSame ? '' : 'old')}${cell(pair.after, isSame ? '' : 'new')}
    </tr> `;
  });
  return html`<table class="yaml">
    <caption>
      The manifest
    </caption>
    <thead>
      <tr>
        <th scope="col">before</th>
        <th scope="col">after</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
