import { addTo } from '../../terraform-json/group';
import { instancesOf, eachOf } from '../match/each';
import type { Resource } from '../read/program';
import type { Questions } from './asked';
import type { FindingRule } from './catalog';
import { subjectOf, type Subject } from './rule';

/** The failures of one resource, by rule and part. */
export type Failures = ReadonlyMap<string, Failure>;

/** A rule that fails for a part of a resource, or may fail. */
export interface Failure {
  readonly rule: FindingRule;
  readonly part?: string;
  /** Whether the code determines that it fails. */
  readonly isKnown: boolean;
}

/** Applies rules to resources of the types that they are about. */
export class Judges {
  private readonly byTarget = new Map<string, FindingRule[]>();

  public constructor(rules: readonly FindingRule[]) {
    for (const rule of rules) {
      for (const target of [...(rule.over.types ?? []), ...(rule.over.kinds ?? [])]) {
        addTo(this.byTarget, target, rule);
      }
    }
  }

  /** The failures of a resource, in any of its instances. */
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

/** The subjects of a resource: itself, or its instances if the code determines them. */
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
