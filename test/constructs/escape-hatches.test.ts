import { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import * as aks from '../../constructs';
import { createEstate } from '../data/azure-estate';
import { type Block, synth, testStack } from '../util';

const stack = testStack();
createEstate(stack);
createApplications(stack);
const made = stack.node
  .findAll()
  .filter(isPublic)
  // what exists already, such as a Key Vault, makes no resource
  .filter((one) => one.node.findAll().some((child) => TerraformResource.isTerraformResource(child)))
  // it consists of rules, associations and alerts, none of which stands for it
  .filter((one) => !(one instanceof aks.ClusterMonitoring))
  .map((one): [string, IConstruct] => [one.node.path, one]);
const first = new TerraformResource(stack, 'first', { terraformResourceType: 'terraform_data' });
for (const [, one] of made) {
  one.node.addDependency(first);
  primaryOf(one).addOverride('tags.override', 'taken');
}
const resources = synth(stack).resource ?? {};

test('there is a construct of every kind that creates resources', () => {
  expect([...new Set(made.map(([, one]) => one.constructor.name))]).toEqual(
    expect.arrayContaining([
      ...['AksCluster', 'NodePool', 'AksServiceAccount', 'AksVirtualNetwork', 'AcrRegistry'],
      ...['KubernetesNamespace', 'Workload', 'VoteBackend', 'VoteFront'],
    ]),
  );
});

test.each(made)('%s takes overrides on its default child, and waits for what it is told to', (_, one) => {
  const primary = primaryOf(one);
  const block = resources[primary.terraformResourceType]?.[primary.friendlyUniqueId] as Block;

  expect(block).toMatchObject({ tags: { override: 'taken' } });
  expect(block.depends_on).toContain('terraform_data.first');
});

/** Fills the stack with what runs on clusters, too. */
function createApplications(scope: Construct): void {
  const image = aks.ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  new aks.KubernetesNamespace(scope, 'namespace', { namespaceName: 'shop' });
  new aks.Workload(scope, 'workload', { name: 'shop', image, containerPort: 8080 });
  const kept = new aks.VoteBackend(scope, 'kept', { name: 'kept', persistence: {} });
  new aks.VoteFront(scope, 'page', { name: 'page', image, backend: kept });
}

/** Whether a construct is of a class that the package exports. */
function isPublic(one: IConstruct): boolean {
  return Object.values(aks).some((type) => typeof type === 'function' && one instanceof type);
}

function primaryOf(one: IConstruct): TerraformResource {
  const { defaultChild } = one.node;
  if (!(defaultChild instanceof TerraformResource)) {
    throw new Error(`${one.node.path} has no default child that is a resource`);
  }
  return defaultChild;
}
