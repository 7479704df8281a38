import fc from 'fast-check';
import { quantityOf } from '../../../../lib/review/knowledge/quantity';
import { isSameSpelled } from '../../../../lib/review/knowledge/spellings';
import type { Json } from '../../../../lib/terraform-json/json';

const LIMIT = 'spec.template.spec.container.resources.limits.cpu';

test.each<[string, string, Json, Json, boolean]>([
  ['azurerm_resource_group', 'location', 'West Europe', 'westeurope', true],
  ['azurerm_resource_group', 'location', 'West Europe', 'northeurope', false],
  ['azurerm_resource_group', 'location', '${var.region}', 'westeurope', false],
  ['azurerm_resource_group', 'name', 'West Europe', 'westeurope', false],
  ['azurerm_container_registry', 'georeplications.location', 'NORTHEUROPE', 'North Europe', true],
  ['azurerm_cosmosdb_account', 'geo_location.location', 'West US 3', 'westus3', true],
  ['azurerm_application_insights_web_test', 'geo_locations', ['West US'], ['westus'], true],
  ['azurerm_application_insights_web_test', 'geo_locations', ['West US'], ['westus', 'eastus'], false],
  ['aws_thing', 'location', 'West Europe', 'westeurope', false],
  ['azurerm_role_assignment', 'role_definition_name', 'acrpull', 'AcrPull', true],
  ['azurerm_role_assignment', 'principal_id', 'ABC', 'abc', false],
  ['azurerm_service_plan', 'sku_name', 'p1v2', 'P1v2', true],
  ['azurerm_policy_definition', 'policy_rule', '{"a": [1, 2]}', '{ "a":[1,2] }', true],
  ['azurerm_policy_definition', 'policy_rule', '{"a": [1, 2]}', '{"a": [2, 1]}', false],
  ['azurerm_policy_definition', 'policy_rule', '{', '{ ', false],
  ['kubernetes_deployment_v1', LIMIT, '1000m', '1', true],
  ['kubernetes_deployment_v1', LIMIT, '1000m', 1, true],
  ['kubernetes_deployment_v1', LIMIT, '1000m', '1.1', false],
  ['kubernetes_deployment_v1', LIMIT, 'much', 'more', false],
  ['kubernetes_resource_quota', 'spec.hard.memory', '1Gi', '1024Mi', true],
  ['kubernetes_persistent_volume', 'spec.capacity.storage', '1G', '1Gi', false],
  ['kubernetes_pod', 'spec.volume.empty_dir.size_limit', '1Ki', '1024', true],
  ['kubernetes_config_map', 'data.limits', '1000m', '1', false],
  ['kubernetes_config_map', 'metadata.annotations.size', '1000m', '1', false],
])('%s.%s: %j and %j are the same: %j', (type, path, before, after, isSame) => {
  expect(isSameSpelled(type, path, before, after)).toBe(isSame);
});

test('quantities are equal where they mean the same number, however large', () => {
  const units: [string, bigint][] = [
    ['m', 1n],
    ['', 1000n],
    ['k', 1000_000n],
    ['Mi', 1000n * 1024n ** 2n],
    ['E', 10n ** 21n],
  ];
  const quantity = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.constantFrom(...units));

  fc.assert(
    fc.property(quantity, quantity, ([a, [unitA, sizeA]], [b, [unitB, sizeB]]) => {
      const isSame = quantityOf(`${a}${unitA}`) === quantityOf(`${b}${unitB}`);

      expect(isSame).toBe(a * sizeA === b * sizeB);
    }),
  );
});
