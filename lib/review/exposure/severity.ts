import type { Severity } from '../findings/severity';
import type { Shift } from '../model';
import type { EntryPoint } from './entry-point';

/** How grave it is that an entry point changes in this way: what fewer reach is not. */
export function severityOf(shift: Shift, now: EntryPoint | undefined): Severity {
  if (shift === 'removed' || shift === 'narrowed') {
    return 'low';
  }
  return now?.reach === 'internet' ? 'high' : 'medium';
}
