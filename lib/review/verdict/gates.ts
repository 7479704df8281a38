import { isOpen } from '../findings/findings';
import { SEVERITIES, type Severity } from '../findings/severity';
import type { Action, Review } from '../model';
import { losesInstances } from './effects';
import { dangers, isOpening } from './verdict';

/** The gates of the command. */
export const GATES = [
  'replace',
  'destroy',
  'rename',
  'access',
  'exposure',
  'finding:critical',
  'finding:high',
  'finding:medium',
  'finding:low',
] as const;
export type Gate = (typeof GATES)[number];

/** The gates that a review trips, among the given ones. */
export function tripped(review: Review, gates: readonly Gate[]): Gate[] {
  const lost = dangers(review);
  const has = (...actions: readonly Action[]) => lost.some(({ action }) => actions.includes(action));
  const trips: Readonly<Record<Gate, () => boolean>> = {
    replace: () => has('replace') || lost.some(({ mayReplace }) => mayReplace),
    destroy: () => has('destroy', 'forget') || review.changes.some(losesInstances),
    rename: () => has('rename'),
    access: () => review.access.some(isOpening),
    exposure: () => review.exposure.some(isOpening),
    'finding:critical': () => finds(review, 'critical'),
    'finding:high': () => finds(review, 'high'),
    'finding:medium': () => finds(review, 'medium'),
    'finding:low': () => finds(review, 'low'),
  };
  return gates.filter((gate) => trips[gate]());
}

/** Whether the change adds a finding of at least this severity that is not accepted. */
function finds({ findings }: Review, severity: Severity): boolean {
  const worst = SEVERITIES.indexOf(severity);
  return findings.rows.some((row) => row.state === 'new' && isOpen(row) && SEVERITIES.indexOf(row.severity) <= worst);
}

/** Whether anything changes at all. */
export function hasChanges({ changes, settings }: Review): boolean {
  return changes.length > 0 || settings.length > 0;
}
