import { type TerraformElement, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { circleOf } from './circles';
import { findCircles, type Graph, type Step } from './graph';
import { type Links, linksOf, type OrderIn, ownerPath } from './links';
import { addressOf, type Reference } from './references';
import { type Violation, violation } from '../problems/violation';

/** What to do about a circle of stacks that an element is a part of. */
const waysOut = new WeakMap<IConstruct, string>();

/** Remembers what to do where an element closes a circle of stacks. */
export function rememberWayOut(element: TerraformElement, remedy: string): void {
  waysOut.set(element, remedy);
}

/** The stacks that a stack must be created after, and cannot. */
const refused = new WeakMap<TerraformStack, TerraformStack[]>();

/**
 * Keeps cdktf from throwing when a stack closes a circle, which is a problem: the error would hide all others, and says
 * nothing of what is in the stacks. Where nobody asks for problems, it is thrown.
 */
export function keepFromThrowing(stack: TerraformStack): void {
  // what takes the place of a wrong value is in no stack of cdktf
  if (!('addDependency' in stack)) {
    return;
  }
  const add = stack.addDependency.bind(stack);
  stack.addDependency = (other) => {
    if (other.dependsOn(stack) && Reflect.get(stack.node.root, 'skipValidation') !== true) {
      refused.set(stack, [...(refused.get(stack) ?? []), other]);
    } else {
      add(other);
    }
  };
}

/** That a stack comes after another one. */
interface StackStep extends Step {
  readonly to: TerraformStack;
  /** What the program asks for it. */
  readonly by: TerraformElement | undefined;
  /** Whether an attribute of the other stack is used. */
  readonly isUse: boolean;
}

/**
 * The circles of stacks, of which each is to be deployed after the next. Each is told once, at the first of its stacks in the
 * tree.
 *
 * @param links What comes before each element of the first stack
 * @param isAsked Whether a stack is asked for its circles by itself
 */
export function stackCircleProblems(
  first: TerraformStack,
  links: readonly Links[],
  orderIn: OrderIn,
  isAsked: (stack: TerraformStack) => boolean,
): Violation[] {
  if (isAlone(first)) {
    return [];
  }
  const graph = stacksFrom(first, links, orderIn, isAsked);
  return findCircles(graph)
    .filter(([step]) => step?.from === first)
    .map((steps) => circle(steps as StackStep[]));
}

/**
 * What each stack comes after, of those that the first one comes after, however far, but for those before it in the tree,
 * which tell their circles themselves: to look through all of them for each would cost too much.
 */
function stacksFrom(
  first: TerraformStack,
  links: readonly Links[],
  orderIn: OrderIn,
  isAsked: (stack: TerraformStack) => boolean,
): Graph {
  const isEarlier = (one: TerraformStack): boolean => isAsked(one) && isBefore(one, first);
  const graph = new Map<IConstruct, readonly StackStep[]>();
  const open = [first];
  for (let stack = open.pop(); stack !== undefined; stack = open.pop()) {
    if (!graph.has(stack)) {
      const steps = stepsOf(stack, stack === first ? links : linksOf(stack, orderIn)).filter(
        ({ to }) => !isEarlier(to),
      );
      graph.set(stack, steps);
      open.push(...steps.map(({ to }) => to));
    }
  }
  return graph;
}

/** Whether a stack is the only one of its app, which most are: then nothing has to be read. */
function isAlone(stack: TerraformStack): boolean {
  const above = stack.node.scopes.slice(0, -1);
  return (
    above.every(({ node }) => node.children.length === 1) &&
    stack.node.findAll().every((one) => one === stack || !TerraformStack.isStack(one))
  );
}

/** Whether a construct comes before another one in their tree, without a look at all of it. */
function isBefore(one: IConstruct, other: IConstruct): boolean {
  const [scopes, others] = [one.node.scopes, other.node.scopes];
  const fork = scopes.findIndex((scope, depth) => scope !== others[depth]);
  const siblings = scopes[fork - 1]?.node.children ?? [];
  const [own, its] = [scopes, others].map((all) => siblings.findIndex((child) => child === all[fork]));
  // a construct comes before what is in it
  return fork < 0 ? one !== other : Number(own) < Number(its);
}

/** What a stack comes after: each other stack once, by the reason that says most. */
function stepsOf(stack: TerraformStack, links: readonly Links[]): StackStep[] {
  const all = [
    ...links.flatMap(({ element, references }) => references.map((one) => useStep(stack, element, one))),
    ...links.flatMap(({ element, order }) => order.map((one) => orderStep(stack, element, one))),
    ...[...stack.dependencies, ...(refused.get(stack) ?? [])].map((to) => ({
      from: stack,
      to,
      by: undefined,
      isUse: false,
      why: () => "by 'addDependency'",
    })),
  ].filter(({ to }) => to !== stack);
  const byTarget = new Map<TerraformStack, StackStep>();
  for (const step of [...all.filter(({ by }) => by !== undefined && waysOut.has(by)), ...all]) {
    byTarget.set(step.to, byTarget.get(step.to) ?? step);
  }
  return [...byTarget.values()];
}

function useStep(from: TerraformStack, by: TerraformElement, reference: Reference): StackStep {
  const { stack: to } = reference;
  return { from, to, by, isUse: true, why: () => `${ownerPath(by)} uses ${referredTo(reference)}` };
}

function orderStep(from: TerraformStack, by: TerraformElement, after: IConstruct): StackStep {
  const to = TerraformStack.of(after);
  return { from, to, by, isUse: false, why: () => `${ownerPath(by)} must be created after ${ownerPath(after)}` };
}

function referredTo({ stack, address }: Reference): string {
  const element = stack.node.findAll().find((one) => addressOf(one) === address && TerraformStack.of(one) === stack);
  return element === undefined ? address : ownerPath(element);
}

function circle(steps: readonly StackStep[]): Violation {
  return steps.some(({ isUse }) => isUse) ? circleOfUses(steps) : circleOfOrder(steps);
}

function circleOfOrder(steps: readonly StackStep[]): Violation {
  const chain = steps.map(({ to }) => `the stack ${to.node.path}`).join(', which must be created after ');
  return circleOf(`the stack ${steps[0]?.from.node.path} must be created after ${chain}`);
}

function circleOfUses(steps: readonly StackStep[]): Violation {
  const chain = steps.map(({ to, why }) => `comes after the stack ${to.node.path} (${why()})`).join(', which ');
  const [remedy = 'create one of them in the stack of what it uses'] = steps.flatMap(
    ({ by }) => (by && waysOut.get(by)) ?? [],
  );
  return violation(
    'stacks-in-order',
    `stacks must come one after the other, got a circle: the stack ${steps[0]?.from.node.path} ${chain}: ${remedy}`,
  );
}
