import { templateParts } from '../../../lib/terraform-json/templates';

const expressionsIn = (text: string) => templateParts(text).flatMap(({ expression }) => expression ?? []);

test.each<[text: string, expressions: string[]]>([
  ['a', []],
  ['$${a}', []],
  ['${a.b}-${c.d}', ['a.b', 'c.d']],
  ['${{ a = "}" }}x', ['{ a = "}" }']],
  ['${f("a ${g("}")} b")} c', ['f("a ${g("}")} b")']],
  ['${f("a ${g("{")} b")} c ${d.e}', ['f("a ${g("{")} b")', 'd.e']],
  ['${f("\\"}")} c', ['f("\\"}")']],
  ['${a /* } */ + b} c', ['a /* } */ + b']],
  ['${a.b', ['a.b']],
  ['${f("a', ['f("a']],
])('finds where the templates of %p end', (text, expressions) => {
  expect(expressionsIn(text)).toEqual(expressions);
  expect(
    templateParts(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
