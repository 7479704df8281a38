import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { SentinelThreatIntelligenceIndicator } from '@cdktf/provider-azurerm/lib/sentinel-threat-intelligence-indicator';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AcrRegistry,
  AksCluster,
  ContainerImage,
  Problems,
  ServicePrincipal,
  Tags,
  Workload,
} from '../../../constructs';
import { type Block, type Json, RESOURCE_GROUP, synth, temporaryFolder, testApp, testStack } from '../../util';

/** The tags of the only resource of a type. */
function tagsIn(json: Json, type: string): unknown {
  return one(json, type).tags;
}

function one(json: Json, type: string): Block {
  const [block] = Object.values(json.resource?.[type] ?? {});
  if (block === undefined) {
    throw new Error(`no ${type}`);
  }
  return block;
}

function registryIn(scope: Construct, id = 'registry'): AcrRegistry {
  return new AcrRegistry(scope, id, { resourceGroup: RESOURCE_GROUP, registryName: 'contosoregistry' });
}

function clusterIn(scope: Construct): AksCluster {
  return new AksCluster(scope, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
}

describe('tags', () => {
  it('are on every resource below that takes tags, also on those that are added later and those of others', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    Tags.of(stack).add('team', 'web');
    registryIn(stack);
    cluster.addNodePool('apps', { name: 'apps' });
    new ResourceGroup(stack, 'group', { name: 'group', location: 'westeurope' });
    new Subnet(stack, 'subnet', {
      name: 's',
      resourceGroupName: 'rg',
      virtualNetworkName: 'v',
      addressPrefixes: ['10.0.0.0/24'],
    });
    const json = synth(stack);
    const tagged = Object.entries(json.resource ?? {})
      .filter(([, blocks]) => Object.values(blocks).some(({ tags }) => tags !== undefined))
      .map(([type]) => type);
    expect(tagged.sort()).toEqual([
      'azurerm_container_registry',
      'azurerm_kubernetes_cluster',
      'azurerm_kubernetes_cluster_node_pool',
      'azurerm_resource_group',
    ]);
    tagged.forEach((type) => expect(tagsIn(json, type)).toEqual({ team: 'web' }));
  });

  it('of a cluster are those of its default pool too, which hands them to its nodes', () => {
    const stack = testStack();
    Tags.of(clusterIn(stack)).add('team', 'web');
    const { tags, default_node_pool: pool } = one(synth(stack), 'azurerm_kubernetes_cluster');
    expect(tags).toEqual({ team: 'web' });
    expect(pool).toMatchObject({ name: 'nodepool1', vm_size: 'Standard_D4s_v5', tags: { team: 'web' } });
  });

  it('leave alone what is called tags and is something else', () => {
    const stack = testStack();
    Tags.of(stack).add('team', 'web');
    new ServicePrincipal(stack, 'principal', { displayName: 'principal' });
    new SentinelThreatIntelligenceIndicator(stack, 'indicator', {
      displayName: 'indicator',
      pattern: 'x',
      patternType: 'url',
      source: 'x',
      validateFromUtc: '2026-01-01T00:00:00Z',
      workspaceId: 'x',
      tags: ['a'],
    });
    const json = synth(stack);
    expect(tagsIn(json, 'azurerm_sentinel_threat_intelligence_indicator')).toEqual(['a']);
    expect(tagsIn(json, 'azuread_application')).toBeUndefined();
    expect(tagsIn(json, 'azuread_service_principal')).toBeUndefined();
  });

  it.each(['before its stacks', 'after its stacks'])('of an app that are added %s are in all of them', (when) => {
    const outdir = temporaryFolder();
    const app = new App({ outdir });
    const add = () => Tags.of(app).add('costCenter', '4711');
    if (when === 'before its stacks') {
      add();
    }
    // nothing of this library is in the second
    registryIn(testStack(app, 'first'));
    const second = new TerraformStack(new Construct(app, 'env'), 'second');
    new AzurermProvider(second, 'azurerm', { features: [{}] });
    new ResourceGroup(second, 'group', { name: 'g', location: 'x' });
    if (when === 'after its stacks') {
      add();
    }
    app.synth();
    const json = (id: string) => JSON.parse(readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8')) as Json;
    expect(tagsIn(json('first'), 'azurerm_container_registry')).toEqual({ costCenter: '4711' });

    expect(tagsIn(json(app.manifest.forStack(second).name), 'azurerm_resource_group')).toEqual({ costCenter: '4711' });
  });

  it('of an app are in a stack that is synthesized alone', () => {
    const app = testApp();
    Tags.of(app).add('costCenter', '4711');
    const stack = testStack(app);
    registryIn(stack);
    expect(tagsIn(synth(stack), 'azurerm_container_registry')).toEqual({ costCenter: '4711' });
  });

  it.each<[string, (stack: TerraformStack, registry: AcrRegistry) => void, unknown]>([
    [
      'the nearest one counts',
      (stack, registry) => {
        Tags.of(registry).add('team', 'near');
        Tags.of(stack).add('team', 'far');
      },
      { team: 'near' },
    ],
    [
      'of two at one place the last counts',
      (stack) => {
        Tags.of(stack).add('team', 'a');
        Tags.of(stack).add('team', 'b');
      },
      { team: 'b' },
    ],
    [
      'names are the same in another case',
      (stack, registry) => {
        Tags.of(stack).add('Team', 'far');
        Tags.of(registry).add('team', 'near');
      },
      { team: 'near' },
    ],
    [
      'a higher priority counts wherever it is',
      (stack, registry) => {
        Tags.of(stack).add('team', 'far', { priority: 300 });
        Tags.of(registry).add('team', 'near');
      },
      { team: 'far' },
    ],
    [
      'what is removed further down is gone',
      (stack, registry) => {
        Tags.of(stack).add('team', 'web');
        Tags.of(stack).add('env', 'prod');
        Tags.of(registry).remove('TEAM');
      },
      { env: 'prod' },
    ],
    [
      'types that are left out do not get it',
      (stack) => {
        Tags.of(stack).add('team', 'web', { excludeResourceTypes: ['azurerm_container_registry'] });
        Tags.of(stack).add('env', 'prod', { includeResourceTypes: ['azurerm_container_registry'] });
        Tags.of(stack).add('env', 'dev', { includeResourceTypes: ['azurerm_kubernetes_cluster'] });
      },
      { env: 'prod' },
    ],
  ])('%s', (_, change, expected) => {
    const stack = testStack();
    const registry = registryIn(stack);
    clusterIn(stack);
    change(stack, registry);
    expect(tagsIn(synth(stack), 'azurerm_container_registry')).toEqual(expected);
  });

  it.each<[string, { [name: string]: string }, (stack: TerraformStack) => void, unknown]>([
    [
      'yield to what is added',
      { team: 'own', x: 'y' },
      (stack) => Tags.of(stack).add('Team', 'web'),
      { x: 'y', Team: 'web' },
    ],
    [
      'stay where the priority is lower',
      { team: 'own' },
      (stack) => Tags.of(stack).add('Team', 'web', { priority: 10 }),
      { team: 'own' },
    ],
    ['are gone when they are removed', { team: 'own' }, (stack) => Tags.of(stack).remove('team'), {}],
  ])('of the own argument of a resource %s', (_, tags, change, expected) => {
    const stack = testStack();
    new ResourceGroup(stack, 'group', { name: 'g', location: 'x', tags });
    change(stack);
    expect(tagsIn(synth(stack), 'azurerm_resource_group')).toEqual(expected);
    // the same again when it is synthesized twice
    expect(tagsIn(synth(stack), 'azurerm_resource_group')).toEqual(expected);
  });

  it('are added to those that only Terraform knows', () => {
    const stack = testStack();
    const variable = new TerraformVariable(stack, 'tags', {});
    new ResourceGroup(stack, 'group', { name: 'g', location: 'x', tags: variable.value as { [name: string]: string } });
    Tags.of(stack).add('team', 'web');
    Tags.of(stack).add('env', 'dev', { priority: 1 });
    expect(tagsIn(synth(stack), 'azurerm_resource_group')).toBe(
      '${merge({"env" = "dev"}, var.tags, {"team" = "web"})}',
    );
  });

  it('may have values that only Terraform knows', () => {
    const stack = testStack();
    const variable = new TerraformVariable(stack, 'team', {});
    registryIn(stack);
    Tags.of(stack).add('team', variable.stringValue);
    expect(tagsIn(synth(stack), 'azurerm_container_registry')).toEqual({ team: '${var.team}' });
  });

  it('that others set are left alone, besides what else is', () => {
    const stack = testStack();
    clusterIn(stack);
    registryIn(stack);
    Tags.of(stack).ignore('createdBy');
    Tags.of(stack).ignore('createdBy');
    const json = synth(stack);
    expect(one(json, 'azurerm_container_registry').lifecycle).toEqual({
      ignore_changes: ['zone_redundancy_enabled', 'tags["createdBy"]'],
    });
    expect(one(json, 'azurerm_kubernetes_cluster').lifecycle).toEqual({
      ignore_changes: ['tags["createdBy"]', 'default_node_pool[0].tags["createdBy"]'],
    });
  });

  it('nothing changes where no tag is added', () => {
    const stack = testStack();
    registryIn(stack);
    const before = Testing.synth(stack);
    Tags.of(stack);
    expect(Testing.synth(stack)).toBe(before);
  });
});

describe('a tag that Azure would reject', () => {
  it.each<[string, string, string, string]>([
    ['a/b', 'x', 'tag-name', `'name' must be the name of a tag`],
    ['', 'x', 'tag-name', 'got ""'],
    ['é'.repeat(257), 'x', 'tag-name', '512 bytes'],
    ['team', 'x'.repeat(257), 'tag-value', `'value of the tag "team"' must be the value of a tag: at most 256 bytes`],
  ])('such as %j is reported once, and changes nothing', (name, value, rule, message) => {
    const stack = testStack();
    registryIn(stack);
    Tags.of(stack).add(name, value);
    const problems = Problems.list(stack).filter(({ severity }) => severity === 'error');
    expect(problems).toEqual([
      expect.objectContaining({ path: 'stack', rule, message: expect.stringContaining(message) as string }),
    ]);
    expect(tagsIn(synth(stack), 'azurerm_container_registry')).toBeUndefined();
  });

  it('is the 51st of a resource, wherever the others come from', () => {
    const stack = testStack();
    new ResourceGroup(stack, 'group', { name: 'g', location: 'x', tags: { own: 'x' } });
    for (let index = 0; index < 49; index++) {
      Tags.of(stack).add(`tag${index}`, 'x');
    }
    expect(Problems.of(stack)).toEqual([]);
    Tags.of(stack.node.findChild('group')).add('more', 'x');
    expect(Problems.of(stack)).toEqual([
      "[stack] stack/group must have at most 50 tags, got 51: combine several values in one tag, or exclude some with 'excludeResourceTypes'",
    ]);
  });

  it.each<[object, string]>([
    [{ includeResourceTypes: [] }, 'restriction-not-empty'],
    [{ includeResourceTypes: ['Microsoft.ContainerService/managedClusters'] }, 'tagged-resource-type'],
    [{ excludeResourceTypes: ['kubernetes_deployment_v1'] }, 'tagged-resource-type'],
    [{ priority: -1 }, 'tag-priority'],
    [{ priority: Number.NaN }, 'tag-priority'],
  ])('is one with %j', (options, rule) => {
    const stack = testStack();
    registryIn(stack);
    Tags.of(stack).add('team', 'web', options);
    expect(Problems.list(stack).map((problem) => problem.rule)).toEqual([rule]);
  });
});

describe('a tag that may be a mistake', () => {
  it('reaches nothing', () => {
    const stack = testStack();
    const workload = new Workload(stack, 'web', {
      name: 'web',
      image: ContainerImage.fromReference('registry.k8s.io/pause:3.10'),
      containerPort: 8080,
    });
    registryIn(stack);
    Tags.of(workload).add('team', 'web');
    Tags.of(stack).add('team', 'web', { includeResourceTypes: ['azurerm_kubernetes_cluster'] });
    Tags.of(stack).add('env', 'prod');
    expect(Problems.warningsOf(stack).filter((one) => one.includes('the tag'))).toEqual([
      '[stack] the tag "team" applies to no resource: none of the resources here supports Azure tags and is of these types. Add it to a ' +
        'construct above the resources, such as the stack',
      '[stack/web] the tag "team" applies to no resource: none of the resources here supports Azure tags. Add it to a construct above the ' +
        'resources, such as the stack',
    ]);
  });

  it('has a prefix that Azure keeps for itself', () => {
    const stack = testStack();
    registryIn(stack);
    Tags.of(stack).add('AzureTeam', 'web');
    expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(['tag-name-prefix']);
  });
});

it('each resource has the tag that is nearest to it, whatever the order of the calls', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['app', 'stack', 'outer', 'inner'], { minLength: 1 }), (order) => {
      const app = testApp();
      const stack = testStack(app);
      const outer = new Construct(stack, 'outer');
      const inner = new Construct(outer, 'inner');
      registryIn(inner);
      const scopes: { readonly [name: string]: Construct } = { app, stack, outer, inner };
      order.forEach((name) => Tags.of(scopes[name]!).add('from', name));
      const nearest = ['inner', 'outer', 'stack', 'app'].find((name) => order.includes(name));
      expect(tagsIn(synth(stack), 'azurerm_container_registry')).toEqual({ from: nearest });
    }),
    { numRuns: 40 },
  );
});
