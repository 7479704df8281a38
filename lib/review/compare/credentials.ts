import { dottedPath, pick } from '../../terraform-json/expression';
import { mapStrings, textAt, type Json } from '../../terraform-json/json';
import { referencesIn, type Reference } from '../../terraform-json/references';
import { isSecretPath } from '../../terraform-json/sensitive';
import { isSensitive } from '../knowledge/schema';
import { labelOf } from '../names/label';
import { body, type Stack } from '../read/program';

/** A secret that an expression refers to. */
interface Credential {
  /** The description for readers. */
  readonly text: string;
  /** Whether it is marked as sensitive, instead of only having the name of a secret. */
  readonly isMarked: boolean;
}

/** The secrets in an output, as descriptions for readers. */
export function credentialsOf(output: string, stack: Stack): string[] {
  return found(output, stack).map(({ text }) => text);
}

/** The sensitive values in an output: Terraform rejects the output unless it is marked as sensitive as well. */
export function markedIn(output: string, stack: Stack): string[] {
  return found(output, stack).flatMap(({ text, isMarked }) => (isMarked ? [text] : []));
}

function found(output: string, stack: Stack): Credential[] {
  const value = body(stack.writtenOutputs ?? stack.outputs, output)['value'] ?? null;
  const credentials = credentialsIn(value, stack, new Set());
  return [...new Map(credentials.map((one) => [one.text, one])).values()];
}

function credentialsIn(value: Json, stack: Stack, seen: Set<string>): Credential[] {
  const all: Credential[] = [];
  mapStrings(value, (text) => {
    const isBare = !/\bnonsensitive\s*\(/.test(text);
    all.push(
      ...referencesIn(text)
        .flatMap((reference) => credentialOf(reference, stack, seen))
        .map((one) => ({ ...one, isMarked: one.isMarked && isBare })),
    );
    return text;
  });
  return all;
}

function credentialOf(reference: Reference, stack: Stack, seen: Set<string>): Credential[] {
  const { address, path } = reference;
  const [kind = '', name = ''] = address.split('.');
  if (kind === 'local') {
    const value = seen.has(address) ? undefined : pick(stack.locals, [name, ...path]);
    seen.add(address);
    return value === undefined ? [] : credentialsIn(value, stack, seen);
  }
  if (kind === 'var') {
    const isMarked = textAt(body(stack.variables, name), 'sensitive') === 'true';
    return isMarked ? [{ text: `the sensitive variable ${name}`, isMarked }] : [];
  }
  const resource = stack.resources.get(address);
  if (resource === undefined || resource.mode === 'module') {
    return [];
  }
  const steps = dottedPath(reference)
    .split('.')
    .filter((step) => step !== '' && step !== '*');
  const isMarked = resource.mode === 'resource' && isSensitive(resource.type, steps);
  return isMarked || (steps.length > 0 && isSecretPath(resource.type, steps))
    ? [{ text: `${steps.join('.')} of ${labelOf(resource)}`, isMarked }]
    : [];
}
