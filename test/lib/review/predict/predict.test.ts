import { differences } from '../../../../lib/review/compare/diff';
import type { ConditionalRule, ResourceRules, RotationRule } from '../../../../lib/review/knowledge/rule';
import type { Knowledge } from '../../../../lib/review/knowledge/tables';
import { predict } from '../../../../lib/review/predict/predict';
import type { Resource } from '../../../../lib/review/read/program';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';

const NO_RULES: ResourceRules = {
  ...{ replaces: [], counted: [], computed: [], sensitive: [], defaults: {}, sometimes: [], hasConditions: false },
};
const TABLE = { provider: 'azurerm', version: '4.55.0', source: 's', resources: {}, usual: ['name'] };

const resource = (attributes: JsonObject): Resource => ({
  ...{ stack: 'vote', mode: 'resource', address: 'azurerm_x.it', type: 'azurerm_x', provider: 'azurerm', meta: {} },
  attributes,
});

interface Options extends Partial<Omit<Knowledge, 'rules'>> {
  /** What is noted of each difference. */
  readonly note?: string;
  readonly isOrdered?: boolean;
}

/** The prediction for a resource of a type about which only the given rules are known. */
function prediction(before: JsonObject, after: JsonObject, rules?: Partial<ResourceRules>, options: Options = {}) {
  const { note, isOrdered, ...knowledge } = options;
  const findings = differences(before, after, () => isOrdered).map((one) => ({ ...one, note }));
  return predict(
    { link: 'address', base: resource(before), head: resource(after), findings },
    { table: TABLE, ...knowledge, ...(rules && { rules: { ...NO_RULES, ...rules } }) },
  );
}

const effects = (...given: Parameters<typeof prediction>) =>
  prediction(...given).attributes.map(({ path, effect }) => [path, effect?.kind, effect?.condition]);

const rule = (path: string, holds: ConditionalRule['when']['holds'], text = 'sometimes'): ConditionalRule => ({
  path,
  when: { text, holds },
});

const ref = (address: string) => `\${${address}}`;

describe('an attribute that forces replacement', () => {
  test.each<
    [what: string, before: JsonObject, after: JsonObject, rules: Partial<ResourceRules>, kind: string | undefined]
  >([
    ['when it changes', { a: 1 }, { a: 2 }, { replaces: ['a'] }, 'replaces'],
    ['when it is set', {}, { a: 2 }, { replaces: ['a'] }, 'replaces'],
    ['when it is set no longer', { a: 1 }, {}, { replaces: ['a'] }, 'replaces'],
    ['not when another does', { ab: 1 }, { ab: 2 }, { replaces: ['a'] }, undefined],
    ['when a part of it changes', { a: { b: 1 } }, { a: { b: 2 } }, { replaces: ['a'] }, 'replaces'],
    ['not when what is around it does', { a: { b: 1, c: 1 } }, { a: { b: 1, c: 2 } }, { replaces: ['a.b'] }, undefined],
    ['when it comes with what is around it', {}, { a: { b: 1, c: 2 } }, { replaces: ['a.b'] }, 'replaces'],
    ['when it goes with what is around it', { a: { b: 1, c: 2 } }, {}, { replaces: ['a.b'] }, 'replaces'],
    ['not when it is not in what comes', {}, { a: { c: 2 } }, { replaces: ['a.b'] }, undefined],
    ['not when its default is written out', {}, { a: 'x' }, { replaces: ['a'], defaults: { a: 'x' } }, undefined],
    ['not when its default is left out', { a: 'x' }, {}, { replaces: ['a'], defaults: { a: 'x' } }, undefined],
    [
      'when another value than its default is set',
      {},
      { a: 'y' },
      { replaces: ['a'], defaults: { a: 'x' } },
      'replaces',
    ],
    [
      'not when its default is written out in a block',
      { a: { c: 1 } },
      { a: { b: 'x', c: 1 } },
      { replaces: ['a.b'], defaults: { 'a.b': 'x' } },
      undefined,
    ],
    [
      'when its default comes with a block: one that is not there has none',
      {},
      { a: { b: 'x' } },
      { replaces: ['a.b'], defaults: { 'a.b': 'x' } },
      'replaces',
    ],
    [
      'when another value is in a block',
      {},
      { a: { b: 'y' } },
      { replaces: ['a.b'], defaults: { 'a.b': 'x' } },
      'replaces',
    ],
    ['when there are more of it', { a: [{ b: 1 }] }, { a: [{ b: 1 }, { b: 2 }] }, { counted: ['a'] }, 'replaces'],
    ['not when there are as many of it', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, { counted: ['a'] }, undefined],
  ])('%s', (_, before, after, rules, kind) => {
    expect(new Set(effects(before, after, rules).map(([, found]) => found))).toEqual(new Set([kind]));
  });
});

describe('a replacement is in doubt', () => {
  const OTHERS = 'unless both expressions give the same value';

  test.each<[what: string, before: Json | undefined, after: Json | undefined, doubt: string | undefined]>([
    ['not between literals', 'x', 'y', undefined],
    ['where one side is an expression', 'x', '${var.y}', OTHERS],
    ['where the other side is', ref('var.x'), 'y', OTHERS],
    ['between variables', ref('var.x'), ref('var.y'), OTHERS],
    ['between what is looked up', ref('data.azurerm_x.a.id'), ref('data.azurerm_x.b.id'), OTHERS],
    ['between outputs of modules', ref('module.a.id'), ref('module.b.id'), OTHERS],
    ['between a resource and a local', ref('azurerm_x.a.id'), ref('local.b'), OTHERS],
    ['between attributes of one resource', ref('azurerm_x.a.id'), ref('azurerm_x.a.name'), OTHERS],
    ['not between two resources', ref('azurerm_x.a.id'), ref('azurerm_x.b.id'), undefined],
    ['not where an expression comes', undefined, ref('var.x'), undefined],
    ['not where an expression goes', ref('var.x'), undefined, undefined],
  ])('%s', (_, before, after, doubt) => {
    const side = (a: Json | undefined): JsonObject => (a === undefined ? {} : { a });
    expect(effects(side(before), side(after), { replaces: ['a'] })).toEqual([
      ['a', doubt === undefined ? 'replaces' : 'may-replace', doubt],
    ]);
  });

  test('where the service may have chosen the value, and not where it changes', () => {
    const rules = { replaces: ['a'], computed: ['a'] };
    expect(effects({}, { a: 1 }, rules)).toEqual([
      ['a', 'may-replace', 'unless it is the value that was chosen at creation'],
    ]);
    expect(effects({ a: 1 }, { a: 2 }, rules)).toEqual([['a', 'replaces', undefined]]);
    expect(effects({}, { a: 1 }, { ...rules, computed: ['b'] })).toEqual([['a', 'replaces', undefined]]);
  });

  test('where only the order changes, unless the provider is known to keep it', () => {
    const [before, after] = [{ a: ['x', 'y'] }, { a: ['y', 'x'] }];
    expect(effects(before, after, { replaces: ['a'] })).toEqual([
      ['a', 'may-replace', 'only if the order of the list matters'],
    ]);
    expect(effects(before, after, { replaces: ['a'] }, { isOrdered: true }).map(([, kind]) => kind)).not.toContain(
      'may-replace',
    );
  });

  test('with what is noted of the difference, or else of the knowledge', () => {
    expect(effects({ a: 1 }, { a: 2 }, { replaces: ['a'] }, { note: 'noted', doubt: 'doubted' })).toEqual([
      ['a', 'may-replace', 'noted'],
    ]);
    expect(effects({ a: 1 }, { a: 2 }, { replaces: ['a'] }, { doubt: 'doubted' })).toEqual([
      ['a', 'may-replace', 'doubted'],
    ]);
    expect(effects({ a: 1 }, { a: '${var.x}' }, { replaces: ['a'] }, { doubt: 'doubted' })[0]?.[2]).toBe(OTHERS);
  });
});

describe('a condition', () => {
  test.each([
    [true, 'replaces', 'sometimes'],
    [undefined, 'may-replace', 'sometimes'],
    [false, undefined, undefined],
  ])('that is %s', (holds, kind, text) => {
    expect(effects({ a: 1 }, { a: 2 }, { sometimes: [rule('a', () => holds)] })).toEqual([['a', kind, text]]);
  });

  test('is asked with the values, or their defaults, and with what was there before', () => {
    const asked: unknown[] = [];
    const sometimes = [rule('a.b', (...given) => void asked.push(given))];
    effects({ a: { b: 1 }, c: 1 }, { a: { b: 2 }, c: 1 }, { sometimes });
    effects({ a: { c: 1 } }, { a: { b: 2, c: 1 } }, { sometimes, defaults: { 'a.b': 'x' } });
    expect(asked).toEqual([
      [1, 2, { a: { b: 1 }, c: 1 }],
      ['x', 2, { a: { c: 1 } }],
    ]);
  });

  test('of another attribute says nothing, and the first that may hold does', () => {
    const sometimes = [
      rule('b', () => true, 'other'),
      rule('a', () => false, 'false'),
      rule('a', () => undefined, 'first'),
      rule('a', () => true, 'second'),
    ];
    expect(effects({ a: 1 }, { a: 2 }, { sometimes })).toEqual([['a', 'may-replace', 'first']]);
  });

  test('that holds is in doubt where the values are', () => {
    expect(effects({ a: 1 }, { a: 2 }, { sometimes: [rule('a', () => true)] }, { doubt: 'doubted' })).toEqual([
      ['a', 'may-replace', 'doubted'],
    ]);
  });

  test('is a cause in words, as is what has none', () => {
    const rules = { replaces: ['b'], sometimes: [rule('a', () => true), rule('c', () => undefined)], file: 'x.go' };
    const source = 'azurerm 4.55.0: x.go';
    expect(prediction({ a: 1, b: 1, c: 1, d: 1 }, { a: 2, b: 2, c: 2, d: 2 }, rules)).toMatchObject({
      causes: [
        { attribute: 'a', text: 'forces replacement: sometimes', source },
        { attribute: 'b', text: 'forces replacement', source },
      ],
      possibleCauses: [{ attribute: 'c', text: 'may force replacement: sometimes', source }],
    });
  });
});

describe('nodes are cycled', () => {
  const rotation: RotationRule = { paths: ['size', 'disk'], needs: 'temporary', families: { size: /^small/ } };

  test.each<[what: string, before: JsonObject, after: JsonObject, kind: string | undefined]>([
    ['with a name for the temporary pool', { disk: 1 }, { disk: 2, temporary: 't' }, 'rotates'],
    ['without one, which fails', { disk: 1, temporary: 't' }, { disk: 2 }, 'fails'],
    ['not within a family', { size: 'small1' }, { size: 'small2', temporary: 't' }, undefined],
    ['out of a family', { size: 'small1' }, { size: 'large1', temporary: 't' }, 'rotates'],
    ['where the family is not known', { size: 'small1' }, { size: '${var.size}', temporary: 't' }, 'rotates'],
    ['not by anything else', { tags: 'a' }, { tags: 'b', temporary: 't' }, undefined],
  ])('%s', (_, before, after, kind) => {
    const found = effects(before, after, { rotation }).filter(([path]) => path !== 'temporary');
    expect(found.map(([, effect]) => effect)).toEqual([kind]);
  });

  test('is a trap where it fails, with its condition, unless the resource is replaced anyway', () => {
    const trap = {
      ...{ stack: 'vote', address: 'azurerm_x.it', attribute: 'disk' },
      text: expect.stringMatching(/^this cycles the nodes, .* and the apply fails$/),
      source: 'azurerm 4.55.0: schema of azurerm_x',
      remedies: [{ text: 'to apply it, set', code: expect.stringContaining('temporary') }, expect.anything()],
    };
    expect(prediction({ disk: 1 }, { disk: 2 }, { rotation }).traps).toMatchObject([trap]);
    expect(prediction({ disk: 1 }, { disk: '${var.x}' }, { rotation }).traps).toMatchObject([
      { text: expect.stringMatching(/and the apply fails, unless both expressions give the same value$/) },
    ]);
    expect(prediction({ disk: 1 }, { disk: 2, temporary: 't' }, { rotation }).traps).toEqual([]);
    expect(prediction({ disk: 1, a: 1 }, { disk: 2, a: 2 }, { rotation, replaces: ['a'] }).traps).toEqual([]);
  });
});

test('of a type without rules, the habits of its provider are all that is known', () => {
  expect(effects({ name: 'a', tags: 'a' }, { name: 'b', tags: 'b' })).toEqual([
    [...['name', 'may-replace'], 'as in nearly every resource of azurerm; this type has no entry in the tables'],
    ['tags', undefined, undefined],
  ]);
  const [base, head] = [resource({ name: 'a' }), resource({ name: 'b' })];
  const findings = differences(base.attributes, head.attributes);
  expect(predict({ link: 'address', base, head, findings }, undefined)).toEqual({
    ...{ causes: [], possibleCauses: [], traps: [] },
    attributes: [{ path: 'name', before: 'a', after: 'b' }],
  });
});
