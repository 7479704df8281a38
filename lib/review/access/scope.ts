import { parseReference } from '../../terraform-json/expression';
import { textAt } from '../../terraform-json/json';
import type { Stack } from '../read/program';
import { widthOf, type Width } from '../compare/shift';

/** A management group contains subscriptions; the code does not say which ones. */
const ABOVE = 'management group';
const SUBSCRIPTION = 'subscription';

/** How two Azure scopes compare, as far as the code tells. */
export function compareScopes(before: string, after: string, stack: Stack): Width {
  // Azure ids are case-insensitive.
  if (before === after || (before.startsWith('/') && before.toLowerCase() === after.toLowerCase())) {
    return 'same';
  }
  const [old, now] = [pathOf(before, stack), pathOf(after, stack)];
  const inside = (outer: readonly string[], inner: readonly string[]) =>
    outer.length < inner.length && outer.every((step, i) => step === inner[i]);
  const rises = now[0] === ABOVE && [SUBSCRIPTION, 'subscriptions'].includes(old[0] ?? '');
  return widthOf(rises || inside(now, old), inside(old, now));
}

/** The path of a scope, starting at its subscription; a scope in an unknown place is its own path. */
function pathOf(scope: string, stack: Stack): readonly string[] {
  if (scope.startsWith('/')) {
    const steps = scope.toLowerCase().split('/').filter(Boolean);
    return steps[2] === 'managementgroups' ? [ABOVE, ...steps.slice(3)] : steps;
  }
  const [reference, ...rest] = scope.split('}/');
  const found = parseReference(rest.length > 0 ? `${reference}}` : scope);
  const resource = found && stack.resources.get(found.address);
  // another attribute may contain the id of something else, such as the node resource group.
  if (resource === undefined || found?.path !== 'id') {
    return [scope];
  }
  const below = rest.join('}/').split('/').filter(Boolean);
  const { type, attributes, provider, address } = resource;
  if (type === 'azurerm_management_group') {
    return [ABOVE, address, ...below];
  }
  if (type === 'azurerm_subscription') {
    return [SUBSCRIPTION, textAt(attributes, 'subscription_id') ?? provider, ...below];
  }
  const group = textAt(attributes, type === 'azurerm_resource_group' ? 'name' : 'resource_group_name');
  const inGroup = type === 'azurerm_resource_group' ? below : [address, ...below];
  return group === undefined ? [scope] : [SUBSCRIPTION, provider, `group ${group}`, ...inGroup];
}
