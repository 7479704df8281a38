import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type Violation, violation } from '../problems/violation';

/** What each of some things comes after. */
type Graph = ReadonlyMap<IConstruct, readonly IConstruct[]>;

/**
 * The circles of things that are each to be created after the next, of the resources of a stack and of the stacks of its
 * app: each once, at the stack of the first of them.
 *
 * @param neededIn What each resource of a stack is created after
 */
export function circleProblems(stack: TerraformStack, neededIn: (stack: TerraformStack) => Graph): Violation[] {
  const own = neededIn(stack);
  const within = new Map([...own].map(([one, needed]) => [one, needed.filter((other) => own.has(other))]));
  return [
    ...circlesIn(within).map((one) => circle(one.map(ownerPath))),
    ...circlesIn(stacksFrom(stack, own, neededIn))
      .filter((circle) => circle.includes(stack) && isFirst(stack, circle))
      .map((one) => circle(from(stack, one).map(({ node }) => `the stack ${node.path}`))),
  ];
}

/** What each stack comes after, of those that the first comes after, however far: of all, it would cost too much. */
function stacksFrom(first: TerraformStack, own: Graph, neededIn: (stack: TerraformStack) => Graph): Graph {
  const graph = new Map<IConstruct, readonly IConstruct[]>();
  const open = [first];
  for (let stack = open.pop(); stack !== undefined; stack = open.pop()) {
    const before = stacksBefore(stack, stack === first ? own : neededIn(stack));
    graph.set(stack, before);
    open.push(...before.filter((one) => !graph.has(one)));
  }
  return graph;
}

/** Whether a stack is the first of a circle in the order of the app: only that one reports it. */
function isFirst(stack: TerraformStack, circle: readonly IConstruct[]): boolean {
  return stack.node.root.node.findAll().find((one) => circle.includes(one)) === stack;
}

/** The circle, told from one of its members on. */
function from(member: IConstruct, circle: readonly IConstruct[]): IConstruct[] {
  const start = circle.indexOf(member);
  return [...circle.slice(start), ...circle.slice(0, start)];
}

function stacksBefore(stack: TerraformStack, needed: Graph): TerraformStack[] {
  const others = [...needed.values()].flat().map((one) => TerraformStack.of(one));
  return [...new Set([...others, ...stack.dependencies])].filter((one) => one !== stack);
}

/** Circles that have no member in common, each from its first member to its last. */
function circlesIn(graph: Graph): IConstruct[][] {
  const circles: IConstruct[][] = [];
  const done = new Set<IConstruct>();
  const path: IConstruct[] = [];
  const visit = (one: IConstruct): void => {
    const start = path.indexOf(one);
    if (start >= 0) {
      circles.push(path.slice(start));
    }
    if (start >= 0 || done.has(one)) {
      return;
    }
    path.push(one);
    graph.get(one)?.forEach(visit);
    path.pop();
    done.add(one);
  };
  [...graph.keys()].forEach(visit);
  return withoutRepeats(circles);
}

/** Constructs of several resources make the same circle several times. */
function withoutRepeats(circles: readonly IConstruct[][]): IConstruct[][] {
  const seen = new Set<string>();
  return circles.filter((circle) => {
    const owners = circle.map(ownerPath);
    const isNew = owners.every((owner) => !seen.has(owner));
    owners.forEach((owner) => seen.add(owner));
    return isNew;
  });
}

function circle(members: readonly string[]): Violation {
  const names = members.filter((name, index) => name !== members[index - 1]);
  const [first = '', ...others] = names.length > 1 && names[0] === names.at(-1) ? names.slice(0, -1) : names;
  const chain = [...others, first].join(', which is to come after ');
  return violation(
    'no-circle',
    `'prerequisites' and dependencies must not form a circle, got one: ${first} is to come after ${chain}: leave one of ` +
      'them out',
  );
}

/** The construct that somebody wrote, of which the resource is the main part. */
function ownerPath({ node }: IConstruct): string {
  return node.path.replace(/\/Resource$/, '');
}
