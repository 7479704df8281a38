import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AcrAgentPool,
  AcrDnsZone,
  ActionGroup,
  AcrImageBuild,
  AcrPermission,
  AcrPrivateEndpoint,
  AcrRegistry,
  AcrScopeMap,
  AcrSku,
  AcrToken,
  AcrUpstreamCredentials,
  AcrWebhook,
  AcrWebhookAction,
  AksCluster,
  AksServiceAccount,
  AksVirtualNetwork,
  AlertReceiver,
  AzureStorage,
  ClusterMonitoring,
  ContainerImage,
  CronJob,
  DaemonSet,
  DiskEncryptionSet,
  Gateway,
  HttpRoute,
  Job,
  KeyVault,
  KeyVaultKey,
  KubernetesNamespace,
  KubernetesRole,
  KubernetesServiceAccount,
  LogAnalyticsWorkspace,
  MonitorWorkspace,
  NodePool,
  PersistentVolumeClaim,
  PriorityClass,
  Problems,
  RouteController,
  StorageClass,
  Subnet,
  TrafficSource,
  UserAssignedIdentity,
  Workload,
} from '../../../constructs';
import { RESOURCE_GROUP, testApp, testStack, token } from '../../util';

interface Twice {
  /** The bindings that the construct is made of, or whose names follow from its own. */
  readonly bindings: readonly string[];
  /** The property that the name comes from. */
  readonly property: string;
  /** The property of a lookup that has another name. */
  readonly foundBy?: string;
  /** Makes one of a name, in the same place as others or in a place of its own. */
  readonly make: (scope: Construct, name: string, place: Place) => void;
  /** Whether the name is unique in all of Azure. */
  readonly isGlobal?: boolean;
  /** Whether upper case is no part of a name, or tells names apart. */
  readonly isLowerCase?: boolean;
}

/** Where something is made: what is common to all of one place. */
interface Place {
  readonly stack: TerraformStack;
  readonly id: string;
}

/** What an action group needs besides its name. */
function onCall(place: Place): { resourceGroup: typeof RESOURCE_GROUP; receivers: AlertReceiver[] } {
  return { resourceGroup: groupOf(place), receivers: [AlertReceiver.email('team', 'team@contoso.com')] };
}

function groupOf({ id }: Place): typeof RESOURCE_GROUP {
  return { ...RESOURCE_GROUP, name: id };
}

/** What is made once in a place. */
function once<T extends Construct>({ stack, id }: Place, kind: string, make: (id: string) => T): T {
  const childId = `${kind}-${id}`;
  return (stack.node.tryFindChild(childId) as T | undefined) ?? make(childId);
}

function clusterAt(place: Place): AksCluster {
  return once(
    place,
    'cluster',
    (id) => new AksCluster(place.stack, id, { resourceGroup: groupOf(place), clusterName: place.id }),
  );
}

function networkAt(place: Place): AksVirtualNetwork {
  return once(
    place,
    'net',
    (id) => new AksVirtualNetwork(place.stack, id, { resourceGroup: groupOf(place), virtualNetworkName: place.id }),
  );
}

function providerAt(place: Place): KubernetesProvider {
  return once(place, 'provider', (id) => new KubernetesProvider(place.stack, id, { alias: place.id }));
}

function accountAt(place: Place): KubernetesServiceAccount {
  const props = { serviceAccountName: 'orders', provider: providerAt(place) };
  return once(place, 'account', (id) => new KubernetesServiceAccount(place.stack, id, props));
}

function routeTo(scope: Construct, name: string, controller: RouteController, place: Place): void {
  const provider = providerAt(place);
  const attributes = { serviceName: 'web', servicePort: 80, selector: { app: 'web' }, provider };
  const workload = once(place, 'web', (id) => Workload.fromWorkloadAttributes(place.stack, id, attributes));
  // a host of its own for each, so that they claim no path twice
  const hostNames = [`host-${ranges++}.example.com`];
  new HttpRoute(scope, 'x', { name, controller, hostNames, paths: [{ backends: [{ workload }] }], provider });
}

/** How many subnets, peers and routes a test has made: each has a range or a host of its own. */
let ranges = 0;

function registryAt(place: Place): AcrRegistry {
  return once(
    place,
    'registry',
    (id) =>
      new AcrRegistry(place.stack, id, {
        resourceGroup: groupOf(place),
        registryName: `registry${place.id}`,
        sku: AcrSku.PREMIUM,
      }),
  );
}

const TABLE: { readonly [what: string]: Twice } = {
  'credential set': {
    bindings: ['container-registry-credential-set'],
    property: 'credentialsName',
    make: (scope, credentialsName, place) =>
      new AcrUpstreamCredentials(scope, 'x', {
        registry: registryAt(place),
        upstream: ['docker.io', 'ghcr.io'][ranges++ % 2]!,
        keyVault: KeyVault.fromKeyVaultAttributes(scope, 'vault', {
          keyVaultId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/contoso',
          keyVaultName: 'contoso',
          tenantId: '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10',
        }),
        usernameSecretName: 'user',
        passwordSecretName: 'password',
        credentialsName,
      }),
  },
  'scope map': {
    bindings: ['container-registry-scope-map'],
    property: 'scopeMapName',
    make: (scope, scopeMapName, place) =>
      new AcrScopeMap(scope, 'x', {
        registry: registryAt(place),
        scopeMapName,
        permissions: [AcrPermission.pull('*')],
      }),
  },
  token: {
    bindings: ['container-registry-token', 'container-registry-token-password'],
    property: 'tokenName',
    make: (scope, tokenName, place) => {
      const scopeMap = once(
        place,
        'map',
        (id) =>
          new AcrScopeMap(place.stack, id, {
            registry: registryAt(place),
            scopeMapName: 'partners',
            permissions: [AcrPermission.pull('*')],
          }),
      );
      new AcrToken(scope, 'x', { scopeMap, tokenName });
    },
  },
  webhook: {
    bindings: ['container-registry-webhook'],
    property: 'webhookName',
    make: (scope, name, place) =>
      new AcrWebhook(scope, 'x', {
        registry: registryAt(place),
        webhookName: name,
        serviceUri: 'https://ci.contoso.com',
        actions: [AcrWebhookAction.PUSH],
      }),
  },
  'agent pool': {
    bindings: ['container-registry-agent-pool'],
    property: 'agentPoolName',
    make: (scope, agentPoolName, place) => new AcrAgentPool(scope, 'x', { registry: registryAt(place), agentPoolName }),
  },
  'private endpoint': {
    bindings: ['private-endpoint'],
    property: 'endpointName',
    make: (scope, endpointName, place) => {
      const dnsZone = once(place, 'zone', (id) => new AcrDnsZone(place.stack, id, { resourceGroup: groupOf(place) }));
      new AcrPrivateEndpoint(scope, 'x', {
        registry: registryAt(place),
        subnet: networkAt(place).nodeSubnet,
        dnsZone,
        endpointName,
      });
    },
  },
  registry: {
    bindings: ['container-registry'],
    property: 'registryName',
    make: (scope, registryName, place) => new AcrRegistry(scope, 'x', { resourceGroup: groupOf(place), registryName }),
    isGlobal: true,
  },
  task: {
    bindings: ['container-registry-task', 'container-registry-task-schedule-run-now'],
    property: 'taskName',
    make: (scope, taskName, place) => {
      const registry = registryAt(place);
      const source = { repository: 'https://github.com/a/b', commit: '1705b17'.padEnd(40, '0') };
      new AcrImageBuild(scope, 'x', { registry, repository: 'a', tag: '1', source, taskName });
    },
  },
  'disk encryption set': {
    bindings: ['disk-encryption-set'],
    property: 'diskEncryptionSetName',
    make: (scope, diskEncryptionSetName, place) => {
      const keyVault = once(place, 'vault', (id) =>
        KeyVault.fromKeyVaultName(place.stack, id, { keyVaultName: 'shop-kv', resourceGroupName: 'rg' }),
      );
      const key = once(place, 'key', (id) =>
        KeyVaultKey.fromKeyVaultKeyName(place.stack, id, { keyVault, keyName: 'disks' }),
      );
      new DiskEncryptionSet(scope, 'x', { resourceGroup: groupOf(place), diskEncryptionSetName, key });
    },
  },
  cluster: {
    bindings: ['kubernetes-cluster'],
    property: 'clusterName',
    make: (scope, clusterName, place) =>
      new AksCluster(scope, 'x', { resourceGroup: groupOf(place), clusterName, dnsPrefix: 'aks' }),
  },
  pool: {
    bindings: ['kubernetes-cluster-node-pool'],
    property: 'name',
    foundBy: 'nodePoolName',
    make: (scope, name, place) => new NodePool(scope, 'x', { cluster: clusterAt(place), name }),
    isLowerCase: true,
  },
  identity: {
    bindings: ['user-assigned-identity'],
    property: 'identityName',
    make: (scope, identityName, place) =>
      new UserAssignedIdentity(scope, 'x', { resourceGroup: groupOf(place), identityName }),
  },
  'Log Analytics workspace': {
    bindings: ['log-analytics-workspace'],
    property: 'workspaceName',
    make: (scope, workspaceName, place) =>
      new LogAnalyticsWorkspace(scope, 'x', { resourceGroup: groupOf(place), workspaceName }),
  },
  'action group': {
    bindings: ['monitor-action-group'],
    property: 'actionGroupName',
    make: (scope, actionGroupName, place) => new ActionGroup(scope, 'x', { ...onCall(place), actionGroupName }),
  },
  'monitored cluster': {
    // their names follow from that of the cluster
    bindings: [
      'monitor-data-collection-endpoint',
      'monitor-data-collection-rule',
      'monitor-data-collection-rule-association',
      'monitor-diagnostic-setting',
      'monitor-alert-prometheus-rule-group',
      'monitor-metric-alert',
      'monitor-scheduled-query-rules-alert-v2',
    ],
    property: 'cluster.clusterName',
    make: (scope, clusterName, place) => {
      const attributes = { clusterName, resourceGroupName: `its-own-${ranges++}` };
      const cluster = AksCluster.fromClusterName(scope, 'cluster', attributes);
      const workspace = LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceName(scope, 'workspace', {
        workspaceName: 'logs',
        resourceGroupName: 'rg',
      });
      new ClusterMonitoring(scope, 'x', { cluster, resourceGroup: groupOf(place), workspace });
    },
  },
  'Azure Monitor workspace': {
    bindings: ['monitor-workspace'],
    property: 'monitorWorkspaceName',
    make: (scope, monitorWorkspaceName, place) =>
      new MonitorWorkspace(scope, 'x', { resourceGroup: groupOf(place), monitorWorkspaceName }),
  },
  network: {
    bindings: [
      'virtual-network',
      'network-security-group',
      'route-table',
      'route',
      'nat-gateway',
      'nat-gateway-public-ip-association',
      'public-ip',
      'subnet-nat-gateway-association',
      'subnet-network-security-group-association',
      'subnet-route-table-association',
    ],
    property: 'virtualNetworkName',
    make: (scope, virtualNetworkName, place) =>
      new AksVirtualNetwork(scope, 'x', { resourceGroup: groupOf(place), virtualNetworkName, natGateway: {} }),
  },
  subnet: {
    bindings: ['subnet'],
    property: 'subnetName',
    make: (scope, subnetName, place) => {
      networkAt(place).addSubnet(scope.node.id, { subnetName, addressPrefix: `10.241.${ranges++}.0/24` });
    },
  },
  peering: {
    bindings: ['virtual-network-peering'],
    property: 'peeringName',
    make: (scope, peeringName, place) => {
      const range = ranges++;
      const peer = new AksVirtualNetwork(scope, 'peer', {
        resourceGroup: groupOf(place),
        virtualNetworkName: `peer-${range}`,
        addressSpace: [`10.${range}.0.0/16`],
      });
      networkAt(place).peerWith(scope.node.id, peer, { peeringName });
    },
  },
  'inbound rule': {
    bindings: ['network-security-rule'],
    property: 'ruleName',
    make: (scope, ruleName, place) => {
      networkAt(place).allowInbound(scope.node.id, { ruleName, source: TrafficSource.internet(), ports: ['80'] });
    },
  },
  namespace: {
    // a quota and a limit range have the name of their namespace
    bindings: ['namespace-v1', 'resource-quota-v1', 'limit-range-v1'],
    property: 'namespaceName',
    make: (scope, namespaceName, place) =>
      new KubernetesNamespace(scope, 'x', { namespaceName, provider: providerAt(place), defaultDeny: true }),
    isLowerCase: true,
  },
  'service account': {
    bindings: ['service-account-v1', 'federated-identity-credential'],
    property: 'serviceAccountName',
    make: (scope, serviceAccountName, place) => {
      new AksServiceAccount(scope, 'x', {
        cluster: clusterAt(place),
        resourceGroup: groupOf(place),
        serviceAccountName,
        provider: providerAt(place),
      });
    },
    isLowerCase: true,
  },
  workload: {
    bindings: [
      'deployment-v1',
      'stateful-set-v1',
      'service-v1',
      'config-map-v1',
      'secret-v1',
      'horizontal-pod-autoscaler-v2',
      'pod-disruption-budget-v1',
      'network-policy-v1',
    ],
    property: 'name',
    make: (scope, name, place) => {
      const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
      new Workload(scope, 'x', { name, image, containerPort: 8080, provider: providerAt(place), isolated: true });
    },
    isLowerCase: true,
  },
  job: {
    bindings: ['job-v1'],
    property: 'name',
    make: (scope, name, place) => {
      const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
      new Job(scope, 'x', { name, image, provider: providerAt(place), isolated: true });
    },
    isLowerCase: true,
  },
  'route of the Gateway API': {
    bindings: [],
    property: 'name',
    make: (scope, name, place) => {
      const provider = providerAt(place);
      const attributes = { gatewayName: 'front', provider };
      const gateway = Gateway.fromGatewayAttributes(scope, 'gateway', attributes);
      routeTo(scope, name, RouteController.gateway(gateway), place);
    },
    isLowerCase: true,
  },
  role: {
    bindings: ['role-v1', 'role-binding-v1'],
    property: 'role',
    make: (scope, name, place) => {
      accountAt(place).grant(scope.node.id, KubernetesRole.read(name, ['pods']));
    },
    isLowerCase: true,
  },
  'cluster role': {
    bindings: ['cluster-role-v1', 'cluster-role-binding-v1'],
    property: 'role',
    make: (scope, name, place) => {
      accountAt(place).grant(scope.node.id, KubernetesRole.read(name, ['pods']), { wholeCluster: true });
    },
    isLowerCase: true,
  },
  'priority class': {
    bindings: ['priority-class-v1'],
    property: 'priorityClassName',
    make: (scope, priorityClassName, place) => {
      new PriorityClass(scope, 'x', { priorityClassName, value: 1, provider: providerAt(place) });
    },
    isLowerCase: true,
  },
  'daemon set': {
    bindings: ['daemon-set-v1'],
    property: 'name',
    make: (scope, name, place) => {
      const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
      new DaemonSet(scope, 'x', { name, image, provider: providerAt(place), isolated: true });
    },
    isLowerCase: true,
  },
  'Ingress of a route': {
    bindings: ['ingress-v1'],
    property: 'name',
    make: (scope, name, place) => {
      const provider = providerAt(place);
      const attributes = { serviceName: 'shop', servicePort: 80, selector: { app: 'shop' }, provider };
      const workload = Workload.fromWorkloadAttributes(scope, 'shop', attributes);
      const controller = RouteController.ingress('webapprouting.kubernetes.azure.com');
      const hostNames = [`${scope.node.id}.example.com`];
      new HttpRoute(scope, 'x', { name, controller, hostNames, paths: [{ backends: [{ workload }] }], provider });
    },
    isLowerCase: true,
  },
  gateway: {
    bindings: ['manifest'],
    property: 'gatewayName',
    make: (scope, gatewayName, place) => {
      new Gateway(scope, 'x', { gatewayName, gatewayClassName: 'approuting-istio', provider: providerAt(place) });
    },
    isLowerCase: true,
  },
  'storage class': {
    bindings: ['storage-class-v1'],
    property: 'storageClassName',
    make: (scope, storageClassName, place) => {
      new StorageClass(scope, 'x', { storageClassName, storage: AzureStorage.disk(), provider: providerAt(place) });
    },
    isLowerCase: true,
  },
  'volume claim': {
    bindings: ['persistent-volume-claim-v1'],
    property: 'claimName',
    make: (scope, claimName, place) => {
      new PersistentVolumeClaim(scope, 'x', { claimName, sizeGibibytes: 1, provider: providerAt(place) });
    },
    isLowerCase: true,
  },
  'cron job': {
    bindings: ['cron-job-v1'],
    property: 'name',
    make: (scope, name, place) => {
      const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
      new CronJob(scope, 'x', { name, image, schedule: '@daily', provider: providerAt(place), isolated: true });
    },
    isLowerCase: true,
  },
};

/** Bindings that no name tells apart. */
const WITHOUT_NAME = {
  'container-registry-cache-rule': 'its name follows from the repository that it caches, once (cached-images.test.ts)',
  'private-dns-zone': 'its name is given, and its own problem (acr-private-endpoint.test.ts)',
  'private-dns-zone-virtual-network-link':
    'it is named as its network, which has one zone (acr-private-endpoint.test.ts)',
  'management-lock': 'there is one for each resource that has it, and its name counts there only',
  'role-assignment': 'its name is random; roles are a set (grants.test.ts)',
  application: 'Microsoft Entra ID lets many have one display name',
  'service-principal': 'it belongs to its application',
  'service-principal-password': 'it has a random key id',
  rotating: 'it is in the state only',
  sleep: 'it is in the state only',
};

test('the table holds every binding that constructs make resources of', () => {
  const resources = bindings().filter((name) => !name.startsWith('data-') && name !== 'provider');

  const listed = [...Object.values(TABLE).flatMap(({ bindings }) => bindings), ...Object.keys(WITHOUT_NAME)];
  expect(listed.sort()).toEqual(resources.sort());
});

/** The bindings that constructs import, each once. */
function bindings(): string[] {
  const folder = join(__dirname, '../../../constructs');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    // the names of objects in YAML are compared in manifests.test.ts
    (file) => file.endsWith('.ts') && !/^manifests[\\/]/.test(file),
  );
  const imported = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/@cdktf\/provider-\w+\/lib\/([\w-]+)/g)].map(
      ([, name]) => name!,
    ),
  );
  return [...new Set(imported)];
}

/** The problems of two of a kind, with names and places of their own. */
function problemsOfTwo(
  { make }: Twice,
  names: (stack: TerraformStack) => readonly [string, string],
  places: readonly [string, string] = ['here', 'here'],
): string[] {
  const stack = testStack();
  names(stack).forEach((name, index) =>
    make(new Construct(stack, `part-${index}`), name, { stack, id: places[index]! }),
  );
  return Problems.of(stack);
}

describe.each(Object.entries(TABLE))('two of a kind: %s', (_, row) => {
  test('of one name in one place are one problem', () => {
    const problems = problemsOfTwo(row, () => ['shopname', 'shopname']);

    expect(problems).toEqual([expect.stringMatching(`'${row.property}' must be unique .*got "[a-z-]*shopname"`)]);
  });

  test('of two names are none', () => {
    expect(problemsOfTwo(row, () => ['shopname', 'newsname'])).toEqual([]);
  });

  test('of names that only Terraform knows are none', () => {
    const variables = (stack: TerraformStack): [string, string] => [
      token(stack).stringValue,
      new TerraformVariable(stack, 'other', {}).stringValue,
    ];

    expect(problemsOfTwo(row, variables)).toEqual([]);
  });

  test(`of one name in two places are ${row.isGlobal === true ? 'one problem' : 'none'}`, () => {
    const problems = problemsOfTwo(row, () => ['shopname', 'shopname'], ['here', 'there']);

    expect(problems).toHaveLength(row.isGlobal === true ? 1 : 0);
  });
});

describe.each(Object.entries(TABLE).filter(([, { isLowerCase }]) => isLowerCase !== true))(
  'two of a kind: %s',
  (_, row) => {
    test('of names that differ in case alone are one problem, which shows both', () => {
      const problems = problemsOfTwo(row, () => ['ShopName', 'shopname']);

      expect(problems).toEqual([
        expect.stringMatching(
          /must be unique .*got "shopname", the name of .*, as "ShopName", since case does not matter/,
        ),
      ]);
    });
  },
);

test('the message says who has the name, where it must be unique, and what to do', () => {
  expect(problemsOfTwo(TABLE.cluster!, () => ['shop', 'shop'])).toEqual([
    '[stack/part-1/x] \'clusterName\' must be unique in its resource group, got "shop", the name of the cluster of ' +
      'stack/part-0/x: rename one of them',
  ]);
});

test('the resource group of both may be told as a text and as a reference', () => {
  const stack = testStack();
  const group = new ResourceGroup(stack, 'group', RESOURCE_GROUP);
  new UserAssignedIdentity(stack, 'one', { resourceGroup: group, identityName: 'shop' });
  new UserAssignedIdentity(stack, 'other', { resourceGroup: RESOURCE_GROUP, identityName: 'shop' });

  expect(Problems.of(stack)).toEqual([expect.stringContaining("'identityName' must be unique")]);
});

test('a pool that is added to a cluster through two constructs for it is one problem', () => {
  const stack = testStack();
  for (const id of ['one', 'other']) {
    const cluster = AksCluster.fromClusterName(stack, id, { clusterName: 'aks', resourceGroupName: 'rg' });
    cluster.addNodePool('apps', { name: 'apps' });
  }

  expect(Problems.of(stack)).toEqual([expect.stringContaining("'name' must be unique in its cluster")]);
});

test('a network that is peered twice, found by its name twice, is one problem', () => {
  const stack = testStack();
  const network = networkAt({ stack, id: 'here' });
  for (const id of ['one', 'other']) {
    const attributes = { virtualNetworkName: 'hub', resourceGroupName: 'rg' };
    network.peerWith(id, AksVirtualNetwork.fromVirtualNetworkName(stack, `${id}-hub`, attributes));
  }

  expect(Problems.of(stack)).toEqual([expect.stringContaining("'peerWith' must be called once for two networks")]);
});

test('networks of one name in two resource groups need names for their peerings with a third', () => {
  const stack = testStack();
  const hub = networkAt({ stack, id: 'hub' });
  ['one', 'other'].forEach((id, index) => {
    const range = `10.${index}.0.0/16`;
    const resourceGroup = { ...RESOURCE_GROUP, name: id };
    new AksVirtualNetwork(stack, id, { resourceGroup, virtualNetworkName: 'spoke', addressSpace: [range] }).peerWith(
      'hub',
      hub,
    );
  });

  expect(Problems.of(stack)).toEqual([
    expect.stringContaining(
      '[stack/other/hub] \'returnPeeringName\' must be unique in its virtual network, got "to-spoke"',
    ),
  ]);
});

test('two stacks may make what has one name', () => {
  const app = testApp();
  for (const id of ['one', 'other']) {
    new AcrRegistry(testStack(app, id), 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso' });
  }

  expect(Problems.of(app)).toEqual([]);
});

/** What is made, and the same looked up by its name; with whether the lookup names a resource group. */
const LOOKUPS: { readonly [property: string]: (stack: TerraformStack, name: string) => void } = {
  registryName: (stack, registryName) =>
    AcrRegistry.fromRegistryName(stack, 'found', { registryName, resourceGroupName: 'here' }),
  clusterName: (stack, clusterName) =>
    AksCluster.fromClusterName(stack, 'found', { clusterName, resourceGroupName: 'here' }),
  nodePoolName: (stack, nodePoolName) =>
    NodePool.fromNodePoolName(stack, 'found', { nodePoolName, clusterName: 'here', resourceGroupName: 'here' }),
  identityName: (stack, identityName) =>
    UserAssignedIdentity.fromUserAssignedIdentityName(stack, 'found', { identityName, resourceGroupName: 'here' }),
  workspaceName: (stack, workspaceName) =>
    LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceName(stack, 'found', { workspaceName, resourceGroupName: 'here' }),
  monitorWorkspaceName: (stack, monitorWorkspaceName) =>
    MonitorWorkspace.fromMonitorWorkspaceName(stack, 'found', { monitorWorkspaceName, resourceGroupName: 'here' }),
  actionGroupName: (stack, actionGroupName) =>
    ActionGroup.fromActionGroupName(stack, 'found', { actionGroupName, resourceGroupName: 'here' }),
  virtualNetworkName: (stack, virtualNetworkName) =>
    AksVirtualNetwork.fromVirtualNetworkName(stack, 'found', { virtualNetworkName, resourceGroupName: 'here' }),
  subnetName: (stack, subnetName) =>
    Subnet.fromSubnetName(stack, 'found', { subnetName, virtualNetworkName: 'here', resourceGroupName: 'here' }),
};

/** What constructs look up and none makes. */
const NEVER_MADE = ['data-azurerm-dashboard-grafana', 'data-azurerm-key-vault', 'data-azurerm-key-vault-key'];

test('the table holds every binding that constructs look up', () => {
  const lookUps = bindings().filter((name) => name.startsWith('data-azurerm-') && !NEVER_MADE.includes(name));

  expect(lookUps).toHaveLength(Object.keys(LOOKUPS).length);
});

describe.each(Object.entries(LOOKUPS))('a lookup by %s', (property, lookUp) => {
  const [, { make }] = Object.entries(TABLE).find(([, row]) => (row.foundBy ?? row.property) === property)!;

  test('of what the stack makes, before or after, is one problem', () => {
    for (const isBefore of [true, false]) {
      const stack = testStack();
      const calls = [
        () => make(new Construct(stack, 'part'), 'shopname', { stack, id: 'here' }),
        () => lookUp(stack, 'shopname'),
      ];
      (isBefore ? calls : calls.reverse()).forEach((call) => call());

      expect(Problems.of(stack)).toEqual([
        expect.stringMatching(
          `^\\[stack/found\\] '${property}' must be the name of an? .* that exists before this stack is deployed, got ` +
            '"shopname", which stack/.* makes: use that construct instead of this one$',
        ),
      ]);
    }
  });

  test('of what another stack makes, or of another name, is none', () => {
    const app = testApp();
    const [stack, other] = [testStack(app), testStack(app, 'other')];
    make(new Construct(other, 'part'), 'shopname', { stack: other, id: 'here' });
    make(new Construct(stack, 'part'), 'newsname', { stack, id: 'here' });
    lookUp(stack, 'shopname');

    expect(Problems.of(app)).toEqual([]);
  });
});
