/** A mistake in a value: where it is, and the parts of the sentence about it. */
export interface Mistake {
  readonly path: string;
  /** What must hold: "must be a number". If a rule of the property is known, the message states that instead. */
  readonly must: string;
  /** What was found: "got 5". */
  readonly found: string;
  /** The remedy; undefined if it is obvious. */
  readonly remedy?: string;
  /** The stand-in for the value: rules that are checked on it are those of the property. */
  readonly standIn?: unknown;
  /** Whether nothing can be created without the value, since no token can replace it. */
  readonly isFatal?: boolean;
  /** The original mistake in the arguments of a factory, equal wherever its product is used. */
  readonly kept?: Mistake;
}

/**
 * The mistakes in the arguments of a factory, by the value that it created: it is not known yet whose property that
 * becomes.
 */
const mistakesOf = new WeakMap<object, readonly Mistake[]>();

/** Keeps the mistakes in a factory's arguments for the construct that uses its product. */
export function keepMistakes(made: object, mistakes: readonly Mistake[]): void {
  mistakesOf.set(made, mistakes);
}

/** The mistakes that were kept for a value, as mistakes of the property that contains it. */
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
