import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/** What each of some things comes after. */
type Graph = ReadonlyMap<IConstruct, readonly IConstruct[]>;

/**
 * The circles of things that are each to be created after the next, of the resources of a stack and of the stacks of its
 * app: each once, at the stack of the first of them.
 *
 * @param neededIn What each resource of a stack is created after
 */
export function circleProblems(stack: TerraformStack, neededIn: (stack: TerraformStack) => Graph): string[] {
  const own = neededIn(stack);
  const within = new Map([...own].map(([one, needed]) => [one, needed.filter((other) => own.has(other))]));
  const stacks = stack.node.root.node.findAll().filter((one) => TerraformStack.isStack(one));
  const between = new Map<IConstruct, readonly IConstruct[]>(
    stacks.map((one) => [one, stacksBefore(one, one === stack ? own : neededIn(one))]),
  );
  return [
    ...circlesIn(within).map((circle) => message(circle.map(ownerPath))),
    ...circlesIn(between)
      .filter(([first]) => first === stack)
      .map((circle) => message(circle.map(({ node }) => `the stack ${node.path}`))),
  ];
}

function stacksBefore(stack: TerraformStack, needed: Graph): IConstruct[] {
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

function message(members: readonly string[]): string {
  const names = members.filter((name, index) => name !== members[index - 1]);
  const [first = '', ...others] = names.length > 1 && names[0] === names.at(-1) ? names.slice(0, -1) : names;
  const chain = [...others, first].join(', which is to come after ');
  return (
    `'prerequisites' and dependencies must not form a circle, got one: ${first} is to come after ${chain}: leave one of ` +
    'them out'
  );
}

/** The construct that somebody wrote, of which the resource is the main part. */
function ownerPath({ node }: IConstruct): string {
  return node.path.replace(/\/Resource$/, '');
}
