import type { IConstruct } from 'constructs';

/** That something comes after something else, and why. */
export interface Step {
  readonly from: IConstruct;
  readonly to: IConstruct;
  /** The reason, in words. */
  readonly why: () => string;
}

/** What each of some things comes after. */
export type Graph = ReadonlyMap<IConstruct, readonly Step[]>;

/** The circles of a graph, one for each step that closes one, each from its first member to its last. */
export function findCircles(graph: Graph): Step[][] {
  const circles: Step[][] = [];
  const done = new Set<IConstruct>();
  const open = new Set<IConstruct>();
  const path: Step[] = [];
  const visit = (one: IConstruct): void => {
    open.add(one);
    for (const step of graph.get(one) ?? []) {
      path.push(step);
      if (open.has(step.to)) {
        circles.push(path.slice(path.findIndex(({ from }) => from === step.to)));
      } else if (!done.has(step.to)) {
        visit(step.to);
      }
      path.pop();
    }
    open.delete(one);
    done.add(one);
  };
  for (const one of graph.keys()) {
    if (!done.has(one)) {
      visit(one);
    }
  }
  return circles;
}
