import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { findCircles, type Graph, type Step } from './graph';
import { type Links, ownerPath } from './links';
import { addressOf } from './references';
import { type Violation, violation } from '../problems/violation';

/** The circles of the elements of a stack that each come after the next, or use it, or are created by it. */
export function circleProblems(stack: TerraformStack, links: readonly Links[]): Violation[] {
  return withoutRepeats(findCircles(within(stack, links))).map(circle);
}

/**
 * The elements that others must be created after, and what these in turn come after: references alone lead from what is
 * created later to what is created before, so that a circle has such an order in it.
 */
function within(stack: TerraformStack, links: readonly Links[]): Graph {
  const byElement = new Map<IConstruct, Links>(links.map((one) => [one.element, one]));
  const byAddress = new Map(links.map(({ element }) => [addressOf(element), element]));
  const graph = new Map<IConstruct, readonly Step[]>();
  const open = links.flatMap(({ order }) => order);
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const own = byElement.get(one);
    if (own !== undefined && !graph.has(one)) {
      const steps = stepsOf(stack, own, byAddress).filter(({ to }) => byElement.has(to));
      graph.set(one, steps);
      open.push(...steps.map(({ to }) => to));
    }
  }
  // in the order of the tree, by which a circle begins with the construct that comes first
  return new Map(links.flatMap(({ element }) => (graph.has(element) ? [[element, graph.get(element) ?? []]] : [])));
}

function stepsOf(
  stack: TerraformStack,
  { element, order, references, provider }: Links,
  byAddress: ReadonlyMap<string | undefined, IConstruct>,
): Step[] {
  return [
    ...order.map((to) => ({ from: element, to, why: () => ORDER })),
    ...references
      .filter((one) => one.stack === stack)
      .flatMap(({ address }) => byAddress.get(address) ?? [])
      .filter((to) => to !== element)
      .map((to) => ({ from: element, to, why: () => 'uses' })),
    ...(provider === undefined ? [] : [{ from: element, to: provider, why: () => 'is made by the provider' }]),
  ];
}

const ORDER = 'must be created after';

/** Constructs of several resources make the same circle several times. */
function withoutRepeats(circles: readonly (readonly Step[])[]): (readonly Step[])[] {
  const seen = new Set<string>();
  return circles.filter((steps) => {
    const owners = steps.map(({ from }) => ownerPath(from));
    const isNew = owners.every((owner) => !seen.has(owner));
    owners.forEach((owner) => seen.add(owner));
    return isNew;
  });
}

function circle(steps: readonly Step[]): Violation {
  const between = steps.filter(({ from, to }) => ownerPath(from) !== ownerPath(to));
  // of a construct and itself, all there is
  const told = between.length === 0 ? steps.slice(0, 1) : between;
  return circleOf(told.map(textOf).join(', which '));
}

function textOf({ from, to, why }: Step, index: number): string {
  return `${index === 0 ? `${ownerPath(from)} ` : ''}${why()} ${ownerPath(to)}`;
}

/** The violation of an order that leads back to where it begins. */
export function circleOf(chain: string): Violation {
  return violation(
    'no-circle',
    `'prerequisites' and dependencies must not form a cycle, got one: ${chain}: remove one of them`,
  );
}
