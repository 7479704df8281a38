import { hasExpression } from '../../terraform-json/expression';
import { blocks, isObject, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { soundsSecret } from '../../terraform-json/sensitive';
import type { Plan } from '../read/plan';
import { body, type Stack } from '../read/program';
import { isSecretLeaf } from './mask-value';
import { Secrets } from './secrets';

/** The secrets of both versions of the stacks, and of a plan. */
export function secretsOf(
  pairs: readonly { readonly base: Stack; readonly head: Stack }[],
  plan: Plan | undefined,
): Secrets {
  const secrets = new Secrets();
  pairs.flatMap(({ base, head }) => [base, head]).forEach((stack) => collect(stack, secrets));
  plan?.changes.forEach(({ before, after, beforeMarks, afterMarks }) => {
    addMarked(before, beforeMarks, secrets);
    addMarked(after, afterMarks, secrets);
  });
  plan?.secrets.forEach((secret) => secrets.add(secret));
  return secrets;
}

/** Collects every secret that a stack contains in plain text. */
function collect(stack: Stack, secrets: Secrets): void {
  for (const { type, attributes, meta } of stack.resources.values()) {
    visit(type, attributes, [], secrets);
    visit(type, meta, [], secrets);
  }
  for (const { attributes } of stack.providers) {
    visit('provider', attributes, [], secrets);
    ['subscription_id', 'tenant_id'].forEach((name) => addId(textAt(attributes, name), secrets));
  }
  visit('backend', stack.backends, [], secrets);
  visit('locals', stack.locals, [], secrets);
  for (const [declared, key] of [
    [stack.variables, 'default'],
    [stack.outputs, 'value'],
  ] as const) {
    Object.keys(declared).forEach((name) => {
      const block = body(declared, name);
      if (textAt(block, 'sensitive') === 'true' || soundsSecret(name)) {
        secrets.add(block[key] ?? null);
      } else {
        visit('variable', block, [], secrets);
      }
    });
  }
}

function visit(type: string, value: Json, path: readonly string[], secrets: Secrets, entry?: JsonObject): void {
  if (Array.isArray(value)) {
    value.forEach((item) => visit(type, item, path, secrets, entry));
    value.flatMap(argumentSecret).forEach((secret) => secrets.add(secret));
  } else if (isObject(value)) {
    Object.entries(value).forEach(([key, child]) => visit(type, child, [...path, key], secrets, value));
  } else if (isSecretLeaf(type, path, entry)) {
    secrets.add(value);
  } else if (hasExpression(value) && /\bsensitive\s*\(/.test(String(value))) {
    secrets.add(value);
  }
}

/** The secret in one of a command's arguments: --password=x, PASSWORD=x, or what follows --password. */
function argumentSecret(item: Json, index: number, items: readonly Json[]): Json[] {
  const before = items[index - 1];
  const option = typeof before === 'string' ? /^--?([\w-]+)$/.exec(before)?.[1] : undefined;
  const [, name, value] = (typeof item === 'string' ? /^-{0,2}([\w-]+)=(.+)$/s.exec(item) : null) ?? [];
  const found: Json[] = [];
  if (option !== undefined && soundsSecret(option)) {
    found.push(item);
  }
  if (name !== undefined && value !== undefined && soundsSecret(name)) {
    found.push(value);
  }
  return found;
}

function addId(id: string | undefined, secrets: Secrets): void {
  if (id !== undefined && /^[0-9a-f-]{32,36}$/i.test(id)) {
    secrets.addId(id);
  }
}

/**
 * Adds the scalars that a plan marks as sensitive; `marks` has the shape of the value, with true in place of secrets.
 */
function addMarked(value: Json | undefined, marks: Json | undefined, secrets: Secrets): void {
  if (value === undefined || marks === undefined) {
    return;
  }
  if (marks === true) {
    secrets.add(value);
  } else if (Array.isArray(marks) && Array.isArray(value)) {
    marks.forEach((mark, i) => addMarked(value[i], mark, secrets));
  } else if (isObject(marks)) {
    blocks(value).forEach((block) =>
      Object.entries(marks).forEach(([key, mark]) => addMarked(block[key], mark, secrets)),
    );
  }
}
