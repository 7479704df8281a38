import type { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Fn, TerraformStack } from 'cdktf';
import { UpgradeChannel, type UpgradePolicy } from './upgrade-policy';

/**
 * Makes each plan and deployment warn when the minor version of a cluster with a patch channel differs from that of the
 * program: deployments ignore the version, so a new one in the program would silently have no effect.
 *
 * cdktf has no blocks of this type, so it is written into the JSON of the stack.
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
