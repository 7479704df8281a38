import type { Review, Location } from '../model';
import { present } from '../names/present';
import { dangers } from '../verdict/verdict';
import { visible } from './escape';
import { lossOf, remedyOf, shorten, verbOf } from './words';

/** The number of annotations of each kind that GitHub shows for a step. */
const MOST = 10;

/** The workflow commands that annotate the code with dangers and failures. */
export function renderAnnotations(review: Review): string {
  const changes = dangers(review).map((change) => ({
    location: change.location,
    title: `${verbOf(change)}: ${change.name}`,
    text: [
      ...change.causes.map(({ attribute, text }) => `${attribute} ${text}`),
      lossOf(change) || (change.notes[0] ?? ''),
      ...change.remedies.slice(0, 1).map(remedyOf),
    ],
  }));
  const traps = review.traps.map((trap) => ({
    location: trap.location,
    title: `fails when applied: ${trap.name}`,
    text: [`${trap.attribute}: ${trap.text}`, ...trap.remedies.slice(0, 1).map(remedyOf)],
  }));
  return [...changes, ...traps]
    .slice(0, MOST)
    .map(({ location, title, text }) => annotation(location, title, present(...text).join('. ')))
    .join('');
}

function annotation(location: Location | undefined, title: string, text: string): string {
  const place = location ? `file=${property(location.file)},line=${location.line},` : '';
  return `::warning ${place}title=${property(shorten(title, 200))}::${message(shorten(text || title, 600))}\n`;
}

function message(text: string): string {
  return visible(text).replace(/%/g, '%25');
}

function property(text: string): string {
  return message(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
