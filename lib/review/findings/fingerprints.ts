import { fingerprintOf } from '../../terraform-json/digest';
import { cloudNameOf } from '../match/match';
import type { Pair } from '../match/pair';
import type { Resource, Stack } from '../read/program';
import type { Failure } from './judge';

/** What tells findings apart from one run to the next, whatever lines, addresses and values become. */
export class Fingerprints {
  private readonly before: Names;
  private readonly after: Names;

  public constructor(base: Stack, head: Stack) {
    this.before = new Names(base);
    this.after = new Names(head);
  }

  /** The fingerprints of the findings of a resource: of that before the change, if there was one. */
  public of({ base, head }: Pair): (failure: Failure) => string {
    const [names, resource] = base ? [this.before, base] : [this.after, head as Resource];
    // an address that a moved block declares has the name of the first one, also when the block stays.
    const name = names.cloudName(resource) ?? this.after.firstAddress((head ?? resource).address, resource.address);
    return ({ rule, part = '' }) => fingerprintOf(rule.id, resource.stack, name, part);
  }
}

/** The number of moves in a row that are followed. */
const MOST_MOVES = 20;

/** How the resources of a stack are told apart. */
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

  /** The address from which moved blocks lead to another one. */
  public firstAddress(address: string, otherwise: string): string {
    let first = address;
    // moved blocks may form circles.
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
