import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  type AksClusterProps,
  AksVirtualNetwork,
  ApiServerAccess,
  ClusterIdentity,
  DiskEncryptionSet,
  type IDiskEncryptionSet,
  type IKeyVaultKey,
  KeyVault,
  KeyVaultKey,
  KeyVaultNetworkAccess,
  LogAnalyticsWorkspace,
  NetworkProfile,
  OsSku,
  Problems,
  SubnetUse,
} from '../../../constructs';
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

test('Defender keeps what it finds in a workspace', () => {
  const stack = testStack();
  const workspaceId = `/subscriptions/${UUID}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs`;
  const attributes = { workspaceId, workspaceLocation: 'westeurope' };
  const defenderWorkspace = LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceAttributes(stack, 'logs', attributes);
  clusterIn(stack, { defenderWorkspace });

  expect(only(synth(stack), TYPE)['microsoft_defender']).toEqual({ log_analytics_workspace_id: workspaceId });
  expect(Problems.of(stack)).toEqual([]);
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
        'Standard_D4ps_v5: use OsSku.AZURE_LINUX_3, or use a size with x86 processors',
    ]);
    expect(problemsOf({ defaultNodePool: { ...arm, osSku: OsSku.AZURE_LINUX_3 } })).toEqual([]);
  });
});

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const VAULT_ID = `/subscriptions/${UUID}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/shop-kv`;
const KEY = 'https://shop-kv.vault.azure.net/keys/disks';

function keyIn(stack: TerraformStack, keyId = `${KEY}/0123456789abcdef0123456789abcdef`): IKeyVaultKey {
  const attributes = { keyVaultId: VAULT_ID, keyVaultName: 'shop-kv', tenantId: UUID };
  const keyVault = KeyVault.fromKeyVaultAttributes(stack, 'vault', attributes);
  return KeyVaultKey.fromKeyVaultKeyAttributes(stack, 'key', { keyVault, keyId });
}

function setIn(stack: TerraformStack, location = RESOURCE_GROUP.location): IDiskEncryptionSet {
  return new DiskEncryptionSet(stack, 'disks', {
    resourceGroup: { ...RESOURCE_GROUP, location },
    diskEncryptionSetName: 'shop-disks',
    key: keyIn(stack),
  });
}

/** The roles of a stack: whose, which, and on what. */
function rolesIn(stack: TerraformStack): object[] {
  return Object.values(synth(stack).resource!['azurerm_role_assignment']!).map((one) => ({
    principal: one['principal_id'],
    role: one['role_definition_name'],
    scope: one['scope'],
  }));
}

describe('a disk encryption set', () => {
  test('uses the newest version of its key, as an identity that may, and is made after that works', () => {
    const stack = testStack();
    setIn(stack);
    const json = synth(stack);

    expect(only(json, 'azurerm_disk_encryption_set')).toMatchObject({
      name: 'shop-disks',
      key_vault_key_id: KEY,
      auto_key_rotation_enabled: true,
      identity: {
        type: 'UserAssigned',
        identity_ids: [expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.disks_identity_\w+\.id}$/)],
      },
      depends_on: expect.arrayContaining([expect.stringMatching(/^azurerm_role_assignment\.disks_key-role_\w+$/)]),
    });
    expect(rolesIn(stack)).toEqual([
      {
        principal: expect.stringContaining('azurerm_user_assigned_identity.disks_identity'),
        role: 'Key Vault Crypto Service Encryption User',
        scope: VAULT_ID,
      },
    ]);
    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('is read by the identity of the cluster, which exists and may before the cluster is made', () => {
    const stack = testStack();
    clusterIn(stack, { diskEncryptionSet: setIn(stack) });
    const cluster = only(synth(stack), TYPE);

    expect(cluster).toMatchObject({
      disk_encryption_set_id: expect.stringMatching(/^\$\{azurerm_disk_encryption_set\.disks_\w+\.id}$/),
      identity: { type: 'UserAssigned' },
      depends_on: expect.arrayContaining([
        expect.stringMatching(/^azurerm_role_assignment\.cluster_disk-encryption-set-role_\w+$/),
      ]),
    });
    expect(rolesIn(stack)).toContainEqual({
      principal: expect.stringContaining('azurerm_user_assigned_identity.cluster_identity'),
      role: 'Reader',
      scope: cluster['disk_encryption_set_id'],
    });
    expect(Problems.of(stack)).toEqual([]);
  });

  test('must be in the region of the cluster, and its reader exist before it', () => {
    const stack = testStack();
    clusterIn(stack, { diskEncryptionSet: setIn(stack, 'northeurope'), identity: ClusterIdentity.systemAssigned() });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'identity' must exist before the cluster, which needs a role on disk-encryption-set"),
      "[stack/cluster] 'diskEncryptionSet' must be in the region of the cluster, westeurope, got one of northeurope: a disk can only be encrypted by a set in its own region",
    ]);
  });

  test('that exists is told by its id', () => {
    const stack = testStack();
    const diskEncryptionSetId = VAULT_ID.replace('KeyVault/vaults', 'Compute/diskEncryptionSets');
    const found = DiskEncryptionSet.fromDiskEncryptionSetAttributes(stack, 'found', { diskEncryptionSetId });
    clusterIn(stack, { diskEncryptionSet: found });

    expect(only(synth(stack), TYPE)['disk_encryption_set_id']).toBe(diskEncryptionSetId);
    DiskEncryptionSet.fromDiskEncryptionSetAttributes(stack, 'wrong', { diskEncryptionSetId: VAULT_ID });
    expect(Problems.of(stack)).toEqual([
      expect.stringContaining(
        "[stack/wrong] 'diskEncryptionSetId' must be the Azure resource id of a disk encryption set",
      ),
    ]);
  });
});

describe('encryption of what Kubernetes stores', () => {
  test('has a version of the key, and roles before the cluster is made', () => {
    const stack = testStack();
    const key = keyIn(stack);
    clusterIn(stack, { etcdEncryption: { key } });

    expect(only(synth(stack), TYPE)).toMatchObject({
      key_management_service: { key_vault_key_id: key.keyId, key_vault_network_access: 'Public' },
      identity: { type: 'UserAssigned' },
    });
    expect(rolesIn(stack)).toEqual([
      { principal: expect.any(String) as string, role: 'Key Vault Crypto User', scope: VAULT_ID },
    ]);
    expect(Problems.of(stack)).toEqual([]);
  });

  test('reaches a private vault from an API server in a subnet, and from no other', () => {
    const stack = testStack();
    const etcdEncryption = { key: keyIn(stack), keyVaultAccess: KeyVaultNetworkAccess.PRIVATE };
    const network = new AksVirtualNetwork(stack, 'network', {
      resourceGroup: RESOURCE_GROUP,
      virtualNetworkName: 'network',
    });
    const subnet = network.addSubnet('servers', { addressPrefix: '10.242.0.0/28', use: SubnetUse.API_SERVERS });
    clusterIn(stack, {
      etcdEncryption,
      networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
      apiServerAccess: ApiServerAccess.publicAccess({ subnet }),
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(rolesIn(stack).map((one) => (one as { role: string }).role)).toEqual(
      expect.arrayContaining(['Key Vault Crypto User', 'Key Vault Contributor']),
    );
    const other = testStack();
    clusterIn(other, { etcdEncryption: { ...etcdEncryption, key: keyIn(other) } });
    expect(Problems.of(other)).toEqual([
      "[stack/cluster] 'etcdEncryption.keyVaultAccess' must be PUBLIC unless the API server is in a subnet, got PRIVATE: give 'apiServerAccess' a subnet, from which it can reach the vault",
    ]);
  });

  test('takes a key that Terraform looks up, and no key without a version', () => {
    const stack = testStack();
    const keyVault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'shop-kv', resourceGroupName: 'rg' });
    const key = KeyVaultKey.fromKeyVaultKeyName(stack, 'key', { keyVault, keyName: 'etcd' });
    clusterIn(stack, { etcdEncryption: { key } });

    expect(only(synth(stack), TYPE)).toMatchObject({
      key_management_service: {
        key_vault_key_id: expect.stringMatching(/^\$\{data\.azurerm_key_vault_key\.key_\w+\.id}$/),
      },
    });
    expect(Problems.of(stack)).toEqual([]);
    const other = testStack();
    keyIn(other, KEY);
    expect(Problems.of(other)).toEqual([
      expect.stringContaining("[stack/key] 'keyId' must be the URI of one version of a key of a Key Vault"),
    ]);
  });
});
