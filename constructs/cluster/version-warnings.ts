import { type Violation, violation } from '../core/problems/violation';
import type { KubernetesVersion } from './kubernetes-version';
import { ownsMinorVersion, type UpgradePolicy } from './upgrades/upgrade-policy';

/** The warnings about a version of Kubernetes that a channel leaves behind, or that Azure will not support for long. */
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
      `'kubernetesVersion' "${version.minor}" is that of a new cluster only: the channel "${policy?.channel}" goes on from ` +
        'it, and later deployments leave the version alone. Leave it out, or take UpgradeChannel.PATCH to stay on it',
    ),
  ];
}
