import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

const claimsByStack = new WeakMap<TerraformStack, Map<string, IConstruct[]>>();

/**
 * Reports it when two constructs of a stack claim one name in Azure: the second of them fails when it is applied.
 *
 * Not of an app: its stacks may be for different subscriptions, or never be deployed together.
 *
 * @param scope Who claims it
 * @param property The property that the name comes from
 * @param parts What makes the name one of its kind: what it is, where, and what it is called. References are compared as
 *   Terraform would read them
 */
export function claimUnique(scope: IConstruct, property: string, parts: () => readonly string[]): void {
  const stack = TerraformStack.of(scope);
  const claims = claimsByStack.get(stack) ?? new Map<string, IConstruct[]>();
  claimsByStack.set(stack, claims);
  // the claim is made at synth, when the tree is complete and references can be read
  const claim = (): string =>
    parts()
      .map((part) => resolved(scope, part))
      .join(' ');
  scope.node.addValidation({
    validate: () => {
      const key = claim();
      const claimants = claims.get(key) ?? [];
      if (!claimants.includes(scope)) {
        claims.set(key, [...claimants, scope]);
      }
      const [first] = claims.get(key) ?? [];
      return first === undefined || first === scope
        ? []
        : [`'${property}' must be another one, since ${first.node.path} is ${key} already`];
    },
  });
}

function resolved(scope: IConstruct, value: string): string {
  return String(
    Tokenization.resolve(value, {
      scope,
      preparing: false,
      resolver: new DefaultTokenResolver(new StringConcat()),
    }),
  );
}
