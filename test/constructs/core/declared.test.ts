import { readFileSync } from 'node:fs';
import { Problems } from '../../../constructs';
import { ENUMS, OBJECTS, SIGNATURES, STRUCTS } from '../../../constructs/core/declared/declarations';
import { itemType, membersOf, valueType } from '../../../constructs/core/declared/declared-type';
import { declarationsText, TARGET } from '../../../tools/declarations';
import { INDEX } from '../../../tools/public-api';
import { type Call, calls, needed, type Place, places, put, sample, sampleStack, type Values } from './samples';

/** Values of wrong types; inside of properties a few stand for all, since one reader reads them. */
function wrongValues({ type, path }: Place): unknown[] {
  const some: unknown[] = [null, 5, 'five', {}, []];
  const all = path.length === 1 ? [...some, true, [{}], () => 5, 5n, Symbol('five'), new Map(), Number.NaN] : some;
  const item = itemType(type);
  return item === undefined
    ? all.filter((value) => !isOf(type, value))
    : [...all.filter((value) => !isListOf(item, value)), [undefined], [null]];
}

function isOf(type: string, value: unknown): boolean {
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return (
    typeof value === (type === 'secret' ? 'string' : type) ||
    (isPlain && (type in STRUCTS || valueType(type) !== undefined))
  );
}

function isListOf(item: string, value: unknown): boolean {
  return Array.isArray(value) && (value.length === 0 || item in STRUCTS);
}

/** What a place holds when nothing is wrong with it: nothing, or what is needed there. */
function validOrNone(call: Call, { path, structs, type, isOptional }: Place): (stack: never) => unknown {
  const owner = structs.at(-2) ?? (call.name.startsWith('new ') ? `${call.name.slice(4)}Props` : call.name);
  return (stack) => (isOptional ? undefined : sample(type, stack, path.at(-1), owner));
}

/** What is any text, number or list: there is no rule that a message could state. */
const WITHOUT_RULE = [
  /\b(command|description|expression|today|yaml|serverAddress)$/,
  /^(Cpu|Memory|PercentOrAbsolute)\.\w+ (cores|millis|gibibytes|mebibytes|amount|percent)$/,
  /^EnvValue\.from(Config|Secret)?Value value$/,
  /^Manifests.fromYamlFile props.path$/,
  /^Probe.grpc options.service$/,
  /^ScalingMetric.container\w+ containerName$/,
  /^Subnet.fromSubnetAttributes attributes.delegation$/,
  /^AcrRegistry.fromRegistryAttributes attributes.loginServer$/,
];

/** Whether a message about a value of a wrong type should state the rule of its property. */
function hasRule(call: Call, { type, label }: Place): boolean {
  return (
    ['string', 'number', '[string]'].includes(type) && !WITHOUT_RULE.some((one) => one.test(`${call.name} ${label}`))
  );
}

function problemsOf(call: Call, change: (given: Values, stack: never) => Values): string[] {
  const stack = sampleStack();
  call.make(stack, change(needed(call, stack), stack as never));
  return Problems.of(stack);
}

test('the table of declarations is what the types say: run `npm run declarations`', async () => {
  const text = await declarationsText(compiler.program([INDEX], new Map(), compiler.options));

  expect(text === readFileSync(TARGET, 'utf8')).toBe(true);
}, 60_000);

test('finds the public API', () => {
  expect(calls().length).toBeGreaterThan(70);
  expect(Object.keys(ENUMS).length).toBeGreaterThan(10);
  expect(Object.keys(OBJECTS).length).toBeGreaterThan(30);
  expect(Object.keys(SIGNATURES).length).toBeGreaterThan(60);
});

describe.each(calls().map((call) => [call.name, call] as const))('%s', (_name, call) => {
  const all = places(call.parameters);

  test('takes what it needs', () => {
    expect(problemsOf(call, (given) => given)).toEqual([]);
  });

  test('reports each value of a wrong type once, by its name, and throws for none', () => {
    const failures: string[] = [];
    for (const place of all) {
      const without = problemsOf(call, (given, stack) => put(given, place, validOrNone(call, place), stack));
      for (const value of wrongValues(place)) {
        const found = attempt(() => problemsOf(call, (given, stack) => put(given, place, () => value, stack)));
        const added = found.filter((one) => !without.includes(one));
        const name = place.path.at(-1)!;
        if (
          added.length !== 1 ||
          !(added[0]!.includes(`${name}'`) || added[0]!.includes(`${name}[0]'`) || place.path.length === 1)
        ) {
          failures.push(
            `${place.label}: ${String(typeof value === 'object' ? JSON.stringify(value) : typeof value)} -> ${JSON.stringify(added)}`,
          );
        }
        if (hasRule(call, place) && value === null && !/, such as .*, got null/.test(added[0] ?? '')) {
          failures.push(`${place.label}: states no rule: ${added[0]}`);
        }
      }
    }
    expect(failures).toEqual([]);
  });

  test('reports each value that is needed and missing, once and by its name', () => {
    const failures: string[] = [];
    for (const place of all.filter(({ isOptional }) => !isOptional)) {
      const valid = problemsOf(call, (given, stack) => put(given, place, validOrNone(call, place), stack));
      const missing = attempt(() => problemsOf(call, (given, stack) => put(given, place, () => undefined, stack)));
      const found = missing.filter((one) => !valid.includes(one));
      if (found.length === 0 || !found.every((one) => /' must be given[:,] /.test(one))) {
        failures.push(`${place.label}: ${JSON.stringify(found)}`);
      }
    }
    expect(failures).toEqual([]);
  });
});

/** Calls that take properties, or whose first parameter that is an object does. */
const withProperties = calls().filter(
  ({ name, parameters }) => name.startsWith('new ') || membersOf(parameters).some(({ type }) => type in STRUCTS),
);

test.each(withProperties.map((call) => [call.name, call] as const))('%s names what it does not know', (name, call) => {
  const problems = problemsOf(call, (given, stack) => {
    const struct = name.startsWith('new ') ? undefined : places(call.parameters).find(({ type }) => type in STRUCTS);
    return struct === undefined
      ? { ...given, nonsense: 1 }
      : put(given, struct, () => ({ ...(sample(struct.type, stack) as object), nonsense: 1 }), stack);
  });

  expect(problems).toContainEqual(expect.stringMatching(/nonsense' is no property of \w+/));
});

/** The problems, or what was thrown. */
function attempt(act: () => string[]): string[] {
  try {
    return act();
  } catch (error) {
    return [
      'thrown',
      String((error as Error).stack)
        .split('\n')
        .slice(0, 4)
        .join(' '),
    ];
  }
}
