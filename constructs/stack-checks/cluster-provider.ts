import { TerraformProvider, type TerraformResource, TerraformStack } from 'cdktf';

/** The provider of a Kubernetes object: its own, or the one of its stack without an alias. */
export function clusterProvider(resource: TerraformResource): TerraformProvider | undefined {
  const stack = TerraformStack.of(resource);
  return (
    resource.provider ??
    stack.node
      .findAll()
      .find(
        (one): one is TerraformProvider =>
          TerraformProvider.isTerraformProvider(one) &&
          one.terraformResourceType === 'kubernetes' &&
          one.alias === undefined &&
          TerraformStack.of(one) === stack,
      )
  );
}
