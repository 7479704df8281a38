import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { DefaultTokenResolver, StringConcat, type TerraformStack, TerraformVariable, Tokenization } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import {
  AcrRegistry,
  AksCluster,
  type AksClusterProps,
  ClusterAuthentication,
  ClusterIdentity,
  ClusterRole,
  EntraPrincipal,
  type IAcrRegistry,
  type IAksCluster,
  type IGrantable,
  type ISubnet,
  NetworkProfile,
  Outbound,
  Problems,
  Subnet,
  UserAssignedIdentity,
  Workload,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a1f';
const GROUP_ID = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
const REGISTRY_ID = `${GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/contoso`;
const SUBNET_ID = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes`;
const ADDRESS_ID = `${GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/out`;

function clusterIn(stack: TerraformStack, id: string, props: Partial<AksClusterProps> = {}): AksCluster {
  return new AksCluster(stack, id, {
    resourceGroup: RESOURCE_GROUP,
    clusterName: id,
    authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] }),
    ...props,
  });
}

function registryIn(stack: TerraformStack, id = 'registry'): AcrRegistry {
  return new AcrRegistry(stack, id, { resourceGroup: RESOURCE_GROUP, registryName: `contoso${id}` });
}

function identityIn(stack: TerraformStack, id: string): UserAssignedIdentity {
  return new UserAssignedIdentity(stack, id, { resourceGroup: RESOURCE_GROUP, identityName: id });
}

/** An identity that exists, found by its name. */
function foundIdentity(stack: TerraformStack, id: string, identityName = 'nodes'): IGrantable {
  return UserAssignedIdentity.fromUserAssignedIdentityName(stack, id, { identityName, resourceGroupName: 'rg' });
}

function foundRegistry(stack: TerraformStack, id: string, registryName = 'contoso'): IAcrRegistry {
  return AcrRegistry.fromRegistryName(stack, id, { registryName, resourceGroupName: 'rg' });
}

function subnetIn(stack: TerraformStack, id: string, subnetId = SUBNET_ID): ISubnet {
  return Subnet.fromSubnetAttributes(stack, id, { subnetId });
}

/** A puller whose nodes pull as somebody. */
function pullerIn(stack: TerraformStack, id: string, imagePuller: IGrantable): IAksCluster {
  const clusterId = `${GROUP_ID}/providers/Microsoft.ContainerService/managedClusters/${id}`;
  return AksCluster.fromClusterAttributes(stack, id, {
    clusterId,
    clusterName: id,
    resourceGroupName: 'rg',
    imagePuller,
    usesEntraId: true,
  });
}

/** The roles that a stack gives, in order. */
function rolesIn(stack: TerraformStack): unknown[] {
  const json = synth(stack);
  expect(Problems.of(stack)).toEqual([]);
  expect(brokenInvariants(json)).toEqual([]);
  return Object.values(json.resource?.azurerm_role_assignment ?? {})
    .map((one) => one.role_definition_name)
    .sort();
}

/** Two ways to ask for one role, as two functions that can be called in any order. */
type Ways = (stack: TerraformStack) => readonly [() => void, () => void];

const ONCE: readonly [string, string, Ways][] = [
  [
    'a cluster that is granted twice',
    'AcrPull',
    (stack) => {
      const [registry, cluster] = [registryIn(stack), clusterIn(stack, 'aks')];
      return [() => registry.grantPull(cluster), () => registry.grantPull(cluster)];
    },
  ],
  [
    'a cluster, and its kubelet identity by another cluster',
    'AcrPull',
    (stack) => {
      const [registry, cluster] = [registryIn(stack), clusterIn(stack, 'aks')];
      return [
        () => registry.grantPull(cluster),
        () => registry.grantPull(pullerIn(stack, 'other', cluster.kubeletIdentity)),
      ];
    },
  ],
  [
    'a cluster that is found twice',
    'AcrPull',
    (stack) => {
      const [registry, attributes] = [registryIn(stack), { clusterName: 'aks', resourceGroupName: 'rg' }];
      const [one, other] = ['one', 'other'].map((id) => AksCluster.fromClusterName(stack, id, attributes));
      return [() => registry.grantPull(one!), () => registry.grantPull(other!)];
    },
  ],
  [
    'a registry that is found twice',
    'AcrPull',
    (stack) => {
      const [one, other, cluster] = [
        foundRegistry(stack, 'one'),
        foundRegistry(stack, 'other', 'Contoso'),
        clusterIn(stack, 'aks'),
      ];
      return [() => one.grantPull(cluster), () => other.grantPull(cluster)];
    },
  ],
  [
    'a registry by its id in two spellings',
    'AcrPull',
    (stack) => {
      const cluster = clusterIn(stack, 'aks');
      const [one, other] = [REGISTRY_ID, REGISTRY_ID.replace('/contoso', '/Contoso')].map((registryId, index) =>
        AcrRegistry.fromRegistryAttributes(stack, `registry-${index}`, { registryId, registryName: 'contoso' }),
      );
      return [() => one!.grantPull(cluster), () => other!.grantPull(cluster)];
    },
  ],
  [
    'a registry that is found by its name and known by its id',
    'AcrPull',
    (stack) => {
      const [one, cluster] = [foundRegistry(stack, 'one', 'Contoso'), clusterIn(stack, 'aks')];
      const attributes = { registryId: REGISTRY_ID, registryName: 'contoso' };
      const other = AcrRegistry.fromRegistryAttributes(stack, 'other', attributes);
      return [() => one.grantPull(cluster), () => other.grantPull(cluster)];
    },
  ],
  [
    'an identity that is found twice',
    'AcrPull',
    (stack) => {
      const [registry, one, other] = [
        registryIn(stack),
        foundIdentity(stack, 'one'),
        foundIdentity(stack, 'other', 'Nodes'),
      ];
      return [
        () => registry.grantPull(pullerIn(stack, 'a', one)),
        () => registry.grantPull(pullerIn(stack, 'b', other)),
      ];
    },
  ],
  [
    'an identity by its object id in two spellings',
    'AcrPull',
    (stack) => {
      const [registry, clientId, identityId] = [
        registryIn(stack),
        UUID,
        `${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes`,
      ];
      const [one, other] = [UUID, UUID.toUpperCase()].map((objectId, index) =>
        UserAssignedIdentity.fromUserAssignedIdentityAttributes(stack, `identity-${index}`, {
          identityId,
          clientId,
          objectId,
        }),
      );
      return [
        () => registry.grantPull(pullerIn(stack, 'a', one!)),
        () => registry.grantPull(pullerIn(stack, 'b', other!)),
      ];
    },
  ],
  [
    'a group that may read twice',
    ClusterRole.READER,
    (stack) => {
      const [cluster, team] = [clusterIn(stack, 'aks'), EntraPrincipal.group(stack, 'team', UUID)];
      return [() => cluster.grantAccess(team, ClusterRole.READER), () => cluster.grantAccess(team, ClusterRole.READER)];
    },
  ],
  [
    'a group that is named twice and may write in a namespace',
    ClusterRole.WRITER,
    (stack) => {
      const cluster = clusterIn(stack, 'aks');
      const [one, other] = ['one', 'other'].map((id) => EntraPrincipal.group(stack, id, UUID));
      const options = { namespace: 'shop' };
      return [
        () => cluster.grantAccess(one!, ClusterRole.WRITER, options),
        () => cluster.grantAccess(other!, ClusterRole.WRITER, options),
      ];
    },
  ],
  [
    'a service account, and its identity',
    ClusterRole.READER,
    (stack) => {
      const cluster = clusterIn(stack, 'aks');
      const account = cluster.addServiceAccount('account', {
        resourceGroup: RESOURCE_GROUP,
        serviceAccountName: 'shop',
      });
      return [
        () => cluster.grantAccess(account, ClusterRole.READER),
        () => cluster.grantAccess(account.identity, ClusterRole.READER),
      ];
    },
  ],
  [
    'two clusters that share an identity and a subnet',
    'Network Contributor',
    (stack) => {
      const [identity, subnet] = [ClusterIdentity.userAssigned(identityIn(stack, 'shared')), subnetIn(stack, 'subnet')];
      const networkProfile = NetworkProfile.overlay({ subnet });
      return [
        () => clusterIn(stack, 'a', { identity, networkProfile }),
        () => clusterIn(stack, 'b', { identity, networkProfile }),
      ];
    },
  ],
  [
    'two clusters that share an identity and are told one subnet in two spellings',
    'Network Contributor',
    (stack) => {
      const identity = ClusterIdentity.userAssigned(identityIn(stack, 'shared'));
      const clusterOn = (id: string, subnetId: string): (() => void) => {
        const networkProfile = NetworkProfile.overlay({ subnet: subnetIn(stack, `subnet-${id}`, subnetId) });
        return () => clusterIn(stack, id, { identity, networkProfile });
      };
      return [clusterOn('a', SUBNET_ID), clusterOn('b', SUBNET_ID.replace('/nodes', '/Nodes'))];
    },
  ],
  [
    'two clusters that share both identities',
    'Managed Identity Operator',
    (stack) => {
      const identity = ClusterIdentity.userAssigned(identityIn(stack, 'shared'), {
        kubeletIdentity: identityIn(stack, 'nodes'),
      });
      return [() => clusterIn(stack, 'a', { identity }), () => clusterIn(stack, 'b', { identity })];
    },
  ],
];

describe.each(ONCE)('%s', (_, role, ways) => {
  test.each([
    ['', [0, 1]],
    [', whoever asks first', [1, 0]],
  ] as const)('gets the role once%s', (_name, order) => {
    const stack = testStack();
    const asks = ways(stack);
    order.forEach((index) => asks[index]!());

    expect(rolesIn(stack)).toEqual([role]);
  });
});

const TWICE: readonly [string, Ways][] = [
  [
    'two roles of one principal',
    (stack) => {
      const [cluster, team] = [clusterIn(stack, 'aks'), EntraPrincipal.group(stack, 'team', UUID)];
      return [() => cluster.grantAccess(team, ClusterRole.READER), () => cluster.grantAccess(team, ClusterRole.WRITER)];
    },
  ],
  [
    'a role in two namespaces',
    (stack) => {
      const [cluster, team] = [clusterIn(stack, 'aks'), EntraPrincipal.group(stack, 'team', UUID)];
      return ['shop', 'news'].map((namespace) => () => {
        cluster.grantAccess(team, ClusterRole.READER, { namespace });
      }) as [() => void, () => void];
    },
  ],
  [
    'two principals whose constructs have one id',
    (stack) => {
      const cluster = clusterIn(stack, 'aks');
      const [one, other] = ['one', 'other'].map((id) => new Construct(stack, id));
      const teams = [
        EntraPrincipal.group(one!, 'team', UUID),
        EntraPrincipal.group(other!, 'team', UUID.replace('7', '8')),
      ];
      return [
        () => cluster.grantAccess(teams[0]!, ClusterRole.READER),
        () => cluster.grantAccess(teams[1]!, ClusterRole.READER),
      ];
    },
  ],
  [
    'two registries that are found',
    (stack) => {
      const cluster = clusterIn(stack, 'aks');
      return [
        () => foundRegistry(stack, 'one', 'contoso1').grantPull(cluster),
        () => foundRegistry(stack, 'other', 'contoso2').grantPull(cluster),
      ];
    },
  ],
  [
    'principals that only Terraform knows',
    (stack) => {
      const cluster = clusterIn(stack, 'aks');
      const other = new TerraformVariable(stack, 'other', {});
      const teams = [token(stack), other].map((one, index) =>
        EntraPrincipal.group(stack, `team-${index}`, one.stringValue),
      );
      return [
        () => cluster.grantAccess(teams[0]!, ClusterRole.READER),
        () => cluster.grantAccess(teams[1]!, ClusterRole.READER),
      ];
    },
  ],
];

test.each(TWICE)('%s are two assignments', (_, ways) => {
  const stack = testStack();
  ways(stack).forEach((ask) => ask());

  expect(rolesIn(stack)).toHaveLength(2);
});

test('whoever asks second waits for the assignment, too', () => {
  const stack = testStack();
  const identity = ClusterIdentity.userAssigned(identityIn(stack, 'shared'));
  const networkProfile = NetworkProfile.overlay({ subnet: subnetIn(stack, 'subnet') });
  clusterIn(stack, 'one', { identity, networkProfile });
  clusterIn(stack, 'other', { identity, networkProfile });
  const json = synth(stack);

  for (const id of ['one', 'other']) {
    expect(at(json, 'azurerm_kubernetes_cluster', id).depends_on).toContainEqual(
      expect.stringMatching(/^azurerm_role_assignment\.one_node-subnet-role_/),
    );
  }
});

test('an address that is given twice gets its role once', () => {
  const stack = testStack();
  const publicIpIds = [ADDRESS_ID, ADDRESS_ID.replace('/out', '/Out')];
  const outbound = Outbound.loadBalancer({ publicIpIds });
  clusterIn(stack, 'aks', { networkProfile: NetworkProfile.overlay({ outbound }) });

  expect(Object.keys(synth(stack).resource?.azurerm_role_assignment ?? {})).toHaveLength(1);
});

test('a workload waits for a grant on its registry that was made through another construct for it, and later', () => {
  const stack = testStack();
  new Workload(stack, 'web', {
    name: 'web',
    image: foundRegistry(stack, 'one').image('web', '1'),
    containerPort: 8080,
  });
  foundRegistry(stack, 'other').grantPull(clusterIn(stack, 'aks'));

  expect(only(synth(stack), 'kubernetes_deployment_v1').depends_on).toEqual([
    expect.stringMatching(/^azurerm_role_assignment\.aks_kubelet_pull-other_/),
  ]);
});

describe('two stacks', () => {
  test('of the same constructs are about objects of their own', () => {
    const app = testApp();
    const [one, other] = ['one', 'other'].map((id) => testStack(app, id)) as [TerraformStack, TerraformStack];
    for (const stack of [one, other]) {
      const attributes = { clusterName: 'aks', resourceGroupName: 'rg', usesEntraId: true };
      const team = EntraPrincipal.group(stack, 'team', UUID);
      AksCluster.fromClusterName(stack, 'found', attributes).grantAccess(team, ClusterRole.READER);
      clusterIn(stack, 'made').grantAccess(team, ClusterRole.READER);
    }

    expect(assignments(one)).toHaveLength(2);
    expect(assignments(other)).toHaveLength(2);
    expect(warningsOf(app).filter((warning) => warning.includes('RoleAssignmentExists'))).toEqual([]);
  });

  test('that know one registry give the role on it once', () => {
    const app = testApp();
    const [platform, application] = [testStack(app, 'platform'), testStack(app, 'application')];
    const cluster = clusterIn(application, 'aks');
    registryIn(platform).grantPull(cluster);
    foundRegistry(application, 'found', 'ContosoRegistry').grantPull(cluster);

    expect(assignments(application)).toHaveLength(1);
  });

  test('that give one role to one principal are warned of', () => {
    const app = testApp();
    const [platform, one, other] = ['platform', 'one', 'other'].map((id) => testStack(app, id)) as [
      TerraformStack,
      TerraformStack,
      TerraformStack,
    ];
    const identity = ClusterIdentity.userAssigned(identityIn(platform, 'shared'));
    const networkProfile = NetworkProfile.overlay({ subnet: subnetIn(platform, 'subnet') });
    clusterIn(one, 'aks', { identity, networkProfile });
    clusterIn(other, 'aks', { identity, networkProfile });

    expect([assignments(one), assignments(other)].map(({ length }) => length)).toEqual([1, 1]);
    expect(warningsOf(app)).toContainEqual(
      '[other/aks] the role "Network Contributor" is assigned by one/aks/node-subnet-role of another stack too, to the same principal on the same resource: if both stacks are deployed, Azure rejects the second assignment (RoleAssignmentExists). Assign it in only one of them',
    );
  });
});

/** The role assignments of a stack, before it is synthesized. */
function assignments(stack: TerraformStack): IConstruct[] {
  return stack.node.findAll().filter((one) => one instanceof RoleAssignment);
}

describe('a Grant', () => {
  const dependsOn = (stack: TerraformStack, type: string): unknown => only(synth(stack), type)['depends_on'];

  test('is made before what needs the role', () => {
    const stack = testStack();
    const identity = identityIn(stack, 'identity');
    const grant = registryIn(stack).grantPull(pullerIn(stack, 'puller', identity));
    const job = new Sleep(stack, 'job', {});
    grant.applyBefore(job);

    expect(grant.grantee).toBe(identity);
    expect(dependsOn(stack, 'time_sleep')).toEqual([
      expect.stringMatching(/^azurerm_role_assignment\.identity_pull-registry/),
    ]);
  });

  test('of another stack makes that stack come first', () => {
    const app = testApp();
    const [platform, application] = [testStack(app, 'platform'), testStack(app, 'application')];
    const team = EntraPrincipal.group(platform, 'team', UUID);
    const cluster = clusterIn(platform, 'cluster');
    const grant = cluster.grantAccess(team, ClusterRole.READER);
    grant.applyBefore(new Sleep(application, 'job', {}));
    synth(application);

    expect(application.dependsOn(platform)).toBe(true);
  });

  test('is made before several constructs, and before the parts of each', () => {
    const stack = testStack();
    const group = new Construct(stack, 'group');
    const jobs = [new Sleep(stack, 'job', {}), new Sleep(group, 'part', {})];
    registryIn(stack)
      .grantPull(pullerIn(stack, 'puller', identityIn(stack, 'identity')))
      .applyBefore(jobs[0]!, group);
    const sleeps = Object.values(synth(stack).resource?.time_sleep ?? {});

    expect(sleeps.map(({ depends_on }) => depends_on)).toEqual(
      jobs.map(() => [expect.stringMatching(/^azurerm_role_assignment\.identity_pull-registry/)]),
    );
  });

  test('that is asked for twice is one assignment', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, 'cluster');
    const registry = registryIn(stack);

    const ids = [registry.grantPull(cluster), registry.grantPull(cluster)].map(({ roleAssignmentId }) =>
      String(
        Tokenization.resolve(roleAssignmentId, {
          scope: stack,
          preparing: false,
          resolver: new DefaultTokenResolver(new StringConcat()),
        }),
      ),
    );

    expect(ids[0]).toMatch(/^\$\{azurerm_role_assignment\..*\.id\}$/);
    expect(ids[1]).toBe(ids[0]);
  });
});
