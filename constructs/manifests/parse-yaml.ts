import {
  type CollectionTag,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  type ScalarTag,
  visit,
} from 'yaml';

/*
 * The only module that uses the package yaml, which is bundled into it, so that users of this library need not install
 * it. It imports nothing else, since that would be bundled twice.
 */

/** The keys of maps and the positions in lists that lead to a value. */
export type YamlPath = readonly (string | number)[];

/** A document of a text in YAML. */
export interface YamlDocument {
  /** Its content, undefined if it cannot be read. */
  readonly value: unknown;
  /** Why it cannot be read, each with its line. */
  readonly mistakes: readonly string[];
  /** The line of the value at a path, or of the nearest one around it, from 1. */
  readonly lineOf: (path: YamlPath) => number;
}

/** Types of YAML 1.1 that kubectl reads as text: "12:30" is not a number of seconds, and "2026-01-01" is not a date. */
const TEXT_TO_KUBECTL = /:(timestamp|binary|omap|pairs|set)$/;

/**
 * The deepest nesting that is read: no Kubernetes object is half as deep, and the parser must not exhaust the call
 * stack.
 */
const MAX_DEPTH = 100;

/** The documents of a text, read as kubectl reads them: in YAML 1.1, in which a bare "yes" is true. */
export function parseYaml(text: string): YamlDocument[] {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tokens.find(isTooDeep);
  if (deep !== undefined) {
    const { line } = lines.linePos(deep.offset);
    return [unreadable(`it is nested more than ${MAX_DEPTH} levels deep, from line ${line}`, line)];
  }
  const composer = new Composer({
    version: '1.1',
    customTags: (tags) =>
      tags.filter((tag) => typeof tag === 'string' || !(TEXT_TO_KUBECTL.test(tag.tag) || isTime(tag))),
  });
  return [...composer.compose(tokens)].map((document) => documentOf(document, lines));
}

function isTime(tag: ScalarTag | CollectionTag): boolean {
  return 'format' in tag && tag.format === 'TIME';
}

/** It goes level by level, since recursion would exhaust the call stack. */
function isTooDeep(token: CST.Token): boolean {
  let level = [token];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap(partsOf);
  }
  return level.length > 0;
}

function partsOf(token: CST.Token): CST.Token[] {
  const items = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
  return [...items, token.type === 'document' ? token.value : undefined].filter(
    (part): part is CST.Token => part !== undefined && part !== null,
  );
}

function unreadable(mistake: string, line: number): YamlDocument {
  return { value: undefined, mistakes: [mistake], lineOf: () => line };
}

function documentOf(document: Document.Parsed, lines: LineCounter): YamlDocument {
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const mistakes = [...document.errors, ...document.warnings].map(
    ({ message, pos: [offset] }) => `${message} in line ${lineAt(offset)}`,
  );
  const all = mistakes.length > 0 ? mistakes : circleMistakes(document, lineAt);
  return {
    ...(all.length > 0 ? { value: undefined, mistakes: all } : valueOf(document)),
    lineOf: (path) => lineAt(offsetOf(document, path)),
  };
}

/** The mistakes of aliases that refer to what contains them. */
function circleMistakes(document: Document.Parsed, lineAt: (offset: number) => number): string[] {
  const mistakes: string[] = [];
  visit(document, {
    Alias: (_, alias, path) => {
      const target = alias.resolve(document);
      if (target !== undefined && path.includes(target)) {
        mistakes.push(
          `The alias ${alias.source} stands in what it is an alias of in line ${lineAt(alias.range?.[0] ?? 0)}`,
        );
      }
    },
  });
  return mistakes;
}

/** The value of a document. It may still fail, since aliases are resolved only here. */
function valueOf(document: Document.Parsed): Pick<YamlDocument, 'value' | 'mistakes'> {
  try {
    return { value: document.toJS(), mistakes: [] };
  } catch (error) {
    if (error instanceof ReferenceError) {
      return { value: undefined, mistakes: [error.message] };
    }
    throw error;
  }
}

/** The position at which the value at a path begins: in a map that of its key, and for an alias that of its target. */
function offsetOf(document: Document.Parsed, path: YamlPath): number {
  let node: unknown = document.contents;
  let offset = beginningOf(node) ?? document.range[0];
  for (const step of path) {
    const around: unknown = isNode(node) && isAlias(node) ? node.resolve(document) : node;
    if (isMap(around)) {
      const pair = around.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      offset = beginningOf(pair?.key) ?? offset;
      node = pair?.value;
    } else {
      node = isSeq(around) && typeof step === 'number' ? around.items[step] : undefined;
      offset = beginningOf(node) ?? offset;
    }
  }
  return offset;
}

function beginningOf(node: unknown): number | undefined {
  return isNode(node) ? (node satisfies Node).range?.[0] : undefined;
}
