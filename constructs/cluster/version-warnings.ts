import { type Violation, violation } from '../core/problems/violation';
import type { KubernetesVersion } from './kubernetes-version';
import { ownsMinorVersion, type UpgradePolicy } from './upgrades/upgrade-policy';

/** The warnings for a version of Kubernetes that a channel will replace, or whose support ends. */
export function versionWarnings(
  version: KubernetesVersion | undefined,
  policy: UpgradePolicy | undefined,
  hasLongTermSupport: boolean,
): Violation[] {
  if (version === undefined || !ownsMinorVersion(policy?.channel)) {
    return version?._warnings(hasLongTermSupport) ?? [];
  }
  return [
    violation(
      'kubernetes-version-of-channel',
      `'kubernetesVersion' "${version.minor}" applies only to a new cluster: the channel "${policy?.channel}" upgrades from it, and later deployments do not change the version. Leave it out, or use UpgradeChannel.PATCH to stay on it`,
    ),
  ];
}
