import { addTo } from '../../terraform-json/group';
import { instancesOf, eachOf } from '../match/each';
import type { Resource } from '../read/program';
import type { Questions } from './asked';
import type { FindingRule } from './catalog';
import { subjectOf, type Subject } from './rule';

/** What rules say of one resource, by rule and part; what holds is not in it. */
export type Failures = ReadonlyMap<string, Failure>;

/** A rule that does not hold for a part of a resource, or of which the code does not say whether it does. */
export interface Failure {
  readonly rule: FindingRule;
  readonly part?: string;
  /** Whether the code says so. */
  readonly isKnown: boolean;
}

/** Applies rules to resources; those that cannot be about a resource are not asked. */
export class Judges {
  private readonly byTarget = new Map<string, FindingRule[]>();

  public constructor(rules: readonly FindingRule[]) {
    for (const rule of rules) {
      for (const target of [...(rule.over.types ?? []), ...(rule.over.kinds ?? [])]) {
        addTo(this.byTarget, target, rule);
      }
    }
  }

  /** What the rules say of a resource; of several instances, what they say of any. */
  public failuresOf(resource: Resource, surroundings: Questions): Failures {
    const failures = new Map<string, Failure>();
    for (const subject of subjectsOf(resource, surroundings)) {
      for (const rule of this.rulesFor(subject)) {
        for (const { part, fails } of rule.over.judge(subject)) {
          if (fails === false) {
            continue;
          }
          const key = `${rule.id} ${part ?? ''}`;
          if (fails === true || !failures.has(key)) {
            failures.set(key, { rule, ...(part !== undefined && { part }), isKnown: fails === true });
          }
        }
      }
    }
    return failures;
  }

  private rulesFor({ resource, objects }: Subject): readonly FindingRule[] {
    const [first, ...others] = [...new Set([resource.type, ...objects.map(({ kind }) => kind)])]
      .map((target) => this.byTarget.get(target) ?? [])
      .filter((rules) => rules.length > 0);
    return others.length === 0 ? (first ?? []) : [...new Set([...(first ?? []), ...others.flat()])];
  }
}

/** What is judged: the resource, or its instances where the code decides what they are. */
function subjectsOf(resource: Resource, surroundings: Questions): Subject[] {
  const { attributes, written = attributes, meta } = resource;
  const each = written['for_each'] ?? null;
  if (Number(written['count'] ?? 1) === 0 || eachOf(each)?.size === 0) {
    return [];
  }
  if (each === null) {
    return [subjectOf(resource, surroundings)];
  }
  const head = { ...resource, attributes: written, meta: { ...meta, for_each: each } };
  return instancesOf({ head, link: 'none' as const }).map((instance) =>
    subjectOf({ ...resource, written: instance.head.attributes }, surroundings),
  );
}
