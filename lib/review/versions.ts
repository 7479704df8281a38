import type { StackFiles } from '../terraform-json/read';
import { Closure } from './compare/closure';
import { secretsOf } from './mask/collect';
import type { Secrets } from './mask/secrets';
import { continued, match, renames } from './match/match';
import type { Pair } from './match/pair';
import { changedDefaults, defaultsOf, resolveReferences, type KnownResource } from './match/resolve';
import { settledIn, type IsSettled } from './match/settled';
import { labelled } from './names/label';
import type { Plan } from './read/plan';
import { emptyStack, stackOf, type Stack } from './read/program';

/** Two versions of one stack; the version of a missing stack is empty. */
export interface StackPair {
  readonly base: Stack;
  readonly head: Stack;
  /** The resources of both versions, paired. */
  readonly pairs: readonly Pair[];
  /** The new addresses of the old resources. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Finds the texts that mean something else after the change. */
  readonly closure: Closure;
  readonly isSettled: IsSettled;
  /** Whether the stack is not in the head, so that Terraform no longer runs for it. */
  readonly isGone: boolean;
  readonly isNew: boolean;
}

/** Two versions of a program, read once for the review, the picture and the manifests. */
export interface Versions {
  /** The program before; undefined if there was none. */
  readonly base: readonly StackFiles[] | undefined;
  readonly head: readonly StackFiles[];
  readonly plan: Plan | undefined;
  /** The stacks of both versions, paired by name. */
  readonly pairs: readonly StackPair[];
  /** The stacks before, with variables replaced by their defaults. */
  readonly before: readonly Stack[];
  readonly after: readonly Stack[];
  /** The secrets of both versions and of the plan. A default is a secret if it is used as one. */
  readonly secrets: Secrets;
}

/** Reads two versions of a program, and the plan for the change. */
export function versionsOf(
  base: readonly StackFiles[] | undefined,
  head: readonly StackFiles[],
  plan?: Plan,
): Versions {
  const olds = (base ?? []).map((files) => stackOf(files));
  const news = head.map((files) =>
    stackOf(
      files,
      olds.find(({ name }) => name === files.name),
    ),
  );
  const isSettled = settledIn(olds, news);
  const pairs = pairStacks(olds, news, isSettled);
  const before = withDefaults(
    olds,
    pairs.map((pair) => pair.base),
  );
  const after = withDefaults(
    news,
    pairs.map((pair) => pair.head),
    settledOf(before, isSettled),
  );
  return { base, head, plan, pairs, before, after, secrets: secretsOf([...before, ...after], plan) };
}

function pairStacks(base: readonly Stack[], head: readonly Stack[], isSettled: IsSettled): StackPair[] {
  const names = [...new Set([...base, ...head].map(({ name }) => name))].sort();
  const [olds, news] = [base, head].map((side) =>
    names.map((name) => side.find((stack) => stack.name === name) ?? emptyStack(name)),
  ) as [Stack[], Stack[]];
  const defaults = changedDefaults(olds, news);
  const before = resolveReferences(olds, defaults.base).map(labelled);
  const after = resolveReferences(news, defaults.head, settledOf(before, isSettled)).map(labelled);
  const matched = names.map((_, i) => match(before[i] as Stack, after[i] as Stack));
  const renamed = matched.map(
    (pairs, i) => new Map([...renames(pairs), ...continued(before[i] as Stack, after[i] as Stack)]),
  );
  const closure = new Closure(
    names.map((_, i) => ({
      base: olds[i] as Stack,
      head: news[i] as Stack,
      renamed: renamed[i] as ReadonlyMap<string, string>,
    })),
  );
  return names.map((name, i) => ({
    base: before[i] as Stack,
    head: after[i] as Stack,
    pairs: matched[i] ?? [],
    renamed: renamed[i] ?? new Map<string, string>(),
    closure,
    isSettled,
    isGone: !head.some((stack) => stack.name === name),
    isNew: !base.some((stack) => stack.name === name),
  }));
}

/** Finds a settled resource in the base, where its references have been replaced; its line of code may differ. */
function settledOf(base: readonly Stack[], isSettled: IsSettled): KnownResource {
  const stacks = new Map(base.map((stack) => [stack.name, stack.resources]));
  return (resource) => {
    const { stack, address, location } = resource;
    const old = isSettled(resource) ? stacks.get(stack)?.get(address) : undefined;
    return old === undefined || old.location === location ? old : { ...old, location };
  };
}

/**
 * One version of the stacks, with variables replaced by their defaults.
 *
 * @param resolved The same stacks with references replaced by values, except for defaults
 */
function withDefaults(stacks: readonly Stack[], resolved: readonly Stack[], known?: KnownResource): Stack[] {
  const defaults = new Map(stacks.map((stack) => [stack.name, defaultsOf(stack)]));
  if ([...defaults.values()].some(({ size }) => size > 0)) {
    return resolveReferences(stacks, defaults, known);
  }
  return stacks.map((stack) => resolved.find(({ name }) => name === stack.name) ?? stack);
}
