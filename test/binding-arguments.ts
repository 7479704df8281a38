import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** An argument of a resource or of a block in it. */
export interface Argument {
  /** Where it is, such as "default_node_pool.zones". */
  readonly path: string;
  readonly isRequired: boolean;
}

/** What a binding is for. */
export interface BindingArguments {
  /** The type of the resource. */
  readonly type: string;
  /** The version of its provider. */
  readonly version: string;
  readonly arguments: readonly Argument[];
}

/**
 * Every argument of the resource that a binding is for, and of the blocks in it.
 *
 * @param binding The module of the binding, such as "@cdktf/provider-azurerm/lib/subnet"
 */
export function argumentsOf(binding: string): BindingArguments {
  const [, provider = '', folder = ''] = /^@cdktf\/(provider-\w+)\/lib\/([\w-]+)$/.exec(binding) ?? [];
  const root = join(dirname(require.resolve(`@cdktf/${provider}/package.json`)), 'lib', folder);
  const code = readdirSync(root)
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
  const [, type = ''] = /tfResourceType = "(\w+)"/.exec(code) ?? [];
  const blocks = new Map(
    [...code.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => [name, body]),
  );
  const config = [...blocks.keys()].find((name) => name.endsWith('Config')) ?? '';
  const [, version = ''] = /\/providers\/[\w-]+\/\w+\/([\d.]+)\/docs/.exec(code) ?? [];
  return { type, version, arguments: argumentsIn(config, blocks, '') };
}

function argumentsIn(block: string, blocks: ReadonlyMap<string, string>, prefix: string): Argument[] {
  // each has a link to its documentation, which spells it as Terraform does
  const fields = /resources\/\w+#(\w+) [^}]*\}.*?readonly \w+(\??): (\w*)/gs;
  return [...(blocks.get(block) ?? '').matchAll(fields)]
    .filter(([, name]) => prefix !== '' || !['id', 'timeouts'].includes(name!))
    .flatMap(([, name, optional, type]) => [
      { path: prefix + name!, isRequired: optional === '' },
      ...argumentsIn(type!, blocks, `${prefix}${name!}.`),
    ]);
}
