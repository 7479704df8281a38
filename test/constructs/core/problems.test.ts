import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Annotations, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  ClusterIdentity,
  ContainerImage,
  Problems,
  Severity,
  UserAssignedIdentity,
  VoteApp,
} from '../../../constructs';
import { firstLeft } from '../../../constructs/core/problems/acknowledgements';
import { reportProblems, reportWarnings, reportWarningsLate } from '../../../constructs/core/problems/report';
import { lateViolation, questionable, type Violation, violation } from '../../../constructs/core/problems/violation';
import { RESOURCE_GROUP, synth, testApp, testStack, warningsOf } from '../../util';

test('lists every problem below a scope with its construct path', () => {
  const app = testApp();
  const stack = new TerraformStack(app, 'stack');
  const outer = new Construct(stack, 'outer');
  outer.node.addValidation({ validate: () => ['is too wide', 'is too high'] });
  new Construct(outer, 'inner').node.addValidation({ validate: () => ['is too deep'] });

  expect(Problems.of(app)).toEqual([
    '[stack/outer] is too wide',
    '[stack/outer] is too high',
    '[stack/outer/inner] is too deep',
  ]);
  expect(Problems.of(new TerraformStack(app, 'other'))).toEqual([]);
});

test.each([
  ['an error', new TypeError('x is not a function'), 'x is not a function'],
  ['something else', 'out of paper', 'out of paper'],
])('lists a validation that fails by itself with %s, which hides no other construct', (_, thrown, reason) => {
  const app = testApp();
  const stack = new TerraformStack(app, 'stack');
  new Construct(stack, 'first').node.addValidation({ validate: () => ['is too wide'] });
  new Construct(stack, 'second').node.addValidation({
    validate: () => {
      throw thrown;
    },
  });
  new Construct(stack, 'third').node.addValidation({ validate: () => ['is too deep'] });

  expect(Problems.of(app)).toEqual([
    '[stack/first] is too wide',
    `[stack/second] a validation of this construct failed with an error, so its problems are unknown: ${reason}`,
    '[stack/third] is too deep',
  ]);
});

test('lists a validation that answers nothing as one that failed', () => {
  const app = testApp();
  const stack = new TerraformStack(app, 'stack');
  stack.node.addValidation({ validate: () => undefined as unknown as string[] });

  expect(Problems.of(app)).toEqual([
    expect.stringMatching(/^\[stack\] a validation of this construct failed with an error/),
  ]);
});

/** A registry with a problem, and a build with a warning. */
function registryWithBoth(stack: TerraformStack): AcrRegistry {
  const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'a b' });
  const source = { repository: 'https://github.com/contoso/shop', commit: '1705b17' };
  new AcrImageBuild(stack, 'build', { registry, repository: 'shop', tag: 'v1', source });
  return registry;
}

describe('the list of problems', () => {
  test('has path, rule, message and severity of problems and warnings, in the order of the tree', () => {
    const stack = testStack();
    registryWithBoth(stack);

    expect(Problems.list(stack)).toEqual([
      {
        path: 'stack/registry',
        rule: 'registry-name',
        message: expect.stringMatching(/^'registryName' must be/),
        severity: Severity.ERROR,
      },
      {
        path: 'stack/build',
        rule: 'abbreviated-commit',
        message: expect.stringMatching(/^'source.commit' "1705b17" is an abbreviation/),
        severity: Severity.WARNING,
      },
    ]);
  });

  test('is what the texts say', () => {
    const stack = testStack();
    registryWithBoth(stack);
    const textsOf = (severity: Severity): string[] =>
      Problems.list(stack)
        .filter((one) => one.severity === severity)
        .map(({ path, message }) => `[${path}] ${message}`);

    expect(Problems.of(stack)).toEqual(textsOf(Severity.ERROR));
    expect(Problems.warningsOf(stack)).toEqual(textsOf(Severity.WARNING));
  });

  test('names each provider that a stack lacks, and how it is created', () => {
    const stack = new TerraformStack(testApp(), 'shop');
    new ServiceV1(stack, 'service', { metadata: { name: 'web' }, spec: {} });
    new ResourceGroup(stack, 'group', { name: 'shop', location: 'westeurope' });

    const lacking = (name: string, creation: string) => ({
      path: 'shop',
      rule: 'provider-missing',
      severity: Severity.ERROR,
      message: `the stack has resources of the provider '${name}', but no such provider: create one in the stack, such as ${creation}`,
    });
    expect(Problems.list(stack)).toEqual([
      lacking('kubernetes', "new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack))"),
      lacking('azurerm', "new AzurermProvider(stack, 'azurerm', { features: [{}] })"),
    ]);
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    new KubernetesProvider(stack, 'kubernetes', {});
    expect(Problems.list(stack)).toEqual([]);
  });

  test('has what other libraries report, under the rule "other"', () => {
    const stack = testStack();
    const construct = new Construct(stack, 'theirs');
    construct.node.addValidation({ validate: () => ['is too wide'] });
    Annotations.of(construct).addWarning('may be too wide');

    expect(Problems.list(stack).map(({ rule, message }) => [rule, message])).toEqual([
      ['other', 'is too wide'],
      ['other', 'may be too wide'],
    ]);
  });
});

describe('acknowledging a rule', () => {
  test.each(['before', 'after'])('takes its warnings out of the lists and of what the CLI prints, %s them', (when) => {
    const stack = testStack();
    if (when === 'before') {
      Problems.acknowledge(stack, 'abbreviated-commit', 'the repository is small');
    }
    registryWithBoth(stack);
    if (when === 'after') {
      Problems.acknowledge(stack, 'abbreviated-commit', 'the repository is small');
    }
    const annotated = stack.node.findAll().flatMap(({ node }) => node.metadata);

    expect(Problems.warningsOf(stack)).toEqual([]);
    expect(annotated.filter(({ type }) => type === '@cdktf/warn')).toEqual([]);
  });

  test('leaves those of other constructs and of other rules', () => {
    const stack = testStack();
    const registry = registryWithBoth(stack);
    Problems.acknowledge(registry, 'abbreviated-commit', 'not of the build');
    Problems.acknowledge(stack, 'kubenet-retires', 'not this rule');

    expect(Problems.warningsOf(stack)).toHaveLength(1);
  });

  test('takes a problem away that can be meant, for the synthesis too', () => {
    const stack = testStack();
    new VoteApp(stack, 'vote', {
      namePrefix: 'vote',
      front: { image: ContainerImage.fromReference('ghcr.io/contoso/vote:v1') },
    });
    new ServiceV1(stack, 'service', {
      metadata: { name: 'other' },
      spec: { selector: { app: 'vote-front' }, port: [{ port: 80, targetPort: '8080' }] },
    });
    expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(['target-port-open']);

    Problems.acknowledge(stack, 'target-port-open', 'a sidecar that is injected listens there');
    expect(Problems.of(stack)).toEqual([]);
    expect(stack.node.validate()).toEqual([]);
  });

  test('leaves a problem that nobody can mean, and says so', () => {
    const stack = testStack();
    registryWithBoth(stack);
    Problems.acknowledge(stack, 'registry-name', 'we like spaces');

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/registry-name cannot be acknowledged: the deployment would fail\)$/),
    ]);
  });

  test.each(['', '  ', undefined as unknown as string])('needs a reason, got %j', (reason) => {
    const stack = testStack();
    registryWithBoth(stack);
    Problems.acknowledge(stack, 'abbreviated-commit', reason);

    expect(Problems.warningsOf(stack)).toHaveLength(1);
    expect(Problems.of(stack)[0]).toMatch(/^\[stack\] 'reason' must/);
  });
});

test('a warning that depends on the complete tree is listed before the synthesis, and annotated once by it', () => {
  const app = testApp();
  const stack = new TerraformStack(app, 'stack');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const identity = new UserAssignedIdentity(stack, 'identity', { resourceGroup: RESOURCE_GROUP, identityName: 'aks' });
  const kubelet = new UserAssignedIdentity(stack, 'kubelet', { resourceGroup: RESOURCE_GROUP, identityName: 'nodes' });
  new AksCluster(stack, 'cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'aks',
    identity: ClusterIdentity.userAssigned(identity, { kubeletIdentity: kubelet }),
  });
  expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(['time-provider-missing']);

  synth(stack);
  synth(stack);
  expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(['time-provider-missing']);
  const annotated = stack.node.findAll().flatMap(({ node }) => node.metadata);
  expect(annotated.filter(({ type }) => type === '@cdktf/warn')).toHaveLength(1);
});

describe('a message with a reference in it', () => {
  const READABLE = 'next to ${stack: ${azurerm_resource_group.group.id}}';

  test('says what it refers to, once in each list, and to the CLI', () => {
    const stack = testStack();
    const group = new ResourceGroup(stack, 'group', { name: 'shop', location: 'westeurope' });
    reportWarnings(group, [violation('a-rule', `is next to ${group.id}`)]);
    reportWarningsLate(group, () => [violation('b-rule', `stands next to ${group.id}`)]);
    reportProblems(group, () => [violation('c-rule', `lies next to ${group.id}`)]);
    const listed = () => Problems.list(stack).map(({ rule, message }) => `${rule}: ${message}`);
    const expected = [`c-rule: lies ${READABLE}`, `a-rule: is ${READABLE}`, `b-rule: stands ${READABLE}`];

    expect(listed()).toEqual(expected);
    synth(stack);
    expect(listed()).toEqual(expected);
    expect(warningsOf(stack)).toEqual([`[stack/group] is ${READABLE}`, `[stack/group] stands ${READABLE}`]);
    Problems.acknowledge(stack, 'a-rule', 'it may');
    expect(warningsOf(stack)).toEqual([`[stack/group] stands ${READABLE}`]);
    expect(listed()).toEqual(expected.filter((one) => !one.startsWith('a-rule')));
  });
});

test('a message that is complete once all rules were asked is so for the synthesis as well', () => {
  const asked: string[] = [];
  const construct = new Construct(testStack(), 'it');
  reportProblems(construct, () => [
    violation('b-rule', 'does not wait'),
    lateViolation('a-rule', () => `was asked after ${asked.join(', ')}`),
  ]);
  reportProblems(construct, () => {
    asked.push('the other one');
    return [];
  });

  expect(construct.node.validate()).toEqual(['does not wait', 'was asked after the other one']);
  asked.length = 0;
  expect(Problems.of(construct)).toEqual(['[stack/it] does not wait', '[stack/it] was asked after the other one']);
});

test('rules are not asked twice where no message waits for them', () => {
  let times = 0;
  const construct = new Construct(testStack(), 'it');
  reportProblems(construct, () => [violation('a-rule', `is asked ${++times} times`)]);
  reportProblems(construct, () => []);

  expect(construct.node.validate()).toHaveLength(1);
  expect(times).toBe(1);
});

test('of several reasons for one trouble, the first that is left is told', () => {
  const construct = new Construct(testStack(), 'it');
  const meant = () => [questionable('can-be-meant', 'is odd')];
  const other = () => [questionable('other-rule', 'is strange')];
  const certain = () => [violation('certain-rule', 'is wrong')];
  const rules = (...reasons: (() => Violation[])[]) => firstLeft(construct, ...reasons).map(({ rule }) => rule);

  expect(rules(meant, certain)).toEqual(['can-be-meant']);
  expect(rules(() => [], certain, meant)).toEqual(['certain-rule']);
  expect(rules()).toEqual([]);
  Problems.acknowledge(construct, 'can-be-meant', 'it is');
  Problems.acknowledge(construct, 'certain-rule', 'it cannot be');
  expect(rules(meant, other)).toEqual(['other-rule']);
  expect(rules(meant, certain)).toEqual(['certain-rule']);
  expect(rules(meant)).toEqual([]);
});

test('problems of the app itself have no path', () => {
  const app = testApp();
  app.node.addValidation({ validate: () => ['is too large'] });

  expect(Problems.of(app)).toEqual(['is too large']);
});
