import { type TerraformResource, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ownTags, taggablesOf, type TagMap, writeTags } from './tagged-resource';

/** Options for adding or removing a tag. */
export interface TagOptions {
  /**
   * The only resource types that it applies to, as Terraform names them, such as ["azurerm_kubernetes_cluster"]: at
   * least one.
   *
   * @default - all types that support tags
   */
  readonly includeResourceTypes?: string[];
  /**
   * The resource types that it does not apply to, as Terraform names them.
   *
   * @default - none
   */
  readonly excludeResourceTypes?: string[];
  /**
   * The priority of the change: of several changes to one tag of a resource, the one with the highest priority applies,
   * then the one closest to the resource, then the last. Tags in the arguments of the resource itself have priority 50.
   *
   * @default 100 for `add`, 200 for `remove`
   */
  readonly priority?: number;
}

/** A tag that is added, or removed if it has no value. */
export interface TagChange {
  readonly name: string;
  readonly value?: string;
  readonly priority: number;
  readonly options: TagOptions;
}

const OWN_PRIORITY = 50;
export const ADD_PRIORITY = 100;
export const REMOVE_PRIORITY = 200;

/** The changes of each construct, in the order in which they were created. */
const changes = new WeakMap<IConstruct, TagChange[]>();

/** Remembers a change for a construct and everything below it. Returns whether it is the first one there. */
export function rememberChange(scope: IConstruct, change: TagChange): boolean {
  const earlier = changes.get(scope);
  changes.set(scope, [...(earlier ?? []), change]);
  return earlier === undefined;
}

/** The outermost construct that changes the tags of a resource. */
export function outermostScope(resource: TerraformResource): IConstruct | undefined {
  return resource.node.scopes.find((one) => changes.has(one));
}

/** The number of tags that a resource ends up with, as far as the program knows them. */
export function countTags(resource: TerraformResource): number {
  const [taggable] = taggablesOf(resource);
  return taggable === undefined ? 0 : Object.keys(Object.assign({}, ...tagsOf(resource, ownTags(taggable)))).length;
}

/** Whether a change applies to the type of a resource. */
export function isFor({ terraformResourceType: type }: TerraformResource, options: TagOptions): boolean {
  return (
    (options.includeResourceTypes?.includes(type) ?? true) && !(options.excludeResourceTypes?.includes(type) ?? false)
  );
}

/** Writes the tags of a resource with the changes of all constructs above it. Calling it again changes nothing. */
export function applyTags(resource: TerraformResource): void {
  for (const taggable of taggablesOf(resource)) {
    writeTags(taggable, tagsOf(resource, ownTags(taggable)));
  }
}

/**
 * The tags of a resource, where later maps override earlier ones. Its own tags are a separate map, since they may be a
 * token.
 */
function tagsOf(resource: TerraformResource, own: TagMap | undefined): TagMap[] {
  const effective = changesOf(resource);
  const before = added(effective.filter(({ priority }) => priority < OWN_PRIORITY));
  const after = effective.filter(({ priority }) => priority >= OWN_PRIORITY);
  const names = new Set(after.map(({ name }) => name.toLowerCase()));
  const kept = own === undefined || Token.isUnresolved(own) ? own : without(own, names);
  const ownNames = new Set(kept === undefined || Token.isUnresolved(kept) ? [] : Object.keys(kept).map(lowerCase));
  return [without(before, ownNames), ...(kept === undefined ? [] : [kept]), added(after)];
}

/** The effective change of each tag of a resource. */
function changesOf(resource: TerraformResource): TagChange[] {
  const counting = new Map<string, TagChange>();
  for (const change of resource.node.scopes.flatMap((scope) => changes.get(scope) ?? [])) {
    const key = change.name.toLowerCase();
    if (isFor(resource, change.options) && change.priority >= (counting.get(key)?.priority ?? 0)) {
      counting.set(key, change);
    }
  }
  return [...counting.values()];
}

function added(all: readonly TagChange[]): TagMap {
  return Object.fromEntries(all.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

function without(tags: TagMap, names: ReadonlySet<string>): TagMap {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !names.has(name.toLowerCase())));
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
