import { at, type JsonObject } from '../../terraform-json/json';
import { rulePath, type Difference } from './diff';

/** The suffixes of the arguments whose change makes Terraform apply a write-only value again. */
const NUMBERS = ['_version', '_revision'];

/**
 * The differences of write-only values, which Terraform neither stores nor compares: they are applied only if the number
 * beside them changes.
 *
 * @param found All differences of a resource
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
export function notApplied<T extends Difference>(found: readonly T[]): T[] {
  const changed = new Set(found.map(({ path }) => rulePath(path)));
  return found.filter((difference) => {
    const value = writeOnlyIn(difference);
    const isKept = difference.before !== undefined && difference.after !== undefined;
    return value !== undefined && isKept && NUMBERS.every((number) => !changed.has(value + number));
  });
}

/** The argument whose change applies a write-only value again; undefined for other values. */
export function numberOf(difference: Difference, attributes: JsonObject): string | undefined {
  const value = writeOnlyIn(difference);
  const names = value === undefined ? [] : NUMBERS.map((number) => value + number);
  return names.find((name) => at(attributes, name) !== undefined) ?? names[0];
}

/** The path of the write-only value that a difference is in; undefined if there is none. */
function writeOnlyIn({ path }: Difference): string | undefined {
  const end = path.findIndex((step) => typeof step === 'string' && step.endsWith('_wo'));
  return end < 0 ? undefined : rulePath(path.slice(0, end + 1));
}
