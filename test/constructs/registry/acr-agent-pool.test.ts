import type { TerraformStack } from 'cdktf';
import {
  AcrAgentPool,
  type AcrAgentPoolProps,
  AcrAgentPoolTier,
  AcrRegistry,
  AcrSku,
  Problems,
} from '../../../constructs';
import { only, synth, testApp, testStack, warningsOf } from '../../util';

function poolIn(
  stack: TerraformStack,
  props: Partial<AcrAgentPoolProps> = {},
  location = 'westeurope',
  sku = AcrSku.PREMIUM,
): void {
  const resourceGroup = { name: 'rg', location };
  const registry = new AcrRegistry(stack, 'registry', { resourceGroup, registryName: 'jminnacr', sku });
  new AcrAgentPool(stack, 'pool', { registry, agentPoolName: 'builders', ...props });
}

describe('an agent pool', () => {
  test('is made in the registry, after it and in its region', () => {
    const stack = testStack();
    poolIn(stack, { tier: AcrAgentPoolTier.S2, instanceCount: 2 }, 'West Europe');

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_container_registry_agent_pool')).toMatchObject({
      name: 'builders',
      resource_group_name: 'rg',
      container_registry_name: 'jminnacr',
      location: 'westeurope',
      tier: 'S2',
      instance_count: 2,
      depends_on: ['azurerm_container_registry.registry_EFEA226F'],
    });
  });

  test.each([AcrSku.BASIC, AcrSku.STANDARD])('is refused for a registry of the tier %s', (sku) => {
    const stack = testStack();
    poolIn(stack, {}, 'westeurope', sku);

    expect(Problems.of(stack)).toEqual([expect.stringContaining(`'registry' must be of the tier Premium`)]);
  });

  test.each([
    [AcrAgentPoolTier.S1, 8, 9],
    [AcrAgentPoolTier.S2, 4, 5],
    [AcrAgentPoolTier.S3, 2, 3],
    [AcrAgentPoolTier.I6, 0, 1],
  ])('of %s is warned of above the CPUs that Azure gives: %d machines, and not %d', (tier, most, tooMany) => {
    const [stack, other] = [testStack(), testStack(testApp(), 'other')];
    poolIn(stack, { tier, instanceCount: most });
    poolIn(other, { tier, instanceCount: tooMany });

    expect(warningsOf(stack)).toEqual([]);
    expect(warningsOf(other)).toEqual([expect.stringContaining('without a support request')]);
  });

  test('is warned of in a region that has none', () => {
    const stack = testStack();
    poolIn(stack, {}, 'swedencentral');

    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('got swedencentral: unless the region was added since'),
    ]);
  });

  test('needs a region where that of the registry is not known', () => {
    const stack = testStack();
    const registry = AcrRegistry.fromRegistryAttributes(stack, 'registry', {
      registryId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/jminnacr',
      registryName: 'jminnacr',
    });
    new AcrAgentPool(stack, 'pool', { registry, agentPoolName: 'builders' });

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'location' must be given")]);
  });
});
