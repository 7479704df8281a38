/** The value of an environment variable of a container. */
export class EnvValue {
  /** A value that the manifest carries. Not for secrets: it stands in the synthesized JSON. */
  public static literal(value: string): EnvValue {
    return new EnvValue(value);
  }

  private constructor(
    /** The value that the manifest carries. */
    public readonly value: string,
  ) {}
}
