import { Fn, type TerraformResource, Token } from 'cdktf';

/** The tags of a resource, by their names. */
export interface TagMap {
  readonly [name: string]: string;
}

/** What has an argument for tags: a resource, or a block of it. */
interface Taggable {
  readonly tagsInput?: unknown;
  tags?: TagMap;
}

/** Types of azurerm whose `tags` are no Azure tags, but a list of words. */
const OTHER_TAGS = ['azurerm_api_management_named_value', 'azurerm_sentinel_threat_intelligence_indicator'];

/** The tags that were given to a resource or a block by its own argument, before any were added to them. */
const own = new WeakMap<object, TagMap | undefined>();

/** What of a resource takes Azure tags: the resource, and the default pool of a cluster, whose nodes and disks get them. */
export function taggablesOf(resource: TerraformResource): Taggable[] {
  const type = resource.terraformResourceType;
  if (!type.startsWith('azurerm_') || OTHER_TAGS.includes(type) || !('tagsInput' in resource)) {
    return [];
  }
  const pool: unknown = type === 'azurerm_kubernetes_cluster' ? Reflect.get(resource, 'defaultNodePool') : undefined;
  return [resource as Taggable, ...(typeof pool === 'object' && pool !== null ? [pool as Taggable] : [])];
}

/** The tags of the own argument of a resource or a block. */
export function ownTags(taggable: Taggable): TagMap | undefined {
  if (!own.has(taggable)) {
    own.set(taggable, taggable.tagsInput as TagMap | undefined);
  }
  return own.get(taggable);
}

/** Writes tags, those of one map after the other, of which some may be known only when Terraform runs. */
export function writeTags(taggable: Taggable, maps: readonly TagMap[]): void {
  const given = maps.filter((map) => Token.isUnresolved(map) || Object.keys(map).length > 0);
  if (given.length > 0 || ownTags(taggable) !== undefined) {
    taggable.tags = given.some((map) => Token.isUnresolved(map))
      ? Token.asStringMap(Fn.merge([...given]))
      : Object.assign({}, ...given);
  }
}
