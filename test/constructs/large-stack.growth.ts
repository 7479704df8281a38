import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type TerraformStack } from 'cdktf';
import { AksCluster, ContainerImage, Placement, Problems, Workload } from '../../constructs';
import { growsFaster, timeOf } from '../growth';
import { testStack } from '../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

/** What a stack with a cluster has many of. */
const PARTS: [string, (stack: TerraformStack, cluster: AksCluster, name: string) => void][] = [
  [
    'placed workloads',
    (stack, cluster, name) => {
      const placement = Placement.on(cluster.defaultNodePool);
      new Workload(stack, name, { name, image: IMAGE, containerPort: 8080, placement });
    },
  ],
  [
    'identities in a resource group of the program',
    (stack, cluster, name) => {
      const resourceGroup = stack.node.findChild('group') as ResourceGroup;
      cluster.addServiceAccount(name, { serviceAccountName: name, resourceGroup });
    },
  ],
];

test.each(PARTS)('the time to look for problems grows with the number of %s', (_, add) => {
  const time = (count: number) => {
    const stack = testStack();
    stack.node.tryRemoveChild('kubernetes');
    const resourceGroup = new ResourceGroup(stack, 'group', { name: 'shop', location: 'westeurope' });
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup, clusterName: 'shop' });
    new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
    for (let index = 0; index < count; index++) {
      add(stack, cluster, `part-${index}`);
    }
    return timeOf(() => expect(Problems.of(stack)).toEqual([]));
  };

  expect(growsFaster(time, 120)).toBe(false);
});
