import type { Json } from './json';

/**
 * Parses JSON without losing digits: a number that JavaScript cannot represent becomes a text, which is equal in Terraform.
 *
 * @throws an Error if the text is not valid JSON
 */
export function parseExactly(text: string): Json {
  return JSON.parse(/\d{16}|\d[eE]/.test(text) ? withExactNumbers(text) : text) as Json;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function withExactNumbers(text: string): string {
  const quoted = (part: string) =>
    part.replace(NUMBER, (number) => (isExact(number) ? number : JSON.stringify(number)));
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf('"'); start >= 0; start = text.indexOf('"', from)) {
    const end = endOfString(text, start);
    parts.push(quoted(text.slice(from, start)), text.slice(start, end));
    from = end;
  }
  return [...parts, quoted(text.slice(from))].join('');
}

/** Whether JavaScript represents a number exactly. */
function isExact(number: string): boolean {
  if (/^-?\d+$/.test(number)) {
    return number.length < 16 || BigInt(number) === BigInt(Number(number));
  }
  return Number.isFinite(Number(number)) && number.replace(/\D/g, '').length < 16;
}

/** The number of keys in a JSON text, including duplicate ones. */
export function countKeys(text: string): number {
  let count = 0;
  let from = 0;
  for (let start = text.indexOf('"'); start >= 0; start = text.indexOf('"', from)) {
    from = endOfString(text, start);
    let next = from;
    while (' \t\r\n'.includes(text[next] ?? 'x')) {
      next++;
    }
    count += text[next] === ':' ? 1 : 0;
  }
  return count;
}

/** The position after the JSON string whose opening quotation mark is at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text[first - 1] === '\\' && first - 1 > start) {
      first--;
    }
    if ((end - first) % 2 === 0) {
      return end + 1;
    }
  }
  return text.length;
}
