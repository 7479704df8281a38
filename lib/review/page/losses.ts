import type { Change, Review } from '../model';
import { present } from '../names/present';
import { alikeChanges, alikeTraps, type Group } from '../render/alike';
import { transitionOf } from '../render/transition';
import { ACTIONS, lossOf, shorten } from '../render/words';
import { isDanger } from '../verdict/verdict';
import { remedyHtml, trapRow } from './changes';
import { html, when, type Html } from './html';

/** The number of entries of a list. */
const MOST = 300;

/** The number of attributes that are shown for a change. */
const MOST_ATTRIBUTES = 3;

/** The losses and failures, each with its simplest remedy, and grouped by stacks. */
export function lossSection({ changes, traps, basis }: Review): Html {
  const rows = rowsOf(changes);
  const lost = alikeChanges(changes.filter(isDanger), basis.stacks);
  const failing = alikeTraps(traps, basis.stacks);
  const more = lost.length - MOST;
  return lost.length + failing.length === 0
    ? html``
    : html`<section aria-labelledby="lost">
        <h2 id="lost">What is lost, or fails</h2>
        <ul>
          ${lost.slice(0, MOST).map((group) => lossItem(group, rows))}${when(more > 0, () => html`<li>and ${more} more, in <a href="#changes">the changes</a></li>`)}${failing.slice(0, MOST).map(trapRow)}
        </ul>
      </section> `;
}

/** The other changes that are alike in several stacks. */
export function alikeSection({ changes, basis }: Review): Html {
  const rows = rowsOf(changes);
  const groups = alikeChanges(
    changes.filter((change) => !isDanger(change)),
    basis.stacks,
  ).filter(({ all }) => all.length > 1);
  return groups.length === 0
    ? html``
    : html`<section aria-labelledby="alike">
        <h2 id="alike">What is alike in several stacks</h2>
        <ul>
          ${groups.slice(0, MOST).map((group) => alikeItem(group, rows))}
        </ul>
      </section> `;
}

function alikeItem(group: Group<Change>, rows: ReadonlyMap<Change, number>): Html {
  const { action, attributes } = group.shown;
  const values = attributes.slice(0, MOST_ATTRIBUTES).map(({ path, before, after }) => {
    const { before: old = 'none', after: now = 'none' } = transitionOf(before, after, 120);
    return html`<br /><code>${shorten(path, 200)}</code>: <code>${old || 'empty'}</code> →
      <code>${now || 'empty'}</code>`;
  });
  return html`<li><b>${ACTIONS[action]}</b> ${nameOf(group, rows)}${values}${remarkOf(group)}</li> `;
}

function lossItem(group: Group<Change>, rows: ReadonlyMap<Change, number>): Html {
  const { shown: change } = group;
  return html`<li>
    ${nameOf(group, rows)}
    ${lossOf(change) || (change.causes[0]?.text ?? change.action)}${remedyOf(change)}${remarkOf(group)}
  </li> `;
}

/** The indexes of the changes in the page. */
function rowsOf(changes: readonly Change[]): ReadonlyMap<Change, number> {
  return new Map(changes.map((change, i) => [change, i]));
}

/** The name of a group as a link to its first change. */
function nameOf({ shown, all: [first], extent }: Group<Change>, rows: ReadonlyMap<Change, number>): Html {
  const row = first === undefined ? undefined : rows.get(first);
  const text = present(extent, shorten(shown.name, extent === '' ? 200 : 2_000)).join(': ');
  return html`<a href="#c-${row ?? 0}"><code>${text}</code></a>`;
}

function remarkOf({ remark }: Group<unknown>): readonly Html[] {
  return when(remark, () => html`<br /><span class="quiet">${remark}</span>`);
}

/** The simplest remedy of a change. */
function remedyOf({ remedies: [first] }: Change): readonly Html[] {
  return first === undefined ? [] : [html`<br />${remedyHtml(first)}`];
}
