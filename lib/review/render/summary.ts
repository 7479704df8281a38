import type { Review } from '../model';
import { harmless, visible } from './escape';
import { LEVELS, shortenSentence } from './words';

/** The review in one line, for the log or the status of any CI: its level, what matters most, and the counts. */
export function renderSummary({ verdict }: Review): string {
  const { level, headline, text } = verdict;
  return `${harmless(visible(`${LEVELS[level].word}: ${shortenSentence(headline, 300)} (${text})`))}\n`;
}
