import type { Violation } from '../core/problems/violation';

/** Finds lines by the paths of values in a document. */
type LineOf = (path: readonly (string | number)[]) => number;

/** The keys and the positions in the path of a property in a message. */
const STEPS = /([A-Za-z_][^.[\]]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g;

/** The property with which a message begins, which may contain the key of a map in double quotes. */
const PROPERTY = /^'((?:[^'"]|"(?:[^"\\]|\\.)*")*)'/;

/** The property with which a message begins; empty if there is none. */
export function propertyOf({ message }: Violation): string {
  return PROPERTY.exec(message)?.[1] ?? '';
}

/** The place of an object, or of an invalid document, in YAML. */
export class YamlPlace {
  /**
   * @param file The name of the file; undefined for a text
   * @param document The number of the document, from 1
   * @param base The path of the object in its document: not empty for an item of a list
   */
  constructor(
    private readonly file: string | undefined,
    private readonly document: number,
    private readonly lineOf: LineOf,
    private readonly base: readonly (string | number)[] = [],
  ) {}

  /** The place of an item of the list at this place. */
  public item(index: number): YamlPlace {
    return new YamlPlace(this.file, this.document, this.lineOf, [...this.base, 'items', index]);
  }

  /** A violation with the document and the line of the property in its message. */
  public located(violation: Violation): Violation {
    const steps = [...propertyOf(violation).matchAll(STEPS)].map(([, name, index, key]) =>
      index === undefined ? (name ?? (JSON.parse(`"${key ?? ''}"`) as string)) : Number(index),
    );
    const line = this.lineOf([...this.base, ...steps]);
    const where = this.file === undefined ? `line ${line}` : `${this.file}:${line}`;
    return { ...violation, message: `${violation.message} (${where}, document ${this.document})` };
  }

  /** Violations with their documents and lines. */
  public locatedAll(violations: readonly Violation[]): Violation[] {
    return violations.map((one) => this.located(one));
  }
}
