import { eachString, identical, type Json } from '../../terraform-json/json';
import { referencesIn } from '../../terraform-json/references';
import type { Pair } from './pair';
import { withoutKeys, type Resource, type Stack } from '../read/program';

/** Whether a resource, and all that it refers to directly or not, is the same in both versions of a program. */
export type IsSettled = (resource: Resource) => boolean;

/** Tells the resources that a change does not reach, which are most of them in most changes. */
export function settledIn(base: readonly Stack[], head: readonly Stack[]): IsSettled {
  const [olds, news] = [declarationsIn(base), declarationsIn(head)];
  const isSame = (key: string) => identical(codeOf(olds.get(key)), codeOf(news.get(key)));
  const changed = [...new Set([...olds.keys(), ...news.keys()])].filter((key) => !isSame(key));
  const reached = new Set([...changed, ...head.flatMap(movedIn)]);
  const users = usersIn(news);
  // a set that grows during the iteration: what refers to what is reached is reached as well.
  reached.forEach((key) => users.get(key)?.forEach((user) => reached.add(user)));
  const settled = new Set([...news.keys()].filter((key) => !reached.has(key)));
  return ({ stack, address }) => settled.has(keyOf(stack, address));
}

/** Whether a pair is of one resource that a change does not reach. */
export function isSettledPair({ base, head, link }: Pair, isSettled: IsSettled): boolean {
  return base !== undefined && head !== undefined && link === 'address' && isSettled(head);
}

/** What is declared in a stack, of which other code may use the values. */
interface Declaration {
  readonly stack: string;
  readonly code: Json;
}

/** By their keys, which outputs of several stacks share: others read an output by its name. */
type Declarations = ReadonlyMap<string, readonly Declaration[]>;

function declarationsIn(stacks: readonly Stack[]): Declarations {
  const found = new Map<string, Declaration[]>();
  for (const { name: stack, resources, providers, locals, variables, outputs } of stacks) {
    const add = (key: string, code: Json) => pushTo(found, key, { stack, code });
    // what decides the domains of names, and all that values take from a provider.
    const clouds = new Map(providers.map(({ key, attributes }) => [key, attributes['environment'] ?? null]));
    resources.forEach(({ provider, attributes, meta, comment = null }, address) =>
      add(keyOf(stack, address), [provider, clouds.get(provider) ?? null, attributes, meta, comment]),
    );
    Object.entries(locals).forEach(([name, code]) => add(keyOf(stack, `local.${name}`), code));
    Object.entries(variables).forEach(([name, code]) => add(keyOf(stack, `var.${name}`), code));
    Object.entries(outputs).forEach(([name, code]) => add(keyOfOutput(name), code));
  }
  return found;
}

/** The keys of what uses a value, by the key of what is declared there. */
function usersIn(declarations: Declarations): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  declarations.forEach((list, user) =>
    list.forEach(({ stack, code }) =>
      eachString(code, (text) =>
        referencesIn(text).forEach(({ address, path }) => {
          pushTo(found, keyOf(stack, address), user);
          if (address.startsWith('data.terraform_remote_state.')) {
            pushTo(found, keyOfOutput(String(path[1])), user);
          }
        }),
      ),
    ),
  );
  return found;
}

/** What `moved` blocks name, and thereby give to another resource. */
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
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  // an expression may mention the same a thousand times.
  if (list.at(-1) !== item) {
    list.push(item);
  }
}
