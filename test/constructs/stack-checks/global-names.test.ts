import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { EventhubNamespace } from '@cdktf/provider-azurerm/lib/eventhub-namespace';
import { KeyVault as KeyVaultResource } from '@cdktf/provider-azurerm/lib/key-vault';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { ServicebusNamespace } from '@cdktf/provider-azurerm/lib/servicebus-namespace';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type App, TerraformResource, TerraformStack } from 'cdktf';
import { AcrRegistry, AksCluster, ContainerImage, Exposure, Problems, Workload } from '../../../constructs';
import { RESOURCE_GROUP, testApp, token } from '../../util';

/** A stack with something of this library, which looks at the names of all. */
function stackIn(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  new AksCluster(stack, 'cluster', { resourceGroup: { ...RESOURCE_GROUP, name: `${id}-rg` }, clusterName: id });
  return stack;
}

const AT = { location: 'westeurope', resourceGroupName: 'rg' };

type Make = (stack: TerraformStack, name: string) => unknown;

const registry: Make = (stack, registryName) =>
  new AcrRegistry(stack, 'named', { resourceGroup: RESOURCE_GROUP, registryName });
const registryByHand: Make = (stack, name) => new ContainerRegistry(stack, 'named', { ...AT, name, sku: 'Basic' });
const storageAccount: Make = (stack, name) =>
  new StorageAccount(stack, 'named', { ...AT, name, accountTier: 'Standard', accountReplicationType: 'LRS' });
const keyVault: Make = (stack, name) =>
  new KeyVaultResource(stack, 'named', { ...AT, name, skuName: 'standard', tenantId: 'tenant' });
const serviceBus: Make = (stack, name) => new ServicebusNamespace(stack, 'named', { ...AT, name, sku: 'Standard' });
const eventHub: Make = (stack, name) => new EventhubNamespace(stack, 'named', { ...AT, name, sku: 'Standard' });
const address: Make = (stack, domainNameLabel) =>
  new PublicIp(stack, 'named', { ...AT, name: 'ip', allocationMethod: 'Static', domainNameLabel });

function webAt(location: string): Make {
  return (stack, label) => {
    new KubernetesProvider(stack, 'kubernetes');
    return new Workload(stack, 'named', {
      ...{ name: 'web', image: ContainerImage.fromReference('ghcr.io/contoso/web:1'), containerPort: 8080 },
      exposure: Exposure.publicLoadBalancer({ dnsName: { label, location } }),
    });
  };
}

function rulesOf(app: App): string[] {
  return Problems.list(app).map(({ rule }) => rule);
}

test.each<[string, Make, Make]>([
  ['registries', registry, registry],
  ['registries, one of them by hand', registryByHand, registry],
  ['storage accounts', storageAccount, storageAccount],
  ['Key Vaults', keyVault, keyVault],
  ['namespaces of one domain', serviceBus, eventHub],
  ['addresses of one region', address, address],
  ['Services in one region', webAt('westeurope'), webAt('West Europe')],
  ['a Service and an address of one region', address, webAt('westeurope')],
])('%s of two stacks are warned of with one name', (_, one, other) => {
  const app = testApp();
  const [first, second] = [stackIn(app, 'first'), stackIn(app, 'second')];
  one(first, 'contososhop');
  other(second, 'ContosoShop'.toLowerCase());

  const problems = Problems.list(app);
  expect(Problems.of(app)).toEqual([]);
  expect(problems.map(({ path, rule }) => [path, rule])).toEqual([['second', 'global-name-unique']]);
  expect(problems[0]?.message).toMatch(
    /^'[\w.]+' of second\S* must be unique in all of Azure, got "contososhop\S*", which first\S* has too: whichever is deployed second fails/,
  );
  Problems.acknowledge(second, 'global-name-unique', 'the first one is deleted before');
  expect(rulesOf(app)).toEqual([]);
});

test.each<[string, Make, Make, string, string]>([
  ['other names', registry, registry, 'contosoone', 'contosotwo'],
  ['other domains', registry, storageAccount, 'contososhop', 'contososhop'],
  ['other regions', webAt('westeurope'), webAt('northeurope'), 'contososhop', 'contososhop'],
])('%s are fine', (_, one, other, first, second) => {
  const app = testApp();
  one(stackIn(app, 'first'), first);
  other(stackIn(app, 'second'), second);

  expect(rulesOf(app)).toEqual([]);
});

test.each([
  ...['container_registry', 'storage_account', 'key_vault', 'key_vault_managed_hardware_security_module'],
  ...['servicebus_namespace', 'eventhub_namespace', 'relay_namespace', 'notification_hub_namespace'],
  ...['cosmosdb_account', 'redis_cache', 'postgresql_flexible_server', 'mysql_flexible_server', 'mssql_server'],
  ...['linux_web_app', 'windows_function_app', 'function_app_flex_consumption', 'logic_app_standard', 'iothub'],
  ...['app_configuration', 'search_service', 'signalr_service', 'web_pubsub', 'api_management', 'cdn_endpoint'],
])('a second azurerm_%s of one name is warned of, and what is only called alike is not', (type) => {
  const app = testApp();
  for (const stack of ['first', 'second'].map((id) => stackIn(app, id))) {
    for (const one of [type, `${type}_part`, `other_${type}`]) {
      const terraformResourceType = `azurerm_${one}`;
      Object.assign(new TerraformResource(stack, one, { terraformResourceType }), { nameInput: 'contososhop' });
    }
  }

  expect(rulesOf(app)).toEqual(['global-name-unique']);
});

test('what is of another provider, or has no name, has none in Azure', () => {
  const app = testApp();
  for (const stack of ['first', 'second'].map((id) => stackIn(app, id))) {
    const names = { nameInput: 'contososhop', domainNameLabelInput: 'contososhop', locationInput: 'westeurope' };
    const other = new TerraformResource(stack, 'other', { terraformResourceType: 'example__storage_account' });
    Object.assign(other, names);
    new PublicIp(stack, 'address', { ...AT, name: 'contososhop', allocationMethod: 'Static' });
    registryByHand(stack, 'no');
  }

  expect(rulesOf(app)).toEqual([]);
});

test('names that only Terraform knows may be different', () => {
  const app = testApp();
  for (const id of ['first', 'second']) {
    const stack = stackIn(app, id);
    storageAccount(stack, token(stack).stringValue);
  }

  expect(rulesOf(app)).toEqual([]);
});

test('a registry that is there is no second one', () => {
  const app = testApp();
  registry(stackIn(app, 'first'), 'contososhop');
  AcrRegistry.fromRegistryName(stackIn(app, 'second'), 'registry', {
    registryName: 'contososhop',
    resourceGroupName: 'rg',
  });

  expect(rulesOf(app)).toEqual([]);
});

test('two of one stack are reported once, by hand or not', () => {
  const app = testApp();
  const stack = stackIn(app, 'first');
  registry(stack, 'contososhop');
  new AcrRegistry(stack, 'other', { resourceGroup: RESOURCE_GROUP, registryName: 'contososhop' });
  expect(rulesOf(app)).toEqual(['unique-name']);

  const byHand = testApp();
  const second = stackIn(byHand, 'second');
  registryByHand(second, 'contososhop');
  new AcrRegistry(second, 'other', { resourceGroup: RESOURCE_GROUP, registryName: 'contososhop' });
  expect(rulesOf(byHand)).toEqual(['global-name-once']);
});

test('three of one stack are one problem, of the last of them', () => {
  const app = testApp();
  const stack = stackIn(app, 'first');
  for (const id of ['a', 'b', 'c']) {
    new StorageAccount(stack, id, {
      ...{ ...AT, name: 'contososhop' },
      ...{ accountTier: 'Standard', accountReplicationType: 'LRS' },
    });
  }

  expect(Problems.of(app)).toEqual([
    expect.stringContaining(
      '\'name\' of first/c must be unique in all of Azure, got "contososhop", which first/a and first/b have too',
    ),
  ]);
});

test.each([
  ['one cluster', 'one', ['exposure-claimed-once']],
  ['two clusters', 'two', ['global-name-once']],
])('two Services in %s of a stack are reported once', (_, other, rules) => {
  const app = testApp();
  const stack = stackIn(app, 'first');
  const [one, two] = ['one', 'two'].map((alias) => new KubernetesProvider(stack, alias, { alias }));
  [one, other === 'one' ? one : two].forEach((provider, index) => {
    new Workload(stack, `web-${index}`, {
      ...{ provider, name: `web-${index}`, image: ContainerImage.fromReference('ghcr.io/contoso/web:1') },
      ...{ containerPort: 8080 },
      exposure: Exposure.publicLoadBalancer({ dnsName: { label: 'contososhop', location: 'westeurope' } }),
    });
  });

  expect(rulesOf(app)).toEqual(rules);
});

test('names that come after the program has asked are found, too', () => {
  const app = testApp();
  const [first, second] = [stackIn(app, 'first'), stackIn(app, 'second')];
  storageAccount(first, 'contososhop');
  expect(rulesOf(app)).toEqual([]);
  storageAccount(second, 'contososhop');
  expect(rulesOf(app)).toEqual(['global-name-unique']);
});

test('each stack is looked through as often when there are many as when there are few', () => {
  const timesRead = (count: number): number => {
    const app = testApp();
    const stacks = Array.from({ length: count }, (_, index) => stackIn(app, `stack${index}`));
    const all = jest.spyOn(app.node, 'findAll');
    const last = jest.spyOn(stacks.at(-1)!.node, 'findAll');
    expect(rulesOf(app)).toEqual([]);
    return all.mock.calls.length + last.mock.calls.length;
  };

  expect(timesRead(6)).toBe(timesRead(2));
});

test('two of one stack are a problem of it, also where another stack has the name, which warns of them', () => {
  const app = testApp();
  const first = stackIn(app, 'first');
  storageAccount(first, 'contososhop');
  keyVault(stackIn(app, 'second'), 'contososhop'); // of another domain
  new StorageAccount(first, 'other', {
    ...{ ...AT, name: 'contososhop' },
    ...{ accountTier: 'Standard', accountReplicationType: 'LRS' },
  });
  storageAccount(stackIn(app, 'third'), 'contososhop');

  expect(Problems.list(app).map(({ path, rule }) => [path, rule])).toEqual([
    ['first', 'global-name-once'],
    ['third', 'global-name-unique'],
  ]);
});
