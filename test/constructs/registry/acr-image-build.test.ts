import { TerraformStack } from 'cdktf';
import { AcrImageBuild, AcrRegistry, AksCluster, type AksClusterProps, Problems, Workload } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

const SOURCE = { repository: 'https://github.com/a/b', commit: '1705b17', folder: 'app' };

function registryIn(stack: TerraformStack): AcrRegistry {
  return new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });
}

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'jm-inn-aks', ...props });
}

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
      `[stack/image] 'source.commit' "1705b17" is an abbreviation, which may become ambiguous: use all 40 digits`,
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
      `[stack/second] 'taskName' must be unique in its registry, got "build-a-b", the name of the task of ${first.node.path}: rename one of them`,
      "[stack/fourth] 'taskName' must be given, got nothing: its default comes from 'repository', which only Terraform knows",
    ]);
  });

  test('derives a task name that Azure takes from the longest repository', () => {
    const stack = testStack();
    build(stack, { repository: `${'a'.repeat(60)}/b` });

    expect(Problems.of(stack)).toEqual([]);
  });
});
