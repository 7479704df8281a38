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

function within(stack: TerraformStack, links: readonly Links[]): Graph {
  const byAddress = new Map(links.map(({ element }) => [addressOf(element), element]));
  const own = new Set<IConstruct>(byAddress.values());
  return new Map(
    links.map(({ element, order, references, provider }) => [
      element,
      [
        ...order.filter((one) => own.has(one)).map((to) => ({ from: element, to, why: () => ORDER })),
        ...references
          .filter((one) => one.stack === stack)
          .flatMap(({ address }) => byAddress.get(address) ?? [])
          .filter((to) => to !== element)
          .map((to) => ({ from: element, to, why: () => 'uses' })),
        ...(provider === undefined ? [] : [{ from: element, to: provider, why: () => 'is made by the provider' }]),
      ],
    ]),
  );
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
