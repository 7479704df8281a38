import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  AcrImageBuild,
  AcrRegistry,
  AcrRoleAssignmentMode,
  type IAcrRegistry,
  AcrSku,
  AksCluster,
  type AksClusterProps,
  ClusterIdentity,
  Problems,
  ServicePrincipal,
  Workload,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const SOURCE = { repository: 'https://github.com/a/b', commit: '1705b17', folder: 'app' };

function registryIn(stack: TerraformStack): AcrRegistry {
  return new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });
}

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'jm-inn-aks', ...props });
}

describe('AcrRegistry', () => {
  test('is a Basic registry without an admin user by default', () => {
    const stack = testStack();
    registryIn(stack);

    expect(only(synth(stack), 'azurerm_container_registry')).toMatchObject({
      name: 'jminnacr',
      resource_group_name: 'rg',
      location: 'westeurope',
      sku: 'Basic',
      admin_enabled: false,
    });
  });

  test('takes its SKU', () => {
    const stack = testStack();
    new AcrRegistry(stack, 'registry', {
      resourceGroup: RESOURCE_GROUP,
      registryName: 'jminnacr',
      sku: AcrSku.PREMIUM,
    });

    expect(only(synth(stack), 'azurerm_container_registry')).toMatchObject({ sku: 'Premium' });
  });

  test('is created in the resource group that is created with it', () => {
    const stack = testStack();
    const resourceGroup = new ResourceGroup(stack, 'group', RESOURCE_GROUP);
    new AcrRegistry(stack, 'registry', { resourceGroup, registryName: 'jminnacr' });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_container_registry')).toMatchObject({
      resource_group_name: '${azurerm_resource_group.group.name}',
      location: '${azurerm_resource_group.group.location}',
    });
  });

  test('reports bad names, its own and those of its images', () => {
    const stack = testStack();
    const registry = new AcrRegistry(stack, 'registry', {
      resourceGroup: { name: 'rg.', location: 'westeurope' },
      registryName: 'my-acr',
    });
    registry.image('App', 'v 1');

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/registry\] 'resourceGroup.name' must be 1 to 90 .*, got "rg\."$/),
      expect.stringMatching(/^\[stack\/registry\] 'registryName' must be 5 to 50 .*, got "my-acr": it becomes/),
      expect.stringMatching(
        /^\[stack\/registry\] image\("App", "v 1"\): 'repository' must be the path of .*, got "App"$/,
      ),
      expect.stringMatching(/^\[stack\/registry\] image\("App", "v 1"\): 'tag' must be 1 to 128 .*, got "v 1"$/),
    ]);
  });

  test('gives AcrPull to the kubelet of a cluster with a managed identity', () => {
    const stack = testStack();
    registryIn(stack).grantPull(clusterIn(stack));

    expect(only(synth(stack), 'azurerm_role_assignment')).toMatchObject({
      scope: '${azurerm_container_registry.registry_EFEA226F.id}',
      role_definition_name: 'AcrPull',
      principal_id: '${azurerm_kubernetes_cluster.cluster_611F8AFF.kubelet_identity[0].object_id}',
      principal_type: 'ServicePrincipal',
      skip_service_principal_aad_check: true,
    });
  });

  test('gives AcrPull to the service principal of a cluster that has one, by its object id', () => {
    const stack = testStack();
    const principal = new ServicePrincipal(stack, 'principal', { displayName: 'puller' });
    registryIn(stack).grantPull(clusterIn(stack, { identity: ClusterIdentity.servicePrincipal(principal) }));

    expect(only(synth(stack), 'azurerm_role_assignment')).toMatchObject({
      principal_id: expect.stringMatching(/^\$\{azuread_service_principal\.principal_\w+\.object_id\}$/),
    });
  });

  test('grants the same cluster once, and two clusters each', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    const cluster = clusterIn(stack);
    registry.grantPull(cluster);
    registry.grantPull(cluster);
    registry.grantPull(clusterIn(stack, { clusterName: 'second' }, 'second'));

    expect(Object.keys(synth(stack).resource!.azurerm_role_assignment!)).toHaveLength(2);
  });

  test('grants a service principal once, however many clusters act as it', () => {
    const stack = testStack();
    const principal = new ServicePrincipal(stack, 'principal', { displayName: 'puller' });
    const identity = ClusterIdentity.servicePrincipal(principal);
    const registry = registryIn(stack);
    registry.grantPull(clusterIn(stack, { identity }));
    registry.grantPull(clusterIn(stack, { identity, clusterName: 'second' }, 'second'));

    expect(Problems.of(stack)).toEqual([]);
    expect(Object.keys(synth(stack).resource!.azurerm_role_assignment!)).toHaveLength(1);
  });

  test('lets one cluster pull from registries with one id, of its own stack and of another', () => {
    const app = testApp();
    const stack = testStack(app, 'stack');
    const other = testStack(app, 'other');
    const nested = new Construct(stack, 'nested');
    const props = { resourceGroup: RESOURCE_GROUP };
    const cluster = clusterIn(stack);
    registryIn(stack).grantPull(cluster);
    new AcrRegistry(nested, 'registry', { ...props, registryName: 'second' }).grantPull(cluster);
    new AcrRegistry(other, 'registry', { ...props, registryName: 'third' }).grantPull(cluster);

    expect(Problems.of(app)).toEqual([]);
    expect(Object.keys(synth(stack).resource!.azurerm_role_assignment!)).toEqual([
      expect.stringMatching(/^cluster_kubelet_pull-nested-registry_/),
      expect.stringMatching(/^cluster_kubelet_pull-other-registry_/),
      expect.stringMatching(/^cluster_kubelet_pull-registry_/),
    ]);
  });

  test('is not replaced on the day that Azure reports it as zone-redundant', () => {
    const stack = testStack();
    registryIn(stack);

    expect(only(synth(stack), 'azurerm_container_registry')).toMatchObject({
      lifecycle: { ignore_changes: ['zone_redundancy_enabled'] },
    });
  });

  test('warns when a workload runs its image and no cluster may pull it', () => {
    const app = testApp();
    const stack = testStack(app);
    const registry = registryIn(stack);
    new Workload(stack, 'web', { name: 'web', image: registry.image('app', 'v1'), containerPort: 80 });
    app.synth();

    expect(warningsOf(stack)).toEqual([
      '[stack/registry] stack/web runs an image of this registry, but no cluster of this program can pull from it: unless the role is assigned elsewhere, call' +
        " 'grantPull(cluster)'",
    ]);
  });

  test('reports a name that another registry of the stack has', () => {
    const stack = testStack();
    registryIn(stack);
    new AcrRegistry(stack, 'second', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });

    expect(Problems.of(stack)).toEqual([
      `[stack/second] 'registryName' must be unique in all of Azure, got "jminnacr", the name of the registry of stack/registry: rename one of them`,
    ]);
  });

  test('reports what is not given, or given as something else', () => {
    const stack = testStack();
    new AcrRegistry(stack, 'registry', {
      resourceGroup: { name: 'rg', location: 'moon-base' },
      registryName: undefined as never,
      sku: 'Gold' as never,
    });

    expect(Problems.of(stack)).toEqual([
      `[stack/registry] 'registryName' must be given: 5 to 50 letters and digits, such as "contososhop", got undefined: set the source of the value, such as an environment variable`,
      `[stack/registry] 'sku' must be AcrSku.BASIC, AcrSku.STANDARD or AcrSku.PREMIUM, got "Gold"`,
      expect.stringMatching(/^\[stack\/registry\] 'resourceGroup.location' must be .*, got "moon-base"/),
    ]);
  });

  test('is found by its name', () => {
    const stack = testStack();
    const registry = AcrRegistry.fromRegistryName(stack, 'shared', {
      registryName: 'shared1',
      resourceGroupName: 'rg',
    });
    registry.grantPull(clusterIn(stack));
    new Workload(stack, 'web', { name: 'web', image: registry.image('app', 'v1'), containerPort: 80 });
    const json = synth(stack);

    expect(json.resource).not.toHaveProperty('azurerm_container_registry');
    expect(json.data!.azurerm_container_registry).toMatchObject({
      shared_6AC20809: { name: 'shared1', resource_group_name: 'rg' },
    });
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      scope: '${data.azurerm_container_registry.shared_6AC20809.id}',
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('reports bad names of a registry to be found', () => {
    const stack = testStack();
    AcrRegistry.fromRegistryName(stack, 'shared', { registryName: 'no', resourceGroupName: 'rg.' });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("[stack/shared] 'registryName' must be 5 to 50"),
      expect.stringContaining("[stack/shared] 'resourceGroupName' must be 1 to 90"),
    ]);
  });
});

describe('a registry with permissions by repository', () => {
  const roleAssignmentMode = AcrRoleAssignmentMode.REPOSITORIES;
  const id = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/jminnacr';

  test.each<[string, (stack: TerraformStack, mode?: AcrRoleAssignmentMode) => IAcrRegistry]>([
    [
      'that is made',
      (stack, mode) =>
        new AcrRegistry(stack, 'registry', {
          resourceGroup: RESOURCE_GROUP,
          registryName: 'jminnacr',
          roleAssignmentMode: mode,
        }),
    ],
    [
      'that is found',
      (stack, mode) =>
        AcrRegistry.fromRegistryName(stack, 'registry', {
          registryName: 'jminnacr',
          resourceGroupName: 'rg',
          roleAssignmentMode: mode,
        }),
    ],
    [
      'by its id',
      (stack, mode) =>
        AcrRegistry.fromRegistryAttributes(stack, 'registry', {
          registryId: id,
          registryName: 'jminnacr',
          roleAssignmentMode: mode,
        }),
    ],
  ])('%s heeds another role than AcrPull, and lets no task push', (_, registryOf) => {
    const [stack, legacy] = [testStack(), testStack(testApp(), 'legacy')];
    const registry = registryOf(stack, roleAssignmentMode);
    registry.grantPull(clusterIn(stack));
    new AcrImageBuild(stack, 'image', { registry, repository: 'app', tag: 'v1', source: SOURCE });
    registryOf(legacy).grantPull(clusterIn(legacy));

    expect(only(synth(stack), 'azurerm_role_assignment').role_definition_name).toBe(
      'Container Registry Repository Reader',
    );
    expect(only(synth(legacy), 'azurerm_role_assignment').role_definition_name).toBe('AcrPull');
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/image\] 'registry' must allow its tasks to push, got stack\/registry/),
    ]);
  });

  test('is warned of when it is made, since the provider cannot tell it so', () => {
    const stack = testStack();
    new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr', roleAssignmentMode });

    expect(only(synth(stack), 'azurerm_container_registry')).not.toHaveProperty('role_assignment_mode');
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining("run 'az acr update --name jminnacr --role-assignment-mode rbac-abac'"),
    ]);
  });
});

test('the login server of a registry that exists is a host name', () => {
  const stack = testStack();
  const registry = (name: string, loginServer?: string) =>
    AcrRegistry.fromRegistryAttributes(stack, name, {
      registryId: `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/${name}`,
      registryName: name,
      loginServer,
    });
  registry('contosoone');
  registry('contosotwo', 'contosotwo.azurecr.cn');
  registry('contosothree', token(stack).stringValue);
  registry('contosofour', 'https://contosofour.azurecr.io/');

  expect(Problems.list(stack).map(({ path, rule }) => [path, rule])).toEqual([['stack/contosofour', 'login-server']]);
});
