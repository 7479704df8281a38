import { hasExpression } from '../../terraform-json/expression';
import { blocks, isObject, isScalar, listAt, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { secretsInText } from '../../terraform-json/secret-texts';
import { soundsSecret } from '../../terraform-json/sensitive';
import { eachOf, instanceOf, mentionsEach } from '../match/each';
import type { Plan } from '../read/plan';
import { body, type Resource, type Stack } from '../read/program';
import { isSecretLeaf, literals } from './mask-value';
import { Secrets } from './secrets';

/** The secrets of stacks, in which variables are replaced by their defaults, and of a plan. */
export function secretsOf(stacks: readonly Stack[], plan: Plan | undefined): Secrets {
  const secrets = new Secrets();
  const read = new Set<JsonObject>();
  stacks.forEach((stack) => collect(stack, secrets, read));
  plan?.changes.forEach(({ before, after, beforeMarks, afterMarks }) => {
    addMarked(before, beforeMarks, secrets);
    addMarked(after, afterMarks, secrets);
  });
  plan?.secrets.forEach((secret) => secrets.add(secret));
  return secrets;
}

/**
 * Collects every secret that a stack contains in plain text.
 *
 * @param read The arguments that have been read: versions of a program share the same objects
 */
function collect(stack: Stack, secrets: Secrets, read: Set<JsonObject>): void {
  for (const resource of stack.resources.values()) {
    const { type, attributes, meta } = resource;
    const each = meta['for_each'];
    // the same arguments may be used with another for_each.
    if (read.has(attributes) && (each === undefined || read.has(meta))) {
      continue;
    }
    read.add(attributes).add(meta);
    secrets.addName(type);
    // a value of for_each is a secret if it is used as one.
    const instances = mentionsEach(attributes) ? valuesOf(each) : [];
    const given = instances.map(([key, value]) => instanceOf(resource, key, value).attributes);
    [attributes, ...given, meta, writtenIn(resource)].forEach((one) => visit(type, one, secrets));
  }
  for (const { attributes } of stack.providers) {
    visit('provider', attributes, secrets);
    ['subscription_id', 'tenant_id']
      .flatMap((name) => listAt(attributes, name))
      .filter((id) => ID.test(id))
      .forEach((id) => secrets.addId(id));
  }
  visit('backend', stack.backends, secrets);
  visit('locals', stack.locals, secrets);
  for (const [declared, key] of [
    [stack.variables, 'default'],
    [stack.outputs, 'value'],
    [stack.writtenOutputs ?? {}, 'value'],
  ] as const) {
    Object.keys(declared).forEach((name) => {
      const block = body(declared, name);
      const isMarked = ['sensitive', 'ephemeral'].some((mark) => textAt(block, mark) === 'true');
      if (isMarked || soundsSecret(name)) {
        secrets.add(block[key] ?? null);
      } else {
        visit('variable', block, secrets);
      }
    });
  }
}

/** The values of a for_each by their keys, even if only Terraform knows some keys. */
function valuesOf(each: Json | undefined): (readonly [string, Json])[] {
  return isObject(each) ? Object.entries(each) : [...(eachOf(each) ?? [])];
}

/** The arguments with expressions as written: the branch that a condition does not take may contain a secret as well. */
function writtenIn({ code = {} }: Resource): JsonObject {
  return Object.fromEntries(Object.entries(code).filter(([, value]) => hasExpression(value)));
}

function visit(type: string, value: Json, secrets: Secrets, path: readonly string[] = [], entry?: JsonObject): void {
  if (Array.isArray(value)) {
    value.forEach((item) => visit(type, item, secrets, path, entry));
    [...value.flatMap(argumentSecret), ...secretsInText(commandOf(value))].forEach((secret) => secrets.add(secret));
  } else if (isObject(value)) {
    manifestSecrets(value).forEach((secret) => secrets.add(secret));
    Object.entries(value).forEach(([key, child]) => visit(type, child, secrets, [...path, key], value));
  } else if (isSecretLeaf(type, path, entry)) {
    secrets.add(value);
  } else if (hasExpression(value) && /\bsensitive\s*\(/.test(String(value))) {
    secrets.add(value);
  } else if (typeof value === 'string') {
    // line breaks of a document in an expression are escaped.
    const quoted = hasExpression(value) ? literals(value).map((text) => text.replaceAll('\\n', '\n')) : [];
    [value, ...quoted].flatMap(yamlSecrets).forEach((secret) => secrets.add(secret));
  }
}

/** The arguments of a command as one command line. */
function commandOf(items: readonly Json[]): string {
  return items.filter(isScalar).join(' ');
}

/** The fields of a Kubernetes Secret that hold its values. */
const SECRET_FIELDS = ['data', 'stringData', 'binaryData'];

/** The values in a Kubernetes manifest, if its kind is Secret. */
function manifestSecrets(value: JsonObject): Json[] {
  return value['kind'] === 'Secret' ? SECRET_FIELDS.flatMap((field) => value[field] ?? []) : [];
}

/** The secrets in the YAML of a Secret: the values that are indented below its fields. */
function yamlSecrets(text: string): string[] {
  if (!/^ *kind: *["']?Secret["']? *(?:#.*)?$/m.test(text)) {
    return [];
  }
  let field: number | undefined;
  return text.split('\n').flatMap((line) => {
    const indent = line.length - line.trimStart().length;
    const [key = '', ...rest] = line.trim().split(':');
    field = field !== undefined && (indent > field || line.trim() === '') ? field : undefined;
    if (field === undefined) {
      field = SECRET_FIELDS.includes(key) && rest.length > 0 ? indent : undefined;
      return [];
    }
    // in a multi-line value, the lines have no key, and the line with the key has no value.
    const value = rest.length === 0 ? line.trim() : unquoted(rest.join(':').trim());
    return /^[|>]/.test(value) ? [] : [value];
  });
}

function unquoted(text: string): string {
  return text.replace(/^["']|["']$/g, '');
}

/** The secret in one of a command's arguments: --password=x, PASSWORD=x, or what follows --password. */
function argumentSecret(item: Json, index: number, items: readonly Json[]): Json[] {
  const [, option = ''] = /^--?([\w-]+)$/.exec(textOf(items[index - 1])) ?? [];
  const [, name = '', value = ''] = /^-{0,2}([\w-]+)=(.+)/s.exec(textOf(item)) ?? [];
  return [...(soundsSecret(option) ? [item] : []), ...(soundsSecret(name) ? [value] : [])];
}

function textOf(item: Json | undefined): string {
  return typeof item === 'string' ? item : '';
}

/** The format of the ids of subscriptions and tenants. */
const ID = /^[0-9a-f-]{32,36}$/i;

/**
 * Adds the scalars that a plan marks as sensitive; `marks` has the shape of the value, with true in place of secrets.
 */
function addMarked(value: Json | undefined, marks: Json | undefined, secrets: Secrets): void {
  if (marks === true) {
    secrets.add(value ?? null);
  } else if (Array.isArray(marks) && Array.isArray(value)) {
    marks.forEach((mark, i) => addMarked(value[i], mark, secrets));
  } else if (isObject(marks)) {
    blocks(value).forEach((block) =>
      Object.entries(marks).forEach(([key, mark]) => addMarked(block[key], mark, secrets)),
    );
  }
}
