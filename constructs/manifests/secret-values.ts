import { questionable, type Violation, violation } from '../core/problems/violation';
import { literalText } from '../core/values/literal-text';
import { isText } from '../core/values/known';
import { type Fields, isFields, isNothing } from './object-reader';

/** The properties of the binding of a Secret that contain its values, by their names in Kubernetes. */
const VALUES: ReadonlyMap<string, string> = new Map([
  ['data', 'binaryData'],
  ['stringData', 'data'],
]);

/** A Secret without its values, which are not part of its shape. */
export function withoutValues(kind: string, object: Fields): Fields {
  return kind === 'Secret' ? Object.fromEntries(Object.entries(object).filter(([name]) => !VALUES.has(name))) : object;
}

/** The values of a Secret for the binding. A Secret without any is filled elsewhere: Terraform ignores its values. */
export function secretValues(kind: string, object: Fields): Fields {
  if (kind !== 'Secret') {
    return {};
  }
  const given = [...VALUES].flatMap(([name, property]) => {
    const texts = valuesOf(object[name]).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return texts.length === 0
      ? []
      : [[property, Object.fromEntries(texts.map(([key, text]) => [key, literalText(text)]))] as const];
  });
  return given.length === 0 ? { lifecycle: { ignoreChanges: ['data', 'binary_data'] } } : Object.fromEntries(given);
}

/** The problems of values of a Secret that are literals, or of a wrong type. No message contains a value. */
export function secretProblems(kind: string, object: Fields): Violation[] {
  return [...(kind === 'Secret' ? VALUES.keys() : [])].flatMap((name) => [
    ...(isNothing(object[name]) || isFields(object[name])
      ? []
      : [violation('manifest-value', `'${name}' must be a map, got something else`)]),
    ...valuesOf(object[name]).flatMap(([key, value]) => valueProblems(`${name}[${JSON.stringify(key)}]`, value)),
  ]);
}

function valueProblems(property: string, value: unknown): Violation[] {
  if (typeof value !== 'string') {
    return [
      violation('manifest-value', `'${property}' must be a text, in quotes if it looks like a number or a boolean`),
    ];
  }
  return isText(value)
    ? [
        questionable(
          'manifest-secret-literal',
          `'${property}' must not be a literal, which the synthesized JSON would contain, got one of ${value.length} ` +
            'characters: leave the values out and fill the Secret from another source, or use a reference to a sensitive TerraformVariable in' +
            " 'yaml'",
        ),
      ]
    : [];
}

function valuesOf(values: unknown): [string, unknown][] {
  return isFields(values) ? Object.entries(values).filter(([, value]) => !isNothing(value)) : [];
}
