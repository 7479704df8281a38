import type { Severity } from '../findings/severity';
import type { Shift } from '../model';
import type { EntryPoint } from './entry-point';

/** The severity of a changed entry point; it is low if the entry point is narrowed or removed. */
export function severityOf(shift: Shift, now: EntryPoint | undefined): Severity {
  if (shift === 'removed' || shift === 'narrowed') {
    return 'low';
  }
  return now?.reach === 'internet' ? 'high' : 'medium';
}
