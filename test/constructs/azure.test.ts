import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack, TerraformVariable } from 'cdktf';
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
  ContainerImage,
  NetworkProfile,
  Problems,
  ServicePrincipal,
  Workload,
} from '../../constructs';
import { brokenInvariants } from '../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../util';

const SOURCE = { repository: 'https://github.com/a/b', commit: '1705b17', folder: 'app' };
const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const OTHER_UUID = '00000000-0000-0000-0000-000000000001';

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
      expect.stringMatching(/^\[stack\/registry\] 'registryName' must be 5 to 50 .*, got "my-acr": it becomes/),
      expect.stringMatching(/^\[stack\/registry\] 'resourceGroup.name' must be 1 to 90 .*, got "rg\."$/),
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
      '[stack/registry] stack/web runs an image of this registry, and no cluster of this program may pull from it: ' +
        "unless the role is given elsewhere, call 'grantPull(cluster)'",
    ]);
  });

  test('reports a name that another registry of the stack has', () => {
    const stack = testStack();
    registryIn(stack);
    new AcrRegistry(stack, 'second', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });

    expect(Problems.of(stack)).toEqual([
      `[stack/second] 'registryName' must be unique in all of Azure, got "jminnacr", the name of the registry of stack/registry: give one of them another name`,
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
      `[stack/registry] 'registryName' must be given: a string, got nothing`,
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
      expect.stringMatching(/^\[stack\/image\] 'registry' must give its tasks the right to push, got stack\/registry/),
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

describe('AcrImageBuild', () => {
  const build = (stack: TerraformStack, props = {}): AcrImageBuild =>
    new AcrImageBuild(stack, 'image', {
      registry: registryIn(stack),
      repository: 'team/app',
      tag: 'v1',
      source: SOURCE,
      ...props,
    });

  test('builds the folder of a commit in the registry, without a token', () => {
    const stack = testStack();
    build(stack);

    expect(only(synth(stack), 'azurerm_container_registry_task')).toMatchObject({
      name: 'build-team-app',
      platform: { os: 'Linux', architecture: 'amd64' },
      encoded_step: {
        context_path: 'https://github.com/a/b.git#1705b17:app',
        task_content: [
          'version: v1.1.0',
          'steps:',
          '  - build: -t $Registry/team/app:v1 .',
          '  - push:',
          '      - $Registry/team/app:v1',
          '',
        ].join('\n'),
      },
    });
  });

  test.each([
    [{ repository: 'https://github.com/a/b.git', commit: '1705b17' }, 'https://github.com/a/b.git#1705b17'],
    [
      { repository: 'https://github.com/a/b', commit: '1705b17', folder: 'x/y' },
      'https://github.com/a/b.git#1705b17:x/y',
    ],
  ])('finds the files of %j', (source, contextPath) => {
    const stack = testStack();
    build(stack, { source });

    expect(only(synth(stack), 'azurerm_container_registry_task')).toMatchObject({
      encoded_step: { context_path: contextPath },
    });
  });

  test('runs again when the step of the task changes, said in the one form that terraform takes', () => {
    const stack = testStack();
    build(stack);

    expect(only(synth(stack), 'azurerm_container_registry_task_schedule_run_now')).toMatchObject({
      container_registry_task_id: '${azurerm_container_registry_task.image_00E3890C.id}',
      lifecycle: { replace_triggered_by: ['azurerm_container_registry_task.image_00E3890C.encoded_step'] },
    });
  });

  test('keeps in the state what was built, so that a deployment that stopped midway is made good by the next one', () => {
    const stack = testStack();
    build(stack);
    const run = only(synth(stack), 'azurerm_container_registry_task_schedule_run_now');
    const step = 'azurerm_container_registry_task.image_00E3890C.encoded_step[0]';

    // the key of the run is all that the task builds from, which Terraform knows when it plans
    expect(run.for_each).toBe(`\${toset([sha1(join("\\n", [${step}.context_path, ${step}.task_content]))])}`);
  });

  test('is the image that a workload runs, after the build and after a grant that comes later', () => {
    const stack = testStack();
    const image = build(stack);
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80 });
    (stack.node.findChild('registry') as AcrRegistry).grantPull(clusterIn(stack));
    const json = synth(stack);

    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      depends_on: [
        expect.stringMatching(/^azurerm_container_registry_task_schedule_run_now\.image_run_\w+$/),
        expect.stringMatching(/^azurerm_role_assignment\.cluster_kubelet_pull-registry_\w+$/),
      ],
      spec: {
        template: {
          spec: {
            container: [
              expect.objectContaining({
                image: '${azurerm_container_registry.registry_EFEA226F.login_server}/team/app:v1',
              }),
            ],
          },
        },
      },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('reports everything that is wrong with it', () => {
    const stack = testStack();
    const source = { repository: 'git@github.com:a/b', commit: 'main', folder: '/app' };
    build(stack, { repository: 'App', tag: '-1', taskName: 'b', source });

    expect(Problems.of(stack).map((problem) => /'([\w.]+)'/.exec(problem)?.[1])).toEqual([
      'repository',
      'tag',
      'source.repository',
      'source.commit',
      'source.folder',
      'taskName',
    ]);
  });

  test('warns of an abbreviated commit', () => {
    const stack = testStack();
    build(stack);
    new AcrImageBuild(stack, 'whole', {
      registry: stack.node.findChild('registry') as AcrRegistry,
      repository: 'other',
      tag: 'v1',
      source: { ...SOURCE, commit: '0'.repeat(40) },
    });

    expect(warningsOf(stack)).toEqual([
      `[stack/image] 'source.commit' "1705b17" is an abbreviation, which may one day fit several commits: give all 40 digits`,
    ]);
  });

  test('needs a task name where two builds of a registry would have one, or where only Terraform knows the repository', () => {
    const stack = testStack();
    const first = build(stack, { repository: 'a/b' });
    const registry = stack.node.findChild('registry') as AcrRegistry;
    const again = { registry, repository: 'a.b', tag: 'v1', source: SOURCE };
    new AcrImageBuild(stack, 'second', again);
    new AcrImageBuild(stack, 'third', { ...again, taskName: 'third' });
    new AcrImageBuild(stack, 'fourth', { ...again, repository: token(stack).stringValue });

    expect(Problems.of(stack)).toEqual([
      `[stack/second] 'taskName' must be unique in its registry, got "build-a-b", the name of the task of ${first.node.path}: give one of them another name`,
      "[stack/fourth] 'taskName' must be given, got nothing: its default comes from 'repository', which only Terraform knows",
    ]);
  });

  test('derives a task name that Azure takes from the longest repository', () => {
    const stack = testStack();
    build(stack, { repository: `${'a'.repeat(60)}/b` });

    expect(Problems.of(stack)).toEqual([]);
  });
});

describe('AksCluster', () => {
  test('has two recommended nodes, a managed identity and an overlay network by default', () => {
    const stack = testStack();
    clusterIn(stack);
    const json = synth(stack);

    expect(only(json, 'azurerm_kubernetes_cluster')).toMatchInlineSnapshot(`
     {
       "default_node_pool": {
         "name": "nodepool1",
         "node_count": 2,
         "os_sku": "Ubuntu",
         "temporary_name_for_rotation": "nodepool1tmp",
         "type": "VirtualMachineScaleSets",
         "upgrade_settings": {
           "drain_timeout_in_minutes": 30,
           "max_surge": "10%",
           "node_soak_duration_in_minutes": 0,
         },
         "vm_size": "Standard_D4s_v5",
       },
       "dns_prefix": "jm-inn-aks",
       "identity": {
         "type": "SystemAssigned",
       },
       "location": "westeurope",
       "name": "jm-inn-aks",
       "network_profile": {
         "dns_service_ip": "10.0.0.10",
         "load_balancer_profile": {
           "managed_outbound_ip_count": 1,
         },
         "load_balancer_sku": "standard",
         "network_data_plane": "cilium",
         "network_plugin": "azure",
         "network_plugin_mode": "overlay",
         "network_policy": "cilium",
         "outbound_type": "loadBalancer",
         "pod_cidr": "10.244.0.0/16",
         "service_cidr": "10.0.0.0/16",
       },
       "oidc_issuer_enabled": true,
       "resource_group_name": "rg",
       "role_based_access_control_enabled": true,
       "workload_identity_enabled": true,
     }
    `);
    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('takes its pool, DNS prefix and SSH key', () => {
    const stack = testStack();
    clusterIn(stack, {
      dnsPrefix: 'prefix',
      sshPublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE',
      defaultNodePool: { name: 'system', nodeCount: 3, vmSize: 'Standard_D8s_v5' },
    });

    expect(only(synth(stack), 'azurerm_kubernetes_cluster')).toMatchObject({
      dns_prefix: 'prefix',
      linux_profile: { admin_username: 'azureuser', ssh_key: { key_data: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE' } },
      default_node_pool: {
        name: 'system',
        node_count: 3,
        vm_size: 'Standard_D8s_v5',
        temporary_name_for_rotation: 'systemtmp',
      },
    });
  });

  test.each(['a', 'nodepool1', 'abcdefghijkl', 'abcdefghitmp', 'tmp'])(
    'rotates %s under another name that Azure takes',
    (name) => {
      const stack = testStack();
      clusterIn(stack, { defaultNodePool: { name } });
      const pool = only(synth(stack), 'azurerm_kubernetes_cluster').default_node_pool as { [key: string]: string };

      expect(pool.temporary_name_for_rotation).toMatch(/^[a-z][a-z0-9]{0,11}$/);
      expect(pool.temporary_name_for_rotation).not.toBe(name);
    },
  );

  test('always states its network, with a Standard load balancer', () => {
    const stack = testStack();
    clusterIn(stack, { networkProfile: NetworkProfile.kubenet() });

    expect(only(synth(stack), 'azurerm_kubernetes_cluster').network_profile).toMatchInlineSnapshot(`
     {
       "dns_service_ip": "10.0.0.10",
       "load_balancer_profile": {
         "managed_outbound_ip_count": 1,
       },
       "load_balancer_sku": "standard",
       "network_plugin": "kubenet",
       "outbound_type": "loadBalancer",
       "pod_cidr": "10.244.0.0/16",
       "service_cidr": "10.0.0.0/16",
     }
    `);
  });

  test('warns of kubenet and of a small or burstable system pool', () => {
    const stack = testStack();
    clusterIn(stack, { networkProfile: NetworkProfile.kubenet(), defaultNodePool: { vmSize: 'Standard_B2s' } });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([
      `[stack/cluster] 'defaultNodePool.vmSize' "Standard_B2s" suits a trial only, for a system pool: B-series nodes are ` +
        'slowed down when their CPU credits are used up, and it has 2 vCPUs where Azure recommends at least 4',
      expect.stringContaining('[stack/cluster] kubenet retires on 31 March 2028'),
    ]);
  });

  test('acts as a service principal, once that is known everywhere', () => {
    const stack = testStack();
    const principal = new ServicePrincipal(stack, 'principal', { displayName: 'puller' });
    clusterIn(stack, { identity: ClusterIdentity.servicePrincipal(principal) });
    const cluster = only(synth(stack), 'azurerm_kubernetes_cluster');

    expect(cluster).not.toHaveProperty('identity');
    expect(cluster).toMatchObject({
      service_principal: {
        client_id: expect.stringMatching(/^\$\{azuread_service_principal\.principal_\w+\.client_id\}$/),
        client_secret: expect.stringMatching(
          /^\$\{azuread_service_principal_password\.principal_password_\w+\.value\}$/,
        ),
      },
      depends_on: [expect.stringMatching(/^time_sleep\.principal_propagation_\w+$/)],
    });
  });

  test('reports everything that is wrong with it, once', () => {
    const stack = testStack();
    clusterIn(stack, {
      resourceGroup: { name: 'rg.', location: 'westeurope' },
      clusterName: 'my cluster',
      sshPublicKey: '/home/me/.ssh/id_rsa.pub',
      defaultNodePool: { name: 'Pool', nodeCount: 0, vmSize: 'Standard_B1s' },
    });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/cluster\] 'resourceGroup.name' must be .*, got "rg\."$/),
      expect.stringMatching(/^\[stack\/cluster\] 'clusterName' must be .*, got "my cluster"$/),
      expect.stringMatching(/^\[stack\/cluster\] 'sshPublicKey' must be .*, got "\/home\/me\/\.ssh\/id_rsa\.pub"$/),
      expect.stringMatching(/^\[stack\/cluster\] 'defaultNodePool.name' must be .*, got "Pool"$/),
      `[stack/cluster] 'defaultNodePool.nodeCount' must be a whole number from 1 to 1000, such as 2, got 0`,
      expect.stringMatching(
        /^\[stack\/cluster\] 'defaultNodePool.vmSize' must be .*, got "Standard_B1s" \(1 vCPU and 1 GB\)$/,
      ),
    ]);
  });

  test('says when the name of the cluster is no DNS prefix', () => {
    const stack = testStack();
    clusterIn(stack, { clusterName: 'my_cluster' });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/cluster\] 'dnsPrefix' must be .*, got "my_cluster", the name of the cluster: give a 'dnsPrefix'$/,
      ),
    ]);
  });

  test.each([
    [64, 0],
    [65, 1],
  ])(
    'counts the name of the resource group for its nodes: a group of %d characters gives %d problems',
    (length, count) => {
      const stack = testStack();
      clusterIn(stack, { resourceGroup: { name: 'g'.repeat(length), location: 'uksouth' }, clusterName: 'aks1' });

      expect(Problems.of(stack)).toEqual(
        Array.from({ length: count }, () => expect.stringContaining('which may have 80 characters and has 81')),
      );
    },
  );

  test('refuses a service principal of another stack, which would write its password to an output', () => {
    const app = testApp();
    const principal = new ServicePrincipal(testStack(app, 'one'), 'principal', { displayName: 'puller' });
    clusterIn(testStack(app, 'two'), { identity: ClusterIdentity.servicePrincipal(principal) });

    expect(Problems.of(app)).toEqual([
      "[two/cluster] 'identity' must be a service principal of the cluster's own stack, got one/principal: its password " +
        "would be written to that stack's outputs. Use ServicePrincipal.fromServicePrincipalAttributes(...) here",
    ]);
  });

  test('reports a name that another cluster of the resource group has, also where that is created here', () => {
    const stack = testStack();
    const resourceGroup = new ResourceGroup(stack, 'group', RESOURCE_GROUP);
    clusterIn(stack, { resourceGroup });
    clusterIn(stack, { resourceGroup }, 'second');
    clusterIn(stack, {}, 'third');

    expect(Problems.of(stack)).toEqual(
      ['second', 'third'].map(
        (id) =>
          `[stack/${id}] 'clusterName' must be unique in its resource group, got "jm-inn-aks", the name of the cluster of ` +
          'stack/cluster: give one of them another name',
      ),
    );
  });

  test('survives props of other types, and reports them', () => {
    const stack = testStack();
    clusterIn(stack, {
      clusterName: null as never,
      defaultNodePool: { name: 5 as never, vmSize: 4 as never, nodeCount: '3' as never },
    });

    expect(Problems.of(stack)).toEqual([
      `[stack/cluster] 'clusterName' must be a string, got null`,
      `[stack/cluster] 'defaultNodePool.name' must be a string, got 5`,
      `[stack/cluster] 'defaultNodePool.nodeCount' must be a number, got "3"`,
      `[stack/cluster] 'defaultNodePool.vmSize' must be a string, got 4`,
    ]);
  });

  test('lets tokens pass', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    clusterIn(stack, {
      resourceGroup: { name: stringValue, location: stringValue },
      clusterName: stringValue,
      sshPublicKey: stringValue,
      defaultNodePool: { name: stringValue, nodeCount: numberValue, vmSize: stringValue },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });

  test('configures the Kubernetes provider of its own stack from its certificates', () => {
    const stack = testStack();
    new KubernetesProvider(stack, 'own', { alias: 'own', ...clusterIn(stack).kubernetesProviderConfig(stack) });
    const access = 'azurerm_kubernetes_cluster.cluster_611F8AFF.kube_config[0]';

    expect(synth(stack).provider!.kubernetes![1]).toEqual({
      alias: 'own',
      host: `\${${access}.host}`,
      client_certificate: `\${base64decode(${access}.client_certificate)}`,
      client_key: `\${base64decode(${access}.client_key)}`,
      cluster_ca_certificate: `\${base64decode(${access}.cluster_ca_certificate)}`,
    });
  });

  test('refuses to configure the provider of another stack, which would write its private key to an output', () => {
    const app = testApp();
    const platform = testStack(app, 'platform');
    const application = testStack(app, 'application');
    const config = clusterIn(platform).kubernetesProviderConfig(application);

    expect(config).toEqual({});
    expect(Problems.of(app)).toEqual([
      '[application] the Kubernetes provider needs a cluster of its own stack, got platform/cluster: its private key ' +
        "would be written to that stack's outputs. Use AksCluster.fromClusterName(...) here, and addDependency on that stack",
    ]);
    expect(synth(platform)).not.toHaveProperty('output');
  });

  test('is found by its name, and then configures the provider and pulls images', () => {
    const stack = testStack();
    const cluster = AksCluster.fromClusterName(stack, 'shared', { clusterName: 'aks1', resourceGroupName: 'rg' });
    registryIn(stack).grantPull(cluster);
    new KubernetesProvider(stack, 'own', { alias: 'own', ...cluster.kubernetesProviderConfig(stack) });
    const json = synth(stack);

    expect(json.resource).not.toHaveProperty('azurerm_kubernetes_cluster');
    expect(json.provider!.kubernetes![1]).toMatchObject({
      host: '${data.azurerm_kubernetes_cluster.shared_6AC20809.kube_config[0].host}',
    });
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      principal_id: '${data.azurerm_kubernetes_cluster.shared_6AC20809.kubelet_identity[0].object_id}',
    });
    expect(cluster.credentialsCommand).toBe('az aks get-credentials --resource-group rg --name aks1');
  });

  test('reports bad names of a cluster to be found', () => {
    const stack = testStack();
    AksCluster.fromClusterName(stack, 'shared', { clusterName: 'a b', resourceGroupName: 'rg.' });

    expect(Problems.of(stack)).toHaveLength(2);
  });
});

describe('the owners of a service principal', () => {
  const OWNERS = ['7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a11'];
  const TYPES = ['azuread_application', 'azuread_service_principal'];

  test('are those who are named, and whoever deploys, of the application too', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: 'a', owners: OWNERS });
    const json = synth(stack);
    const [creator] = Object.keys(json.data!['azuread_client_config']!);

    expect(Problems.of(stack)).toEqual([]);
    for (const type of TYPES) {
      expect(only(json, type).owners).toBe(
        `\${distinct(concat([data.azuread_client_config.${creator}.object_id], ["${OWNERS.join('", "')}"]))}`,
      );
      expect(only(json, type)).not.toHaveProperty('lifecycle');
    }
  });

  test('are left alone when nobody is named', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: 'a' });
    const json = synth(stack);

    expect(TYPES.map((type) => only(json, type).lifecycle)).toEqual(TYPES.map(() => ({ ignore_changes: ['owners'] })));
  });

  test('are object ids, or tokens', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: 'a', owners: ['me@contoso.com', OWNERS[0]!] });
    new ServicePrincipal(stack, 'b', { displayName: 'b', owners: token(stack).listValue });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/a\] 'owners' must be .*, got "me@contoso.com"/),
    ]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });
});

describe('ServicePrincipal', () => {
  test('has a password that expires, is replaced before, and is known everywhere before it is used', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'principal', { displayName: 'puller' });
    const { azuread_application, time_rotating, time_sleep, ...rest } = synth(stack).resource!;

    expect(Object.keys(rest)).toEqual(['azuread_service_principal', 'azuread_service_principal_password']);
    expect(Object.values(azuread_application!)).toEqual([expect.objectContaining({ display_name: 'puller' })]);
    expect(Object.values(time_rotating!)).toEqual([expect.objectContaining({ rotation_days: 182 })]);
    expect(Object.values(time_sleep!)).toEqual([expect.objectContaining({ create_duration: '60s' })]);
    expect(Object.values(rest.azuread_service_principal_password!)).toEqual([
      expect.objectContaining({
        end_date: expect.stringMatching(/^\$\{timeadd\(time_rotating\.principal_rotation_\w+\.rfc3339, "8760h"\)\}$/),
        rotate_when_changed: { rotation: expect.stringMatching(/^\$\{time_rotating\.principal_rotation_\w+\.id\}$/) },
        lifecycle: { create_before_destroy: true },
      }),
    ]);
  });

  test('belongs to whoever makes it, and does not change hands when somebody else deploys', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'principal', { displayName: 'puller' });
    const json = synth(stack);

    for (const type of ['azuread_application', 'azuread_service_principal']) {
      expect(only(json, type)).toMatchObject({
        owners: [expect.stringMatching(/^\$\{data\.azuread_client_config\.principal_creator_\w+\.object_id\}$/)],
        lifecycle: { ignore_changes: ['owners'] },
      });
    }
  });

  test('takes its times', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'principal', {
      displayName: 'puller',
      passwordValidDays: 30,
      passwordRotationDays: 20,
      propagationSeconds: 120,
    });
    const json = synth(stack);

    expect(only(json, 'time_rotating')).toMatchObject({ rotation_days: 20 });
    expect(only(json, 'time_sleep')).toMatchObject({ create_duration: '120s' });
    expect(only(json, 'azuread_service_principal_password')).toMatchObject({
      end_date: expect.stringContaining('"720h"'),
    });
  });

  test('reports a name and times that cannot be', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: '', passwordValidDays: 731, propagationSeconds: -1 });
    new ServicePrincipal(stack, 'b', { displayName: 'b', passwordValidDays: 30, passwordRotationDays: 30 });
    new ServicePrincipal(stack, 'c', { displayName: 'c', passwordValidDays: token(stack).numberValue });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/a\] 'displayName' must be 1 to 120 characters/),
      expect.stringMatching(/^\[stack\/a\] 'passwordValidDays' must be a whole number from 2 to 730/),
      expect.stringMatching(/^\[stack\/a\] 'propagationSeconds' must be a whole number from 0 to 900/),
      "[stack/b] 'passwordRotationDays' must be less than 'passwordValidDays' (30), got 30: the password would expire " +
        'before it is replaced',
      "[stack/c] 'passwordValidDays' must be known when the program runs: give a literal value, such as 365",
    ]);
  });

  test('that exists is used with its object id and a secret from a sensitive variable, and waited for by nobody', () => {
    const stack = testStack();
    const secret = new TerraformVariable(stack, 'secret', { type: 'string', sensitive: true });
    const principal = ServicePrincipal.fromServicePrincipalAttributes(stack, 'principal', {
      clientId: OTHER_UUID,
      objectId: UUID,
      clientSecret: secret.stringValue,
    });
    registryIn(stack).grantPull(clusterIn(stack, { identity: ClusterIdentity.servicePrincipal(principal) }));
    const json = synth(stack);
    const cluster = only(json, 'azurerm_kubernetes_cluster');

    expect(Problems.of(stack)).toEqual([]);
    expect(cluster).toMatchObject({ service_principal: { client_id: OTHER_UUID, client_secret: '${var.secret}' } });
    expect(cluster).not.toHaveProperty('depends_on');
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({ principal_id: UUID });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('that exists is refused with a literal secret, with ids that are none, or with the client id as object id', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    const from = ServicePrincipal.fromServicePrincipalAttributes;
    from(stack, 'a', { clientId: 'jm-inn-aks', objectId: 'x', clientSecret: 's3cret' });
    from(stack, 'b', { clientId: UUID, objectId: UUID.toUpperCase(), clientSecret: stringValue });
    from(stack, 'c', { clientId: UUID, objectId: OTHER_UUID, clientSecret: `hunter2${stringValue}` });

    const problems = Problems.of(stack);
    expect(problems).toEqual([
      expect.stringMatching(/^\[stack\/a\] 'clientId' must be a UUID/),
      expect.stringMatching(/^\[stack\/a\] 'objectId' must be a UUID/),
      expect.stringMatching(/^\[stack\/a\] 'clientSecret' must not be a literal/),
      expect.stringMatching(/^\[stack\/b\] 'objectId' must be the id of the service principal and not the client id/),
      expect.stringMatching(/^\[stack\/c\] 'clientSecret' must not be a literal/),
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });
});

describe('order', () => {
  const image = ContainerImage.fromReference('nginx:1.29');

  test('a workload in another stack than the grant makes its stack wait, with no depends_on across', () => {
    const app = testApp();
    const platform = testStack(app, 'platform');
    const application = testStack(app, 'application');
    const registry = registryIn(platform);
    registry.grantPull(clusterIn(platform));
    new Workload(application, 'web', { name: 'web', image: registry.image('app', 'v1'), containerPort: 80 });
    app.synth();

    expect(application.dependsOn(platform)).toBe(true);
    expect(only(synth(application), 'kubernetes_deployment_v1')).not.toHaveProperty('depends_on');
    expect(brokenInvariants(synth(application))).toEqual([]);
  });

  test('stacks that share a registry, each with its own cluster, do not wait for each other', () => {
    const app = testApp();
    const registry = registryIn(testStack(app, 'shared'));
    const stacks = ['one', 'two'].map((id) => {
      const stack = testStack(app, id);
      registry.grantPull(clusterIn(stack));
      new Workload(stack, 'web', { name: 'web', image: registry.image('app', 'v1'), containerPort: 80 });
      return stack;
    });
    app.synth();

    expect(stacks.map((stack) => stack.dependencies.map(({ node }) => node.id))).toEqual([['shared'], ['shared']]);
    for (const stack of stacks) {
      expect(only(synth(stack), 'kubernetes_deployment_v1').depends_on).toHaveLength(1);
    }
  });

  test('a workload beside its registry does not wait for a cluster of another stack, which comes after it', () => {
    const app = testApp();
    const stack = testStack(app, 'stack');
    const later = testStack(app, 'later');
    const registry = registryIn(stack);
    new Workload(stack, 'web', { name: 'web', image: registry.image('app', 'v1'), containerPort: 80 });
    registry.grantPull(clusterIn(later));
    app.synth();

    expect(later.dependsOn(stack)).toBe(true);
    expect(stack.dependencies).toEqual([]);
  });

  test('a prerequisite may be any construct: all resources below it come first, each once', () => {
    const stack = testStack();
    const group = new Construct(stack, 'group');
    const first = new Workload(group, 'first', { name: 'first', image, containerPort: 80 });
    new Workload(stack, 'second', { name: 'second', image, containerPort: 80, prerequisites: [group, first] });

    expect(at(synth(stack), 'kubernetes_deployment_v1', 'second_').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_deployment_v1\.group_first_\w+$/),
      expect.stringMatching(/^kubernetes_pod_disruption_budget_v1\.group_first_/),
      expect.stringMatching(/^kubernetes_service_v1\.group_first_service_\w+$/),
    ]);
  });

  test('every problem of an app is seen at once, and by a program that does not ask as well', () => {
    const app = testApp();
    for (const id of ['one', 'two']) {
      const stack = new TerraformStack(app, id);
      new AzurermProvider(stack, 'azurerm', { features: [{}] });
      new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'no' });
    }

    expect(Problems.of(app)).toEqual([
      expect.stringMatching(/^\[one\/registry\] 'registryName' must/),
      expect.stringMatching(/^\[two\/registry\] 'registryName' must/),
    ]);
    expect(() => app.synth()).toThrow(/\[one\/registry\] 'registryName' must/);
  });
});
