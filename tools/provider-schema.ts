import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** An attribute or block of the provider's schema. */
export interface Field {
  /** Its name in the bindings. */
  readonly property: string;
  /** The fields of a block. */
  readonly block?: Fields;
  /** Whether there may be more than one. */
  readonly isList: boolean;
  /** Whether its keys are chosen by the user. */
  readonly isMap: boolean;
  /** Whether the provider rejects a block without it. */
  readonly isRequired: boolean;
  /** The type of each value in Terraform, unless it is a block. */
  readonly type: 'string' | 'number' | 'boolean';
}

export interface Fields {
  readonly [name: string]: Field;
}

/** The code and the declarations of the bindings of one resource. */
interface Source {
  /** The code of each function that writes a block, by its name without "ToHclTerraform". */
  readonly blocks: ReadonlyMap<string, string>;
  /** The required properties, by the name of the interface. */
  readonly required: ReadonlyMap<string, ReadonlySet<string>>;
}

const LIBRARY = join(dirname(require.resolve('@cdktf/provider-kubernetes/package.json')), 'lib');

/**
 * Every resource of the Kubernetes provider with all its fields.
 *
 * They are read from the generated code of the bindings, which do not expose their schemas: each block has a function that
 * writes its attributes.
 */
export function providerSchema(): { readonly [type: string]: Fields } {
  return Object.fromEntries(resourceFolders().map((name) => resourceSchema(join(LIBRARY, name))));
}

/** The folders of the bindings, by the type of the resource. */
export function bindingFolders(): { readonly [type: string]: string } {
  return Object.fromEntries(
    resourceFolders().map((name) => [typeOf(readFileSync(join(LIBRARY, name, 'index.js'), 'utf8')), name]),
  );
}

function resourceFolders(): string[] {
  return readdirSync(LIBRARY, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(data-|provider$)/.test(entry.name))
    .map(({ name }) => name);
}

function resourceSchema(folder: string): [string, Fields] {
  const code = textOf(folder, '.js');
  const declarations = textOf(folder, '.d.ts');
  const blocks = code.split(/^function /m).map((text): [string, string] => {
    const [, name] = /^(\w+)ToHclTerraform\(/.exec(text) ?? [];
    const [, attributes] = /^ {4}const attrs = \{\n(.*?)^ {4}\};/ms.exec(text) ?? [];
    return [name ?? '', attributes ?? ''];
  });
  const required = declarations.split(/^export interface /m).map((text): [string, ReadonlySet<string>] => {
    const [, name, body] = /^(\w+).*?\{\n(.*?)^\}/ms.exec(text) ?? [];
    return [name ?? '', new Set([...(body ?? '').matchAll(/^ {4}readonly (\w+):/gm)].map(([, one]) => one ?? ''))];
  });
  const source = { blocks: new Map(blocks), required: new Map(required) };
  const [, own = ''] = /^ {4}synthesizeHclAttributes\(\) \{\n {8}const attrs = \{\n(.*?)^ {8}\};/ms.exec(code) ?? [];
  const [, config = ''] = /^export interface (\w+Config) extends/m.exec(declarations) ?? [];
  return [typeOf(code), fields(own, config, source)];
}

function typeOf(code: string): string {
  return /tfResourceType = "(\w+)"/.exec(code)?.[1] ?? '';
}

function textOf(folder: string, ending: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

function fields(attributes: string, owner: string, source: Source): Fields {
  const required = source.required.get(owner) ?? new Set();
  const entries = [...attributes.matchAll(/^ +(\w+): \{\n +value: (.*),$/gm)];
  return Object.fromEntries(
    entries.map(([, name = '', value = '']) => {
      const [, property = ''] = /\((?:struct\.|this\._)(\w+)(?:\.internalValue)?\)+$/.exec(value) ?? [];
      return [name, { property, isRequired: required.has(property), ...field(value, source) }];
    }),
  );
}

function field(value: string, source: Source): Omit<Field, 'property' | 'isRequired'> {
  const [, writer = ''] = /(\w+)ToHclTerraform/.exec(value) ?? [];
  const block = source.blocks.get(writer);
  const owner = `${writer.charAt(0).toUpperCase()}${writer.slice(1)}`;
  return {
    ...(block === undefined ? {} : { block: fields(block, owner, source) }),
    isList: value.startsWith('cdktf.listMapperHcl'),
    isMap: value.startsWith('cdktf.hashMapperHcl'),
    type: writer === 'number' || writer === 'boolean' ? writer : 'string',
  };
}
