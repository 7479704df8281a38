import { at, type Json } from '../../terraform-json/json';
import type { Comparison, Finding } from '../compare/compare';
import { rulePath, valueAt, type Step } from '../compare/diff';
import { orderIn } from '../compare/order';
import { keepsItem } from '../knowledge/item-identities';
import type { ResourceRules } from '../knowledge/rule';

/** An item of a set in which an attribute changes. */
export interface SetItem {
  readonly path: readonly Step[];
  /** Whether it remains the same item for the provider. */
  readonly isKept: boolean;
}

/** The items of sets that contain a difference, the outermost first. */
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
 * Whether the change of an item replaces the resource: a set identifies its items by their values, so that the old item is
 * removed and another one is added. All of its attributes are new to the provider, including those that cannot be updated.
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
