import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { resolvedText } from './resolved-text';

const claimsByStack = new WeakMap<TerraformStack, Map<string, IConstruct>>();

/**
 * Reports it when two constructs of a stack claim one name in Azure: the second of them fails when it is applied.
 *
 * Not of an app: its stacks may be for different subscriptions, or never be deployed together.
 *
 * @param scope Who claims it
 * @param property The property that the name comes from
 * @param names What makes each name one of its kind: what it is, where, and what it is called. References are compared as
 *   Terraform would read them. Of several names that another one has, the first is reported
 */
export function claimUnique(scope: IConstruct, property: string, ...names: (() => readonly string[])[]): void {
  const stack = TerraformStack.of(scope);
  const claims = claimsByStack.get(stack) ?? new Map<string, IConstruct>();
  claimsByStack.set(stack, claims);
  // the claim is made at synth, when the tree is complete and references can be read
  scope.node.addValidation({
    validate: () =>
      names
        .map((parts) =>
          parts()
            .map((part) => resolvedText(scope, part))
            .join(' '),
        )
        .map((name) => ({ name, owner: claimed(claims, name, scope) }))
        .filter(({ owner }) => owner !== scope)
        .slice(0, 1)
        .map(({ name, owner }) => `'${property}' must be another one, since ${owner.node.path} is ${name} already`),
  });
}

/** Who has the name: whoever claimed it first. */
function claimed(claims: Map<string, IConstruct>, name: string, scope: IConstruct): IConstruct {
  const owner = claims.get(name) ?? scope;
  claims.set(name, owner);
  return owner;
}
