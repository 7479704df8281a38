import { canonical, textAt, type JsonObject } from '../../terraform-json/json';
import { hasInstance } from '../match/each';
import type { Trap } from '../model';
import { isAllRead, withoutKeys, type Stack, type Statement } from '../read/program';

/** Why Terraform rejects a statement about the state, with the remedy. */
interface Refusal {
  readonly kind: Statement;
  /** The address that the statement is about. */
  readonly about: string;
  readonly text: string;
  readonly remedy: string;
}

/** Types that never take over the state of another type. */
const SAME_TYPE_ONLY = /^(azurerm|azuread|kubernetes)_/;

const SOURCES: Readonly<Record<Statement, string>> = {
  moved: 'https://developer.hashicorp.com/terraform/language/block/moved',
  removed: 'https://developer.hashicorp.com/terraform/language/block/removed',
  import: 'https://developer.hashicorp.com/terraform/language/block/import',
};

/** The statements about the state that Terraform rejects after the change but not before: it makes no plan. */
export function refusedStatements(base: Stack, head: Stack): Trap[] {
  const isEmpty = Object.values(head.statements).every(({ length }) => length === 0);
  const known = isEmpty ? new Set<string>() : new Set(refusals(base, base).map(textOf));
  return (isEmpty ? [] : refusals(head, base))
    .filter((refusal) => !known.has(textOf(refusal)))
    .map(({ kind, about, text, remedy }) => ({
      stack: head.name,
      address: about,
      name: `${kind} block of ${about}`,
      attribute: kind,
      text: `${text}: Terraform rejects the plan`,
      remedies: [{ text: remedy }],
      source: SOURCES[kind],
    }));
}

function textOf(refusal: Refusal): string {
  return canonical({ ...refusal });
}

function refusals(stack: Stack, base: Stack): Refusal[] {
  return [...refusedMoves(stack, base), ...refusedRemovals(stack), ...refusedImports(stack)];
}

/** The address in an argument of a statement, which may be within a template. */
function endOf(block: JsonObject, name: string): string {
  return (textAt(block, name) ?? '').replace(/^\$\{\s*(.*?)\s*\}$/, '$1');
}

function refusedMoves(stack: Stack, base: Stack): Refusal[] {
  const moves = stack.statements.moved
    .map((block) => ({ from: endOf(block, 'from'), to: endOf(block, 'to') }))
    .filter(({ from, to }) => from !== '' && to !== '');
  const goals = new Map<string, string>();
  const origins = new Map<string, string>();
  const circular = inCircles(new Map(moves.map(({ from, to }) => [from, to])));
  return moves.flatMap(({ from, to }): Refusal[] => {
    const refused = (text: string, remedy: string): Refusal[] => [{ kind: 'moved', about: from, text, remedy }];
    const [goal, origin] = [goals.get(from) ?? to, origins.get(to) ?? from];
    goals.set(from, goal);
    origins.set(to, origin);
    if (from === to) {
      return refused('it moves to where it is', 'leave the block out');
    }
    if (circular.has(from)) {
      return refused('its moves end where they began', 'leave one of the blocks out');
    }
    if (goal !== to) {
      return refused(`it moves to ${goal} and to ${to}`, 'leave one of the blocks out');
    }
    if (origin !== from) {
      return refused(`${origin} moves to ${to} as well`, 'give each of them an address of its own');
    }
    if (isStillThere(from, to, stack)) {
      return refused(
        `it moves to ${to}, and is declared at its old address as well`,
        `declare it at ${to} only, or leave the block out`,
      );
    }
    const types = [base.resources.get(withoutKeys(from)), stack.resources.get(withoutKeys(to))].map((one) => one?.type);
    const [before, after] = types;
    return before !== undefined && after !== undefined && before !== after && SAME_TYPE_ONLY.test(after)
      ? refused(
          `it is a ${before}, and a ${after} does not take over the state of another type`,
          `import it at ${to}, with a removed block for ${from} (destroy = false)`,
        )
      : [];
  });
}

/** The addresses whose moves lead back to them, in one pass over all moves. */
function inCircles(moves: ReadonlyMap<string, string>): ReadonlySet<string> {
  const circles = new Set<string>();
  const passed = new Map<string, string>();
  for (const start of moves.keys()) {
    let at: string | undefined = start;
    for (; at !== undefined && !passed.has(at); at = moves.get(at)) {
      passed.set(at, start);
    }
    // a path that meets itself is a circle; one that meets an earlier path is not
    for (; at !== undefined && passed.get(at) === start && !circles.has(at); at = moves.get(at)) {
      circles.add(at);
    }
  }
  return circles;
}

/** Whether something is still declared at the old address of a move. */
function isStillThere(from: string, to: string, stack: Stack): boolean {
  const [old, now] = [withoutKeys(from), withoutKeys(to)];
  // with a key at either end, single instances move, and others may stay.
  return old === from && now === to ? stack.resources.has(from) : hasInstance(stack.resources.get(old), from) === true;
}

function refusedRemovals(stack: Stack): Refusal[] {
  return stack.statements.removed.flatMap((block): Refusal[] => {
    const about = endOf(block, 'from');
    const refused = (text: string, remedy: string): Refusal[] => [{ kind: 'removed', about, text, remedy }];
    if (stack.resources.has(about)) {
      return refused('it is removed, and still declared', 'leave out the resource, or the block');
    }
    return withoutKeys(about) === about
      ? []
      : refused('only a whole resource can be removed, and no single instance', 'run terraform state rm');
  });
}

function refusedImports(stack: Stack): Refusal[] {
  const seen = new Set<string>();
  return stack.statements.import.flatMap((block): Refusal[] => {
    const about = endOf(block, 'to');
    const resource = stack.resources.get(withoutKeys(about));
    const isFirst = !seen.has(about);
    seen.add(about);
    // the contents of modules are not read, and only Terraform knows the instances of a for_each of the block.
    if (about === '' || about.startsWith('module.') || block['for_each'] !== undefined) {
      return [];
    }
    const refused = (text: string, remedy: string): Refusal[] => [{ kind: 'import', about, text, remedy }];
    if (!isFirst) {
      return refused('two blocks import it', 'remove one of them');
    }
    const isMissing = resource === undefined ? isAllRead(stack) : hasInstance(resource, about) === false;
    return isMissing ? refused('it is imported, and not declared', `declare ${about}, or leave the block out`) : [];
  });
}
