import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  AcrRegistry,
  AksCluster,
  type AksClusterProps,
  ClusterIdentity,
  ContainerImage,
  NetworkProfile,
  Problems,
  ServicePrincipal,
  Workload,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

function registryIn(stack: TerraformStack): AcrRegistry {
  return new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });
}

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'jm-inn-aks', ...props });
}

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
      `[stack/cluster] 'defaultNodePool.vmSize' "Standard_B2s" is suitable for a system pool only in a trial: B-series nodes are ` +
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
      "[two/cluster] 'identity' must be a service principal of the cluster's own stack, got one/principal: its password would become an output of that stack" +
        '. Use ServicePrincipal.fromServicePrincipalAttributes(...) here',
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
          'stack/cluster: rename one of them',
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
      expect.stringMatching(/^\[stack\/cluster\] 'clusterName' must be 1 to 63 letters.* got null$/),
      expect.stringMatching(/^\[stack\/cluster\] 'defaultNodePool.name' must be 1 to 12 .* got 5: write it in quotes/),
      expect.stringMatching(
        /^\[stack\/cluster\] 'defaultNodePool.nodeCount' must be .* got "3": write 3 without quotes/,
      ),
      expect.stringMatching(/^\[stack\/cluster\] 'defaultNodePool.vmSize' must be .* got 4: write it in quotes/),
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

    // with nothing in it, the provider would take the kubeconfig of whoever deploys
    expect(config).toEqual({ host: 'https://unknown-cluster.invalid' });
    expect(Problems.of(app)).toEqual([
      '[application] the Kubernetes provider needs a cluster of the same stack, got platform/cluster: its private key would become an output of that stack' +
        '. Use AksCluster.fromClusterName(...) here, and addDependency on that stack',
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

describe('a name that Azure lets nobody have', () => {
  test.each<[string, Partial<AksClusterProps>]>([
    ['clusterName', { clusterName: 'windows-shop' }],
    ['dnsPrefix', { clusterName: 'shop', dnsPrefix: 'login-shop' }],
  ])('is a problem as %s', (property, props) => {
    const stack = testStack();
    clusterIn(stack, props);

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^\\[stack/cluster\\] '${property}' must be a name that does not contain 'microsoft'.*Azure rejects the name$`,
        ),
      ),
    ]);
  });

  test('can be meant, where Azure takes it nevertheless', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { clusterName: 'aks-windows-prod' });
    expect(Problems.of(stack)).toHaveLength(1);

    Problems.acknowledge(cluster, 'reserved-resource-name', 'the cluster exists under this name');
    expect(Problems.of(stack)).toEqual([]);
  });

  test('is a problem of a registry as well, once', () => {
    const stack = testStack();
    new AcrRegistry(stack, 'free', { resourceGroup: RESOURCE_GROUP, registryName: 'azurecontoso' });
    new AcrRegistry(stack, 'taken', { resourceGroup: RESOURCE_GROUP, registryName: 'MicrosoftShop' });
    new AcrRegistry(stack, 'misspelled', { resourceGroup: RESOURCE_GROUP, registryName: 'windows-shop' });

    expect(Problems.list(stack).map(({ path, rule }) => [path, rule])).toEqual([
      ['stack/taken', 'reserved-resource-name'],
      ['stack/misspelled', 'registry-name'],
    ]);
  });
});
