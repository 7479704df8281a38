import type { Severity } from '../findings/severity';
import { API_PERMISSIONS } from '../knowledge/roles';
import type { Shift } from '../model';
import type { Grant } from './grant';

/** Rights with which their holder takes any other, or everything. */
const ALL =
  /^\*(?!\/read)|\* \*|^(activate )?owner$|administrator|admin( role)?$|cluster-admin|everything|^(escalate|bind|impersonate) /i;

/** Rights that read, some of which also change what they read. */
const READS = /read|^\w* ?(get|list|watch)\b|pull|user role/i;
const WRITES = /write|push/i;

/** Rights that read what others are let in with. */
const READS_SECRETS = /(get|list|watch) secrets\b|secret get/i;

/** Those who need to prove nothing. */
const ANYBODY = /anyone, without /;

/** Scopes that hold everything else. */
const WIDE = /^\/(subscriptions\/[^/]+\/?$|providers\/Microsoft\.Management)|management_group|azurerm_subscription/i;

/** Whether a scope holds everything of a subscription, or more. */
export function isWide(scope: string): boolean {
  return WIDE.test(scope);
}

/** How grave it is that a permission changes in this way: what becomes narrower is not. */
export function severityOf(shift: Shift, now: Pick<Grant, 'who' | 'may' | 'on'> | undefined): Severity {
  if (shift === 'removed' || shift === 'narrowed') {
    return 'low';
  }
  const { who, may, on } = now ?? { who: '', may: [], on: '' };
  if (may.some(takesAll) || isWide(on) || ANYBODY.test(who)) {
    return 'high';
  }
  // what demanded something may demand nothing any more.
  return may.length > 0 && may.every(onlyReads) ? 'low' : 'medium';
}

function takesAll(right: string): boolean {
  return ALL.test(right) || Object.values(API_PERMISSIONS).includes(right);
}

function onlyReads(right: string): boolean {
  return READS.test(right) && !WRITES.test(right) && !READS_SECRETS.test(right);
}
