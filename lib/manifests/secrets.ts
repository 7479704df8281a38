import type { Placeholders } from './placeholders';
import { blocks, isObject, type JsonObject } from '../terraform-json/json';
import { block } from '../terraform-json/resources';

/**
 * The keys of secret values, each with a placeholder that contains at most a plain reference: the text around a reference, or
 * the argument of a function, may be the secret.
 */
export function hiddenValues(maps: readonly unknown[], placeholders: Placeholders): { [key: string]: unknown } {
  const entries = maps.flatMap((map) => Object.entries(block(map)));
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const isReference = typeof value === 'string' && /^\$\{[\w.-]+(\[\d+\][\w.-]*)*\}$/.test(value);
      return [key, isReference ? placeholders.named(value) : `<value of ${key}>`];
    }),
  );
}

/** The attributes of a Secret's resource that contain its values. */
export function secretMaps({ data, binary_data, data_wo, binary_data_wo }: JsonObject): unknown[] {
  return [data, binary_data, data_wo, binary_data_wo];
}

/** A Kubernetes object without the values of Secrets, including those in a list. */
export function withoutSecretValues(object: unknown, placeholders: Placeholders): unknown {
  if (!isObject(object)) {
    return object;
  }
  if (object.kind === 'List') {
    return { ...object, items: blocks(object.items).map((one) => withoutSecretValues(one, placeholders)) };
  }
  if (object.kind !== 'Secret') {
    return object;
  }
  const { data, stringData, ...rest } = object;
  return { ...rest, stringData: hiddenValues([data, stringData], placeholders) };
}
