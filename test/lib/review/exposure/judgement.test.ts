import type { EntryPoint } from '../../../../lib/review/exposure/entry-point';
import { shiftBetween } from '../../../../lib/review/exposure/judgement';
import { limitsOf } from '../../../../lib/review/exposure/limits';
import { parseSource } from '../../../../lib/review/exposure/source';

const entry = (given: Partial<EntryPoint> = {}): EntryPoint => ({ key: 'it', what: 'it', text: 'it', ...given });
const from = (source: string, ports = '*', rest = ''): EntryPoint =>
  entry({
    ...{ reach: 'ranges', rest, text: `${source} ${ports} ${rest}` },
    ...{ sources: [parseSource(source)], limits: limitsOf([ports], ['Tcp'], ['*']) },
  });
const denied = (source: string, ports = '*', rest = ''): EntryPoint => ({
  ...from(source, ports, rest),
  ...{ reach: undefined, isDenial: true },
});
const INSIDE = entry({ reach: 'cluster', text: 'inside' });
const PUBLIC = entry({ reach: 'internet', text: 'the internet' });
const PRIVATE = entry({ reach: 'network', text: 'the network' });
const UNKNOWN = entry({ text: 'depends on ${var.a}' });

test.each<[string, EntryPoint | undefined, EntryPoint | undefined, string | undefined, string | undefined]>([
  ['is there or not', undefined, PUBLIC, 'added', 'removed'],
  ['is inside the cluster or not there', undefined, INSIDE, undefined, undefined],
  ['is inside the cluster under another name', INSIDE, { ...INSIDE, text: 'within' }, 'changed', 'changed'],
  ['is inside the cluster', INSIDE, INSIDE, undefined, undefined],
  ['is public or inside the cluster', INSIDE, PUBLIC, 'widened', 'narrowed'],
  ['is public or private', PRIVATE, PUBLIC, 'widened', 'narrowed'],
  ['is undecided', UNKNOWN, UNKNOWN, undefined, undefined],
  ['is undecided or public', UNKNOWN, PUBLIC, 'changed', 'changed'],
  ['is for more sources', from('10.1.0.0/16'), from('10.0.0.0/8'), 'widened', 'narrowed'],
  ['is for more ports', from('10.0.0.0/8', '80'), from('10.0.0.0/8', '80-90'), 'widened', 'narrowed'],
  ['is for more sources or more ports', from('10.1.0.0/16', '80-90'), from('10.0.0.0/8', '80'), 'widened', 'changed'],
  ['has another priority', from('10.0.0.0/8', '80', 'a'), from('10.0.0.0/8', '80', 'b'), 'changed', 'changed'],
  [
    'is farther away, on fewer ports',
    from('10.0.0.0/8', '80'),
    { ...from('*', '*'), reach: 'internet' },
    'widened',
    'narrowed',
  ],
  [
    'is nearer, on more ports',
    { ...from('*', '80'), reach: 'internet' },
    from('10.0.0.0/8', '*'),
    'changed',
    'widened',
  ],
  [
    'is for more sources, with another priority',
    from('10.1.0.0/16', '80', 'a'),
    from('10.0.0.0/8', '80', 'b'),
    'widened',
    'narrowed',
  ],
  ['is for more sources, on other ports', from('10.1.0.0/16', '80'), from('10.0.0.0/8', '443'), 'widened', 'changed'],
  [
    'is not in parts, but the same',
    from('10.0.0.0/8'),
    { ...from('10.0.0.0/8'), rest: undefined },
    undefined,
    undefined,
  ],
  ['is denied', undefined, denied('10.0.0.0/8'), 'narrowed', 'widened'],
  ['is denied to more', denied('10.1.0.0/16'), denied('10.0.0.0/8'), 'narrowed', 'widened'],
  ['is denied on more ports', denied('10.0.0.0/8', '80'), denied('10.0.0.0/8'), 'narrowed', 'widened'],
  ['is denied to others', denied('10.0.0.0/8'), denied('11.0.0.0/8'), 'changed', 'changed'],
  [
    'is denied with another priority',
    denied('10.0.0.0/8', '*', 'a'),
    denied('10.0.0.0/9', '*', 'b'),
    'changed',
    'changed',
  ],
])('what %s', (_, old, now, shift, back) => {
  expect([shiftBetween(old, now), shiftBetween(now, old)]).toEqual([shift, back]);
});
