import fc from 'fast-check';
import { transitionOf } from '../../../../lib/review/render/transition';

/** Half of a character. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('a value that is cut', () => {
  test.each([
    ['jminnacr.azurecr.io/jm-inn-azure-vote-front-image:v1', 'jminnacr.azurecr.io/jm-inn-azure-vote-front-image:v2'],
    [`a${'x'.repeat(200)}`, `b${'x'.repeat(200)}`],
    [`${'x'.repeat(200)}1${'y'.repeat(200)}`, `${'x'.repeat(200)}2${'y'.repeat(200)}`],
    ['x'.repeat(200), 'x'.repeat(201)],
    [`${'😀'.repeat(40)}a`, `${'😀'.repeat(40)}b`],
  ])('shows what differs: %s', (old, now) => {
    const { before, after } = transitionOf(old, now, 40);
    expect(before).not.toBe(after);
    expect([before, after].filter((text) => [...(text ?? '')].length > 44)).toEqual([]);
  });

  test('shows what differs, whatever it is, in no more room than there is', () => {
    const long = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 120 });
    fc.assert(
      fc.property(long, long, long, long, (start, old, now, end) => {
        const [a, b] = [start + old + end, start + now + end];
        const { before = '', after = '' } = transitionOf(a, b, 60);
        expect(before === after).toBe(a === b);
        expect(Math.max(before.length, after.length)).toBeLessThanOrEqual(75);
        expect(before + after).not.toMatch(HALF);
      }),
    );
  });

  test('is whole where there is room', () => {
    expect(transitionOf([1, 2], { a: true }, 60)).toEqual({ before: '[1,2]', after: '{"a":true}' });
    expect(transitionOf(undefined, '', 60)).toEqual({ before: undefined, after: '' });
  });
});
