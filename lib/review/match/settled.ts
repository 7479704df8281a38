import { eachString, identical, type Json } from '../../terraform-json/json';
import { referencesIn, referencesInExpression, type Reference } from '../../terraform-json/references';
import { addTo } from '../../terraform-json/group';
import type { Pair } from './pair';
import { bareExpressionsOf, withoutKeys, type Resource, type Stack } from '../read/program';

/** Whether a resource, and everything that it refers to directly or indirectly, is the same in both versions of a program. */
export type IsSettled = (resource: Resource) => boolean;

/** Finds the resources that a change does not reach: most of them, in most changes. */
export function settledIn(base: readonly Stack[], head: readonly Stack[]): IsSettled {
  const [olds, news] = [declarationsIn(base), declarationsIn(head)];
  const isSame = (key: string) => identical(codeOf(olds.get(key)), codeOf(news.get(key)));
  const changed = [...new Set([...olds.keys(), ...news.keys()])].filter((key) => !isSame(key));
  const reached = new Set([...changed, ...head.flatMap(movedIn)]);
  const users = usersIn(news);
  // a set that grows during the iteration: whatever refers to a reached declaration is reached as well.
  reached.forEach((key) => users.get(key)?.forEach((user) => reached.add(user)));
  const settled = new Set([...news.keys()].filter((key) => !reached.has(key)));
  return ({ stack, address }) => settled.has(keyOf(stack, address));
}

/** Whether a pair is a resource that a change does not reach. */
export function isSettledPair({ base, head, link }: Pair, isSettled: IsSettled): boolean {
  return base !== undefined && head !== undefined && link === 'address' && isSettled(head);
}

/** A declaration in a stack that other code may refer to. */
interface Declaration {
  readonly stack: string;
  readonly code: Json;
  /** The parts of the code that are expressions without the braces of a template. */
  readonly bare: readonly string[];
}

/** The declarations by key; outputs of several stacks share one, since other stacks read an output by its name. */
type Declarations = ReadonlyMap<string, readonly Declaration[]>;

function declarationsIn(stacks: readonly Stack[]): Declarations {
  const found = new Map<string, Declaration[]>();
  for (const { name: stack, resources, providers, locals, variables, outputs } of stacks) {
    const add = (key: string, code: Json, bare: readonly string[] = []) => pushTo(found, key, { stack, code, bare });
    // the cloud decides the domains of names, the only part of values that depends on the provider.
    const clouds = new Map(providers.map(({ key, attributes }) => [key, attributes['environment'] ?? null]));
    resources.forEach(({ provider, attributes, meta, comment = null }, address) =>
      add(
        keyOf(stack, address),
        [provider, clouds.get(provider) ?? null, attributes, meta, comment],
        bareExpressionsOf(meta),
      ),
    );
    Object.entries(locals).forEach(([name, code]) => add(keyOf(stack, `local.${name}`), code));
    Object.entries(variables).forEach(([name, code]) => add(keyOf(stack, `var.${name}`), code));
    Object.entries(outputs).forEach(([name, code]) => add(keyOfOutput(name), code));
  }
  return found;
}

/** The keys of the declarations that refer to another one, by its key. */
function usersIn(declarations: Declarations): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  declarations.forEach((list, user) => {
    for (const { stack, code, bare } of list) {
      const add = ({ address, path }: Reference) => {
        pushTo(found, keyOf(stack, address), user);
        if (address.startsWith('data.terraform_remote_state.')) {
          pushTo(found, keyOfOutput(String(path[1])), user);
        }
      };
      eachString(code, (text) => referencesIn(text).forEach(add));
      bare.flatMap(referencesInExpression).forEach(add);
    }
  });
  return found;
}

/** The keys of what `moved` blocks name, whose resources may be others than before. */
function movedIn({ name, moves }: Stack): string[] {
  return [...moves].flat().map((address) => keyOf(name, withoutKeys(address)));
}

function codeOf(declarations: readonly Declaration[] = []): Json {
  return declarations.map(({ stack, code }) => [stack, code]);
}

function keyOf(stack: string, address: string): string {
  return `${stack} ${address}`;
}

function keyOfOutput(name: string): string {
  return `output.${name}`;
}

function pushTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  // an expression may mention the same address a thousand times.
  if (lists.get(key)?.at(-1) !== item) {
    addTo(lists, key, item);
  }
}
