import { canonical, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { provisionersOf } from '../knowledge/programs';
import { maskValue } from '../mask/mask-value';
import { withoutKeys, type Stack, type Statement } from '../read/program';
import type { Comparison } from './compare';
import type { Row } from './row';

/** The note of an added or removed statement that has no effect on the resources of the program. */
const NOTES: Readonly<Record<Statement, { readonly added: string; readonly gone: string }>> = {
  import: {
    added: 'what is managed already is not imported again, and what is not declared Terraform rejects',
    gone: 'what is imported already stays so; what is not is created a second time',
  },
  moved: {
    added: 'nothing of this program is there: nothing moves, unless the state has it',
    gone: 'where it has not been applied yet, the resource is destroyed and created instead',
  },
  removed: {
    added: 'nothing of this program is there: nothing leaves the state, unless that has it',
    gone: 'where it has not been applied yet, the resource is destroyed instead',
  },
};

/** The changes of statements about the state, except those that the change of a resource already reports. */
export function statementRows(base: Stack, head: Stack, comparisons: readonly Comparison[]): Row[] {
  const told = toldBy(base, head, comparisons);
  return (['import', 'moved', 'removed'] as const).flatMap((kind) => {
    const [before, after] = [base, head].map((stack) => byText(stack.statements[kind])) as [Texts, Texts];
    const gone = [...before].filter(([text]) => !after.has(text));
    const added = [...after].filter(([text, block]) => !before.has(text) && !told(kind, block));
    return [
      ...gone.map(([, block]) => statementRow(kind, block, 'gone')),
      ...added.map(([, block]) => statementRow(kind, block, 'added')),
      ...[...after].flatMap(([text, block]) => (before.has(text) ? [] : programsOf(kind, block))),
    ];
  });
}

type Texts = ReadonlyMap<string, JsonObject>;

function byText(blocks: readonly JsonObject[]): Texts {
  return new Map(blocks.map((block) => [canonical(block), block]));
}

/** Whether the change of a resource reports the effect of a statement. */
function toldBy(
  base: Stack,
  head: Stack,
  comparisons: readonly Comparison[],
): (kind: Statement, block: JsonObject) => boolean {
  const moved = new Set(comparisons.flatMap(({ link, head: now }) => (link === 'moved' && now ? [now.address] : [])));
  const has = (stack: Stack, block: JsonObject, end: string) =>
    stack.resources.has(withoutKeys(textAt(block, end) ?? ''));
  return (kind, block) => {
    switch (kind) {
      case 'import':
        return has(head, block, 'to') && !has(base, block, 'to');
      case 'moved':
        return moved.has(withoutKeys(textAt(block, 'to') ?? '')) || has(base, block, 'from');
      case 'removed':
        return has(base, block, 'from') && !has(head, block, 'from');
    }
  };
}

/** The programs that run when a resource is removed. */
function programsOf(kind: Statement, block: JsonObject): Row[] {
  return provisionersOf({ meta: block }, 'destroy').map((text) => ({
    kind,
    what: textAt(block, 'from') ?? 'something',
    concern: 'program',
    note: `${text}, since it is destroyed`,
  }));
}

function statementRow(kind: Statement, block: JsonObject, verb: 'added' | 'gone'): Row {
  const [from, to] = ['from', 'to'].map((end) => textAt(block, end));
  const value: Json = maskValue('block', [], block);
  return {
    kind,
    what: [from, to].filter((end) => end !== undefined).join(' to ') || 'something',
    [verb === 'added' ? 'after' : 'before']: value,
    note: NOTES[kind][verb],
  };
}
