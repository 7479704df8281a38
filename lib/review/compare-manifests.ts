import { manifestsOf } from '../manifests/manifest';
import { mergedJson } from '../manifests/stacks';
import { manifestYaml } from '../manifests/yaml';
import type { StackFiles } from '../terraform-json/read';
import { secretsOf } from './mask/collect';
import type { Review } from './model';
import type { ChangedManifest } from './page/changes';
import { withDefaults } from './stack-review';

/**
 * The manifests of the objects of Kubernetes that a review changes, before and after, without any secret of the input.
 *
 * @param base The program before; undefined if there was none
 * @param found The review of the same two programs
 */
export function compareManifests(
  base: readonly StackFiles[] | undefined,
  head: readonly StackFiles[],
  found: Pick<Review, 'changes'>,
): ChangedManifest[] {
  const changes = found.changes.filter(({ type }) => type.startsWith('kubernetes_'));
  const names = new Set(changes.map(({ stack }) => stack));
  const changedIn = (side: readonly StackFiles[]) => side.filter(({ name }) => names.has(name));
  const before = yamlOf(
    changedIn(base ?? []),
    new Set(changes.map(({ stack, address, from }) => `${stack} ${from ?? address}`)),
  );
  const after = yamlOf(changedIn(head), new Set(changes.map(({ stack, address }) => `${stack} ${address}`)));
  const manifests = changes.flatMap(({ stack, address, from }) => {
    const [old, now] = [before.get(`${stack} ${from ?? address}`) ?? '', after.get(`${stack} ${address}`) ?? ''];
    return old === now ? [] : [{ stack, address, before: old, after: now }];
  });
  return manifests.length === 0 ? [] : secretsOf(withDefaults(base ?? [], head), undefined).hide(manifests);
}

/** The YAML of the objects that are wanted, by stack and address. */
function yamlOf(side: readonly StackFiles[], wanted: ReadonlySet<string>): Map<string, string> {
  return new Map(
    side
      .flatMap(({ name, files }) =>
        manifestsOf(mergedJson(files)).map((manifest) => ({ key: `${name} ${manifest.address}`, manifest })),
      )
      .filter(({ key }) => wanted.has(key))
      .map(({ key, manifest }) => [key, manifestYaml(manifest)]),
  );
}
