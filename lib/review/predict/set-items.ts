import { at, type Json } from '../../terraform-json/json';
import type { Comparison, Finding } from '../compare/compare';
import { rulePath, valueAt, type Step } from '../compare/diff';
import { orderIn } from '../compare/order';
import { keepsItem } from '../knowledge/item-identities';
import type { ResourceRules } from '../knowledge/rule';

/** An item of a set in which an attribute changes. */
export interface SetItem {
  readonly path: readonly Step[];
  /** Whether it stays the same item to the provider. */
  readonly isKept: boolean;
}

/** The items of sets that a difference is within, the outermost first. */
export function itemsAround({ path }: Finding, { head }: Comparison): SetItem[] {
  const type = head?.type ?? '';
  const order = orderIn(type);
  return path.flatMap((step, i) => {
    const above = path.slice(0, i);
    const set = rulePath(above);
    const isItem = typeof step === 'string' && order(set) === false;
    return isItem ? [{ path: above, isKept: keepsItem(type, set, step) }] : [];
  });
}

/**
 * Whether an item that changes replaces the resource: a set knows its items by their values, so that the old one goes and
 * another one comes, whose attributes are all new to the provider, also those that cannot be updated.
 *
 * @see https://github.com/hashicorp/terraform-plugin-sdk/blob/v2.38.1/helper/schema/schema.go (diffSet)
 */
export function isOther({ path }: SetItem, { base, head }: Comparison, { replaces, defaults }: ResourceRules): boolean {
  const prefix = `${rulePath(path)}.`;
  const isGiven = (item: Json | undefined, name: string) => at(item, name) !== undefined;
  const [before, after] = [valueAt(base?.attributes, path, 'before'), valueAt(head?.attributes, path, 'after')];
  return replaces.some((rule) => {
    const name = rule.slice(prefix.length);
    return rule.startsWith(prefix) && (defaults[rule] !== undefined || isGiven(before, name) || isGiven(after, name));
  });
}
