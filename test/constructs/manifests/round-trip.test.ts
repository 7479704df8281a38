import fc from 'fast-check';
import { stringify } from 'yaml';
import { Manifests, Problems } from '../../../constructs';
import { OBJECT_KINDS, OBJECT_SHAPES } from '../../../constructs/manifests/object-shapes';
import { manifestsOf } from '../../../lib/manifests';
import { providerSchema } from '../../../tools/provider-schema';
import { ARTICLE_MANIFESTS } from '../../data/article-manifests';
import { filled, USER_KEY } from '../../filled';
import { type Block, synth, testStack } from '../../util';

/** The rules about fields and their types; what the values mean is another matter. */
const FIELD_RULES = [
  'manifest-yaml',
  'manifest-kind',
  'manifest-name',
  'manifest-field',
  'manifest-field-given',
  'manifest-value',
];

/** The objects that the resources are, whose manifests were read. */
function roundTrip(objects: readonly object[]): { objects: object[]; problems: string[] } {
  const stack = testStack();
  Manifests.fromYaml(stack, 'manifests', { yaml: objects.map((one) => stringify(one)).join('---\n') });
  const problems = Problems.list(stack).filter(({ rule }) => FIELD_RULES.includes(rule));
  return {
    objects: manifestsOf({ ...synth(stack) }).map(({ object }) => withoutPlaceholders({ ...object })),
    problems: problems.map(({ path, message }) => `${path} ${message}`),
  };
}

/** The values of a Secret are never shown: those of one without any are an empty map. */
function withoutPlaceholders(object: Block): Block {
  return without(object, 'stringData');
}

/** Without what must not stand in a text: a name that nobody knows, and values of Secrets. */
function asWritten(object: Block): Block {
  return { ...without(object, 'stringData'), metadata: without(object.metadata as Block, 'generateName') };
}

function without(block: Block, field: string): Block {
  return Object.fromEntries(Object.entries(block).filter(([name]) => name !== field));
}

const schema = providerSchema();
const everything = Object.entries(schema)
  .filter(([type]) => /_v\d+$/.test(type) && !type.startsWith('kubernetes_default_'))
  .flatMap(([type, fields]) => manifestsOf({ resource: { [type]: { all: filled(fields) } } }))
  .flatMap(({ object }) => (object === undefined ? [] : [asWritten({ ...object })]));

/** Fields that no object has, of which some are properties of every object in JavaScript. */
const OTHER_FIELDS = ['frobnicate', 'valueOf', 'constructor'];

describe.each(OBJECT_KINDS.map((kind) => [`${kind.apiVersion} ${kind.kind}`, kind] as const))('%s', (_, known) => {
  const object = everything.find(({ kind, apiVersion }) => kind === known.kind && apiVersion === known.apiVersion)!;

  test('comes back with every field that the provider has', () => {
    expect(roundTrip([object])).toEqual({ objects: [object], problems: [] });
  });

  test('comes back with any of its fields', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (isKept) => {
        const some = { apiVersion: known.apiVersion, kind: known.kind, ...someFields(object, known.shape, isKept) };

        expect(roundTrip([some])).toEqual({ objects: [some], problems: [] });
      }),
      { numRuns: 10 },
    );
  });

  test('has no other field that is left out in silence, anywhere', () => {
    const stack = testStack();
    const given = OTHER_FIELDS.reduce<unknown>(withField, object);
    Manifests.fromYaml(stack, 'manifests', { yaml: stringify(given) });

    const told = Problems.list(stack).filter(({ rule }) => rule === 'manifest-field');
    for (const field of OTHER_FIELDS) {
      const messages = told.map(({ message }) => message).filter((message) => message.includes(field));
      expect(messages).toHaveLength(placesIn(object));
      expect(new Set(messages).size).toBe(placesIn(object));
    }
  });
});

test("the article's manifests come back as they were", () => {
  const { objects, problems } = roundTrip(ARTICLE_MANIFESTS);

  expect(problems).toEqual([]);
  expect(objects).toHaveLength(ARTICLE_MANIFESTS.length);
  expect(objects).toEqual(expect.arrayContaining([...ARTICLE_MANIFESTS]));
});

/** A name, and what the provider has another default for than Kubernetes. */
const ALWAYS = ['name', 'allowVolumeExpansion'];

/** The fields of an object that are required, those that name it, and some of the others, without empty objects. */
function someFields(object: Block, shapeName: string, isKept: Iterator<boolean>, isTop = true): Block {
  const entries = Object.entries(OBJECT_SHAPES[shapeName]!).flatMap(([name, { is, many, required }]) => {
    const given = object[name];
    if (given === undefined || !(required === true || ALWAYS.includes(name) || isKept.next().value === true)) {
      return [];
    }
    const inner = (one: unknown) => (is in OBJECT_SHAPES ? someFields(one as Block, is, isKept, false) : one);
    const value = many === 'list' ? (given as unknown[]).map(inner) : inner(given);
    const isBare = isEmpty(value) || (Array.isArray(value) && value.some(isEmpty));
    return isBare ? (required === true ? [[name, given] as const] : []) : [[name, value] as const];
  });
  const some = Object.fromEntries(entries);
  return isTop ? { ...some, metadata: { name: '1', ...(some.metadata as Block) } } : some;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** Whether a value is an object whose fields are those of Kubernetes, and not the user's. */
function hasFields(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(USER_KEY in value);
}

/** The number of objects in an object, with itself. */
function placesIn(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item) => sum + placesIn(item), 0);
  }
  return hasFields(value) ? 1 + placesIn(Object.values(value)) : 0;
}

/** An object with one more field, and all objects in it with the same. */
function withField(value: unknown, field: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withField(item, field));
  }
  const inner = (block: Block) => Object.entries(block).map(([name, child]) => [name, withField(child, field)]);
  return hasFields(value) ? { ...Object.fromEntries(inner(value)), [field]: 1 } : value;
}
