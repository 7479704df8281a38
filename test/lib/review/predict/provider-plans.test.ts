import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

/** What a plan does with a resource in which one value is edited. */
type Action = 'none' | 'update' | 'replace';

/** An edit of the sample of a position: its path, the value there, null if it goes, and what the plan does. */
type Edit = readonly [sample: number, path: string, value: Json, action: Action];

/**
 * What `terraform plan` 1.11.4 said of single edits with azurerm 4.55.0 and kubernetes 2.38.0 on 2026-11-26, over a state
 * that was what the same provider planned for the resource before. The resources are the examples of the documentation of
 * the providers and of this repository.
 */
const PLANS = JSON.parse(readFileSync(join(__dirname, '../../../data/provider-plans.json'), 'utf8')) as Readonly<
  Record<string, { readonly samples: readonly JsonObject[]; readonly edits: readonly Edit[] }>
>;

function edited(value: Json, [step, ...rest]: readonly string[], next: Json): Json {
  if (step === undefined) {
    return next;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => (String(i) === step ? edited(item, rest, next) : item));
  }
  const { [step]: old = null, ...others } = value as JsonObject;
  return next === null && rest.length === 0 ? others : { ...others, [step]: edited(old, rest, next) };
}

/** Every edit of a type as a resource of its own, before and after. */
function sides(type: string): { base: Resources; head: Resources } {
  const { samples, edits } = PLANS[type]!;
  const before = edits.map(([sample]) => samples[sample]!);
  const after = edits.map(([, path, value], i) => edited(before[i]!, path.split('.'), value) as JsonObject);
  const named = (all: readonly JsonObject[]) => Object.fromEntries(all.map((one, i) => [`e${i}`, one]));
  return { base: { [type]: named(before) }, head: { [type]: named(after) } };
}

test.each(Object.keys(PLANS))('the review says what the plan says of %s', (type) => {
  const { base, head } = sides(type);
  const changes = new Map(review(program(base), program(head)).changes.map((change) => [change.address, change]));
  const wrong = PLANS[type]!.edits.flatMap(([, path, value, action], i) => {
    const change = changes.get(`${type}.e${i}`);
    const said = change?.mayReplace ? 'may' : (change?.action ?? 'none');
    // what the service chose is in the state alone
    const isRight = said === action || (said === 'may' && action === 'replace');
    return isRight ? [] : [`${path} = ${JSON.stringify(value)}: ${action}, and not ${said}`];
  });
  expect(wrong).toEqual([]);
});

test('the plans are of every kind', () => {
  const count = (action: Action) =>
    Object.values(PLANS).reduce((sum, { edits }) => sum + edits.filter(([, , , one]) => one === action).length, 0);
  expect(Object.keys(PLANS).length).toBeGreaterThan(200);
  expect(count('none')).toBeGreaterThan(200);
  expect(count('update')).toBeGreaterThan(1_000);
  expect(count('replace')).toBeGreaterThan(500);
});
