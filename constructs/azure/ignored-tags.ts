import type { TerraformResource } from 'cdktf';
import { taggablesOf } from './tagged-resource';

/** Makes Terraform ignore changes to one tag of a resource, and of the default pool of a cluster. */
export function ignoreTags(resource: TerraformResource, name: string): void {
  const ignored = resource.lifecycle?.ignoreChanges ?? [];
  if (ignored === 'all') {
    return;
  }
  const [first, pool] = taggablesOf(resource);
  const tag = `tags[${JSON.stringify(name)}]`;
  const more = [...(first === undefined ? [] : [tag]), ...(pool === undefined ? [] : [`default_node_pool[0].${tag}`])];
  const added = more.filter((one) => !ignored.includes(one));
  if (added.length > 0) {
    resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...ignored, ...added] };
  }
}
