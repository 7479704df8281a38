import type { Resource } from '../read/program';
import type { Acceptance } from './acceptance';
import { rulesNamed, type FindingRule } from './catalog';

/** The acceptances of a file, by rule and resource. */
export class Accepted {
  private readonly byRule = new Map<string, Map<string, Acceptance>>();
  private readonly used = new Set<Acceptance>();

  public constructor(private readonly acceptances: readonly Acceptance[]) {
    for (const acceptance of acceptances) {
      for (const { id } of rulesNamed(acceptance.rule)) {
        const places = this.byRule.get(id) ?? new Map<string, Acceptance>();
        this.byRule.set(id, places);
        places.set(acceptance.resource ?? EVERYWHERE, acceptance);
      }
    }
  }

  /** The acceptance of a finding: the narrowest valid one. */
  public of(rule: string, resource: Resource, counts: (acceptance: Acceptance) => boolean): Acceptance | undefined {
    const places = this.byRule.get(rule);
    const all = placesOf(resource).flatMap((name) => places?.get(name) ?? []);
    const found = all.find(counts) ?? all[0];
    if (found !== undefined) {
      this.used.add(found);
    }
    return found;
  }

  /** The acceptances of applied rules that no finding needed. */
  public unused(isApplied: (rule: FindingRule) => boolean): Acceptance[] {
    return this.acceptances.filter(
      (acceptance) => !this.used.has(acceptance) && rulesNamed(acceptance.rule).some(isApplied),
    );
  }
}

const EVERYWHERE = '';

/** The maximum depth of constructs. */
const DEEPEST = 50;

/** The names of a resource in a file, from its address to its outermost construct. */
function placesOf({ stack, address, path = '' }: Resource): string[] {
  const steps = path.split('/').slice(0, DEEPEST);
  const paths = steps.map((_, i) => steps.slice(0, steps.length - i).join('/'));
  return [address, `${stack}/${address}`, ...paths, stack, EVERYWHERE];
}
