import { TerraformProvider, TerraformStack } from 'cdktf';

/** The Kubernetes providers of the stacks that have any. */
const providers = new WeakMap<TerraformStack, readonly TerraformProvider[]>();

/**
 * The Kubernetes providers of a stack. The stack is searched until it has one, and not for each of its pods; another
 * provider that is added after that is found by the rule for stacks with several providers.
 */
export function kubernetesProvidersOf(stack: TerraformStack): readonly TerraformProvider[] {
  const found = providers.get(stack) ?? search(stack);
  if (found.length > 0) {
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
