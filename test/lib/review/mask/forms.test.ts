import { array, assert, property, string } from 'fast-check';
import { Forms } from '../../../../lib/review/mask/forms';

function formsOf(secrets: readonly string[]): Forms {
  const forms = new Forms();
  secrets.forEach((secret) => forms.add(secret));
  return forms;
}

/** Texts of few letters, which often start alike. */
const texts = (minLength: number) =>
  string({ unit: 'grapheme-ascii', minLength, maxLength: 8 }).map((text) =>
    text.replace(/./g, (c) => 'abc'[c.charCodeAt(0) % 3]!),
  );

test('the longest secret at a position is found', () => {
  assert(
    property(array(texts(1), { minLength: 1, maxLength: 12 }), texts(0), (given, text) => {
      const secrets = [...new Set(given)];
      const forms = formsOf(secrets);
      for (let position = 0; position <= text.length; position++) {
        const [longest] = secrets
          .filter((secret) => text.startsWith(secret, position))
          .sort((a, b) => b.length - a.length);
        expect(forms.at(text, position)).toEqual(longest && { form: longest, length: longest.length });
      }
    }),
    { numRuns: 300 },
  );
});

test('secrets that are added later are found as well', () => {
  const forms = formsOf(['bbbb']);
  expect(forms.at('aaaa', 0)).toBeUndefined();
  forms.add('aaaa');
  expect(forms.at('aaaa', 0)).toEqual({ form: 'aaaa', length: 4 });
  expect(forms.at('bbbb', 0)).toEqual({ form: 'bbbb', length: 4 });
});

describe('of a secret of a hundred characters', () => {
  const secret = 'k'.repeat(99) + 'z';
  const other = 'k'.repeat(20) + 'a'.repeat(80);
  const forms = formsOf([secret, other]);

  test.each([
    [63, undefined],
    [64, 64],
    [80, 80],
    [100, 100],
  ])('the first %d are masked up to there: %d', (given, length) => {
    expect(forms.at(`x${secret.slice(0, given)}-`, 1)?.length).toBe(length);
  });

  test('the start of the nearer one is masked, on either side of it in the order', () => {
    expect(forms.at(`${other.slice(0, 70)}!`, 0)).toEqual({ form: other, length: 70 });
    expect(forms.at(`${other.slice(0, 70)}~`, 0)).toEqual({ form: other, length: 70 });
    expect(forms.at(`${secret.slice(0, 70)}!`, 0)).toEqual({ form: secret, length: 70 });
    expect(forms.at(`${secret.slice(0, 70)}~`, 0)).toEqual({ form: secret, length: 70 });
  });

  test('a shorter one that it starts with is found where it goes on otherwise', () => {
    expect(formsOf([secret, 'kkkk', 'kkkkk']).at('kkkkkkk-', 0)).toEqual({ form: 'kkkkk', length: 5 });
  });
});
