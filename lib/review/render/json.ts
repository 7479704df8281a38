import type { Review } from '../model';

/** The review as JSON, for programs; its schema is review.schema.json. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}
