import type { TerraformStack } from 'cdktf';
import { AksCluster, type AksClusterProps, OsSku, Problems } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

const TYPE = 'azurerm_kubernetes_cluster';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}): AksCluster {
  return new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
}

function problemsOf(props: Partial<AksClusterProps>): string[] {
  const stack = testStack();
  clusterIn(stack, props);
  return Problems.of(stack);
}

/** The arguments of a cluster that it has with some properties, and not without them. */
function argumentsOf(props: Partial<AksClusterProps>): object {
  const [with_, without] = [props, {}].map((one) => {
    const stack = testStack();
    clusterIn(stack, one);
    expect(Problems.of(stack)).toEqual([]);
    return only(synth(stack), TYPE);
  });
  return Object.fromEntries(
    Object.entries(with_!).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(without![name])),
  );
}

describe('the security options of a cluster', () => {
  test.each<[string, Partial<AksClusterProps>, object]>([
    ['azurePolicy', { azurePolicy: true }, { azure_policy_enabled: true }],
    [
      'keyVaultSecretsProvider',
      { keyVaultSecretsProvider: {} },
      { key_vault_secrets_provider: { secret_rotation_enabled: true, secret_rotation_interval: '2m' } },
    ],
    [
      'keyVaultSecretsProvider with an interval',
      { keyVaultSecretsProvider: { rotationMinutes: 60 } },
      { key_vault_secrets_provider: { secret_rotation_enabled: true, secret_rotation_interval: '60m' } },
    ],
    ['imageCleaner', { imageCleaner: {} }, { image_cleaner_enabled: true, image_cleaner_interval_hours: 168 }],
    [
      'imageCleaner with an interval',
      { imageCleaner: { intervalHours: 24 } },
      { image_cleaner_enabled: true, image_cleaner_interval_hours: 24 },
    ],
    ['runCommand', { runCommand: false }, { run_command_enabled: false }],
  ])('%s is what it says and nothing else', (_, props, expected) => {
    expect(argumentsOf(props)).toEqual(expected);
  });

  test.each<[string, Partial<AksClusterProps>, string]>([
    [
      'a rotation that never comes',
      { keyVaultSecretsProvider: { rotationMinutes: 0 } },
      "[stack/cluster] 'keyVaultSecretsProvider.rotationMinutes' must be a whole number from 1 to 1440, such as 2, got 0",
    ],
    [
      'a cleaner that runs too often',
      { imageCleaner: { intervalHours: 23 } },
      "[stack/cluster] 'imageCleaner.intervalHours' must be a whole number from 24 to 2160, such as 168, got 23",
    ],
  ])('refuses %s', (_, props, expected) => {
    expect(problemsOf(props)).toEqual([expected]);
  });

  test('may be numbers that Terraform knows', () => {
    const stack = testStack();
    const number = token(stack).numberValue;
    clusterIn(stack, { keyVaultSecretsProvider: { rotationMinutes: number }, imageCleaner: { intervalHours: number } });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), TYPE)).toMatchObject({
      image_cleaner_interval_hours: '${var.token}',
      key_vault_secrets_provider: { secret_rotation_interval: '${var.token}m' },
    });
  });
});

describe('a pool with host encryption and FIPS', () => {
  test('says so, the default one and those that are added', () => {
    const stack = testStack();
    const encrypted = { hostEncryption: true, fips: true };
    clusterIn(stack, { defaultNodePool: encrypted }).addNodePool('apps', { name: 'apps', ...encrypted });
    const json = synth(stack);
    const expected = { host_encryption_enabled: true, fips_enabled: true };

    expect(only(json, TYPE)['default_node_pool']).toMatchObject(expected);
    expect(only(json, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject(expected);
    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('needs Azure Linux on Arm processors', () => {
    const arm = { vmSize: 'Standard_D4ps_v5', fips: true };

    expect(problemsOf({ defaultNodePool: arm })).toEqual([
      "[stack/cluster] 'defaultNodePool.osSku' must be Azure Linux for 'fips' on Arm processors, got Ubuntu for " +
        'Standard_D4ps_v5: use OsSku.AZURE_LINUX_3, or take a size of x86 processors',
    ]);
    expect(problemsOf({ defaultNodePool: { ...arm, osSku: OsSku.AZURE_LINUX_3 } })).toEqual([]);
  });
});
