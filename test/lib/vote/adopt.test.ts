import { TerraformStack } from 'cdktf';
import { join } from 'node:path';
import { Problems } from '../../../constructs';
import { readSettings, type Settings } from '../../../lib/vote/settings';
import { createTwoStacks } from '../../../lib/vote/two-stacks';
import { VoteStack } from '../../../lib/vote/vote-stack';
import { brokenInvariants } from '../../terraform-invariants';
import { addresses, type Json, only, synth, testApp, warningsOf } from '../../util';

const ROOT = join(__dirname, '../../..');
const SUBSCRIPTION = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/jm-inn-acr-aks-intro-rg`;
const ENVIRONMENT = { CDKTF_AKS_ADOPT: 'yes', CDKTF_AKS_SUBSCRIPTION_ID: SUBSCRIPTION };

function settingsWith(environment: { [name: string]: string }): Settings {
  const { settings, problems } = readSettings(ROOT, environment);
  expect(problems).toEqual([]);
  return settings;
}

/** What is imported, each as the type of the resource and the id of what is there. */
function importsOf(json: Json): string[] {
  const { import: imports = [] } = json as { import?: { to: string; id: string }[] };
  const known = new Set(addresses(json));
  expect(imports.filter(({ to }) => !known.has(to))).toEqual([]);
  return imports.map(({ to, id }) => `${to.split('.')[0]} ${id}`).sort();
}

const PLATFORM = [
  `azurerm_container_registry ${GROUP}/providers/Microsoft.ContainerRegistry/registries/jminnacr`,
  `azurerm_kubernetes_cluster ${GROUP}/providers/Microsoft.ContainerService/managedClusters/jm-inn-aks`,
  `azurerm_resource_group ${GROUP}`,
];
const APPLICATION = [
  'kubernetes_deployment_v1 default/jm-inn-azure-vote-back-deployment',
  'kubernetes_deployment_v1 default/jm-inn-azure-vote-front-deployment',
  'kubernetes_service_v1 default/jm-inn-azure-vote-back-service',
  'kubernetes_service_v1 default/jm-inn-azure-vote-front-service',
];

describe('what the article made by hand', () => {
  test('is imported where the settings say so, and nothing else is', () => {
    const stack = new VoteStack(testApp(), 'vote', settingsWith(ENVIRONMENT));
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(importsOf(json)).toEqual([...PLATFORM, ...APPLICATION]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('is imported into the stack that has it, where there are two', () => {
    const app = testApp();
    createTwoStacks(app, settingsWith({ ...ENVIRONMENT, CDKTF_AKS_STACKS: 'two' }));
    const imports = ['platform', 'application'].map((id) => importsOf(synth(app.node.findChild(id) as TerraformStack)));

    expect(imports).toEqual([PLATFORM, APPLICATION]);
  });

  test('keeps what az decided and would replace the cluster', () => {
    const stack = new VoteStack(testApp(), 'vote', settingsWith(ENVIRONMENT));

    expect(only(synth(stack), 'azurerm_kubernetes_cluster').lifecycle).toEqual({
      ignore_changes: ['dns_prefix', 'linux_profile', 'image_cleaner_enabled', 'image_cleaner_interval_hours'],
    });
    expect(warningsOf(stack)).toContainEqual(expect.stringContaining("'adopt' takes over the cluster that there is"));
  });

  test('changes nothing but that: the same resources at the same addresses', () => {
    const [made, adopted] = ['no', 'yes'].map((adopt) =>
      synth(new VoteStack(testApp(), 'vote', { ...settingsWith(ENVIRONMENT), adopt })),
    );

    expect(importsOf(made!)).toEqual([]);
    expect(addresses(adopted!)).toEqual(addresses(made!));
    expect(only(made!, 'azurerm_kubernetes_cluster').lifecycle).toBeUndefined();
  });

  test('needs the subscription, which is in the ids', () => {
    expect(readSettings(ROOT, { CDKTF_AKS_ADOPT: 'yes' }).problems).toEqual([
      expect.stringContaining(`setting 'subscriptionId' must be given where 'adopt' is "yes"`),
    ]);
    expect(readSettings(ROOT, { CDKTF_AKS_ADOPT: 'true' }).problems).toEqual([
      expect.stringContaining(`setting 'adopt' (environment variable CDKTF_AKS_ADOPT) must be "yes" or "no"`),
    ]);
  });
});
