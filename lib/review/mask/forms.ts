import { compare } from '../../terraform-json/json';

/** So much of the start of a secret is enough to mask it, also where the rest is cut or different. */
const ENOUGH = 64;

/** A secret that was found in a text. */
export interface Found {
  readonly form: string;
  /** How much of the text it is. */
  readonly length: number;
}

/**
 * Secrets that start alike, in an order that finds the one in a text by halving: the time that a position takes does not
 * depend on how many they are.
 */
export class Forms {
  private readonly forms: string[] = [];
  /** For each secret, the longest other one that it starts with. */
  private starts: readonly (number | undefined)[] | undefined;

  /** Adds a secret. */
  public add(form: string): void {
    this.forms.push(form);
    this.starts = undefined;
  }

  /** The longest secret that stands at a position of a text. */
  public at(text: string, position: number): Found | undefined {
    const starts = (this.starts ??= this.sorted());
    const after = this.firstAfter(text, position);
    const neighbours = [after - 1, after].filter((index) => this.forms[index] !== undefined);
    const shared = neighbours.map((index) => sharedLength(text, position, this.forms[index] ?? ''));
    const longest = Math.max(0, ...shared);
    const near = this.forms[neighbours[shared.indexOf(longest)] ?? -1] ?? '';
    if (longest >= ENOUGH) {
      // as far as it goes, so that no text is read twice.
      return { form: near, length: longest };
    }
    let index: number | undefined = after - 1;
    while (
      index !== undefined &&
      index >= 0 &&
      (this.forms[index] as string).length > sharedLength(text, position, this.forms[index] as string)
    ) {
      index = starts[index];
    }
    const form = index === undefined ? undefined : this.forms[index];
    return form === undefined ? undefined : { form, length: form.length };
  }

  private sorted(): (number | undefined)[] {
    this.forms.sort(compare);
    const open: number[] = [];
    return this.forms.map((form, index) => {
      while (open.length > 0 && !form.startsWith(this.forms[open.at(-1) as number] as string)) {
        open.pop();
      }
      const start = open.at(-1);
      open.push(index);
      return start;
    });
  }

  /** The index of the first secret that comes after the text in the order. */
  private firstAfter(text: string, position: number): number {
    let [low, high] = [0, this.forms.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const form = this.forms[middle] as string;
      const length = sharedLength(text, position, form);
      const isBefore = length === form.length || text.charCodeAt(position + length) > form.charCodeAt(length);
      [low, high] = isBefore ? [middle + 1, high] : [low, middle];
    }
    return low;
  }
}

/** How many characters of a text from a position on are those of a secret from its start on. */
function sharedLength(text: string, position: number, form: string): number {
  let length = 0;
  while (length < form.length && text.charCodeAt(position + length) === form.charCodeAt(length)) {
    length++;
  }
  return length;
}
