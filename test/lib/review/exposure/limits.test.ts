import { compareLimits, limitsOf, portsIn } from '../../../../lib/review/exposure/limits';
import { EVERYONE } from '../../../../lib/review/exposure/source';

const range = (text: string, first: bigint, last: bigint) => ({ text, range: { isV6: false, first, last } });

test.each([
  ['80', range('80', 80n, 80n)],
  [' 80 - 90 ', range(' 80 - 90 ', 80n, 90n)],
  ['0-65535', EVERYONE],
  ['1-65535', EVERYONE],
  ['2-65535', range('2-65535', 2n, 65_535n)],
  ['1-65534', range('1-65534', 1n, 65_534n)],
  ['*', { text: '*' }],
  ['p80', { text: 'p80' }],
  ['80p', { text: '80p' }],
  ['80-90p', { text: '80-90p' }],
])('the port %j', (text, source) => {
  expect(portsIn([text])).toEqual([source]);
});

test('the traffic of two entry points is compared by ports, protocols and ends', () => {
  const web = { limits: limitsOf(['443'], ['TCP'], ['10.0.0.0/8']) };

  expect(compareLimits(web, { limits: limitsOf(['443', '80'], ['Tcp'], ['10.1.0.0/16']) })).toEqual([
    ...['wider', 'same', 'narrower'],
  ]);
  expect(compareLimits(web, { limits: {} })).toEqual(['wider', 'wider', 'wider']);
  expect(compareLimits({ limits: { ports: [] } }, { limits: {} })).toEqual(['same', 'same', 'same']);
  expect(compareLimits(web, {})).toBeUndefined();
  expect(compareLimits(undefined, web)).toBeUndefined();
});
