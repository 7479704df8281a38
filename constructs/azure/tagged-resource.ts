import { Fn, type TerraformResource, Token } from 'cdktf';

/** The tags of a resource, by their names. */
export interface TagMap {
  readonly [name: string]: string;
}

/** A resource, or a block of one, that has an argument for tags. */
interface Taggable {
  readonly tagsInput?: unknown;
  tags?: TagMap;
}

/** Types of azurerm whose `tags` are not Azure tags, but a list of words. */
const OTHER_TAGS = ['azurerm_api_management_named_value', 'azurerm_sentinel_threat_intelligence_indicator'];

/** The tags in the argument of a resource or a block, before any were added. */
const own = new WeakMap<object, TagMap | undefined>();

/**
 * The parts of a resource that take Azure tags: the resource itself, and the default pool of a cluster, whose nodes and
 * disks get them.
 */
export function taggablesOf(resource: TerraformResource): Taggable[] {
  const type = resource.terraformResourceType;
  if (!type.startsWith('azurerm_') || OTHER_TAGS.includes(type) || !('tagsInput' in resource)) {
    return [];
  }
  const pool: unknown = type === 'azurerm_kubernetes_cluster' ? Reflect.get(resource, 'defaultNodePool') : undefined;
  return [resource as Taggable, ...(typeof pool === 'object' && pool !== null ? [pool as Taggable] : [])];
}

/** The tags in the argument of a resource or a block. */
export function ownTags(taggable: Taggable): TagMap | undefined {
  if (!own.has(taggable)) {
    own.set(taggable, taggable.tagsInput as TagMap | undefined);
  }
  return own.get(taggable);
}

/** Writes the tags of several maps, of which later ones override earlier ones and some may be tokens. */
export function writeTags(taggable: Taggable, maps: readonly TagMap[]): void {
  const given = maps.filter((map) => Token.isUnresolved(map) || Object.keys(map).length > 0);
  if (given.length > 0 || ownTags(taggable) !== undefined) {
    taggable.tags = given.some((map) => Token.isUnresolved(map))
      ? Token.asStringMap(Fn.merge([...given]))
      : Object.assign({}, ...given);
  }
}
