import { eachScalar, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import { referencesIn, referencesInExpression, type Reference } from '../../terraform-json/references';
import type { Comparison } from '../compare/compare';
import { eachOf } from '../match/each';
import { labelOf } from '../names/label';
import type { Location, Trap } from '../model';
import { isAllRead, type Resource, type Stack } from '../read/program';

/** A piece of code that may contain references. */
interface User {
  readonly address: string;
  readonly name: string;
  readonly code: Json;
  readonly location?: Location;
  /** Whether it may have no instances, so that Terraform does not evaluate it. */
  readonly mayBeNone?: boolean;
}

/** Why Terraform rejects a reference, with the remedy. */
interface Refusal {
  readonly text: string;
  readonly remedy: string;
}

/** The targets of references that may be broken now: removed declarations, and resources with other instances. */
interface Targets {
  readonly gone: ReadonlyMap<string, string>;
  readonly reshaped: ReadonlyMap<string, Resource>;
}

/**
 * The references that the change breaks, so that Terraform makes no plan.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/references
 */
export function refusedReferences(base: Stack, head: Stack, comparisons: readonly Comparison[]): Trap[] {
  const targets = { gone: goneIn(base, head), reshaped: reshapedIn(base, head) };
  return targets.gone.size + targets.reshaped.size === 0
    ? []
    : usersIn(head, comparisons).flatMap((user) => refusedIn(user, head.name, targets));
}

/** The removed declarations in words, by address; none if a file that was not read may declare them. */
function goneIn(base: Stack, head: Stack): Map<string, string> {
  if (!isAllRead(head)) {
    return new Map();
  }
  const resources = [...base.resources.values()].filter(({ address }) => !head.resources.has(address));
  const named = (kind: string, before: JsonObject, after: JsonObject) =>
    Object.keys(before)
      .filter((name) => !Object.hasOwn(after, name))
      .map((name): [string, string] => [`${kind}.${name}`, `${kind}.${name}`]);
  return new Map([
    ...resources.map((resource): [string, string] => [resource.address, labelOf(resource)]),
    ...named('local', base.locals, head.locals),
    ...named('var', base.variables, head.variables),
  ]);
}

/** The resources whose number or keys of instances change. */
function reshapedIn(base: Stack, head: Stack): Map<string, Resource> {
  const found = [...head.resources].filter(([address, { meta }]) => {
    const old = base.resources.get(address)?.meta;
    return old !== undefined && ['count', 'for_each'].some((name) => !sameJson(old[name], meta[name]));
  });
  return new Map(found);
}

function usersIn(head: Stack, comparisons: readonly Comparison[]): User[] {
  const resources = comparisons.flatMap(({ head: now, isSettled }) => (isSettled || now === undefined ? [] : [now]));
  return [
    ...resources.map((resource) => ({
      address: resource.address,
      name: labelOf(resource),
      location: resource.location,
      code: resource.code ?? { ...(resource.written ?? resource.attributes), ...resource.meta },
      mayBeNone: mayBeNone(resource),
    })),
    ...head.providers.map(({ key, attributes }) => ({
      address: `provider.${key}`,
      name: `provider ${key}`,
      code: attributes,
    })),
    ...Object.entries(head.writtenOutputs ?? head.outputs).map(([name, code]) => ({
      address: `output.${name}`,
      name: `output ${name}`,
      code,
    })),
    ...Object.entries(head.locals).map(([name, code]) => ({
      address: `local.${name}`,
      name: `local ${name}`,
      code,
    })),
  ];
}

/** Whether a resource has no instances, or may have none. */
function mayBeNone({ meta: { count, for_each: each } }: Resource): boolean {
  return each === undefined ? count !== undefined && !(Number(count) > 0) : (eachOf(each)?.size ?? 0) === 0;
}

function refusedIn(user: User, stack: string, targets: Targets): Trap[] {
  const { address, name, code, location } = user;
  const found = new Map<string, Trap>();
  eachScalar(code, (scalar, path) => {
    const text = String(scalar);
    const isPlain = path[0] === 'depends_on' || path.at(-1) === 'replace_triggered_by';
    const mayBeUnread = user.mayBeNone === true || path.includes('dynamic') || HAS_DIRECTIVE.test(text);
    for (const reference of isPlain ? referencesInExpression(text) : referencesIn(text)) {
      const refusal = refusalOf(reference, text, targets, !mayBeUnread);
      if (refusal !== undefined && !path.includes('//') && !HAS_HEREDOC.test(text) && !isNamedByFor(reference, text)) {
        found.set(reference.address, {
          stack,
          address,
          name,
          attribute: path.join('.') || 'value',
          location,
          text: `${refusal.text}: Terraform rejects the plan`,
          remedies: [{ text: refusal.remedy }],
          source: 'https://developer.hashicorp.com/terraform/language/expressions/references',
        });
      }
    }
  });
  return [...found.values()];
}

/** The start of a directive in a template, such as a condition. */
const HAS_DIRECTIVE = /(?<!%)%\{/;

/** The start of a heredoc, in which names are not references. */
const HAS_HEREDOC = /<<-?[\p{L}_]/u;

const NAMES_OF_FOR = /\bfor\s+([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\b/g;

/** Whether the first name of a reference is a variable of a `for` expression, which hides any other meaning. */
function isNamedByFor({ address }: Reference, text: string): boolean {
  const names = [...text.matchAll(NAMES_OF_FOR)].flatMap(([, ...found]) => found);
  return names.includes(address.split('.', 1)[0] ?? '');
}

function refusalOf(
  reference: Reference,
  text: string,
  { gone, reshaped }: Targets,
  isRead: boolean,
): Refusal | undefined {
  const name = gone.get(reference.address);
  if (name !== undefined) {
    return {
      text: `it refers to ${name}, which is no longer declared`,
      remedy: 'leave out what refers to it, or declare it again',
    };
  }
  const target = reshaped.get(reference.address);
  return target && refusedKey(reference, text, target, isRead);
}

/**
 * Why the key in a reference does not match the instances of its target; undefined if it does or may match.
 *
 * @param isRead Whether Terraform certainly evaluates the text
 */
function refusedKey(reference: Reference, text: string, target: Resource, isRead: boolean): Refusal | undefined {
  const { address, path, start, end, interpolation } = reference;
  const { count, for_each: each } = target.meta;
  const [first] = path;
  const steps = text.slice(start + address.length, end);
  const hasKey = text[start + address.length] === '[' || typeof first === 'number' || first === '*';
  // references in a branch that is not taken, or within try() and can(), may be broken.
  const isCertain = isRead && interpolation !== undefined && !interpolation.isQuoted;
  // for a module, Terraform notices it only when it evaluates the reference.
  const isStatic = target.mode !== 'module' || isCertain;
  const label = labelOf(target);
  if (count === undefined && each === undefined) {
    return hasKey && first !== '*' && isStatic
      ? { text: `it refers to one of several ${label}, and there is only one now`, remedy: 'leave out the key' }
      : undefined;
  }
  if (!hasKey) {
    return first === undefined || !isStatic
      ? undefined
      : {
          text: `it refers to ${label} without a key, of which there are several now`,
          remedy: `write ${address}${each === undefined ? '[0]' : '["..."]'}`,
        };
  }
  const key = first === '*' ? keyOfAll(steps) : first;
  return isCertain && key !== undefined && hasKeyIn(target, key) === false
    ? {
        text: `it refers to instance [${JSON.stringify(key)}] of ${label}, which is no longer there`,
        remedy: `refer to another instance, or write one(${address}[*]...) for what may not be there`,
      }
    : undefined;
}

/**
 * The position in the list that `.*` produces; any other number after a splat is a position within each instance.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/splat#legacy-attribute-only-splat-expressions
 */
function keyOfAll(steps: string): number | undefined {
  const position = /^\.\*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*\[(\d+)\]/u.exec(steps)?.[1];
  return position === undefined ? undefined : Number(position);
}

/** Whether there is an instance with a key; undefined if the code does not decide it. */
function hasKeyIn({ meta: { count, for_each: each } }: Resource, key: string | number): boolean | undefined {
  if (each !== undefined) {
    return typeof key === 'string' ? eachOf(each)?.has(key) : undefined;
  }
  const number = Number(count);
  return typeof key === 'number' && Number.isInteger(number) ? key < number : undefined;
}
