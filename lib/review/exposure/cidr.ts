/** Words that stand for every address. */
const ANYWHERE = ['*', 'internet', 'any'];

/** Whether a source range is the whole internet. */
export function isAnywhere(range: string): boolean {
  // with no bit that counts, the address before them says nothing.
  return ANYWHERE.includes(range.trim().toLowerCase()) || /\/0+$/.test(range.trim());
}

/** Whether every address of one range is in another; only IPv4 ranges are taken apart, others must be equal. */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow || isAnywhere(wide)) {
    return true;
  }
  const [a, b] = [parse(wide), parse(narrow)];
  return a !== undefined && b !== undefined && a.bits <= b.bits && a.start === network(b.start, a.bits);
}

function parse(range: string): { start: number; bits: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(range.trim());
  if (match === null) {
    return undefined;
  }
  const bytes = match.slice(1, 5).map(Number);
  const bits = Number(match[5] ?? 32);
  const valid = bytes.every((byte) => byte <= 255) && bits <= 32;
  return valid
    ? {
        start: network(
          bytes.reduce((sum, byte) => sum * 256 + byte, 0),
          bits,
        ),
        bits,
      }
    : undefined;
}

function network(address: number, bits: number): number {
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) * size;
}
