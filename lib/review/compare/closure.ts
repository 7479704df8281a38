import { dottedPath, isExpression, pick } from '../../terraform-json/expression';
import { DEEPEST, visitInOrder } from '../../terraform-json/in-order';
import { compare, eachString, mapStrings, own, sameJson, type Json } from '../../terraform-json/json';
import { referencesIn, type Reference } from '../../terraform-json/references';
import { body, type Resource, type Stack } from '../read/program';
import { followNames } from './follow';

/** Both versions of a stack as written, and the new addresses of old resources. */
export interface StackSides {
  readonly base: Stack;
  readonly head: Stack;
  readonly renamed: ReadonlyMap<string, string>;
}

/** The definition of what a reference stands for, on both sides, and the stack that it is in. */
interface Meaning {
  readonly key: string;
  readonly sides: StackSides;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Marks a text that is equal on both sides but has a different meaning. */
const MARK = '\uffff';

/** Determines whether equal texts of both sides have the same meaning: whether what they refer to has not changed. */
export class Closure {
  private readonly known = new Map<string, boolean>();
  private depth = 0;
  private readonly byName: ReadonlyMap<string, StackSides>;
  private readonly ownerOfOutput: ReadonlyMap<string, StackSides | undefined>;
  private readonly oldNames = new Map<StackSides, ReadonlyMap<string, string>>();

  public constructor(stacks: readonly StackSides[]) {
    this.byName = new Map(stacks.map((sides) => [sides.head.name, sides]));
    const owners = new Map<string, StackSides | undefined>();
    for (const sides of stacks) {
      Object.keys(sides.head.outputs).forEach((name) => owners.set(name, owners.has(name) ? undefined : sides));
      this.oldNames.set(sides, new Map([...sides.renamed].map(([from, to]) => [to, from])));
    }
    this.ownerOfOutput = owners;
  }

  /** A value of the base in which texts are marked whose meaning changes. */
  public marked<T extends Json>(value: T, stack: string): T {
    const sides = this.byName.get(stack);
    const mark = (text: string) => (sides !== undefined && this.changedIn(text, sides).length > 0 ? text + MARK : text);
    return mapStrings(value, mark) as T;
  }

  /** The addresses of what changed among the references in the marked texts of a value. */
  public reasonsOf(value: Json | undefined, stack: string): string[] {
    const sides = this.byName.get(stack);
    const found = new Set<string>();
    eachString(value, (text) => {
      if (sides !== undefined && text.endsWith(MARK)) {
        this.changedIn(text, sides).forEach((address) => found.add(address));
      }
    });
    return [...found].sort(compare);
  }

  /** The same as a sentence; undefined if nothing changed. */
  public reasonOf(value: Json | undefined, stack: string): string | undefined {
    const reasons = this.reasonsOf(value, stack);
    return reasons.length === 0 ? undefined : `${reasons.join(' and ')} ${reasons.length === 1 ? 'changes' : 'change'}`;
  }

  private changedIn(text: string, sides: StackSides): string[] {
    return isExpression(text)
      ? referencesIn(text).flatMap((reference) => (this.isChanged(reference, sides) ? [reference.address] : []))
      : [];
  }

  private isChanged(reference: Reference, sides: StackSides): boolean {
    const meaning = this.meaningOf(reference, sides);
    if (!this.known.has(meaning.key)) {
      const isDeep = this.depth > DEEPEST;
      const visit = (one: Meaning) => this.judge(one);
      if (isDeep) {
        visitInOrder(
          meaning,
          ({ key }) => key,
          (key) => this.known.has(key),
          (one) => this.needsOf(one),
          visit,
        );
      } else {
        visit(meaning);
      }
    }
    return this.known.get(meaning.key) ?? false;
  }

  private judge({ key, before, after, sides }: Meaning): void {
    this.known.set(key, false); // ends cycles.
    this.depth++;
    const old = before === undefined ? undefined : followNames(before, sides.renamed);
    let changed = !sameJson(old, after);
    eachString(changed ? null : after, (text) => {
      changed = changed || this.changedIn(text, sides).length > 0;
    });
    this.depth--;
    this.known.set(key, changed);
  }

  /** The definitions of what the texts of a value refer to. */
  private needsOf({ after, sides }: Meaning): Meaning[] {
    const found: Meaning[] = [];
    eachString(after, (text) => {
      found.push(...referencesIn(text).map((reference) => this.meaningOf(reference, sides)));
    });
    return found;
  }

  private meaningOf(reference: Reference, sides: StackSides): Meaning {
    const { address, path } = reference;
    const [kind = '', name = ''] = address.split('.');
    const { base, head } = sides;
    const both = (of: (stack: Stack) => Json | undefined, key: string, owner = sides): Meaning => ({
      key: `${owner.head.name} ${key}`,
      sides: owner,
      before: of(owner.base),
      after: of(owner.head),
    });
    if (kind === 'local') {
      const steps = [name, ...path];
      const known = steps.length - notIn(base.locals, steps).length;
      const shared = Math.min(known, steps.length - notIn(head.locals, steps).length);
      const used = steps.slice(0, Math.max(shared, 1));
      return both((stack) => pick(stack.locals, used), `local ${JSON.stringify(used)}`);
    }
    if (kind === 'var') {
      return both((stack) => body(stack.variables, name)['default'], address);
    }
    if (address.startsWith('data.terraform_remote_state.') && path[0] === 'outputs') {
      const owner = this.ownerOfOutput.get(String(path[1]));
      if (owner !== undefined) {
        const output = String(path[1]);
        return both((stack) => body(stack.outputs, output)['value'], `output ${output}`, owner);
      }
    }
    const old = this.oldNames.get(sides)?.get(address) ?? address;
    const [before, after] = [base.resources.get(old), head.resources.get(address)];
    const attribute = attributeOf(reference, after ?? before);
    const key = `${head.name} ${address} ${attribute ?? ''}`;
    // a resource that is looked up on one side and managed on the other is the same one.
    if (old !== address && before?.mode !== after?.mode) {
      return { key, sides, before: undefined, after: undefined };
    }
    return {
      key,
      sides,
      before: definitionOf(before, attribute),
      after: definitionOf(after, attribute),
    };
  }
}

/** A value without marks in its texts. */
export function unmarked<T extends Json | undefined>(value: T): T {
  return value === undefined
    ? value
    : (mapStrings(value, (text) => (text.endsWith(MARK) ? text.slice(0, -MARK.length) : text)) as T);
}

/** A text without marks. */
export function withoutMarks(text: string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, '') : text;
}

/** The steps of a path beyond the known part of a value. */
function notIn(value: Json, path: readonly (string | number)[]): readonly (string | number)[] {
  const length = path.findIndex((_, i) => pick(value, path.slice(0, i + 1)) === undefined);
  return length < 0 ? [] : path.slice(length);
}

/** The attribute that a reference reads; undefined if it reads all of them. */
function attributeOf(reference: Reference, resource: Resource | undefined): string | undefined {
  if (resource === undefined || resource.mode !== 'resource') {
    return undefined;
  }
  const isOneOfSeveral = 'for_each' in resource.meta && typeof reference.path[0] === 'string';
  const path = isOneOfSeveral && reference.path[0] !== '*' ? reference.path.slice(1) : reference.path;
  return dottedPath({ ...reference, path })
    .split('.')
    .find((step) => step !== '*' && step !== '');
}

/** The definition of the value of an attribute; undefined if the service determines it. */
function definitionOf(resource: Resource | undefined, attribute: string | undefined): Json | undefined {
  if (resource === undefined) {
    return undefined;
  }
  const { attributes, meta, provider, mode } = resource;
  if (attribute === undefined) {
    return mode === 'resource' ? attributes : { attributes, provider };
  }
  const value = own(attributes, attribute);
  const each = meta['for_each'] ?? null;
  return value === undefined ? undefined : { value, each };
}
