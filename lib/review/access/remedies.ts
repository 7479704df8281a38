import { parseReference } from '../../terraform-json/expression';
import { own } from '../../terraform-json/json';
import { propertyOf, waysBack } from '../compare/undo';
import { BROAD_ROLES, includes, NARROW_ROLES } from '../knowledge/roles';
import type { Pair } from '../match/pair';
import type { Remedy } from '../model';
import type { Resource, Stack } from '../read/program';
import type { Grant } from './grant';
import { isWide } from './severity';

/** The remedies that revoke or narrow a permission, the simplest first. */
export function remediesOf(pair: Pair, now: Grant | undefined, old: Grant | undefined, stack: Stack): Remedy[] {
  const less = pair.head === undefined || now === undefined || now.isGuard ? [] : narrower(now, old, pair.head, stack);
  return waysBack(pair, (now ?? old)?.by, less);
}

function narrower(grant: Grant, old: Grant | undefined, head: Resource, stack: Stack): Remedy[] {
  const [role = ''] = grant.may;
  const narrow = narrowRoles(role, grant.on, stack);
  // undoing the change already restores one of them.
  const roles = narrow.some((one) => old?.may.includes(one)) ? [] : narrow;
  return [
    ...(roles.length === 0 ? [] : [{ text: 'assign a narrower role, such as', code: roles.join(' or ') }]),
    ...(holdsOthers(grant.on, stack) && head.attributes['scope'] !== undefined
      ? [{ text: 'assign it only on the resource that it is needed for, in', code: propertyOf(head, 'scope') }]
      : []),
    ...(grant.narrower === undefined
      ? []
      : [{ text: grant.narrower.text, code: propertyOf(head, grant.narrower.argument) }]),
  ];
}

/** Whether a scope contains other resources. */
function holdsOthers(scope: string, { resources }: Stack): boolean {
  const type = resources.get(parseReference(scope)?.address ?? '')?.type;
  return isWide(scope) || type === 'azurerm_resource_group' || /\/resourceGroups\/[^/]+\/?$/i.test(scope);
}

/** The narrower roles for the scope of a broad role. */
function narrowRoles(role: string, on: string, { resources }: Stack): readonly string[] {
  const type = resources.get(parseReference(on)?.address ?? on)?.type;
  const all = own(NARROW_ROLES, type ?? '') ?? [];
  return BROAD_ROLES.includes(role) ? all : all.filter((narrow) => includes(role, narrow));
}
