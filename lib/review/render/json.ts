import type { Review } from '../model';

/** The review as JSON, for programs; its schema is review.schema.json. */
export function renderJson(review: Review): string {
  // the older form of a command to GitHub Actions is one anywhere in a line; to JSON this is the same text.
  return `${JSON.stringify(review, null, 2).replace(/##\[/g, '#\\u0023[')}\n`;
}
