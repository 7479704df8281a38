import type { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Fn, TerraformStack } from 'cdktf';
import { UpgradeChannel, type UpgradePolicy } from './upgrade-policy';

/**
 * Lets each plan and deployment warn when a cluster has another minor version than the program, where its channel is for
 * patches: deployments leave the version alone, and a new one in the program would do nothing and say nothing.
 *
 * cdktf has no blocks of this type: it is written into the JSON of the stack.
 *
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export function checkMinorVersion(
  cluster: KubernetesCluster,
  version: string | undefined,
  policy: UpgradePolicy | undefined,
): void {
  if (version === undefined || policy?.channel !== UpgradeChannel.PATCH) {
    return;
  }
  const stack = TerraformStack.of(cluster);
  const current = cluster.currentKubernetesVersion;
  stack.addOverride(`check.${stack.getLogicalId(cluster)}_version`, {
    assert: [
      {
        condition: Fn.startswith(current, `${version}.`),
        error_message:
          `the cluster runs Kubernetes ${current}, and the program says ${version}: with the channel "patch", ` +
          'deployments leave the version alone. Deploy once with UpgradeChannel.NONE to change it',
      },
    ],
  });
}
