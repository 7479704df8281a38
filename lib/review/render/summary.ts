import type { Review } from '../model';
import { harmless, visible } from './escape';
import { LEVELS, shortenSentence } from './words';

/** The review in one line, for the log or the status of a CI: level, headline and counts. */
export function renderSummary({ verdict }: Review): string {
  const { level, headline, text } = verdict;
  return `${harmless(visible(`${LEVELS[level].word}: ${shortenSentence(headline, 300)} (${text})`))}\n`;
}
