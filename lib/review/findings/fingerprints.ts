import { sha256 } from '../../terraform-json/digest';
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

  /** The fingerprint of a finding: of the resource before the change, if there was one. */
  public of({ rule, part }: Failure, { base, head }: Pair): string {
    const [names, resource] = base ? [this.before, base] : [this.after, head as Resource];
    // an address that a moved block declares has the name of the first one, also when the block stays.
    const name = names.cloudName(resource) ?? this.after.firstAddress((head ?? resource).address, resource.address);
    const parts = [rule.id, resource.stack, name, part ?? ''];
    return Buffer.from(sha256(JSON.stringify(parts)), 'base64')
      .toString('hex')
      .slice(0, 16);
  }
}

/** The number of moves in a row that are followed. */
const MOST_MOVES = 20;

/** How the resources of a stack are told apart. */
class Names {
  private readonly counts = new Map<string, number>();
  private readonly origins: ReadonlyMap<string, string>;

  public constructor(stack: Stack) {
    for (const resource of stack.resources.values()) {
      const name = cloudNameOf(resource);
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
    this.origins = new Map([...stack.moved].map(([from, to]) => [to, from]));
  }

  /** The name in Azure or Kubernetes, if no other resource of the stack has it. */
  public cloudName(resource: Resource): string | undefined {
    const name = cloudNameOf(resource);
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
