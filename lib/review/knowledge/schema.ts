import { isObject, own } from '../../terraform-json/json';
import { isWithin } from '../../terraform-json/paths';

/** The facts about one type of resource in the source of its provider, by the paths of attributes. */
export interface Schema {
  /** The attributes whose change forces replacement; a path covers everything below it. */
  readonly replaces: readonly string[];
  /** The blocks for which a change of their number forces replacement. */
  readonly counted: readonly string[];
  /** The attributes whose values the service chooses if the program does not set them. */
  readonly computed: readonly string[];
  readonly sensitive: readonly string[];
  readonly defaults: Readonly<Record<string, string>>;
  /** Whether the provider has replacement rules in its code as well. */
  readonly hasConditions: boolean;
}

/** The marks and the default of each attribute, or the attributes of a block, whose own marks are under the empty name. */
interface Tree {
  readonly [name: string]: Tree | string;
}

/** A file of `data`, which `tools/knowledge.ts` generates. */
interface ProviderData {
  readonly provider: string;
  readonly version: string;
  readonly source: string;
  /** By type: its tree, or the name of a type with the same tree. */
  readonly types: { readonly [type: string]: Tree | string };
}

/** The generated data of each provider; a file is loaded with the first resource of its provider. */
const LOADERS: Readonly<Record<string, () => ProviderData>> = {
  azuread: () => require('./data/azuread.json') as ProviderData,
  azurerm: () => require('./data/azurerm.json') as ProviderData,
  kubernetes: () => require('./data/kubernetes.json') as ProviderData,
};

const decoded = new Map<string, Schema | undefined>();

/** The schema of a type of resource, which starts with the name of its provider; undefined if it is unknown. */
export function schemaOf(type: string): Schema | undefined {
  if (!decoded.has(type)) {
    decoded.set(type, read(type));
  }
  return decoded.get(type);
}

/** Whether a provider declares an attribute, or the block that it is in, as sensitive. */
export function isSensitive(type: string, path: readonly string[]): boolean {
  const sensitive = schemaOf(type)?.sensitive ?? [];
  const name = sensitive.length > 0 ? path.join('.') : '';
  return sensitive.some((secret) => isWithin(name, secret));
}

function read(type: string): Schema | undefined {
  const data = own(LOADERS, type.split('_', 1)[0] ?? '')?.();
  const found = data && own(data.types, type);
  const tree = typeof found === 'string' ? data?.types[found] : found;
  return isObject(tree) ? decode(tree as Tree) : undefined;
}

/** The facts in a tree, by path. */
export function decode(tree: Tree): Schema {
  const marks = [...marksIn(tree, '')];
  const marked = (mark: string) => marks.filter(([, text]) => text.includes(mark)).map(([path]) => path);
  const defaults = marks.filter((entry): entry is [string, string, string] => entry[2] !== undefined);
  return {
    replaces: marked('R'),
    counted: marked('N'),
    computed: marked('C'),
    sensitive: marked('S'),
    defaults: Object.fromEntries(defaults.map(([path, , value]) => [path, value])),
    hasConditions: tree[''] === '?',
  };
}

/** Each path with its marks, and with its default if it has one. */
function* marksIn(tree: Tree, prefix: string): Generator<[string, string, string | undefined]> {
  for (const [name, child] of Object.entries(tree)) {
    const path = name === '' ? prefix.slice(0, -1) : prefix + name;
    if (typeof child !== 'string') {
      yield* marksIn(child, `${path}.`);
    } else if (path !== '') {
      const equals = child.indexOf('=');
      yield equals < 0 ? [path, child, undefined] : [path, child.slice(0, equals), child.slice(equals + 1)];
    }
  }
}
