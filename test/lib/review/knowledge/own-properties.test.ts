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

function made(call: Call, place: Place | undefined, value: (stack: TerraformStack) => unknown): Leaves {
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

type Candidates = Map<string, Map<string, Candidate[]>>;

function candidatesOf(call: Call): Candidates {
  const found: Candidates = new Map();
  const add = (resource: string, argument: string, candidate: Candidate): void => {
    const own = found.get(resource) ?? new Map<string, Candidate[]>();
    found.set(resource, own.set(argument, [...(own.get(argument) ?? []), candidate]));
  };
  for (const place of places(call.parameters)) {
    const make = place.type in ENUMS ? TOKENS.string : TOKENS[place.type];
    if (make !== undefined) {
      eachLeaf(
        made(call, place, (stack) => make(token(stack))),
        (resource, argument, value) => {
          if (/^\$\{var\.token\w*\}$/.test(String(value))) {
            add(resource, argument, { property: place.label, isGiven: true });
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
    const before = made(call, place, one);
    eachLeaf(made(call, place, other), (resource, argument, value) => {
      if (before.has(resource) && before.get(resource)!.get(argument) !== value) {
        add(resource, argument, { property: place.label, isGiven: place.type === 'boolean' && value === 'true' });
      }
    });
  }
  return found;
}

function sides({ name }: Call, { type, path, structs, isOptional }: Place): ((stack: TerraformStack) => unknown)[] {
  const owner = structs.at(-2) ?? `${name.slice(4)}Props`;
  const valid = (stack: TerraformStack): unknown => sample(type, stack, path.at(-1), owner);
  const none = (): undefined => undefined;
  if (type === 'boolean') {
    return [() => false, () => true];
  }
  if (type in ENUMS) {
    const values = Object.values(ENUMS[type]!);
    return [() => values[0], () => values.at(-1)];
  }
  return isOptional ? [none, OTHERS[type] ?? valid] : [valid, OTHERS[type] ?? valid];
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

function table(): { readonly [resource: string]: OwnResource } {
  const merged = new Map<string, Map<string, Candidate | undefined>>();
  for (const call of calls().filter(({ name }) => name.startsWith('new '))) {
    for (const [resource, byArgument] of candidatesOf(call)) {
      const own = merged.get(resource) ?? new Map<string, Candidate | undefined>();
      merged.set(resource, own);
      for (const [argument, candidates] of byArgument) {
        const one = chosen(candidates);
        const known = own.get(argument);
        const isOther = own.has(argument) && (known?.property !== one?.property || known?.isGiven !== one?.isGiven);
        own.set(argument, isOther ? undefined : one);
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
