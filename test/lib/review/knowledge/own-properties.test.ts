import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { TerraformResource, type TerraformStack, Token } from 'cdktf';
import { ContainerImage } from '../../../../constructs';
import { ENUMS } from '../../../../constructs/core/declared/declarations';
import { OWN_RESOURCES, type OwnResource } from '../../../../lib/review/knowledge/own-properties';
import {
  type Call,
  calls,
  hasSample,
  needed,
  type Place,
  places,
  put,
  sample,
  sampleStack,
  takerOf,
} from '../../../constructs/core/samples';
import { resolved, token } from '../../../util';

/*
 * Which property of a construct of this library an argument of its resource comes from: found by giving each property a value and
 * looking where it is in the JSON. `UPDATE_DOCS=1 npx jest test/lib/review/knowledge/own-properties` writes the table.
 */

const TARGET = join(__dirname, '../../../../lib/review/knowledge/own-properties.ts');

/** The scalars of each resource that a construct makes itself, by the type and the id of the resource, and then by path. */
type Leaves = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

const TOKENS: { readonly [type: string]: (variable: ReturnType<typeof token>) => unknown } = {
  string: ({ stringValue }) => stringValue,
  number: ({ numberValue }) => numberValue,
  '[string]': ({ listValue }) => listValue,
  '{string}': ({ value }) => Token.asStringMap(value),
};

/** Other values of what is required, since its absence shows nothing. */
const OTHERS: { readonly [type: string]: () => unknown } = {
  IContainerImage: () => ContainerImage.fromReference('docker.io/fabrikam/other:2'),
  IResourceGroupRef: () => ({ name: 'other', location: 'northeurope' }),
};

function made(call: Call, place?: Place, value: (stack: TerraformStack) => unknown = none): Leaves {
  const stack = sampleStack();
  const given = needed(call, stack);
  call.make(stack, place === undefined ? given : put(given, place, value, stack as never));
  return leavesOf(stack);
}

function leavesOf(stack: TerraformStack): Leaves {
  const found = new Map<string, Map<string, unknown>>();
  for (const one of stack.node.findAll()) {
    if (TerraformResource.isTerraformResource(one) && one.node.scope?.node.id === 'tested') {
      const leaves = new Map<string, unknown>();
      if (one.node.id !== 'Resource' && !one.terraformResourceType.startsWith('kubernetes_')) {
        continue;
      }
      // without the rest of the stack, which takes three times as long
      collect(resolved(one).resource?.[one.terraformResourceType]?.[one.friendlyUniqueId], [], leaves);
      found.set(`${one.terraformResourceType} ${one.node.id}`, leaves);
    }
  }
  return found;
}

function collect(value: unknown, path: readonly string[], leaves: Map<string, unknown>): void {
  if (Array.isArray(value)) {
    // the containers after the first one are those of other properties
    const own = path.at(-1) === 'container' ? value.slice(0, 1) : value;
    own.forEach((item) => collect(item, path, leaves));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (!['//', 'depends_on', 'lifecycle', 'provider'].includes(key)) {
        collect(item, [...path, key], leaves);
      }
    }
  } else {
    leaves.set(path.join('.'), `${String(leaves.get(path.join('.')) ?? '')}${String(value)}`);
  }
}

interface Candidate {
  readonly property: string;
  readonly isGiven: boolean;
}

/** The properties that an argument may come from, by resource and argument. */
class Candidates extends Map<string, Map<string, Candidate[]>> {
  public add(resource: string, argument: string, property: string, isGiven: boolean): void {
    const own = this.get(resource) ?? new Map<string, Candidate[]>();
    this.set(resource, own.set(argument, [...(own.get(argument) ?? []), { property, isGiven }]));
  }
}

/**
 * Adds where the values of a call are in the JSON.
 *
 * @param taker The property that takes what a factory returns: its options are called `exposure.sourceRanges`
 */
function findCandidates(call: Call, found: Candidates, taker?: string): void {
  let without: Leaves | undefined;
  for (const place of places(call.parameters)) {
    const property = taker === undefined ? place.label : [taker, ...place.path.slice(1)].join('.');
    const isNamed = taker === undefined || place.path.length > 1;
    const make = place.type in ENUMS ? TOKENS.string : TOKENS[place.type];
    if (make !== undefined) {
      eachLeaf(
        made(call, place, (stack) => make(token(stack))),
        (resource, argument, value) => {
          if (/^\$\{var\.token\w*\}$/.test(String(value))) {
            found.add(resource, argument, property, isNamed);
          }
        },
      );
    }
    if (!hasSample(place.type) && OTHERS[place.type] === undefined) {
      continue;
    }
    const [one, other] = sides(call, place);
    if (one === other) {
      continue;
    }
    // without an optional property is without any other
    const before =
      one === none && place.path.length === 1 ? (without ??= made(call, place, none)) : made(call, place, one!);
    eachDifference(before, made(call, place, other), (resource, argument, value) =>
      found.add(resource, argument, property, isNamed && place.type === 'boolean' && value === 'true'),
    );
  }
}

function none(): undefined {
  return undefined;
}

function sides({ name }: Call, { type, path, structs, isOptional }: Place): ((stack: TerraformStack) => unknown)[] {
  const owner = structs.at(-2) ?? `${name.slice(4)}Props`;
  const valid = (stack: TerraformStack): unknown => sample(type, stack, path.at(-1), owner);
  if (type === 'boolean') {
    return [() => false, () => true];
  }
  if (type in ENUMS) {
    const values = Object.values(ENUMS[type]!);
    return [() => values[0], () => values.at(-1)];
  }
  return isOptional ? [none, OTHERS[type] ?? valid] : [valid, OTHERS[type] ?? valid];
}

/** The arguments that differ, of resources that are there on both sides. */
function eachDifference(before: Leaves, after: Leaves, see: (...leaf: [string, string, unknown]) => void): void {
  eachLeaf(after, (resource, argument, value) => {
    if (before.has(resource) && before.get(resource)!.get(argument) !== value) {
      see(resource, argument, value);
    }
  });
}

function eachLeaf(leaves: Leaves, see: (resource: string, argument: string, value: unknown) => void): void {
  for (const [resource, own] of leaves) {
    own.forEach((value, argument) => see(resource, argument, value));
  }
}

/** The one property that an argument comes from: the innermost of several that contain each other. */
function chosen(candidates: readonly Candidate[]): Candidate | undefined {
  const given = candidates.filter(({ isGiven }) => isGiven);
  const all = given.length > 0 ? given : candidates;
  const inner = all.filter(
    ({ property }) => !all.some((other) => other.property !== property && other.property.startsWith(`${property}.`)),
  );
  const names = [...new Set(inner.map(({ property }) => property))];
  if (given.length > 0 || names.length === 1) {
    return inner[0];
  }
  const [top, ...others] = new Set(names.map((one) => one.split('.')[0] ?? ''));
  return top === undefined || others.length > 0 ? undefined : { property: top, isGiven: false };
}

/** What two constructs have in common, of which the resource has no more than its type and id to tell. */
function shared(one: Candidate | undefined, other: Candidate | undefined): Candidate | undefined {
  const steps = other?.property.split('.') ?? [];
  const common = one?.property
    .split('.')
    .filter((_, i, all) => all.slice(0, i + 1).join() === steps.slice(0, i + 1).join());
  return common === undefined || common.length === 0
    ? undefined
    : {
        property: common.join('.'),
        isGiven: one?.isGiven === true && other?.isGiven === true && one.property === other.property,
      };
}

/** What the properties of each construct set, and the values that they take with the options of these. */
function byConstruct(): Map<string, Candidates> {
  const constructors = calls().filter(({ name }) => name.startsWith('new '));
  const found = new Map(constructors.map(({ name }) => [name.slice(4), new Candidates()]));
  constructors.forEach((call) => findCandidates(call, found.get(call.name.slice(4))!));
  for (const factory of calls().filter(({ name }) => !name.endsWith('.custom'))) {
    const { construct = '', property = '', isAlone = false } = takerOf(factory) ?? {};
    const own = found.get(construct);
    const constructor = constructors.find(({ name }) => name === `new ${construct}`);
    if (own !== undefined && constructor !== undefined) {
      findCandidates(factory, own, property);
      if (isAlone) {
        eachDifference(made(constructor), made(factory), (resource, argument) =>
          own.add(resource, argument, property, false),
        );
      }
    }
  }
  return found;
}

function table(): { readonly [resource: string]: OwnResource } {
  const merged = new Map<string, Map<string, Candidate | undefined>>();
  for (const candidates of byConstruct().values()) {
    for (const [resource, byArgument] of candidates) {
      const own = merged.get(resource) ?? new Map<string, Candidate | undefined>();
      merged.set(resource, own);
      for (const [argument, all] of byArgument) {
        const one = chosen(all);
        own.set(argument, own.has(argument) ? shared(own.get(argument), one) : one);
      }
    }
  }
  return Object.fromEntries(
    [...merged].sort(([one], [other]) => (one < other ? -1 : 1)).map(([resource, own]) => [resource, entryOf(own)]),
  );
}

/** An argument of a binding, whose name says enough: sku_tier is skuTier. */
function isSaid(argument: string, { property, isGiven }: Candidate): boolean {
  return isGiven && argument.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase()) === property;
}

/** The sample entry of a map. */
const SAMPLE_ENTRY = /\.(key|team)$/;

function entryOf(own: ReadonlyMap<string, Candidate | undefined>): OwnResource {
  const pick = (isGiven: boolean): { [argument: string]: string } =>
    Object.fromEntries(
      [...own]
        .filter(([argument]) => !SAMPLE_ENTRY.test(argument))
        .flatMap(([argument, one]) =>
          one?.isGiven === isGiven && !isSaid(argument, one) ? [[argument, one.property] as const] : [],
        )
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return { given: pick(true), derived: pick(false) };
}

test('the table of properties is what the constructs write: run it with UPDATE_DOCS=1', async () => {
  const found = table();
  if (process.env.UPDATE_DOCS === '1') {
    const source = readFileSync(TARGET, 'utf8');
    const head = source.slice(0, source.indexOf('= {', source.indexOf('OWN_RESOURCES')) + 2);
    const text = `${head}${JSON.stringify(found)};\n`;
    writeFileSync(TARGET, await format(text, { ...(await resolveConfig(TARGET)), parser: 'typescript' }));
  }
  // a property that is new is called by its argument until the table is written again
  expect(found).toMatchObject(process.env.UPDATE_DOCS === '1' ? found : OWN_RESOURCES);
  expect(Object.keys(OWN_RESOURCES).length).toBeGreaterThan(30);
}, 120_000);
