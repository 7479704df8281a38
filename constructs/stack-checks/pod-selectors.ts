import { questionable, type Violation } from '../core/problems/violation';
import { objectKind, objectMetadata } from '../kubernetes/object-metadata';
import { append, labelKey, type Labels, type Pods, workloadName } from './pods-of-stack';

/** Finds the pods that a selector selects without looking at all of them. */
export class PodIndex {
  private readonly byLabel = new Map<string, Pods[]>();

  constructor(all: readonly Pods[]) {
    for (const pods of all) {
      for (const [label, value] of Object.entries(pods.labels)) {
        append(this.byLabel, labelKey(pods.place, label, value), pods);
      }
    }
  }

  public selected(place: string, selector: Labels): readonly Pods[] {
    const candidates = Object.entries(selector).map(
      ([label, value]) => this.byLabel.get(labelKey(place, label, value)) ?? [],
    );
    const [fewest = []] = candidates.sort((one, other) => one.length - other.length);
    return fewest.filter(({ labels }) => Object.entries(selector).every(([label, value]) => labels[label] === value));
  }
}

/**
 * The problems of a selector that also selects the pods of another resource: one would delete what the other creates.
 */
export function selectorProblems(one: Pods, index: PodIndex): Violation[] {
  return index
    .selected(one.place, one.selector)
    .filter((other) => !haveOneName(one, other))
    .map((other) =>
      questionable(
        'selector-apart',
        `the selector ${text(one.selector)} of ${one.resource.node.path} selects the pods of ${other.resource.node.path} ` +
          'too: each would manage pods of the other. Give the pods different labels',
      ),
    );
}

/** Whether two are the same, or have a name in common, which is reported elsewhere. */
export function haveOneName(one: Pods, other: Pods): boolean {
  const workload = workloadName(one);
  return (
    (objectKind(one.resource) === objectKind(other.resource) &&
      objectMetadata(one.resource).name === objectMetadata(other.resource).name) ||
    (workload !== undefined && workload === workloadName(other))
  );
}

function text(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
}
