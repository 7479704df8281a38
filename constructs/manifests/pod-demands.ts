import type { Demands, Toleration } from '../kubernetes/scheduling';
import { type Fields, isFields } from './object-reader';
import { objectsOf, templateOf } from './pod-templates';

/** Where the pods of an object may be placed, if it runs any. */
export function demandsOf(kind: string, object: Fields): Demands | undefined {
  const template = templateOf(kind, object);
  if (template === undefined) {
    return undefined;
  }
  const { nodeSelector, tolerations } = template.spec;
  return {
    labels: textsOf(nodeSelector),
    oneOf: [],
    tolerations: objectsOf(tolerations).map(toleration),
    architectures: [],
    devices: {},
  };
}

function toleration(fields: Fields): Toleration {
  const { value = '', ...others } = textsOf(fields);
  return { key: others.key, effect: others.effect, value: fields.operator === 'Exists' ? undefined : value };
}

/** The texts among the values of a map. */
function textsOf(map: unknown): { readonly [key: string]: string } {
  return Object.fromEntries(
    Object.entries(isFields(map) ? map : {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
