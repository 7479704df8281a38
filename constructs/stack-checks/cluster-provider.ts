import { type TerraformProvider, type TerraformResource, TerraformStack } from 'cdktf';
import { kubernetesProvidersOf } from '../kubernetes/kubernetes-providers';

/** The provider of a Kubernetes object: its own, or the one of its stack without an alias. */
export function clusterProvider(resource: TerraformResource): TerraformProvider | undefined {
  return (
    resource.provider ?? kubernetesProvidersOf(TerraformStack.of(resource)).find(({ alias }) => alias === undefined)
  );
}
