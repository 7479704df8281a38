import {
  blocks,
  by,
  compare,
  identical,
  isObject,
  listAt,
  ordered,
  own,
  textAt,
  type Json,
  type JsonObject,
} from '../../terraform-json/json';
import type { Location } from '../model';
import type { StackFiles } from '../../terraform-json/read';

/** A resource, a data source or a module call of the program. */
export interface Resource {
  readonly stack: string;
  readonly mode: 'resource' | 'data' | 'module';
  readonly address: string;
  readonly type: string;
  /** The path of the construct in the program's tree, if the program uses constructs. */
  readonly path?: string;
  /** The resource in words, once the program is read: "cluster jm-inn-aks". */
  readonly label?: string;
  /** The provider configuration that manages it: "azurerm", or "kubernetes.second" for an alias. */
  readonly provider: string;
  /** The arguments of the resource. */
  readonly attributes: JsonObject;
  /** The arguments before variables and derived attributes are replaced by values. */
  readonly written?: JsonObject;
  /** The meta-arguments: lifecycle, count, for_each and so on. */
  readonly meta: JsonObject;
  readonly location?: Location;
  /** The comment of the resource, with its metadata. */
  readonly comment?: Json;
  /** The resource as it is written; absent if several files declare it. */
  readonly code?: JsonObject;
}

/** One provider configuration of a stack. */
export interface ProviderConfig {
  /** "azurerm", or "kubernetes.second" for an alias. */
  readonly key: string;
  readonly name: string;
  readonly attributes: JsonObject;
}

/** A kind of block that changes the state. */
export type Statement = 'import' | 'moved' | 'removed';

/** One stack, independent of the form in which its JSON is written. */
export interface Stack {
  readonly name: string;
  /** By address, in the order of addresses. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly providers: readonly ProviderConfig[];
  /** By the local name of the provider. */
  readonly requiredProviders: JsonObject;
  readonly terraformVersion?: string;
  readonly backends: JsonObject;
  readonly variables: JsonObject;
  readonly locals: JsonObject;
  readonly outputs: JsonObject;
  /** The outputs before references are replaced by values. */
  readonly writtenOutputs?: JsonObject;
  /** The new addresses of instances and resources, by their old addresses. */
  readonly moves: ReadonlyMap<string, string>;
  /** The same with the addresses of resources in place of those of instances. */
  readonly moved: ReadonlyMap<string, string>;
  /** The imported ids, by address. */
  readonly imports: ReadonlyMap<string, string>;
  /** Addresses that leave the state and stay deployed. */
  readonly forgotten: ReadonlySet<string>;
  /** The blocks that change the state, by their kinds. */
  readonly statements: Readonly<Record<Statement, readonly JsonObject[]>>;
  /** The blocks that are in no other property, by their names. */
  readonly rest: JsonObject;
  /** The digests of the files that Terraform reads and the review does not, by their names. */
  readonly unread: JsonObject;
}

/** The blocks that are in the other properties of a stack. */
const KNOWN = [
  ...['//', 'data', 'import', 'locals', 'module', 'moved', 'output', 'provider', 'removed', 'resource'],
  ...['terraform', 'variable'],
];
const KNOWN_SETTINGS = ['//', 'backend', 'cloud', 'required_providers', 'required_version'];

const META = new Set([
  'count',
  'for_each',
  'lifecycle',
  'depends_on',
  'provider',
  'providers',
  'provisioner',
  'connection',
]);

/**
 * Reads the parts of a synthesized stack; unknown parts are ignored.
 *
 * @param previous The stack in the other version, whose resources are reused if they are written the same
 */
export function stackOf(synthesized: StackFiles, previous?: Stack): Stack {
  const { name, sources, files } = synthesized;
  const written = (key: string) => files.flatMap((file) => blocks(file[key]));
  const all = (key: string) => written(key).map(ordered);
  const terraform = all('terraform');
  const resources = [
    ...written('resource').flatMap((types) => resourcesIn(name, 'resource', types, sources, previous)),
    ...written('data').flatMap((types) => resourcesIn(name, 'data', types, sources, previous)),
    ...all('module').flatMap((calls) => named(calls).map(([id, body]) => moduleOf(name, id, body))),
  ];
  const moves = pairs(all('moved'), 'from', 'to');
  return {
    name,
    resources: byAddress(resources.sort(by(({ address }) => address))),
    providers: all('provider')
      .flatMap(providersIn)
      .sort(by(({ key }) => key)),
    requiredProviders: merge(terraform.flatMap((block) => blocks(block['required_providers']))),
    terraformVersion: terraform.map((block) => textAt(block, 'required_version')).find((text) => text !== undefined),
    backends: merge(terraform.flatMap((block) => [...blocks(block['backend']), ...cloudIn(block)])),
    variables: merge(all('variable')),
    locals: merge(all('locals')),
    outputs: merge(all('output')),
    moves,
    moved: declaredMoves(moves),
    imports: pairs(all('import'), 'to', 'id'),
    forgotten: new Set(
      all('removed')
        .filter(staysDeployed)
        .flatMap((block) => textAt(block, 'from') ?? []),
    ),
    statements: { import: all('import'), moved: all('moved'), removed: all('removed') },
    rest: restOf(files, terraform),
    unread: synthesized.unread ?? {},
  };
}

/** The resources by address; if two files declare one, the later file overrides the earlier one. */
function byAddress(resources: readonly Resource[]): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const resource of resources) {
    const earlier = found.get(resource.address);
    found.set(
      resource.address,
      earlier === undefined
        ? resource
        : {
            ...resource,
            attributes: { ...earlier.attributes, ...resource.attributes },
            meta: { ...earlier.meta, ...resource.meta },
            code: undefined,
          },
    );
  }
  return found;
}

function restOf(files: readonly JsonObject[], settings: readonly JsonObject[]): JsonObject {
  const found = [
    ...files.flatMap((file) => Object.entries(file).filter(([key]) => !KNOWN.includes(key))),
    ...settings.flatMap((block) => Object.entries(block).filter(([key]) => !KNOWN_SETTINGS.includes(key))),
  ];
  const names = [...new Set(found.map(([name]) => name))].sort(compare);
  return Object.fromEntries(
    names.map((name) => [name, found.flatMap(([key, value]) => (key === name ? [ordered(value)] : []))]),
  );
}

/** The stack for the missing side of a review. */
export function emptyStack(name: string): Stack {
  return stackOf({ name, files: [], sources: {} });
}

function resourcesIn(
  stack: string,
  mode: 'resource' | 'data',
  types: JsonObject,
  sources: JsonObject,
  previous: Stack | undefined,
): Resource[] {
  return Object.entries(types).flatMap(([type, instances]) =>
    blocks(instances).flatMap((byName) =>
      named(byName).map(([name, code]): Resource => {
        const address = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
        const location = locationOf(own(sources, address));
        const same = previous?.resources.get(address);
        if (same?.code !== undefined && identical(same.code, code)) {
          return same.location === location ? same : { ...same, location };
        }
        const body = ordered(code);
        const comment = body['//'];
        const path = textAt(comment, 'metadata.path');
        const provider = textAt(body, 'provider')?.replace(/^\$\{|\}$/g, '') ?? (type.split('_', 1)[0] as string);
        const { attributes, meta } = split(body);
        return { stack, mode, address, type, location, code, path, provider, attributes, meta, comment };
      }),
    ),
  );
}

function moduleOf(stack: string, name: string, body: JsonObject): Resource {
  const path = textAt(body['//'], 'metadata.path');
  const address = `module.${name}`;
  return { stack, mode: 'module', address, type: 'module', provider: '', path, ...split(body) };
}

/** Separates the arguments of the provider from those of Terraform; comments and nulls, which mean "not set", are dropped. */
function split(body: JsonObject): { attributes: JsonObject; meta: JsonObject } {
  const attributes: [string, Json][] = [];
  const meta: [string, Json][] = [];
  for (const entry of Object.entries(body)) {
    const [key, value] = entry;
    if (key !== '//' && value !== null) {
      (META.has(key) ? meta : attributes).push(entry);
    }
  }
  return { attributes: Object.fromEntries(attributes), meta: Object.fromEntries(meta) };
}

function locationOf(source: Json | undefined): Location | undefined {
  const match = typeof source === 'string' ? /^(.+?):(\d+)/.exec(source) : null;
  return match?.[1] === undefined ? undefined : { file: match[1], line: Number(match[2]) };
}

function providersIn(byName: JsonObject): ProviderConfig[] {
  return Object.entries(byName).flatMap(([name, configs]) =>
    blocks(configs).map((attributes) => {
      const alias = textAt(attributes, 'alias');
      return { key: alias === undefined ? name : `${name}.${alias}`, name, attributes };
    }),
  );
}

function cloudIn(terraform: JsonObject): JsonObject[] {
  return blocks(terraform['cloud']).map((cloud) => ({ cloud }));
}

function staysDeployed(removed: JsonObject): boolean {
  return textAt(removed, 'lifecycle.destroy') === 'false';
}

/** The bodies of blocks with their names. */
function named(byName: JsonObject): [string, JsonObject][] {
  return Object.entries(byName)
    .filter(([name]) => name !== '//')
    .flatMap(([name, body]) => blocks(body).map((block): [string, JsonObject] => [name, block]));
}

function merge(objects: JsonObject[]): JsonObject {
  const entries = objects.flatMap((object) => Object.entries(object)).filter(([key]) => key !== '//');
  return Object.fromEntries(entries.sort(by(([key]) => key)));
}

function pairs(objects: JsonObject[], from: string, to: string): Map<string, string> {
  const entries = objects.map((object): [string, string] => [textAt(object, from) ?? '', textAt(object, to) ?? '']);
  return new Map(entries.filter(([key]) => key !== '').sort(([a], [b]) => compare(a, b)));
}

/** The moves of instances as moves of their resources. */
function declaredMoves(moved: ReadonlyMap<string, string>): Map<string, string> {
  const declared = [...moved].map(([from, to]): [string, string] => [withoutKeys(from), withoutKeys(to)]);
  return new Map(declared.filter(([from, to]) => from !== to));
}

/** The address without the keys of instances: `azurerm_subnet.all` for `azurerm_subnet.all["a"]`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}

/** The expressions that replace a resource when what they refer to changes. */
export function triggersIn(meta: JsonObject): string[] {
  return blocks(meta['lifecycle']).flatMap((lifecycle) => listAt(lifecycle, 'replace_triggered_by'));
}

/** The meta-arguments that hold expressions without the braces of a template. */
export function bareExpressionsOf(meta: JsonObject): string[] {
  return [...listAt(meta, 'depends_on'), ...triggersIn(meta)];
}

/** Whether all files with code are read; a file that is not read may declare anything. */
export function isAllRead({ unread }: Stack): boolean {
  return !Object.keys(unread).some((name) => /\.(?:tf|tofu)(?:\.json)?$/.test(name));
}

/** The body of a named block, such as a variable, which may be in a list of one item. */
export function body(blocksByName: JsonObject, name: string): JsonObject {
  const value = own(blocksByName, name);
  return isObject(value) ? value : (blocks(value)[0] ?? {});
}
