/** What is wrong with a value: where it is, and the parts of the sentence about it. */
export interface Mistake {
  readonly path: string;
  /** What must hold: "must be a number". The rule of the property says it better, once that is known. */
  readonly must: string;
  /** What was found: "got 5". */
  readonly found: string;
  /** What to do about it, or nothing where that is clear. */
  readonly remedy?: string;
  /** What took the place of the value: the rules that are asked about it are those of the property. */
  readonly standIn?: unknown;
  /** Whether what needs the value cannot be made without it: no token can take its place. */
  readonly isFatal?: boolean;
  /** The mistake in what a factory was given, wherever its product is used. */
  readonly kept?: Mistake;
}

/** What is wrong with what a factory was given, by what it made: nobody knows yet whose property that is. */
const mistakesOf = new WeakMap<object, readonly Mistake[]>();

/** Keeps the mistakes of a factory's arguments for whoever uses what it made. */
export function keepMistakes(made: object, mistakes: readonly Mistake[]): void {
  mistakesOf.set(made, mistakes);
}

/** The mistakes in what a value was made from, as those of the property that holds it. */
export function keptMistakes(value: object, path: string): Mistake[] {
  return (mistakesOf.get(value) ?? []).map((mistake) => ({
    ...mistake,
    path: joinPath(path, mistake.path),
    isFatal: false,
    kept: mistake.kept ?? mistake,
  }));
}

/** The path of something inside a value. */
export function joinPath(path: string, name: string): string {
  return path === '' || name === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
}
