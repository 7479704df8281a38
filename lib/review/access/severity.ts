import type { Severity } from '../findings/severity';
import type { Shift } from '../model';
import type { Grant } from './grant';

/** Rights with which their holder takes any other, or everything. */
const ALL = /^\*|\* \*|^owner$|administrator|admin( role)?$|cluster-admin|^everything$|^(escalate|bind|impersonate) /i;

/** Rights that only read. */
const READS = /read|^\w* ?(get|list|watch)\b|pull|user$|\buser role$/i;

/** Rights that read what others are let in with. */
const READS_SECRETS = /^(get|list|watch) secrets\b/;

/** Scopes that hold everything else. */
const WIDE = /^\/(subscriptions\/[^/]+\/?$|providers\/Microsoft\.Management)|management_group|azurerm_subscription/i;

/** Whether a scope holds everything of a subscription, or more. */
export function isWide(scope: string): boolean {
  return WIDE.test(scope);
}

/** How grave it is that a permission changes in this way: what becomes narrower is not. */
export function severityOf(shift: Shift, now: Pick<Grant, 'may' | 'on'> | undefined): Severity {
  if (now === undefined || shift === 'removed' || shift === 'narrowed') {
    return 'low';
  }
  if (now.may.some((right) => ALL.test(right)) || isWide(now.on)) {
    return 'high';
  }
  return now.may.every((right) => READS.test(right) && !READS_SECRETS.test(right)) ? 'low' : 'medium';
}
