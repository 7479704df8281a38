import { stringify } from 'yaml';
import { applyOrder } from './kinds';
import { type KubernetesObject, type Manifest, manifestsOf, type SynthesizedJson } from './manifest';
import { block } from '../terraform-json/resources';

/**
 * The Kubernetes objects that Terraform JSON describes, as the YAML that `kubectl apply` takes: one document each, in
 * the order of applying. Of resources that have no manifest, comments at the top tell.
 *
 * @param json What CDKTF synthesized, or the content of any *.tf.json
 * @param title The first line, as a comment
 */
export function manifestsYaml(json: SynthesizedJson, title?: string): string {
  const manifests = manifestsOf(json).sort(inOrder);
  const head = manifests
    .filter(({ object }) => object === undefined)
    .map(({ address, notes }) => comment(`${address}: no manifest: ${notes.join('; ')}`));
  const documents = manifests.flatMap((manifest) =>
    manifest.object === undefined ? [] : [documentText(manifest, manifest.object)],
  );
  return [...(title === undefined ? [] : [comment(title)]), ...head, documents.join('---\n')].join('');
}

function documentText({ address, notes }: Manifest, object: KubernetesObject): string {
  // kubectl reads YAML 1.1, to which a bare "on" or "0755" is no text
  const text = stringify(object, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
  return [comment(address), ...notes.map(comment), text].join('');
}

function comment(text: string): string {
  return `# ${text.replace(/\s+/g, ' ')}\n`;
}

function inOrder(a: Manifest, b: Manifest): number {
  return (
    applyOrder(a.object?.kind ?? '') - applyOrder(b.object?.kind ?? '') ||
    compare(a.object?.kind, b.object?.kind) ||
    compare(block(a.object?.metadata).namespace, block(b.object?.metadata).namespace) ||
    compare(block(a.object?.metadata).name, block(b.object?.metadata).name) ||
    compare(a.address, b.address)
  );
}

/** By code, since the order of a locale differs from one machine to the next. */
function compare(a: unknown, b: unknown): number {
  const [first, second] = [String(a ?? ''), String(b ?? '')];
  return first < second ? -1 : first > second ? 1 : 0;
}
