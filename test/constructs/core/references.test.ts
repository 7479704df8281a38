import { DataAzurermSubscription } from '@cdktf/provider-azurerm/lib/data-azurerm-subscription';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import {
  type App,
  DefaultTokenResolver,
  Fn,
  Lazy,
  StringConcat,
  TerraformCount,
  TerraformElement,
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Token,
  Tokenization,
} from 'cdktf';
import { addressOf, referencesOf } from '../../../constructs/core/order/references';
import { createFleet } from '../../../examples/fleet';
import { ObservedClusterStack } from '../../../examples/observed-cluster';
import { PrivateClusterStack } from '../../../examples/private-cluster';
import { createProduction } from '../../../examples/production';
import { VoteStack } from '../../../lib/vote/vote-stack';
import { readSettings } from '../../../lib/vote/settings';
import { testApp, testStack } from '../../util';

const { settings } = readSettings(process.cwd(), {});

/** Every way to refer to a resource that cdktf has. */
function everyWay(app: App): void {
  const stack = testStack(app);
  const group = new ResourceGroup(stack, 'group', { name: 'rg', location: 'westeurope' });
  const inGroup = { resourceGroupName: 'rg', location: 'westeurope' };
  const subnet = new Subnet(stack, 'subnet', {
    name: group.name,
    resourceGroupName: `prefix-${group.name}`,
    virtualNetworkName: Lazy.stringValue({ produce: () => Fn.upper(group.id) }),
    addressPrefixes: Token.asList(group.tags),
    lifecycle: { replaceTriggeredBy: [group] },
  });
  const cluster = new KubernetesCluster(stack, 'cluster', {
    ...{ ...inGroup, name: 'aks', dnsPrefix: 'aks' },
    defaultNodePool: {
      ...{ name: 'a', vmSize: 'b', nodeCount: new TerraformVariable(stack, 'nodes', {}).numberValue },
      linuxOsConfig: { swapFileSizeMb: 1, sysctlConfig: { fsFileMax: Token.asNumber(subnet.id) } },
    },
    identity: { type: 'UserAssigned', identityIds: [subnet.id] },
  });
  const rules = TerraformIterator.fromComplexList(
    new TerraformLocal(stack, 'rules', [{ id: group.id }]).expression,
    'id',
  );
  const network = new NetworkSecurityGroup(stack, 'dynamic', {
    ...{ ...inGroup, name: 'dynamic' },
    securityRule: rules.dynamic({ name: rules.getString('id'), sourceAddressPrefix: subnet.id }),
  });
  network.addOverride('tags.pool', cluster.defaultNodePool.name);
  new NetworkSecurityGroup(stack, 'list', {
    ...{ ...inGroup, name: 'list' },
    securityRule: [
      { ...RULE, name: 'a' },
      { ...RULE, name: cluster.fqdn },
    ],
  });
  new ResourceGroup(stack, 'counted', {
    ...{ name: 'a', location: 'b' },
    count: TerraformCount.of(Token.asNumber(Fn.lengthOf(network.securityRule))),
    provisioners: [{ type: 'local-exec', command: subnet.name }],
    tags: { [group.name]: 'a' },
  });
  const each = new ResourceGroup(stack, 'each', {
    ...{ name: 'a', location: 'b', forEach: TerraformIterator.fromList(subnet.addressPrefixes) },
    tags: Token.asStringMap(network.id),
  });
  new TerraformLocal(stack, 'numbers', { ports: Token.asNumberList(network.name) });
  const metadata = { name: subnet.name };
  new Manifest(stack, 'manifest', { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: null } });
  new ResourceGroup(stack, 'chained', { name: 'a', location: 'b', forEach: TerraformIterator.fromResources(each) });
  new TerraformOutput(stack, 'output', { value: group });
}

const RULE = { priority: 100, direction: 'Inbound', access: 'Allow', protocol: 'Tcp' };

test.each<[string, (app: App) => unknown]>([
  ['every way to refer to a resource', everyWay],
  ["the article's stack", (app) => new VoteStack(app, 'vote', settings)],
  ['a fleet', createFleet],
  ['production', createProduction],
  ['an observed cluster', (app) => new ObservedClusterStack(app, 'observed')],
  ['a private cluster', (app) => new PrivateClusterStack(app, 'private')],
])('the references of %s are those in its JSON', (_, create) => {
  const app = testApp();
  create(app);

  const stacks = app.node.children.filter((one): one is TerraformStack => TerraformStack.isStack(one));
  expect(stacks.map(foundIn)).toEqual(stacks.map(writtenIn));
  expect(stacks.flatMap(writtenIn).length).toBeGreaterThan(10);
});

test('the address of an element is what others refer to it by', () => {
  const stack = testStack();
  const elements = [
    new ResourceGroup(stack, 'group', { name: 'rg', location: 'westeurope' }),
    new DataAzurermSubscription(stack, 'found'),
    new TerraformHclModule(stack, 'module', { source: 'contoso/vote/azurerm' }),
    new TerraformLocal(stack, 'local', 1),
    new TerraformVariable(stack, 'variable', {}),
  ];

  expect(elements.map(addressOf)).toEqual([
    ...['azurerm_resource_group.group', 'data.azurerm_subscription.found', 'module.module', 'local.local', undefined],
  ]);
});

function elementsOf(stack: TerraformStack): TerraformElement[] {
  return stack.node.findAll().filter((one): one is TerraformElement => TerraformElement.isTerraformElement(one));
}

/** The references between elements of a stack, one line each. */
function between(stack: TerraformStack, addressesIn: (element: TerraformElement) => readonly string[]): string[] {
  const elements = elementsOf(stack);
  const known = new Set(elements.map(addressOf));
  return elements.flatMap((element) =>
    [...new Set(addressesIn(element))]
      .filter((address) => known.has(address) && address !== addressOf(element))
      .map((address) => `${element.node.path} -> ${address}`)
      .sort(),
  );
}

function foundIn(stack: TerraformStack): string[] {
  return between(stack, (element) =>
    referencesOf(element)
      .filter((one) => one.stack === stack)
      .map(({ address }) => address),
  );
}

/** Without the order, which is no argument. */
function writtenIn(stack: TerraformStack): string[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return between(stack, (element) => {
    const json: unknown = Tokenization.resolve(element.toTerraform(), { scope: element, preparing: false, resolver });
    const text = JSON.stringify(json, (key, value: unknown) => (key === 'depends_on' ? undefined : value));
    return [...text.matchAll(/(?:data\.)?[a-z]\w*\.[\w-]+/g)].map(([address]) => address);
  });
}
