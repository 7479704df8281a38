import { TerraformProvider, TerraformStack } from 'cdktf';

/** The Kubernetes providers of the stacks that have one without an alias. */
const providers = new WeakMap<TerraformStack, readonly TerraformProvider[]>();

/**
 * The Kubernetes providers of a stack. The stack is searched until it has one without an alias, and not for each of its
 * pods; one with an alias that is added after that is found by the rule for stacks with several providers.
 */
export function kubernetesProvidersOf(stack: TerraformStack): readonly TerraformProvider[] {
  const found = providers.get(stack) ?? search(stack);
  if (found.some(({ alias }) => alias === undefined)) {
    providers.set(stack, found);
  }
  return found;
}

function search(stack: TerraformStack): TerraformProvider[] {
  return stack.node
    .findAll()
    .filter((one): one is TerraformProvider => TerraformProvider.isTerraformProvider(one))
    .filter((one) => one.terraformResourceType === 'kubernetes' && TerraformStack.of(one) === stack);
}
