/** The facts about one resource type that were read in the source of its provider. */
export interface Facts {
  /** Paths whose change replaces the resource; for a block, a change of the number of blocks. */
  readonly forceNew?: readonly string[];
  /** Optional paths whose values the service chooses if they are not set. */
  readonly computed?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly defaults?: { readonly [path: string]: string };
  /** Whether the type has replacement rules in code as well. */
  readonly customDiff?: boolean;
}

/** The facts of a type by attribute, as `lib/review/knowledge/schema.ts` reads them. */
export interface Tree {
  readonly [name: string]: Tree | string;
}

/** The facts in a normal form: sorted, with consistent spelling. */
export function factsOf({ forceNew = [], computed = [], sensitive = [], defaults = {}, customDiff = false }: Facts) {
  const sorted = (paths: readonly string[]) => [...new Set(paths)].sort();
  const values = Object.keys(defaults)
    .sort()
    .map((path): [string, string] => [path, spelled(defaults[path] ?? '')]);
  return {
    forceNew: sorted(forceNew),
    computed: sorted(computed),
    sensitive: sorted(sensitive),
    defaults: Object.fromEntries(values),
    customDiff,
  };
}

/** Normalizes booleans, since some facts were extracted with Python. */
function spelled(value: string): string {
  return value === 'True' || value === 'False' ? value.toLowerCase() : value;
}

/**
 * One tree for all facts of a type: for each attribute its marks, and its default after "=".
 *
 * The marks are R for attributes that force replacement, N for blocks whose number forces replacement, C for values that the
 * service chooses, and S for sensitive values. The marks of a block are under the empty name; for the type itself, "?" is
 * there if it has conditions in code.
 */
export function encode(facts: ReturnType<typeof factsOf>, blocks: readonly string[]): Tree {
  const marks = new Map<string, string>();
  const mark = (path: string, text: string) => marks.set(path, (marks.get(path) ?? '') + text);
  facts.forceNew.forEach((path) => mark(path, blocks.includes(path) ? 'N' : 'R'));
  facts.computed.forEach((path) => mark(path, 'C'));
  facts.sensitive.forEach((path) => mark(path, 'S'));
  Object.entries(facts.defaults).forEach(([path, value]) => mark(path, `=${value}`));
  const root: MutableTree = facts.customDiff ? { '': '?' } : {};
  const paths = [...marks.keys()].sort();
  paths.forEach((path) => {
    const isBlock = paths.some((other) => other.startsWith(`${path}.`));
    put(root, isBlock ? [...path.split('.'), ''] : path.split('.'), marks.get(path) ?? '');
  });
  return root;
}

interface MutableTree {
  [name: string]: MutableTree | string;
}

function put(tree: MutableTree, [name = '', ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) {
    tree[name] = text;
  } else {
    put((tree[name] ??= {}) as MutableTree, rest, text);
  }
}
