import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type App, TerraformHclModule, TerraformResource, TerraformStack } from 'cdktf';
import {
  AksCluster,
  ContainerImage,
  KubernetesNamespace,
  KubernetesServiceAccount,
  Manifests,
  Problems,
  Severity,
  Workload,
} from '../../../constructs';
import { RESOURCE_GROUP, testApp, token } from '../../util';

const GROUP = { ...RESOURCE_GROUP, name: 'rg' };

function stackIn(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  return stack;
}

/** A stack that makes a cluster, and what runs on it. */
function system(): TerraformStack {
  const stack = stackIn(testApp(), 'stack');
  const cluster = new AksCluster(stack, 'cluster', { resourceGroup: GROUP, clusterName: 'aks' });
  new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
  return stack;
}

/** A stack that finds the cluster which another one makes, or one that nobody of the program makes. */
function application(app: App, clusterName: string): TerraformStack {
  const stack = stackIn(app, 'application');
  const found = AksCluster.fromClusterName(stack, 'found', { clusterName, resourceGroupName: 'rg' });
  new KubernetesProvider(stack, 'kubernetes', found.kubernetesProviderConfig(stack));
  return stack;
}

function web(stack: TerraformStack, namespace?: string, id = 'web'): void {
  const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');
  new Workload(stack, id, { name: id, image, containerPort: 8080, namespace });
}

const CONFIG = `
apiVersion: v1
kind: ConfigMap
metadata: { name: shop, namespace: shop }
data: { COLOUR: green }
`;

type Make = (stack: TerraformStack) => unknown;

function found(stack: TerraformStack): [Severity, string][] {
  return Problems.list(stack.node.root)
    .filter(({ rule }) => rule.startsWith('namespace-'))
    .map(({ severity, rule }) => [severity, rule]);
}

test.each<[string, Make, string]>([
  ['a workload', (stack) => web(stack, 'shop'), 'stack/web'],
  ['YAML', (stack) => Manifests.fromYaml(stack, 'yaml', { yaml: CONFIG }), 'stack/yaml/in-shop/configmap-shop'],
  [
    'an object by hand',
    (stack) => {
      web(stack);
      new DeploymentV1(stack, 'by-hand', {
        metadata: { name: 'api', namespace: 'shop' },
        spec: { template: { metadata: {}, spec: {} } },
      });
    },
    'stack/by-hand',
  ],
])('%s in a namespace that nobody makes is reported', (_, make, path) => {
  const stack = system();
  make(stack);

  expect(Problems.of(stack)).toEqual([
    `[stack] 'namespace' of ${path} must exist, got "shop", which nothing in the program creates in stack/cluster: the API server rejects the objects in it` +
      `. Create it with new KubernetesNamespace(stack, 'shop', { namespaceName: 'shop' })`,
  ]);
  Problems.acknowledge(stack, 'namespace-made', 'a webhook makes it');
  expect(Problems.of(stack)).toEqual([]);
});

test('is reported once for all that is in it', () => {
  const stack = system();
  ['one', 'two', 'three', 'four', 'five'].forEach((id) => web(stack, 'shop', id));

  expect(Problems.of(stack)).toEqual([
    expect.stringContaining("'namespace' of stack/one, stack/two, stack/three and 2 more must exist"),
  ]);
});

test('names as many as three', () => {
  const stack = system();
  ['one', 'two', 'three'].forEach((id) => web(stack, 'shop', id));

  expect(Problems.of(stack)).toEqual([
    expect.stringContaining("'namespace' of stack/one, stack/two, stack/three must exist"),
  ]);
});

test.each([
  ...['default-shop', 'mykube-system', 'shop-gatekeeper-system', 'my-aks-shop', 'istio-system-shop', 'kubeshop'],
  ...['shop-tigera-operator', 'dapr-system-shop', 'flux-systems', 'my-calico-shop', 'app-routing-system-shop'],
])('is reported for %s, which is only called like one that is there', (namespace) => {
  const stack = system();
  web(stack, namespace);

  expect(found(stack)).toEqual([[Severity.ERROR, 'namespace-made']]);
});

test.each([
  ...['azuread_group', 'time_sleep', 'random_password', 'tls_private_key', 'local_file', 'local_sensitive_file'],
  ...['azurerm_kubernetes_cluster_node_pool', 'azurerm_resource_group', 'kubernetes_secret_v1'],
])('is reported beside a %s, which makes none', (terraformResourceType) => {
  const stack = system();
  web(stack, 'shop');
  new TerraformResource(stack, 'other', { terraformResourceType });

  expect(found(stack)).toEqual([[Severity.ERROR, 'namespace-made']]);
});

test('is not made by a namespace of another name', () => {
  const stack = system();
  new KubernetesNamespace(stack, 'blog', { namespaceName: 'blog' });
  web(stack, 'shop');

  expect(found(stack)).toEqual([[Severity.ERROR, 'namespace-made']]);
});

test('is none of accounts alone, which are for the pods of others', () => {
  const stack = system();
  web(stack, undefined, 'elsewhere');
  new KubernetesServiceAccount(stack, 'account', { serviceAccountName: 'shop', namespace: 'shop' });
  expect(found(stack)).toEqual([]);

  web(stack, 'shop');
  expect(found(stack)).toEqual([[Severity.ERROR, 'namespace-made']]);
});

test('is fine where another stack makes it, for this cluster or for one that nobody knows', () => {
  const platform = system();
  new KubernetesNamespace(platform, 'shop', { namespaceName: 'shop' });
  const stack = application(platform.node.root as App, 'aks');
  web(stack, 'shop');
  expect(found(stack)).toEqual([]);

  const other = stackIn(platform.node.root as App, 'other');
  new KubernetesProvider(other, 'kubernetes', { host: token(other).stringValue });
  new KubernetesNamespace(other, 'blog', { namespaceName: 'blog' });
  web(stack, 'blog', 'blog');
  expect(found(stack)).toEqual([]);
});

test('is a warning where another stack makes the cluster: somebody may make it in between', () => {
  const platform = system();
  const stack = application(platform.node.root as App, 'aks');
  web(stack, 'shop');

  expect(found(stack)).toEqual([[Severity.WARNING, 'namespace-made-elsewhere']]);
});

test.each<[string, Make]>([
  ['every cluster has', (stack) => web(stack, 'kube-system')],
  ['an add-on makes', (stack) => web(stack, 'app-routing-system')],
  ['an add-on of any name makes', (stack) => web(stack, 'aks-istio-ingress')],
  ['an add-on of policies makes', (stack) => web(stack, 'gatekeeper-excluded')],
  ['an add-on of networks makes', (stack) => web(stack, 'calico-apiserver')],
  ['a construct makes', (stack) => new KubernetesNamespace(stack, 'shop', { namespaceName: 'shop' })],
  ['a resource makes', (stack) => new NamespaceV1(stack, 'shop', { metadata: { name: 'shop' } })],
  [
    'a manifest makes',
    (stack) =>
      new Manifest(stack, 'shop', { manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } }),
  ],
  [
    'YAML makes',
    (stack) => Manifests.fromYaml(stack, 'yaml', { yaml: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }' }),
  ],
  [
    'has a name that only Terraform knows',
    (stack) => new NamespaceV1(stack, 'any', { metadata: { name: token(stack).stringValue } }),
  ],
  [
    'a Helm chart may make',
    (stack) => new TerraformResource(stack, 'chart', { terraformResourceType: 'helm_release' }),
  ],
  ['a command may make', (stack) => new TerraformResource(stack, 'run', { terraformResourceType: 'null_resource' })],
  [
    'a script may make',
    (stack) =>
      new TerraformResource(stack, 'script', {
        terraformResourceType: 'azurerm_resource_deployment_script_azure_cli',
      }),
  ],
  [
    'a command beside a resource may make',
    (stack) =>
      new TerraformResource(stack, 'run', {
        terraformResourceType: 'azurerm_storage_account',
        provisioners: [{ type: 'local-exec', command: 'kubectl create namespace shop' }],
      }),
  ],
  [
    'a repository may make',
    (stack) => new TerraformResource(stack, 'flux', { terraformResourceType: 'azurerm_kubernetes_flux_configuration' }),
  ],
  ...[
    'azurerm_kubernetes_cluster_extension',
    'azurerm_resource_group_template_deployment',
    'azurerm_resource_deployment_script_azure_power_shell',
  ].map((terraformResourceType): [string, Make] => [
    `${terraformResourceType} may make`,
    (stack) => new TerraformResource(stack, 'maker', { terraformResourceType }),
  ]),
  [
    'a module may make',
    (stack) => new TerraformHclModule(stack, 'module', { source: 'git::https://example.com/module.git' }),
  ],
])('is fine where %s it', (what, make) => {
  const stack = system();
  make(stack);
  if (!/every cluster|add-on/.test(what)) {
    web(stack, 'shop');
  }

  expect(found(stack)).toEqual([]);
});

test('a program is looked through as often for many namespaces as for few', () => {
  const timesRead = (count: number): number => {
    const stack = system();
    for (let n = 0; n < count; n++) {
      new KubernetesNamespace(stack, `namespace${n}`, { namespaceName: `shop${n}` });
      new DeploymentV1(stack, `by-hand${n}`, {
        metadata: { name: 'api', namespace: `shop${n}` },
        spec: { template: { metadata: {}, spec: {} } },
      });
    }
    const times = jest.spyOn(stack.node, 'findAll');
    expect(found(stack)).toEqual([]);
    return times.mock.calls.length;
  };

  expect(timesRead(8)).toBe(timesRead(2));
});

test('is not known of a cluster that exists, nor of one that another provider is for', () => {
  const stack = application(testApp(), 'other');
  web(stack, 'shop');

  expect(found(stack)).toEqual([]);
});

test('is not made by a namespace of that name in another cluster', () => {
  const stack = system();
  const cluster = new AksCluster(stack, 'second', { resourceGroup: GROUP, clusterName: 'second' });
  const provider = new KubernetesProvider(stack, 'second-provider', {
    ...cluster.kubernetesProviderConfig(stack),
    alias: 'second',
  });
  new KubernetesNamespace(stack, 'shop', { namespaceName: 'shop', provider });
  const [first] = stack.node.children.filter((one) => one.node.id === 'kubernetes') as KubernetesProvider[];
  first!.alias = 'first';
  new Workload(stack, 'web', {
    ...{ name: 'web', image: ContainerImage.fromReference('ghcr.io/contoso/web:1'), containerPort: 8080 },
    ...{ namespace: 'shop', provider: first },
  });

  expect(found(stack)).toEqual([[Severity.ERROR, 'namespace-made']]);
});
