import type { Review } from '../model';
import { COMMANDS } from './escape';

/** The review as JSON, for programs; its schema is review.schema.json. */
export function renderJson(review: Review): string {
  return toJson(review);
}

/** A value as JSON that GitHub Actions and Azure Pipelines do not interpret as commands. */
export function toJson(value: object, indent = 2): string {
  const text = JSON.stringify(value, null, indent);
  // the older syntax of workflow commands works anywhere in a line; in JSON the escape is the same text.
  return `${text.includes('##') ? text.replace(COMMANDS, '#\\u0023') : text}\n`;
}
