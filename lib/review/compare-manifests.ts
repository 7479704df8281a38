import { manifestFinder } from '../manifests/manifest';
import { mergedJson } from '../manifests/stacks';
import { manifestYaml } from '../manifests/yaml';
import type { StackFiles } from '../terraform-json/read';
import type { Review } from './model';
import type { ChangedManifest, ManifestOf } from './page/changes';
import { versionsOf, type Versions } from './versions';

/**
 * The manifests of the Kubernetes objects that a review lists as changed, before and after, without any secret of the
 * input.
 *
 * @param base The program before; undefined if there was none
 * @param found The review of the same two programs
 */
export function compareManifests(
  base: readonly StackFiles[] | undefined,
  head: readonly StackFiles[],
  found: Pick<Review, 'changes'>,
): ChangedManifest[] {
  const manifestOf = changedManifests(versionsOf(base, head));
  return found.changes.flatMap((change) => manifestOf(change) ?? []);
}

/** Finds the manifests of a changed Kubernetes object; undefined for other resources, and if the manifest stays the same. */
export function changedManifests({ base, head, secrets }: Versions): ManifestOf {
  const [before, after] = [yamlIn(base ?? []), yamlIn(head)];
  return ({ type, stack, address, from }) => {
    if (!type.startsWith('kubernetes_')) {
      return undefined;
    }
    const [old, now] = [before(stack, from ?? address), after(stack, address)];
    return old === now ? undefined : secrets.hide({ stack, address, before: old, after: now });
  };
}

/** Finds the YAML of an object by its stack and address; empty if there is none. */
function yamlIn(side: readonly StackFiles[]): (stack: string, address: string) => string {
  const finders = new Map<string, ReturnType<typeof manifestFinder>>();
  return (stack, address) => {
    const files = side.find(({ name }) => name === stack)?.files ?? [];
    const find = finders.get(stack) ?? manifestFinder(mergedJson(files));
    finders.set(stack, find);
    const manifest = find(address);
    return manifest === undefined ? '' : manifestYaml(manifest);
  };
}
