import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import {
  AcrPublicAccess,
  AcrRegistry,
  type AcrRegistryProps,
  AcrRoleAssignmentMode,
  AcrSku,
  AksCluster,
  EntraPrincipal,
  Problems,
  UserAssignedIdentity,
  Workload,
} from '../../../constructs';
import { REGISTRY_POLICY_RULES, REGISTRY_SKU_RULES } from '../../../constructs/registry/registry-sku-rules';
import { type Block, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const PRINCIPAL = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';

function registryIn(stack: TerraformStack, props: Partial<AcrRegistryProps> = {}): AcrRegistry {
  return new AcrRegistry(stack, 'registry', {
    resourceGroup: RESOURCE_GROUP,
    registryName: 'jminnacr',
    sku: AcrSku.PREMIUM,
    ...props,
  });
}

function made(props: Partial<AcrRegistryProps>): Block {
  const stack = testStack();
  registryIn(stack, props);
  expect(Problems.of(stack)).toEqual([]);
  return only(synth(stack), 'azurerm_container_registry');
}

function problems(props: Partial<AcrRegistryProps>): string[] {
  const stack = testStack();
  registryIn(stack, props);
  return Problems.of(stack);
}

/** What some tiers lack: the cheapest tier that has it, what asks for it, what does not, and what is said of it. */
const FEATURES: { readonly [property: string]: [AcrSku, Partial<AcrRegistryProps>, Partial<AcrRegistryProps>, Block] } =
  {
    geoReplications: [
      AcrSku.PREMIUM,
      { geoReplications: [{ location: 'northeurope' }] },
      { geoReplications: [] },
      {
        georeplications: [{ location: 'northeurope', regional_endpoint_enabled: true, zone_redundancy_enabled: true }],
      },
    ],
    zoneRedundancy: [
      AcrSku.PREMIUM,
      { zoneRedundancy: true },
      { zoneRedundancy: false },
      { zone_redundancy_enabled: true },
    ],
    publicAccess: [
      AcrSku.PREMIUM,
      { publicAccess: AcrPublicAccess.ranges(['203.0.113.0/24']) },
      { publicAccess: AcrPublicAccess.everywhere() },
      { network_rule_set: [{ default_action: 'Deny', ip_rule: [{ action: 'Allow', ip_range: '203.0.113.0/24' }] }] },
    ],
    retentionDays: [AcrSku.PREMIUM, { retentionDays: 30 }, {}, { retention_policy_in_days: 30 }],
    anonymousPull: [
      AcrSku.STANDARD,
      { anonymousPull: true },
      { anonymousPull: false },
      { anonymous_pull_enabled: true },
    ],
    dataEndpoint: [AcrSku.PREMIUM, { dataEndpoint: true }, { dataEndpoint: false }, { data_endpoint_enabled: true }],
    exportPolicy: [
      AcrSku.PREMIUM,
      { exportPolicy: false, publicAccess: AcrPublicAccess.none() },
      { exportPolicy: true },
      { export_policy_enabled: false, public_network_access_enabled: false },
    ],
    quarantinePolicy: [
      AcrSku.PREMIUM,
      { quarantinePolicy: true },
      { quarantinePolicy: false },
      { quarantine_policy_enabled: true },
    ],
    trustPolicy: [AcrSku.PREMIUM, { trustPolicy: true }, { trustPolicy: false }, { trust_policy_enabled: true }],
  };

const SKUS = [AcrSku.BASIC, AcrSku.STANDARD, AcrSku.PREMIUM];

describe.each(Object.entries(FEATURES))('%s of a registry', (property, [cheapest, asking, idle, arguments_]) => {
  const having = SKUS.slice(SKUS.indexOf(cheapest));

  test.each(having)('is said on the tier %s', (sku) => {
    expect(made({ ...asking, sku })).toMatchObject(arguments_);
  });

  test.each([undefined, ...SKUS].filter((sku) => !having.includes(sku!)))('is refused on the tier %s', (sku) => {
    expect(problems({ ...asking, sku }).filter((one) => one.includes(`'${property}' needs`))).toEqual([
      `[stack/registry] '${property}' needs the tier ${having.join(' or ')}, got ${sku ?? 'Basic'}: ` +
        `set 'sku' to AcrSku.${cheapest.toUpperCase()}`,
    ]);
  });

  test('is asked of no tier where it is turned off', () => {
    expect(problems({ ...idle, sku: AcrSku.BASIC })).toEqual([]);
  });

  test('may be asked of a tier that only Terraform knows', () => {
    const stack = testStack();
    registryIn(stack, { ...asking, sku: token(stack).stringValue as AcrSku });

    expect(Problems.of(stack)).toEqual([]);
  });
});

test('every rule about tiers and policies says where it comes from, and has a different id', () => {
  const rules = [...REGISTRY_SKU_RULES, ...REGISTRY_POLICY_RULES];

  expect(rules.filter(({ source }) => !source.startsWith('https://'))).toEqual([]);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(REGISTRY_SKU_RULES).toHaveLength(Object.keys(FEATURES).length);
});

describe('the copies of a registry', () => {
  const REGIONS = ['northeurope', 'North Europe', 'eastus', 'East US 2', 'swedencentral', 'westus', 'UK West'];

  test('are said in the order in which the provider reads them, whatever their order and spelling', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...REGIONS), { selector: (one) => plain(one), minLength: 1 }),
        (all) => {
          const { georeplications } = made({ geoReplications: all.map((location) => ({ location })) });
          const regions = (georeplications as { readonly location: string }[]).map(({ location }) => location);

          expect(regions).toEqual(all.map(plain).sort());
        },
      ),
      { numRuns: 10 },
    );
  });

  test('are in several zones where the region has zones, and get their share of the traffic', () => {
    expect(made({ geoReplications: [{ location: 'West US' }, { location: 'eastus' }] })).toMatchObject({
      georeplications: [
        { location: 'eastus', zone_redundancy_enabled: true, regional_endpoint_enabled: true },
        { location: 'westus', zone_redundancy_enabled: false, regional_endpoint_enabled: true },
      ],
    });
    expect(
      made({ geoReplications: [{ location: 'eastus', zoneRedundancy: false, globalRouting: false }] }),
    ).toMatchObject({ georeplications: [{ zone_redundancy_enabled: false, regional_endpoint_enabled: false }] });
  });

  test.each([
    [['West Europe'], "'geoReplications[0].location' must not be the region of the registry itself, got"],
    [['eastus', 'East US'], '\'geoReplications[1].location\' must be unique, got "East US" twice'],
    [['moon-base'], "'geoReplications[0].location' must be the name of an Azure region"],
  ])('must not be in %j', (locations, message) => {
    expect(problems({ geoReplications: locations.map((location) => ({ location })) })).toEqual([
      expect.stringContaining(message),
    ]);
  });

  test('must not ask for zones where there are none, nor must the registry', () => {
    expect(problems({ geoReplications: [{ location: 'westus', zoneRedundancy: true }] })).toEqual([
      `[stack/registry] 'geoReplications[0].zoneRedundancy' can only be true in a region with availability zones, got ` +
        '"westus", which has none: leave it out',
    ]);
    expect(problems({ zoneRedundancy: true, resourceGroup: { name: 'rg', location: 'West US' } })).toEqual([
      expect.stringContaining("'zoneRedundancy' can only be true in a region with availability zones"),
    ]);
  });

  test('are compared with the region of a resource group that is made with the registry', () => {
    const stack = testStack();
    const resourceGroup = new ResourceGroup(stack, 'group', RESOURCE_GROUP);
    registryIn(stack, { resourceGroup, geoReplications: [{ location: 'westeurope' }] });

    expect(Problems.of(stack)).toEqual([expect.stringContaining('must not be the region of the registry itself')]);
  });
});

function plain(location: string): string {
  return location.toLowerCase().replace(/ /g, '');
}

describe('the public endpoint of a registry', () => {
  test('says nothing by default', () => {
    const registry = made({ sku: undefined });

    expect(Object.keys(registry)).not.toEqual(expect.arrayContaining(['network_rule_set']));
    expect(Object.keys(registry)).not.toEqual(expect.arrayContaining(['public_network_access_enabled']));
  });

  test('is opened to single addresses with the mask that Azure leaves out, and to ranges from their first address', () => {
    const { network_rule_set: rules } = made({
      publicAccess: AcrPublicAccess.ranges(['203.0.113.7', '198.51.100.77/24']),
    });

    expect(rules).toEqual([
      {
        default_action: 'Deny',
        ip_rule: [
          { action: 'Allow', ip_range: '203.0.113.7/32' },
          { action: 'Allow', ip_range: '198.51.100.0/24' },
        ],
      },
    ]);
  });

  test('takes the ranges back when everybody may reach it again', () => {
    expect(made({ publicAccess: AcrPublicAccess.everywhere() }).network_rule_set).toEqual([
      { default_action: 'Allow', ip_rule: [] },
    ]);
  });

  test('keeps trusted services out when asked', () => {
    expect(made({ publicAccess: AcrPublicAccess.none({ trustedServices: false }) })).toMatchObject({
      public_network_access_enabled: false,
      network_rule_bypass_option: 'None',
    });
    expect(made({ publicAccess: AcrPublicAccess.none() })).not.toHaveProperty('network_rule_bypass_option');
  });

  test.each([
    [[], "'publicAccess.ranges' must name at least one range"],
    [['10.0.0.0/8'], "'publicAccess.ranges[0]' must be public IPv4 addresses"],
    [['0.0.0.0/1', '128.0.0.0/1'], "'publicAccess.ranges' must exclude some addresses"],
    [
      Array.from({ length: 101 }, (_, index) => `203.0.113.${index}`),
      "'publicAccess.ranges' must have at most 100 ranges, got 101",
    ],
  ])('is not opened to %j', (ranges, message) => {
    expect(problems({ publicAccess: AcrPublicAccess.ranges(ranges) })).toContainEqual(expect.stringContaining(message));
  });

  test('must be closed to forbid exports', () => {
    expect(problems({ exportPolicy: false })).toEqual([
      "[stack/registry] 'exportPolicy' can only be false where the registry has no public access: set 'publicAccess' to " +
        'AcrPublicAccess.none()',
    ]);
    expect(problems({ exportPolicy: false, sku: AcrSku.BASIC })).toEqual([
      expect.stringContaining("'exportPolicy' needs the tier Premium"),
    ]);
  });

  test('is warned of when it is closed and nothing else leads to the registry', () => {
    const app = testApp();
    const stack = testStack(app);
    registryIn(stack, { publicAccess: AcrPublicAccess.none() });
    app.synth();

    expect(warningsOf(stack)).toEqual([expect.stringContaining('Create an AcrPrivateEndpoint')]);
  });
});

test('zones that are asked for are not ignored, and all others are', () => {
  const ignoring = { lifecycle: { ignore_changes: ['zone_redundancy_enabled'] } };

  expect(made({ zoneRedundancy: true })).not.toHaveProperty('lifecycle');
  expect(made({ zoneRedundancy: false })).toMatchObject(ignoring);
  expect(made({})).toMatchObject(ignoring);
});

test('content trust comes with a warning of its end', () => {
  const stack = testStack();
  registryIn(stack, { trustPolicy: true });

  expect(warningsOf(stack)).toEqual([expect.stringContaining('removes on March 31, 2028')]);
});

test.each([
  [true, 0],
  [false, 1],
])('a registry that anybody may pull from (%p) needs no grant: %d warnings', (anonymousPull, warnings) => {
  const app = testApp();
  const stack = testStack(app);
  const registry = registryIn(stack, { anonymousPull });
  new Workload(stack, 'web', { name: 'web', image: registry.image('app', 'v1'), containerPort: 80 });
  app.synth();

  expect(warningsOf(stack)).toHaveLength(warnings);
});

describe('grantPush', () => {
  test.each([
    [AcrRoleAssignmentMode.REGISTRY, 'AcrPush'],
    [AcrRoleAssignmentMode.REPOSITORIES, 'Container Registry Repository Writer'],
  ])('gives the role that a registry heeds with the scope %s', (roleAssignmentMode, role) => {
    const stack = testStack();
    const registry = registryIn(stack, { roleAssignmentMode });
    registry.grantPush(EntraPrincipal.servicePrincipal(stack, 'pipeline', PRINCIPAL));

    expect(only(synth(stack), 'azurerm_role_assignment')).toMatchObject({
      scope: '${azurerm_container_registry.registry_EFEA226F.id}',
      role_definition_name: role,
      principal_id: PRINCIPAL,
      principal_type: 'ServicePrincipal',
    });
  });

  test('gives it once, also through another construct for the registry', () => {
    const stack = testStack();
    const identity = new UserAssignedIdentity(stack, 'builder', {
      resourceGroup: RESOURCE_GROUP,
      identityName: 'builder',
    });
    registryIn(stack).grantPush(identity);
    const again = AcrRegistry.fromRegistryAttributes(stack, 'again', {
      registryId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/jminnacr',
      registryName: 'jminnacr',
    });
    again.grantPush(identity);

    expect(Object.keys(synth(stack).resource!.azurerm_role_assignment!)).toEqual([
      expect.stringMatching(/^builder_push-registry_/),
    ]);
  });

  test('lets nobody pull: workloads neither wait for it nor are served by it', () => {
    const app = testApp();
    const stack = testStack(app);
    const registry = registryIn(stack);
    registry.grantPush(EntraPrincipal.servicePrincipal(stack, 'pipeline', PRINCIPAL));
    new Workload(stack, 'web', { name: 'web', image: registry.image('app', 'v1'), containerPort: 80 });
    app.synth();

    expect(warningsOf(stack)).toEqual([expect.stringContaining('no cluster of this program can pull from it')]);
    expect(only(synth(stack), 'kubernetes_deployment_v1')).not.toHaveProperty('depends_on');
  });

  test('is not taken for the pull of the same identity', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    registry.grantPush(cluster.imagePuller);
    registry.grantPull(cluster);

    expect(Object.keys(synth(stack).resource!.azurerm_role_assignment!)).toHaveLength(2);
  });
});
