import { eachScalar, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import { referencesIn, referencesInExpression, type Reference } from '../../terraform-json/references';
import type { Comparison } from '../compare/compare';
import { eachOf } from '../match/each';
import { labelOf } from '../names/label';
import type { Location, Trap } from '../model';
import type { Resource, Stack } from '../read/program';

/** Code that may refer to something. */
interface User {
  readonly address: string;
  readonly name: string;
  readonly code: Json;
  readonly location?: Location;
}

/** Why Terraform rejects a reference, and what to do. */
interface Refusal {
  readonly text: string;
  readonly remedy: string;
}

/** What references may lead to nowhere now: what is gone, and what has other instances than before. */
interface Targets {
  readonly gone: ReadonlyMap<string, string>;
  readonly reshaped: ReadonlyMap<string, Resource>;
}

/**
 * The references that lead to nowhere after the change, and did not before: no plan is made.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/references
 */
export function refusedReferences(base: Stack, head: Stack, comparisons: readonly Comparison[]): Trap[] {
  const targets = { gone: goneIn(base, head), reshaped: reshapedIn(base, head) };
  return targets.gone.size + targets.reshaped.size === 0
    ? []
    : usersIn(head, comparisons).flatMap((user) => refusedIn(user, head.name, targets));
}

/** What is no longer declared, in words by its address; another file may declare it where not all are read. */
function goneIn(base: Stack, head: Stack): Map<string, string> {
  if (Object.keys(head.unread).some((name) => /\.tf(\.json)?$/.test(name))) {
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

/** The resources with another number of instances, or with other keys. */
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
      ...{ address: resource.address, name: labelOf(resource), location: resource.location },
      code: resource.code ?? { ...(resource.written ?? resource.attributes), ...resource.meta },
    })),
    ...head.providers.map(({ key, attributes }) => ({
      ...{ address: `provider.${key}`, name: `provider ${key}`, code: attributes },
    })),
    ...Object.entries(head.writtenOutputs ?? head.outputs).map(([name, code]) => ({
      ...{ address: `output.${name}`, name: `output ${name}`, code },
    })),
    ...Object.entries(head.locals).map(([name, code]) => ({
      ...{ address: `local.${name}`, name: `local ${name}`, code },
    })),
  ];
}

function refusedIn({ address, name, code, location }: User, stack: string, targets: Targets): Trap[] {
  const found = new Map<string, Trap>();
  eachScalar(code, (scalar, path) => {
    const text = String(scalar);
    const isPlain = path[0] === 'depends_on' || path.at(-1) === 'replace_triggered_by';
    for (const reference of isPlain ? referencesInExpression(text) : referencesIn(text)) {
      const refusal = refusalOf(reference, text, targets);
      if (refusal !== undefined && path[0] !== '//') {
        found.set(reference.address, {
          ...{ stack, address, name, attribute: path.join('.') || 'value', location },
          text: `${refusal.text}: Terraform rejects the plan`,
          remedies: [{ text: refusal.remedy }],
          source: 'https://developer.hashicorp.com/terraform/language/expressions/references',
        });
      }
    }
  });
  return [...found.values()];
}

function refusalOf(reference: Reference, text: string, { gone, reshaped }: Targets): Refusal | undefined {
  const name = gone.get(reference.address);
  if (name !== undefined) {
    return {
      text: `it refers to ${name}, which is no longer declared`,
      remedy: 'leave out what refers to it, or declare it again',
    };
  }
  const target = reshaped.get(reference.address);
  return target && refusedKey(reference, text, target);
}

/** Why the key in a reference does not fit the instances of its target; undefined if it does, or may. */
function refusedKey({ address, path, start, interpolation }: Reference, text: string, target: Resource) {
  const { count, for_each: each } = target.meta;
  const [first, ...rest] = path;
  const hasKey = text[start + address.length] === '[' || typeof first === 'number' || first === '*';
  const label = labelOf(target);
  if (count === undefined && each === undefined) {
    return hasKey && first !== '*'
      ? { text: `it refers to one of several ${label}, and there is only one now`, remedy: 'leave out the key' }
      : undefined;
  }
  if (!hasKey) {
    return first === undefined
      ? undefined
      : {
          text: `it refers to ${label} without a key, of which there are several now`,
          remedy: `write ${address}${each === undefined ? '[0]' : '["..."]'}`,
        };
  }
  // a branch that is not taken, and what try() and can() are about, may lead nowhere.
  const isCertain = interpolation !== undefined && !interpolation.isQuoted;
  const key = first === '*' ? rest.find((step) => typeof step === 'number') : first;
  return isCertain && key !== undefined && hasKeyIn(target, key) === false
    ? {
        text: `it refers to instance [${JSON.stringify(key)}] of ${label}, which is no longer there`,
        remedy: `refer to another instance, or write one(${address}[*]...) for what may not be there`,
      }
    : undefined;
}

/** Whether there is an instance with a key; undefined if the code does not tell. */
function hasKeyIn({ meta: { count, for_each: each } }: Resource, key: string | number): boolean | undefined {
  if (each !== undefined) {
    return typeof key === 'string' ? eachOf(each)?.has(key) : undefined;
  }
  const number = Number(count);
  return typeof key === 'number' && Number.isInteger(number) ? key < number : undefined;
}
