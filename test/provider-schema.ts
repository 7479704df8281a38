import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a Terraform attribute or block of the provider is. */
export interface Field {
  /** The fields of a block. */
  readonly block?: Fields;
  /** Whether there may be more than one. */
  readonly isList: boolean;
  /** Whether its keys are the user's. */
  readonly isMap: boolean;
  /** What Terraform has each value as, unless it is a block. */
  readonly type: 'string' | 'number' | 'boolean';
}

export interface Fields {
  readonly [name: string]: Field;
}

const LIBRARY = join(dirname(require.resolve('@cdktf/provider-kubernetes/package.json')), 'lib');

/**
 * Every resource of the Kubernetes provider with all its fields.
 *
 * Read from the code that the bindings were generated as, since a binding tells its schema to nobody: for each block
 * there is one function that says how each attribute is written.
 */
export function providerSchema(): { readonly [type: string]: Fields } {
  const folders = readdirSync(LIBRARY, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !/^(data-|provider$)/.test(entry.name),
  );
  return Object.fromEntries(folders.map(({ name }) => resourceSchema(join(LIBRARY, name))));
}

function resourceSchema(folder: string): [string, Fields] {
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const blocks = new Map(
    code.split(/^function /m).map((text) => {
      const [, name] = /^(\w+)ToHclTerraform\(/.exec(text) ?? [];
      const [, attributes] = /^ {4}const attrs = \{\n(.*?)^ {4}\};/ms.exec(text) ?? [];
      return [name ?? '', attributes ?? ''];
    }),
  );
  const [, own] = /^ {4}synthesizeHclAttributes\(\) \{\n {8}const attrs = \{\n(.*?)^ {8}\};/ms.exec(code)!;
  const [, type] = /tfResourceType = "(\w+)"/.exec(code)!;
  return [type!, fields(own!, blocks)];
}

function fields(attributes: string, blocks: ReadonlyMap<string, string>): Fields {
  const entries = [...attributes.matchAll(/^ +(\w+): \{\n +value: (.*),$/gm)];
  return Object.fromEntries(entries.map(([, name, value]) => [name!, field(value!, blocks)]));
}

function field(value: string, blocks: ReadonlyMap<string, string>): Field {
  const [, writer] = /(\w+)ToHclTerraform/.exec(value) ?? [];
  const block = writer === undefined ? undefined : blocks.get(writer);
  return {
    ...(block === undefined ? {} : { block: fields(block, blocks) }),
    isList: value.startsWith('cdktf.listMapperHcl'),
    isMap: value.startsWith('cdktf.hashMapperHcl'),
    type: writer === 'number' || writer === 'boolean' ? writer : 'string',
  };
}
