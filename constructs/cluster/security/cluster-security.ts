import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { Violation } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { numberText } from '../../core/values/number-text';
import type { ClusterSecurityOptions } from './cluster-security-options';
import { imageCleanerHours, rotationMinutes } from './cluster-security-rules';

/** One week, the default of Azure's own tools. The provider would send no interval, which Azure rejects. */
const CLEANER_HOURS = 168;
const ROTATION_MINUTES = 2;

/** The arguments of a cluster for its security options; arguments of options that are not given are undefined. */
export function renderClusterSecurity(options: ClusterSecurityOptions): Partial<KubernetesClusterConfig> {
  const {
    azurePolicy,
    defenderWorkspace,
    keyVaultSecretsProvider: secrets,
    imageCleaner: cleaner,
    runCommand,
  } = options;
  return {
    azurePolicyEnabled: azurePolicy,
    microsoftDefender: defenderWorkspace && { logAnalyticsWorkspaceId: defenderWorkspace.workspaceId },
    keyVaultSecretsProvider: secrets && {
      secretRotationEnabled: true,
      secretRotationInterval: `${numberText(secrets.rotationMinutes ?? ROTATION_MINUTES)}m`,
    },
    imageCleanerEnabled: cleaner && true,
    imageCleanerIntervalHours: cleaner && (cleaner.intervalHours ?? CLEANER_HOURS),
    runCommandEnabled: runCommand,
  };
}

export function clusterSecurityProblems(options: ClusterSecurityOptions): Violation[] {
  const { keyVaultSecretsProvider, imageCleaner } = options;
  return [
    ...check(rotationMinutes, 'keyVaultSecretsProvider.rotationMinutes', keyVaultSecretsProvider?.rotationMinutes),
    ...check(imageCleanerHours, 'imageCleaner.intervalHours', imageCleaner?.intervalHours),
  ];
}
