import { isScalar, type Json } from '../../terraform-json/json';
import { shorten } from './words';

/** A value before and after as texts; a side without a value is undefined. */
export interface Transition {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A value before and after, each on one line. Equal parts are shortened, so that the difference is always visible. */
export function transitionOf(before: Json | undefined, after: Json | undefined, longest: number): Transition {
  const [old, now] = [textOf(before), textOf(after)];
  if (old === undefined || now === undefined || old === now) {
    return { before: old && shorten(old, longest), after: now && shorten(now, longest) };
  }
  const [start, end] = [commonStart(old, now), commonEnd(old, now)];
  const around = Math.floor(longest / 3);
  const cut = (text: string): string => {
    if (text.length <= longest) {
      return text;
    }
    const stop = text.length - end;
    const left = start > around ? `…${text.slice(whole(text, start - around), start)}` : text.slice(0, start);
    const right = end > around ? `${text.slice(stop, whole(text, stop + around))}…` : text.slice(stop);
    return left + shorten(text.slice(start, stop), Math.max(longest - left.length - right.length, 9)) + right;
  };
  return { before: cut(old), after: cut(now) };
}

/** The differing parts of two texts. */
export function differenceOf(before: string, after: string): Transition {
  const [start, end] = [commonStart(before, after), commonEnd(before, after)];
  return { before: before.slice(start, before.length - end), after: after.slice(start, after.length - end) };
}

/** A value on one line. */
function textOf(value: Json | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return isScalar(value) ? String(value) : JSON.stringify(value);
}

/** The length of the common start of two texts. */
function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) {
    length++;
  }
  return whole(a, length);
}

/** The length of the common end of two texts after their common start. */
function commonEnd(a: string, b: string): number {
  const most = Math.min(a.length, b.length) - commonStart(a, b);
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) {
    length++;
  }
  return a.length - whole(a, a.length - length, 1);
}

/** A position that does not split a surrogate pair. */
function whole(text: string, position: number, step: -1 | 1 = -1): number {
  return /[\udc00-\udfff]/.test(text[position] ?? '') && /[\ud800-\udbff]/.test(text[position - 1] ?? '')
    ? position + step
    : position;
}
