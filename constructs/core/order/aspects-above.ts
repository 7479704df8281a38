import { Aspects, type IAspect, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Aspects of constructs that have stacks below them, which cdktf never asks. */
const above = new WeakMap<IConstruct, IAspect[]>();

/** The apps that look for stacks again when they are synthesized. */
const watched = new WeakSet<IConstruct>();

/** The stacks that an aspect was added to, by the aspect: each is asked once. */
const reached = new WeakMap<IAspect, WeakSet<TerraformStack>>();

/**
 * Adds an aspect to a construct and to whatever is below it, also when that is an app: cdktf asks the aspects of a stack and
 * of what is below it, and those of an app never. Stacks that are added to the app later are found when it is synthesized,
 * or when the first construct of this library is added to them.
 */
export function addAspect(scope: IConstruct, aspect: IAspect): void {
  if (scope.node.scopes.some((one) => TerraformStack.isStack(one))) {
    Aspects.of(scope).add(aspect);
    return;
  }
  above.set(scope, [...(above.get(scope) ?? []), aspect]);
  reachStacksBelow(scope);
  reachLaterStacks(scope.node.root);
}

/** Lets the aspects above a stack reach it. */
export function reachFromAbove(stack: TerraformStack): void {
  for (const aspect of stack.node.scopes.flatMap((scope) => above.get(scope) ?? [])) {
    const stacks = reached.get(aspect) ?? new WeakSet();
    reached.set(aspect, stacks);
    if (!stacks.has(stack)) {
      stacks.add(stack);
      Aspects.of(stack).add(aspect);
    }
  }
}

function reachStacksBelow(scope: IConstruct): void {
  scope.node
    .findAll()
    .filter((one) => TerraformStack.isStack(one))
    .forEach(reachFromAbove);
}

/** Looks for stacks again when an app is synthesized, for which cdktf has no event. */
function reachLaterStacks(app: IConstruct): void {
  const synth: unknown = Reflect.get(app, 'synth');
  if (typeof synth === 'function' && !watched.has(app)) {
    watched.add(app);
    Reflect.set(app, 'synth', () => {
      reachStacksBelow(app);
      synth.call(app);
    });
  }
}
