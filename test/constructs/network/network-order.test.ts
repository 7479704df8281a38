import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import { AksCluster, AksVirtualNetwork, NetworkProfile, Problems, Subnet, SubnetUse } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { type Json, RESOURCE_GROUP, synth, testStack } from '../../util';

/** What is written to a network, in the order that Azure wants it in. */
const KINDS = [
  ['azurerm_subnet'],
  [
    'azurerm_subnet_network_security_group_association',
    'azurerm_subnet_route_table_association',
    'azurerm_subnet_nat_gateway_association',
  ],
  ['azurerm_virtual_network_peering'],
  ['azurerm_kubernetes_cluster'],
];
const NETWORKS = ['one', 'two', 'hub'];

/** A step of a program: what it does to which of the networks. */
interface Step {
  readonly network: number;
  readonly does: string;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    network: fc.nat({ max: NETWORKS.length - 1 }),
    does: fc.constantFrom<string>(...Object.values(SubnetUse), 'peer', 'cluster'),
  }),
  { maxLength: 10 },
);

function networkIn(stack: TerraformStack, id: string, index: number): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, id, {
    resourceGroup: RESOURCE_GROUP,
    virtualNetworkName: id,
    addressSpace: [`10.${60 + index}.0.0/16`],
    natGateway: index === 0 ? {} : undefined,
  });
}

function program(stack: TerraformStack, plan: readonly Step[]): void {
  const networks = NETWORKS.map((id, index) => networkIn(stack, id, index));
  plan.forEach(({ network: index, does }, turn) => {
    const network = networks[index]!;
    if (does === 'peer') {
      const names = { peeringName: `to-${turn}`, returnPeeringName: `from-${turn}` };
      network.peerWith(`peer-${turn}`, networks[(index + 1) % networks.length]!, names);
    } else if (does === 'cluster') {
      new AksCluster(stack, `cluster-${turn}`, {
        resourceGroup: RESOURCE_GROUP,
        clusterName: `aks-${turn}`,
        networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
      });
    } else {
      network.addSubnet(`subnet-${turn}`, {
        addressPrefix: `10.${60 + index}.${128 + turn}.0/24`,
        use: does as SubnetUse,
      });
    }
  });
}

test('writes to one network never overlap, whatever a program adds when, and there is no circle', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const stack = testStack();
      program(stack, plan);
      const json = synth(stack);
      const after = predecessors(json);

      expect(brokenInvariants(json)).toEqual([]);
      expect([...after].filter(([one, all]) => all.has(one))).toEqual([]);
      for (const network of Object.keys(json.resource!['azurerm_virtual_network']!)) {
        expect(overlapping(writesTo(json, `azurerm_virtual_network.${network}`), after)).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});

test('a cluster in a network that exists waits for the peering that is made with it', () => {
  const stack = testStack();
  const spoke = AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'spoke', {
    virtualNetworkId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/spoke',
    virtualNetworkName: 'spoke',
    resourceGroupName: 'rg',
    addressSpace: ['10.70.0.0/16'],
  });
  const subnet = Subnet.fromSubnetName(stack, 'nodes', {
    subnetName: 'nodes',
    virtualNetworkName: 'spoke',
    resourceGroupName: 'rg',
    virtualNetwork: spoke,
  });
  networkIn(stack, 'hub', 1).peerWith('to-spoke', spoke);
  new AksCluster(stack, 'cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'aks',
    networkProfile: NetworkProfile.overlay({ subnet }),
  });
  const json = synth(stack);
  const [cluster = ''] = addressesOf(json, KINDS[3]!);

  expect(Problems.of(stack)).toEqual([]);
  expect([...(predecessors(json).get(cluster) ?? [])]).toEqual(expect.arrayContaining(addressesOf(json, KINDS[2]!)));
});

/** For each resource, all that Terraform makes before it. */
function predecessors(json: Json): Map<string, Set<string>> {
  const known = addressesOf(json, Object.keys(json.resource ?? {}));
  const text = (address: string): string => JSON.stringify(blockAt(json, address));
  const direct = new Map(known.map((one) => [one, known.filter((other) => mentions(text(one), other))]));
  return new Map(known.map((one) => [one, reach(one, direct)]));
}

function reach(start: string, direct: ReadonlyMap<string, string[]>): Set<string> {
  const found = new Set<string>();
  for (const queue = [...(direct.get(start) ?? [])]; queue.length > 0;) {
    const next = queue.pop()!;
    if (!found.has(next)) {
      found.add(next);
      queue.push(...(direct.get(next) ?? []));
    }
  }
  return found;
}

function mentions(text: string, address: string): boolean {
  return new RegExp(`[{"( ,]${address.replace('.', '\\.')}(?![\\w-])`).test(text);
}

/** What is written to a network: its own parts, both halves of its peerings, and the clusters in it. */
function writesTo(json: Json, network: string): string[][] {
  return KINDS.map((types) =>
    addressesOf(json, types).filter((one) =>
      types.includes('azurerm_kubernetes_cluster')
        ? isClusterIn(json, one, network)
        : types.includes('azurerm_virtual_network_peering')
          ? mentions(JSON.stringify(blockAt(json, one)), network)
          : isPartOf(json, one, network),
    ),
  );
}

function isPartOf(json: Json, address: string, network: string): boolean {
  const { virtual_network_name: name, subnet_id: subnet } = blockAt(json, address);
  return mentions(JSON.stringify(name ?? blockAt(json, addressIn(String(subnet)))), network);
}

function isClusterIn(json: Json, address: string, network: string): boolean {
  const { default_node_pool: pool } = blockAt(json, address) as { default_node_pool: { vnet_subnet_id: string } };
  return mentions(JSON.stringify(blockAt(json, addressIn(pool.vnet_subnet_id))), network);
}

/** The writes that may happen at once, or in the wrong order; two clusters may. */
function overlapping(kinds: readonly string[][], after: ReadonlyMap<string, Set<string>>): string[] {
  const clusters = kinds.length - 1;
  return kinds.flatMap((writes, kind) =>
    writes.flatMap((one) =>
      kinds.flatMap((others, otherKind) =>
        others
          .filter((other) => one !== other && !(kind === clusters && otherKind === clusters))
          .filter((other) =>
            kind === otherKind
              ? !after.get(one)!.has(other) && !after.get(other)!.has(one)
              : kind > otherKind && !after.get(one)!.has(other),
          )
          .map((other) => `${one} and ${other}`),
      ),
    ),
  );
}

function addressIn(reference: string): string {
  return /\$\{(\w+\.[\w-]+)\.id\}/.exec(reference)?.[1] ?? '';
}

function addressesOf(json: Json, types: readonly string[]): string[] {
  return types.flatMap((type) => Object.keys(json.resource?.[type] ?? {}).map((name) => `${type}.${name}`));
}

function blockAt(json: Json, address: string): { readonly [attribute: string]: unknown } {
  const [type = '', name = ''] = address.split('.');
  return json.resource?.[type]?.[name] ?? {};
}
