import fc from 'fast-check';
import { evaluated } from '../../../../lib/terraform-json/evaluate';
import type { Json } from '../../../../lib/terraform-json/json';

test.each<[expression: string, value: Json]>([
  ['true ? 1 : 0', 1],
  ['false ? "a" : "b"', 'b'],
  ['"prod" == "prod" ? 1 : 0', 1],
  ['"dev" != "prod"', true],
  ['2 > 1 && 1 >= 1 && !(1 > 2) && 1 <= 1 && 1 < 2', true],
  ['false || true', true],
  ['1 + 2 * 3 - 1 == 6', true],
  ['true ? false ? 1 : 2 : 3', 2],
  ['null == null ? 1 : 0', 1],
  ['length([1, 2])', 2],
  ['length({ a = 1, "b" = 2 })', 2],
  ['toset(["b", "a", "b"])', ['a', 'b']],
  ['true ? toset(["a"]) : toset([])', ['a']],
  ['keys({ b = 1, a = 2 })', ['a', 'b']],
  ['concat(["a"], ["b"])', ['a', 'b']],
  ['merge({ a = 1 }, { a = 2, b = 3 })', { a: 2, b: 3 }],
  ['contains(["a"], "a")', true],
  ['contains(["a"], "b")', false],
  ['contains([], "b")', false],
  ['[] == null', false],
  ['upper("a") == "A"', true],
  ['tomap({ a = 1 })', { a: 1 }],
  ['tolist([1])', [1]],
  ['lower("A")', 'a'],
  ['false ? azurerm_public_ip.it.id : null', null],
  ['"a\\"b" == "a\\"b"', true],
  ['false || false', false],
  ['true && false', false],
  ['1 >= 2', false],
  ['2 <= 1', false],
  ['1 > 1', false],
  ['1 < 1', false],
  ['2 < 1', false],
  ['null == 1', false],
  ['1 == null', false],
  ['1 - 2 - 3 < 0', true],
  ['"" == upper("")', true],
  ['lower("AB1")', 'ab1'],
  ['12.25 == 12.25', true],
  ['12.25 == 12.26', false],
  ['  true   ?   1   :   2  ', 1],
  ['true?[1,2,]:[]', [1, 2]],
  ['length([])', 0],
  ['length({})', 0],
  ['999999999999999 == 999999999999998', false],
  ['!!true', true],
  ['(((((true)))))', true],
  ['{\n  "a" = 1\n  b : 2\n} == null', false],
  // each part is as deep as the others, however many there are
  [`length([${'(1), '.repeat(100)}])`, 100],
  [`${'!true || '.repeat(100)}true`, true],
  ['false ? it.a["b"].c_d[12][*].e.*.f.10 : 1', 1],
])('%s is %j', (expression, value) => {
  expect(evaluated(expression)).toEqual({ value });
});

test.each([
  ['true ? azurerm_public_ip.it[0].id : "none"', 'azurerm_public_ip.it[0].id'],
  ['false ? "a" : file("b")', 'file("b")'],
  ['  true ? azurerm_public_ip.it : 1  ', 'azurerm_public_ip.it'],
  ['true ? var.a ? 1 : 2 : 3', 'var.a ? 1 : 2'],
])('what decides %s leaves %s', (expression, rest) => {
  expect(evaluated(expression)).toEqual({ rest });
});

test.each([
  'var.on ? 1 : 0',
  'azurerm_public_ip.it.id == "a"',
  'length(local.it)',
  // what only a run decides, or what Terraform converts in ways of its own
  'sensitive("a") == "a"',
  '1 == "1"',
  '[] == []',
  '{ a = 1 } != {}',
  'contains(["1"], 1)',
  'contains([[]], [])',
  'contains(["a"])',
  // what Go calculates in another way than JavaScript
  '9007199254740993 == 9007199254740992',
  '(0.1 + 0.2) == 0.3',
  '(900000000000000 * 900000000000000) > 1',
  'lower("\u0130")',
  'upper("\u00df")',
  'timestamp() == "a" ? 1 : 0',
  '[for one in ["a"] : upper(one)]',
  '{ for one in ["a"] : one => 1 }',
  '"${local.a}" == "a" ? 1 : 0',
  'true ? 1',
  'a ? b : c ? d',
  '!"a"',
  'true && "false"',
  '"true" || false',
  '1 > "0"',
  '"1" <= 2',
  'var.a == null',
  'null != var.a',
  'var.a + 1 == 2',
  'lower(1)',
  'length("ab")',
  'toset("a")',
  'toset([1, [2]])',
  'toset(["a", var.b])',
  'tolist("a")',
  'concat(["a"], "b")',
  'merge({ a = 1 }, [1])',
  'merge({ a = 1 }, { b = var.c })',
  'contains("a", "a")',
  'contains(["a", ["b"]], "a")',
  'contains(["a", 1], "a")',
  '1234567890123456 == 1',
  // what is no expression of Terraform
  '',
  '()',
  '? 1 : 2',
  'true ? : 2',
  'true ? 1 2',
  'true ? 1 : 2 3',
  'true == ',
  'length([1 2])',
  'length({ = 1 })',
  'length({ a == 1 })',
  '1 > = 1',
  `${'('.repeat(41)}true${')'.repeat(41)}`,
  `${'!'.repeat(42)}true`,
  `${' '.repeat(8_000)}true || true`,
])('%s stays as it is', (expression) => {
  expect(evaluated(expression)).toBeUndefined();
});

test('no text breaks it', () => {
  const pieces = fc.constantFrom(...'()[]{}"\\?:!=a1 ,$&|'.split(''), '==', 'true', 'toset(');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      expect(() => evaluated(parts.join(''))).not.toThrow();
    }),
  );
});
