import { Problems } from '../../../constructs';
import { ENUMS, OBJECTS, SIGNATURES, STRUCTS } from '../../../constructs/core/declared/declarations';
import { itemType, membersOf, valueType } from '../../../constructs/core/declared/declared-type';
import type { Mistake } from '../../../constructs/core/declared/mistake';
import { readMember } from '../../../constructs/core/declared/read';
import { type Call, calls, needed, type Place, places, put, sample, sampleStack, type Values } from './samples';

/** Values of which some are of a wrong type at every place. */
const VALUES: readonly unknown[] = [null, 5, 'five', {}, []];

/** Values that are seldom given. One reader reads all places, and refuses those by the type alone. */
const RARE_VALUES: readonly unknown[] = [true, [{}], () => 5, 5n, Symbol('five'), new Map(), Number.NaN];

function wrongValues(type: string, values: readonly unknown[]): unknown[] {
  const item = itemType(type);
  return values.filter((value) => (item === undefined ? !isOf(type, value) : !isListOf(item, value)));
}

/** A list with an item that is not there. */
function holes(type: string): unknown[] {
  return itemType(type) === undefined ? [] : [[undefined], [null]];
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

/** A wrong value, and where it is given. */
interface Wrong {
  readonly place: Place;
  readonly value: unknown;
}

/**
 * The values of which not exactly one problem tells, by the name of the property. They are given together, and in
 * halves where some are not reported once: most calls report everything, and one run shows it for all.
 */
function notReportedOnce(call: Call, wrong: readonly Wrong[], without: readonly string[]): string[] {
  const found = attempt(() =>
    problemsOf(call, (given, stack) =>
      wrong.reduce((all, { place, value }) => put(all, place, () => value, stack), given),
    ),
  );
  const added = found.filter((one) => !without.includes(one));
  if (
    added.length === wrong.length &&
    wrong.every((given) => added.some((one) => names(one, given.place) && statesRule(call, given, one)))
  ) {
    return [];
  }
  const [first] = wrong;
  if (first === undefined || wrong.length > 1) {
    const middle = wrong.length >> 1;
    return [wrong.slice(0, middle), wrong.slice(middle)].flatMap((half) => notReportedOnce(call, half, without));
  }
  const isReported = added.length === 1 && first.place.path.length === 1 && statesRule(call, first, added[0]!);
  return isReported ? [] : [`${first.place.label}: ${shown(first.value)} -> ${JSON.stringify(added)}`];
}

/** The places that are neither the same nor inside of one another, so that something can be given at all of them. */
function byDepth(all: readonly Place[]): Place[][] {
  const depths = new Set(all.map(({ path }) => path.length));
  return [...depths].map((depth) => all.filter(({ path }) => path.length === depth));
}

/** Every wrong value of some places once, as many together as there are places. */
function turnsOf(beside: readonly Place[]): Wrong[][] {
  const turns: Wrong[][] = [];
  for (const place of beside) {
    [...wrongValues(place.type, VALUES), ...holes(place.type)].forEach((value, turn) =>
      (turns[turn] ??= []).push({ place, value }),
    );
  }
  return turns;
}

/** What is reported when nothing is wrong at some places. */
function whenValid(call: Call, some: readonly Place[]): string[] {
  return problemsOf(call, (given, stack) =>
    some.reduce((all, place) => put(all, place, validOrNone(call, place), stack), given),
  );
}

function names(problem: string, { path }: Place): boolean {
  return problem.includes(`${path.at(-1)}'`) || problem.includes(`${path.at(-1)}[0]'`);
}

/** Whether a message states the rule of its property, if it should. */
function statesRule(call: Call, { place, value }: Wrong, problem: string): boolean {
  return value !== null || !hasRule(call, place) || /, such as .*, got null/.test(problem);
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : typeof value;
}

/** Every type that is declared, except those of methods and of what is not checked. */
const TYPES = new Set(
  [...Object.values(STRUCTS), ...Object.values(SIGNATURES)]
    .flatMap(membersOf)
    .map(({ type }) => type)
    .filter((type) => type !== 'unknown' && !type.startsWith('()')),
);

test.each([...TYPES])('the reader refuses each value that is none of the type %s', (type) => {
  for (const value of wrongValues(type, [...VALUES, ...RARE_VALUES])) {
    const mistakes: Mistake[] = [];
    readMember({ name: 'given', type, isOptional: false }, value, 'given', mistakes);

    expect(mistakes).toEqual([expect.objectContaining({ path: expect.stringMatching(/^given(\[0\])?$/) })]);
  }
});

test('finds the public API', () => {
  expect(calls().length).toBeGreaterThan(70);
  expect(Object.keys(ENUMS).length).toBeGreaterThan(10);
  expect(Object.keys(OBJECTS).length).toBeGreaterThan(30);
  expect(Object.keys(SIGNATURES).length).toBeGreaterThan(60);
});

describe.each(calls().map((call) => [call.name, call] as const))('%s', (_name, call) => {
  let known: (readonly [beside: Place[], without: string[]])[] | undefined;
  /** The places of each depth, and what is reported when nothing is wrong there. */
  const depths = () =>
    (known ??= byDepth(places(call.parameters)).map((beside) => [beside, whenValid(call, beside)] as const));

  test('takes what it needs', () => {
    expect(problemsOf(call, (given) => given)).toEqual([]);
  });

  test('reports each value of a wrong type once, by its name, and throws for none', () => {
    const failures = depths().flatMap(([beside, without]) =>
      turnsOf(beside).flatMap((wrong) => notReportedOnce(call, wrong, without)),
    );
    expect(failures).toEqual([]);
  });

  test('reports each value that is needed and missing, once and by its name', () => {
    const failures = depths().flatMap(([beside, without]) =>
      beside
        .filter(({ isOptional }) => !isOptional)
        .flatMap((place) => {
          const missing = attempt(() => problemsOf(call, (given, stack) => put(given, place, () => undefined, stack)));
          const found = missing.filter((one) => !without.includes(one));
          const isReported = found.length > 0 && found.every((one) => /' must be given[:,] /.test(one));
          return isReported ? [] : [`${place.label}: ${JSON.stringify(found)}`];
        }),
    );
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

  expect(problems).toContainEqual(expect.stringMatching(/nonsense' is not a property of \w+/));
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
