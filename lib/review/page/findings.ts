import { groupBy } from '../../terraform-json/group';
import { isOpen } from '../findings/findings';
import { isSevere } from '../findings/severity';
import type { Finding, FindingRuleText, Review } from '../model';
import { newFindings, otherFindings, rulesById } from '../render/finding-words';
import { lineOf, shorten } from '../render/words';
import { html, when, type Html } from './html';

/** The number of findings that are shown one by one, so that a page stays below a megabyte. */
const MOST_ROWS = 150;

/** The new findings, and the numbers of the others by rule. */
export function findingsSection(review: Review): Html {
  const { findings } = review;
  const rules = rulesById(review);
  const news = newFindings(findings);
  // new and open findings come first.
  const others = findings.rows.slice(news.length);
  const more = news.length - MOST_ROWS;
  return findings.rows.length + findings.remarks.length === 0
    ? html``
    : html`<section aria-labelledby="findings">
        <h2 id="findings">Findings</h2>
        ${when(
          news.length > 0,
          () =>
            html`<table>
              <caption>
                New findings (${findings.profile} profile)
              </caption>
              <thead>
                <tr>
                  <th scope="col" class="narrow">severity</th>
                  <th scope="col">what</th>
                  <th scope="col">to do</th>
                  <th scope="col">rule</th>
                </tr>
              </thead>
              <tbody>
                ${news.slice(0, MOST_ROWS).map((row) => findingRow(row, rules.get(row.rule)))}
              </tbody>
            </table> `,
        )}${when(more > 0, () => html`<p>and ${more} more, in <code>review.json</code></p>`)}${when(
          findings.remarks.length > 0,
          () =>
            html`<ul>
              ${findings.remarks.slice(0, MOST_ROWS).map((remark) => html`<li>${shorten(remark, 400)}</li>`)}
            </ul>`,
        )}${when(
          others.length > 0,
          () =>
            html`<details class="change">
              <summary>${otherFindings(findings)}</summary>
              <table>
                <thead>
                  <tr>
                    <th scope="col">rule</th>
                    <th scope="col" class="narrow">existing</th>
                    <th scope="col" class="narrow">fixed</th>
                    <th scope="col" class="narrow">accepted</th>
                  </tr>
                </thead>
                <tbody>
                  ${numbersOf(others, rules)}
                </tbody>
              </table>
            </details>`,
        )}
      </section> `;
}

function findingRow(row: Finding, rule: FindingRuleText | undefined): Html {
  const line = lineOf(row);
  return html`<tr>
    <td><b class="${isSevere(row) ? 'replaced' : 'changed'}">${row.severity}</b></td>
    <th scope="row">
      ${shorten(row.name, 200)}${when(row.part, () => html` <code>${shorten(row.part ?? '', 120)}</code>`)}
      ${rule?.title ?? ''}<br /><span class="quiet">${rule?.reason ?? ''}</span>${when(
        line,
        () => html`<br /><code>${shorten(line, 120)}</code>`,
      )}
    </th>
    <td>
      ${when(rule?.fix.typescript, () => html`<code>${rule?.fix.typescript ?? ''}</code><br />`)}<code
        >${rule?.fix.terraform ?? ''}</code
      >
    </td>
    <td><code>${row.rule}</code><br />${(rule?.equivalents ?? []).join(', ')}</td>
  </tr> `;
}

/** The numbers of findings by rule. */
function numbersOf(rows: readonly Finding[], rules: ReadonlyMap<string, FindingRuleText>): Html[] {
  return [...groupBy(rows, ({ rule }) => rule)].map(([rule, group]) => {
    const accepted = group.filter((row) => row.state !== 'fixed' && !isOpen(row)).length;
    const fixed = group.filter(({ state }) => state === 'fixed').length;
    return html`<tr>
      <th scope="row"><code>${rule}</code> ${rules.get(rule)?.title ?? ''}</th>
      <td>${group.length - accepted - fixed}</td>
      <td>${fixed}</td>
      <td>${accepted}</td>
    </tr> `;
  });
}
