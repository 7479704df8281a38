import { EntraPrincipal, KeyVault, Problems } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, synth, testStack } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const ID = `/subscriptions/${UUID}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/contoso-shop`;

describe('a Key Vault that exists', () => {
  test('is found by its name', () => {
    const stack = testStack();
    const vault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso-shop', resourceGroupName: 'rg' });
    vault.grantReadSecrets(EntraPrincipal.group(stack, 'developers', UUID));
    const json = synth(stack);

    expect(json.data).toMatchObject({
      azurerm_key_vault: { vault_AEB7ADF6: { name: 'contoso-shop', resource_group_name: 'rg' } },
    });
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      scope: '${data.azurerm_key_vault.vault_AEB7ADF6.id}',
      role_definition_name: 'Key Vault Secrets User',
      principal_id: UUID,
      principal_type: 'Group',
    });
    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('is told by its ids, and nothing is looked up', () => {
    const stack = testStack();
    const attributes = { keyVaultId: ID, keyVaultName: 'contoso-shop', tenantId: UUID };
    const vault = KeyVault.fromKeyVaultAttributes(stack, 'vault', attributes);
    vault.grantReadSecrets(EntraPrincipal.user(stack, 'user', UUID));

    expect(synth(stack).data).toBeUndefined();
    expect(only(synth(stack), 'azurerm_role_assignment')['scope']).toBe(ID);
    expect(vault).toMatchObject(attributes);
  });

  test('reports what it is told wrongly', () => {
    const stack = testStack();
    KeyVault.fromKeyVaultName(stack, 'found', { keyVaultName: 'a--b', resourceGroupName: 'rg.' });
    KeyVault.fromKeyVaultAttributes(stack, 'known', { keyVaultId: 'x', keyVaultName: 'x', tenantId: 'x' });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("[stack/found] 'keyVaultName' must be 3 to 24 letters"),
      expect.stringContaining("[stack/found] 'resourceGroupName' must be 1 to 90 letters"),
      expect.stringContaining("[stack/known] 'keyVaultId' must be the Azure resource id of a Key Vault"),
      expect.stringContaining("[stack/known] 'keyVaultName' must be 3 to 24 letters"),
      expect.stringContaining("[stack/known] 'tenantId' must be"),
    ]);
  });
});
