import { sha256 } from '../../terraform-json/digest';
import type { SceneBox } from '../drawing/scene';
import { VIEWS } from '../drawing/scene';
import { Drawings } from '../drawing/drawings';
import { svgOf } from '../drawing/svg';
import { COLORS, FORM } from '../drawing/style';
import type { AccessRow, ExposureRow, Review, SettingRow } from '../model';
import { present } from '../names/present';
import type { Picture } from '../picture/picture';
import { mayOf } from '../verdict/effects';
import { alikeAccess, alikeExposure, alikeSettings, type Group } from '../render/alike';
import { transitionOf } from '../render/transition';
import { introductionOf, LEVELS, lineOf, settingOf, shorten, shortenSentence, SHIFTS } from '../render/words';
import { changeRow, remedyHtml, sideCell, type ChangedManifest, type ManifestOf } from './changes';
import { findingsSection } from './findings';
import { Html, html, when } from './html';
import { alikeSection, lossSection } from './losses';
import { SCRIPT } from './script';
import { PAGE_STYLE } from './style';

/** The length of all changes after which details are omitted, so that a page stays below a megabyte. */
const LONGEST_CHANGES = 600_000;

/** The number of rows of a table. */
const MOST_ROWS = 300;

/**
 * The review as a page: one file without requests, with the picture, filters and the details of each change.
 *
 * @param manifests The changed manifests
 */
export function renderHtml(
  review: Review,
  picture: Picture,
  manifests: readonly ChangedManifest[] = [],
): Promise<string> {
  const byAddress = new Map(manifests.map((manifest) => [`${manifest.stack} ${manifest.address}`, manifest]));
  return pageOf(review, new Drawings(picture), ({ stack, address }) => byAddress.get(`${stack} ${address}`));
}

/**
 * The review as a page with the drawings of a picture.
 *
 * @param manifestOf Finds the manifest of a change that is shown in full
 */
export async function pageOf(review: Review, drawings: Drawings, manifestOf: ManifestOf): Promise<string> {
  const rows = new Map(
    review.changes.flatMap(({ stack, address, from }, i) => [
      [`${stack} ${from ?? address}`, `#c-${i}`] as const,
      [`${stack} ${address}`, `#c-${i}`] as const,
    ]),
  );
  const linkOf = ({ stack, address }: SceneBox) => rows.get(`${stack} ${address}`);
  const pictures = await Promise.all(
    VIEWS.map(async (view) => svgOf(await drawings.drawing(view), { view, linkOf, isInPage: true })),
  );
  const { icon, word } = LEVELS[review.verdict.level];
  const hash = sha256(SCRIPT);
  const { stacks } = review.basis;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${word}: ${review.verdict.text}</title>
        ${new Html(`<style>${COLORS}${FORM}${PAGE_STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#changes">Skip to the changes</a>
        <header class="${review.verdict.level}">
          <h1>
            <span aria-hidden="true">${icon}</span>
            <span class="word">${word}</span> ${shortenSentence(review.verdict.headline, 300)}
          </h1>
          <p><b>${review.verdict.text}</b></p>
          <p>${introductionOf(review, 12)}</p>
        </header>
        <main>
          ${pictureSection(pictures)}${lossSection(review)}${alikeSection(review)}${tableSection('access', 'Who gets access', 'who', alikeAccess(review.access, stacks).map(accessRow))}${tableSection('reach', 'What becomes reachable', 'what', alikeExposure(review.exposure, stacks).map(exposureRow))}${findingsSection(review)}${changesSection(review, manifestOf)}${settingsSection(alikeSettings(review.settings, stacks))}
          <section aria-labelledby="unknown">
            <h2 id="unknown">What is not known</h2>
            <ul>
              ${review.unknown.map((line) => html`<li>${shorten(line, 900)}</li>`)}
            </ul>
          </section>
        </main>
        <footer>
          ${review.counts.unchanged} unchanged ${review.counts.unchanged === 1 ? 'resource' : 'resources'} ·
          cdktf-review, schema ${review.schemaVersion}
        </footer>
        ${new Html(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.text;
}

function pictureSection(pictures: readonly string[]): Html {
  const selected = VIEWS.indexOf('both');
  return html`<section aria-labelledby="picture">
    <h2 id="picture">The picture</h2>
    <div role="tablist" aria-label="The side that the picture shows">
      ${VIEWS.map(
        (view, i) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${view}"
            aria-controls="panel-${view}"
            aria-selected="${i === selected ? 'true' : 'false'}"
            tabindex="${i === selected ? 0 : -1}"
          >
            ${view === 'both' ? 'what changes' : view}
          </button>`,
      )}
    </div>
    ${VIEWS.map((view, i) => {
      const hidden = i === selected ? '' : ' hidden';
      return html`<div
        role="tabpanel"
        class="drawing"
        id="panel-${view}"
        aria-labelledby="tab-${view}"
        tabindex="0"
        ${new Html(hidden)}
      >
        ${new Html(pictures[i] ?? '')}
      </div> `;
    })}
  </section> `;
}

function tableSection(id: string, title: string, subject: string, rows: readonly Html[]): Html {
  const more = rows.length - MOST_ROWS;
  return rows.length === 0
    ? html``
    : html`<section aria-labelledby="${id}">
        <h2 id="${id}">${title}</h2>
        <table class="sides">
          <thead>
            <tr>
              <th scope="col">change</th>
              <th scope="col">${subject}</th>
              <th scope="col">before</th>
              <th scope="col">after</th>
              <th scope="col">from</th>
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, MOST_ROWS)}
          </tbody>
        </table>
        ${when(more > 0, () => html`<p>and ${more} more, in <code>review.json</code></p>`)}
      </section> `;
}

function accessRow({ shown, extent, remark }: Group<AccessRow>): Html {
  return sideRow(shown, present(extent, shown.who).join(': '), present(shown.note, remark).join('; '));
}

function exposureRow({ shown, extent, remark }: Group<ExposureRow>): Html {
  return sideRow(shown, present(extent, shown.what).join(': '), remark);
}

function sideRow(row: AccessRow | ExposureRow, subject: string, note?: string): Html {
  const { before, after } = transitionOf(row.before, row.after, 400);
  const line = lineOf(row);
  return html`<tr>
    <td><b class="${row.shift}">${SHIFTS[row.shift]}</b></td>
    <th scope="row">
      ${shorten(subject, 300)}${when(note, () => html`<br /><span class="remark">${shorten(note ?? '', 300)}</span>`)}${row.remedies.map((remedy) => html`<br /><span class="quiet">${remedyHtml(remedy)}</span>`)}
    </th>
    ${sideCell(before, 'old')}${sideCell(after, 'new')}
    <td>
      ${when(line, () => html`<code>${shorten(line, 120)}</code><br />`)}<code class="quiet"
        >${shorten(row.address, 200)}</code
      >
    </td>
  </tr> `;
}

function changesSection({ changes }: Review, manifestOf: ManifestOf): Html {
  let room = LONGEST_CHANGES;
  const rows = changes.map((change, i) => {
    const isShort = room < 0;
    const row = changeRow(change, i, isShort ? undefined : manifestOf(change), isShort);
    room -= row.text.length;
    return row;
  });
  const options = (values: readonly string[]) =>
    [...new Set(values)].sort().map((value) => html`<option value="${value}">${shorten(value, 80)}</option>`);
  return html`<section aria-labelledby="changes">
    <h2 id="changes">Every change</h2>
    <form class="filters" role="search" aria-label="Filters of the changes">
      <label><input type="checkbox" name="danger" /> only what is lost</label>
      <label
        >action
        <select name="action">
          <option value="">all</option>
          ${options(changes.map((change) => mayOf(change) ?? change.action))}
        </select></label
      >
      <label
        >stack
        <select name="stack">
          <option value="">all</option>
          ${options(changes.map(({ stack }) => stack))}
        </select></label
      >
      <label
        >type
        <select name="type">
          <option value="">all</option>
          ${options(changes.map(({ type }) => type))}
        </select></label
      >
      <label>text <input type="search" name="text" /></label>
      <button type="button" name="open">open all</button>
      <output aria-live="polite">${changes.length} of ${changes.length}</output>
    </form>
    ${rows}
  </section> `;
}

function settingsSection(rows: readonly Group<SettingRow>[]): Html {
  return rows.length === 0
    ? html``
    : html`<section aria-labelledby="settings">
        <h2 id="settings">Versions, backends and settings</h2>
        <table class="sides">
          <thead>
            <tr>
              <th scope="col">what</th>
              <th scope="col">before</th>
              <th scope="col">after</th>
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, MOST_ROWS).map(settingRow)}
          </tbody>
        </table>
      </section> `;
}

function settingRow({ shown: row, extent }: Group<SettingRow>): Html {
  const { before, after } = transitionOf(row.before, row.after, 400);
  const note = when(row.note, () => html`<br /><span class="remark">${shorten(row.note ?? '', 300)}</span>`);
  return html`<tr>
    <th scope="row">${shorten(settingOf(row, extent), 240)}${note}</th>
    ${sideCell(before, 'old')}${sideCell(after, 'new')}
  </tr> `;
}
