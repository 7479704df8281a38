/** The ports that a text stands for. */
interface Ports {
  readonly first: number;
  readonly last: number;
  readonly protocol: string;
}

/** Whether one port, or range of ports, holds another one: 80, 80-90, 80/TCP; `*` or `any` is every port. */
export function coversPort(wide: string, narrow: string): boolean {
  const [outer, inner] = [portsOf(wide), portsOf(narrow)];
  const isWithin = outer.first <= inner.first && inner.last <= outer.last;
  return wide === narrow || (outer.protocol === inner.protocol && isWithin);
}

/** The numbers of a port as it is written, of which a name has none. */
function portsOf(port: string): Ports {
  const [range = '', protocol = ''] = port.split('/');
  const [first, last = first] = range.split('-');
  const isAny = range === '*' || range === 'any';
  return isAny ? { first: 0, last: 65_535, protocol } : { first: Number(first), last: Number(last), protocol };
}
