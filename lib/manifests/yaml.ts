import { stringify } from 'yaml';
import { applyOrder } from './kinds';
import { type Manifest, manifestsOf, type SynthesizedJson } from './manifest';
import { by } from '../terraform-json/json';
import { block } from '../terraform-json/resources';

/**
 * The Kubernetes objects that Terraform JSON describes, as YAML for `kubectl apply`: one document for each object, in the
 * order in which they are applied. Comments at the top list the resources without a manifest.
 *
 * @param json What CDKTF synthesized, or the content of any *.tf.json
 * @param title A comment for the first line
 */
export function manifestsYaml(json: SynthesizedJson, title?: string): string {
  const manifests = manifestsOf(json).sort(inOrder);
  const head = manifests
    .filter(({ object }) => object === undefined)
    .map(({ address, notes }) => comment(`${address}: no manifest: ${notes.join('; ')}`));
  const documents = manifests.filter(({ object }) => object !== undefined).map(manifestYaml);
  return [title === undefined ? '' : comment(title), ...head, documents.join('---\n')].join('');
}

/** One object as YAML, with its address and its notes as comments; empty if there is no object. */
export function manifestYaml({ address, notes, object }: Manifest): string {
  if (object === undefined) {
    return '';
  }
  // kubectl reads YAML 1.1, in which an unquoted "on" or "0755" is not a string
  const text = stringify(object, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
  return [comment(address), ...notes.map(comment), text].join('');
}

function comment(text: string): string {
  return `# ${text.replace(/\s+/g, ' ')}\n`;
}

function inOrder(a: Manifest, b: Manifest): number {
  return applyOrder(a.object?.kind ?? '') - applyOrder(b.object?.kind ?? '') || byName(a, b);
}

const byName = by<Manifest>(
  ({ object }) => object?.kind ?? '',
  ({ object }) => String(block(object?.metadata).namespace ?? ''),
  ({ object }) => String(block(object?.metadata).name ?? ''),
  ({ address }) => address,
);
