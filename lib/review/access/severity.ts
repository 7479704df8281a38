import type { Severity } from '../findings/severity';
import { API_PERMISSIONS } from '../knowledge/roles';
import type { Shift } from '../model';
import type { Grant } from './grant';

/** Rights that include all others, or let their holder gain them. */
const ALL =
  /^\*(?!\/read)|\* \*|^(activate )?owner$|administrator|admin( role)?$|cluster-admin|everything|^(escalate|bind|impersonate) /i;

/** Rights to read, some of which also allow writing. */
const READS = /read|^\w* ?(get|list|watch)\b|pull|user role/i;
const WRITES = /write|push/i;

/** Rights to read credentials. */
const READS_SECRETS = /(get|list|watch) secrets\b|secret get/i;

/** Holders without any credentials. */
const ANYBODY = /anyone, without /;

/** Scopes that contain at least a subscription. */
const WIDE = /^\/(subscriptions\/[^/]+\/?$|providers\/Microsoft\.Management)|management_group|azurerm_subscription/i;

/** Whether a scope is a subscription or contains some. */
export function isWide(scope: string): boolean {
  return WIDE.test(scope);
}

/** The severity of a changed permission; it is low if the permission is narrowed or removed. */
export function severityOf(shift: Shift, now: Pick<Grant, 'who' | 'may' | 'on'> | undefined): Severity {
  if (shift === 'removed' || shift === 'narrowed') {
    return 'low';
  }
  const { who, may, on } = now ?? { who: '', may: [], on: '' };
  if (may.some(takesAll) || isWide(on) || ANYBODY.test(who)) {
    return 'high';
  }
  // without rights left, a guard demands nothing any more.
  return may.length > 0 && may.every(onlyReads) ? 'low' : 'medium';
}

function takesAll(right: string): boolean {
  return ALL.test(right) || Object.values(API_PERMISSIONS).includes(right);
}

function onlyReads(right: string): boolean {
  return READS.test(right) && !WRITES.test(right) && !READS_SECRETS.test(right);
}
