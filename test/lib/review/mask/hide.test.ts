import { Secrets } from '../../../../lib/review/mask/secrets';
import { MASK } from '../../../../lib/review/mask/mask-value';
import type { Json } from '../../../../lib/terraform-json/json';

function secrets(...values: Json[]): Secrets {
  const found = new Secrets();
  values.forEach((value) => found.add(value));
  return found;
}

const encode = (text: string, encoding: 'base64' | 'base64url' | 'hex') => Buffer.from(text).toString(encoding);

test.each<[what: string, secret: Json, value: Json, shown: Json]>([
  ['a whole text', 'hunter2', 'hunter2', MASK],
  ['parts of a text', 'hunter2', 'a hunter2 b hunter2', `a ${MASK} b ${MASK}`],
  ['parts that follow each other', 'abcd', 'abcdabcdx', `${MASK}${MASK}x`],
  ['a text that ends in the middle of it', 'hunter2', 'a hunter', 'a hunter'],
  ['the shortest part', 'abcd', 'xabcdx', `x${MASK}x`],
  ['the shortest part at the end', 'abcd', 'xabcd', `x${MASK}`],
  ['no line that is short', 'line one\n  short  \nline two', ['x short', 'x line two'], ['x short', `x ${MASK}`]],
  ['a text that is shorter than a part', 'abc', 'xabc', 'xabc'],
  ['a whole text that is that short', 'abc', 'abc', MASK],
  ['nothing in an empty text', 'hunter2', '', ''],
  ['items of a list', 'hunter2', ['hunter2', 'open', 1], [MASK, 'open', 1]],
  ['values and keys of an object', 'hunter2', { a: 'hunter2', 'x hunter2': 1 }, { a: MASK, [`x ${MASK}`]: 1 }],
  ['all that is in a secret', { a: ['first1', { b: 'second' }] }, ['first1', 'second'], [MASK, MASK]],
  ['a number', 123456, [123456, 'a123456', 12345], [MASK, `a${MASK}`, 12345]],
  ['no number that is short', 12345, [12345, 'a12345'], [12345, 'a12345']],
  ['no truth', true, [true, 'true'], [true, 'true']],
  ['no truth as a text', 'true', [true, 'true'], [true, 'true']],
  ['its Base64', 'hunter~~2', encode('hunter~~2', 'base64'), MASK],
  ['its Base64 of URLs', 'hunter~~?2', encode('hunter~~?2', 'base64url'), MASK],
  ['its hexadecimal', 'hunter2', encode('hunter2', 'hex'), MASK],
  ['no encoding of what is short', 'abc', encode('abc', 'hex'), encode('abc', 'hex')],
  ['its URL', 'a b/c?d', 'x=a%20b%2Fc%3Fd', `x=${MASK}`],
  ['its JSON', 'a"b\\c', 'x: a\\"b\\\\c', `x: ${MASK}`],
  ['what its template means', 'ab$${cd', 'x ab${cd', `x ${MASK}`],
  [
    'its lines',
    'line one\r\nline two\nend',
    ['x line one', 'x line two', 'x end'],
    [`x ${MASK}`, `x ${MASK}`, 'x end'],
  ],
  ['half a character', '\ud800hunter', 'x \ud800hunter', `x ${MASK}`],
  [
    'a password in JSON',
    '{"auths":{"r":{"auth":"dXNlcjpw","user":"open-user"}}}',
    ['x dXNlcjpw', 'open-user'],
    [`x ${MASK}`, 'open-user'],
  ],
  ['a number in JSON', '{"password":123456,"port":654321}', ['x 123456', 'x 654321'], [`x ${MASK}`, 'x 654321']],
  ['a text that only begins like JSON', '{password', 'x {password', `x ${MASK}`],
])('hides %s', (_, secret, value, shown) => {
  expect(secrets(secret).hide(value)).toEqual(shown);
});

test('the longest of several secrets is hidden', () => {
  expect(secrets('abcd', 'abcdef', 'bcdefgh').hide('xabcdefgh abcde')).toBe(`x${MASK}gh ${MASK}e`);
});

test('a secret that is added later is hidden from then on', () => {
  const found = secrets('first1');
  expect(found.hide('first1 second')).toBe(`${MASK} second`);
  found.add('second');
  expect(found.hide('first1 second')).toBe(`${MASK} ${MASK}`);
});

test('an id keeps its end, also if it is a secret later', () => {
  const found = new Secrets();
  found.addId('0123456789');
  found.add('0123456789');
  expect(found.hide(['0123456789', 'x 0123456789'])).toEqual(['…6789', 'x …6789']);
});

test('words of the review itself stay, where they are texts', () => {
  expect(secrets('replace').hide({ action: 'replace', state: 'replace', name: 'replace', kind: ['replace'] })).toEqual({
    ...{ action: 'replace', state: 'replace', name: MASK, kind: [MASK] },
  });
});

test.each([
  ['password=hunter22', `password=${MASK}`],
  ['key AKIAABCDEFGHIJKLMNOP', `key ${MASK}`],
  ['/subscriptions/0A1b2c3d-4e5f-6789-abcd-ef0123456789/x', '/subscriptions/…6789/x'],
  ['/subscriptions/of-ours/x', '/subscriptions/of-ours/x'],
])('what is a secret anywhere is hidden in %s', (text, shown) => {
  expect(new Secrets().hide(text)).toBe(shown);
  expect(secrets('another').hide(text)).toBe(shown);
});
