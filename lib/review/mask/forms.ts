import { compare } from '../../terraform-json/json';

/** A match of this length from the start of a secret is masked, even if the rest is cut off or different. */
const ENOUGH = 64;

/** A secret found in a text. */
export interface Found {
  readonly form: string;
  /** The length of its text that matches. */
  readonly length: number;
}

/**
 * Secrets with the same start, sorted so that a binary search finds the one in a text: the time for a position hardly depends
 * on the number of secrets.
 */
export class Forms {
  private readonly forms: string[] = [];
  /** For each secret, the index of the longest other secret that it starts with. */
  private starts: readonly (number | undefined)[] | undefined;

  /** Adds a secret. */
  public add(form: string): void {
    this.forms.push(form);
    this.starts = undefined;
  }

  /** The longest secret at a position of a text. */
  public at(text: string, position: number): Found | undefined {
    const starts = (this.starts ??= this.sorted());
    const after = this.firstAfter(text, position);
    const neighbours = [after - 1, after].filter((index) => this.forms[index] !== undefined);
    const shared = neighbours.map((index) => sharedLength(text, position, this.forms[index] ?? ''));
    const longest = Math.max(0, ...shared);
    const near = this.forms[neighbours[shared.indexOf(longest)] ?? -1] ?? '';
    if (longest >= ENOUGH) {
      // the whole match, so that no text is read twice.
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

  /** The index of the first secret that sorts after the text. */
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

/** The number of characters that a text from a position on and a secret have in common. */
function sharedLength(text: string, position: number, form: string): number {
  let length = 0;
  while (length < form.length && text.charCodeAt(position + length) === form.charCodeAt(length)) {
    length++;
  }
  return length;
}
