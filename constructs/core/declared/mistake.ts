/** What is wrong with a value: where it is, and the rest of the sentence. */
export interface Mistake {
  readonly path: string;
  readonly text: string;
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
    path: joinPath(path, mistake.path),
    text: mistake.text,
    kept: mistake.kept ?? mistake,
  }));
}

/** The path of something inside of a value. */
export function joinPath(path: string, name: string): string {
  return path === '' || name === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
}
