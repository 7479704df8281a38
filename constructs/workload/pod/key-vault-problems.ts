import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import { reportProblems } from '../../core/problems/report';
import { type Violation, violation, when } from '../../core/problems/violation';
import { isKnown } from '../../core/values/known';
import { isGrantable } from '../../identity/grants';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import { clusterOf } from '../../kubernetes/known-clusters';
import type { IServiceAccount } from '../../kubernetes/service-account';
import { environmentsOf, keyVaultVariables } from './key-vault-secrets';
import type { PodParts } from './pod-parts';
import { podVolumes } from './pod-volumes';

/** The Key Vaults whose secrets the containers of pods use, without duplicates. */
export function keyVaultsOf(...pods: readonly PodParts[]): IKeyVault[] {
  const all = [
    ...keyVaultVariables(pods.flatMap(environmentsOf)).map(({ keyVault }) => keyVault),
    ...pods.flatMap(podVolumes).flatMap(({ volume }) => volume._keyVaultFiles?.keyVault ?? []),
  ];
  return all.filter((one, index) => all.indexOf(one) === index);
}

/**
 * Reports missing prerequisites of pods with Key Vault secrets: names for their objects, a service account, and the
 * add-on of their cluster.
 *
 * @param before Pods that run before them with the same account, such as those of a migration
 */
export function requireKeyVaults(scope: IConstruct, props: PodParts, before: readonly PodParts[]): void {
  const vaults = keyVaultsOf(props, ...before);
  if (vaults.length > 0) {
    reportProblems(scope, () => [
      ...vaults.flatMap(nameProblems),
      ...accountProblems(props.serviceAccount, vaults),
      ...addOnProblems(scope, props.provider),
    ]);
  }
}

function nameProblems({ node, keyVaultName }: IKeyVault): Violation[] {
  return when(
    !isKnown(keyVaultName),
    'key-vault-name-known',
    () =>
      `'keyVaultName' of ${node.path} must be known when the program runs, since objects are named after it: use a literal name`,
  );
}

function accountProblems(account: IServiceAccount | undefined, vaults: readonly IKeyVault[]): Violation[] {
  return when(
    !isGrantable(account) || account.azureClientId === undefined,
    'key-vault-service-account',
    () =>
      `'serviceAccount' must be one with an Azure identity, for the secrets of ${vaults.map(({ node }) => node.path).join(', ')}, got ` +
      `${account === undefined ? 'none' : account.node.path}: use that of cluster.addServiceAccount(...)`,
  );
}

function addOnProblems(construct: IConstruct, provider: TerraformProvider | undefined): Violation[] {
  const known = clusterOf({ construct, provider });
  return known?.addOns?.keyVaultSecrets !== false
    ? []
    : [
        violation(
          'key-vault-needs-secrets-provider',
          `${known.cluster.node.path} does not support Key Vault secrets in its pods: set 'keyVaultSecretsProvider'`,
        ),
      ];
}
