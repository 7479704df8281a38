import fc from 'fast-check';
import { hasChanges, review } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import type { StackFiles } from '../../../lib/terraform-json/read';
import { BASE } from './vote';

/** A place in a program, and the value there that a change replaces. */
interface Place {
  readonly stack: number;
  readonly path: readonly (string | number)[];
}

/** What decides nothing about what is deployed: comments, and the order in which it happens. */
const IGNORED = ['//', 'depends_on', 'description'];

/** Every scalar of a program, but for expressions. */
function placesIn(stacks: readonly StackFiles[]): Place[] {
  const found: Place[] = [];
  const visit = (value: Json, stack: number, path: readonly (string | number)[]): void => {
    if (typeof value === 'object' && value !== null) {
      Object.entries(value)
        .filter(([key]) => !IGNORED.includes(key))
        .forEach(([key, child]: [string, Json]) =>
          visit(child, stack, [...path, Array.isArray(value) ? Number(key) : key]),
        );
    } else if (value !== null && !isOfMachine(path) && !(typeof value === 'string' && value.includes('${'))) {
      found.push({ stack, path });
    }
  };
  stacks.forEach(({ files }, i) => visit(files[0] ?? {}, i, []));
  return found;
}

/** The path of a local state is where the program was synthesized. */
function isOfMachine(path: readonly (string | number)[]): boolean {
  return path.join('.') === 'terraform.backend.local.path';
}

function changed(value: Json): Json {
  if (typeof value === 'boolean') {
    return !value;
  }
  return typeof value === 'number' ? value + 1 : `${String(value)}x`;
}

function withChange(value: Json, [step, ...rest]: readonly (string | number)[]): Json {
  if (step === undefined) {
    return changed(value);
  }
  return Array.isArray(value)
    ? value.map((item, i) => (i === step ? withChange(item, rest) : item))
    : { ...(value as JsonObject), [step]: withChange((value as JsonObject)[step] ?? null, rest) };
}

test('no value of the synthesized application changes silently', () => {
  const places = placesIn(BASE);
  expect(places.length).toBeGreaterThan(100);
  fc.assert(
    fc.property(fc.constantFrom(...places), ({ stack, path }) => {
      const head = BASE.map((one, i) =>
        i === stack ? { ...one, files: [withChange(one.files[0] ?? {}, path) as JsonObject] } : one,
      );
      expect(hasChanges(review(BASE, head))).toBe(true);
    }),
    { numRuns: 120 },
  );
});
