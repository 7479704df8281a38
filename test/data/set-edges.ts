/** Values that rules about several values allow, at their edges, and refuse, just beyond them; by the ids of the rules. */
export interface SetEdges<T> {
  readonly [rule: string]: { readonly inside: readonly T[]; readonly outside: readonly T[] };
}
