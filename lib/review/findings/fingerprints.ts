import { fingerprintOf } from '../../terraform-json/digest';
import { cloudNameOf } from '../match/match';
import type { Pair } from '../match/pair';
import type { Resource, Stack } from '../read/program';
import type { Failure } from './judge';

/** Identifies findings across runs, regardless of changed lines, addresses and values. */
export class Fingerprints {
  private readonly before: Names;
  private readonly after: Names;

  public constructor(base: Stack, head: Stack) {
    this.before = new Names(base);
    this.after = new Names(head);
  }

  /** The fingerprints of the findings of a resource, based on its old side if there is one. */
  public of({ base, head }: Pair): (failure: Failure) => string {
    const [names, resource] = base ? [this.before, base] : [this.after, head as Resource];
    // a moved resource keeps its first address, also while the moved block remains.
    const name = names.cloudName(resource) ?? this.after.firstAddress((head ?? resource).address, resource.address);
    return ({ rule, part = '' }) => fingerprintOf(rule.id, resource.stack, name, part);
  }
}

/** The maximum number of consecutive moves. */
const MOST_MOVES = 20;

/** The names that identify the resources of a stack. */
class Names {
  private counts: ReadonlyMap<string, number> | undefined;
  private readonly origins: ReadonlyMap<string, string>;

  public constructor(private readonly stack: Stack) {
    this.origins = new Map([...stack.moved].map(([from, to]) => [to, from]));
  }

  /** The name in Azure or Kubernetes, if no other resource of the stack has it. */
  public cloudName(resource: Resource): string | undefined {
    const name = cloudNameOf(resource);
    this.counts ??= countsOf([...this.stack.resources.values()].map(cloudNameOf));
    return name !== '' && this.counts.get(name) === 1 ? name : undefined;
  }

  /** The first address of a chain of moved blocks that ends at another one. */
  public firstAddress(address: string, otherwise: string): string {
    let first = address;
    // moved blocks may form cycles.
    for (let step = 0; step < MOST_MOVES; step++) {
      first = this.origins.get(first) ?? first;
    }
    return first === address ? otherwise : first;
  }
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  names.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  return counts;
}
