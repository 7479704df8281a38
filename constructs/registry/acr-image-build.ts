import { ContainerRegistryTask } from '@cdktf/provider-azurerm/lib/container-registry-task';
import { ContainerRegistryTaskScheduleRunNow } from '@cdktf/provider-azurerm/lib/container-registry-task-schedule-run-now';
import { Fn, Lazy, TerraformIterator } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared, isStandIn } from '../core/declared';
import type { IContainerImage } from '../workload/pod/container-image';
import { gitCommit, gitFolder, gitRepository } from './git-rules';
import { taskName } from '../azure/resource-name-rules';
import { azureNames } from '../azure/azure-names';
import { imageRepository, imageTag } from '../workload/pod/image-rules';
import { createAfter } from '../core/order/order';
import { check, checkGiven, checkLiteral, orExample } from '../core/rules/rule';
import { isKnown } from '../core/values/known';
import { claimUnique } from '../core/names/unique';
import { AcrAgentPool, type IAcrAgentPool } from './acr-agent-pool';
import type { IAcrRegistry } from './i-acr-registry';
import { isRestricted } from './registry-facts';
import { endpointsFor } from './registry-prerequisites';
import { AcrRoleAssignmentMode } from './acr-role-assignment-mode';
import { type Violation, violation, when } from '../core/problems/violation';
import { reportProblems, reportWarnings } from '../core/problems/report';

/** The files from which an image is built: a folder of a public Git repository, at one commit. */
export interface GitSource {
  /** The https address of the repository: of GitHub, Azure DevOps (".../_git/...") or any other Git server. */
  readonly repository: string;
  /** The commit: 40 hexadecimal digits, or the first of them (at least 7). */
  readonly commit: string;
  /**
   * The directory of the Dockerfile, without a "/" at either end.
   *
   * @default - the root of the repository
   */
  readonly folder?: string;
}

/** Properties of `AcrImageBuild`. */
export interface AcrImageBuildProps {
  /** The registry that builds and stores the image. */
  readonly registry: IAcrRegistry;
  /** The repository in the registry. */
  readonly repository: string;
  /**
   * The tag of the image. Use a new one for a new source: another commit with the same tag is built, but no pod is
   * replaced, and nodes that have an image with this tag do not pull it again. `cdktf-review` reports it.
   */
  readonly tag: string;
  /** The files from which the image is built. */
  readonly source: GitSource;
  /**
   * The name of the task in the registry: 5 to 50 letters, digits, "-" and "_". Changing it replaces the task.
   *
   * Two builds in one registry need two names.
   *
   * @default - "build-" and the repository, with "-" instead of other characters
   */
  readonly taskName?: string;
  /**
   * The machines that build it. A registry with restricted access needs a pool in a subnet from which it can be
   * reached.
   *
   * @default - shared machines of Azure, which can only reach registries with unrestricted access
   */
  readonly agentPool?: IAcrAgentPool;
  /**
   * Constructs that must be ready before it is built, in addition to the registry.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/**
 * An image that the registry builds itself, with a task, so that the machine that deploys needs no Docker.
 *
 * A workload that runs the image is created after the build and after the registry's grants. The build runs when the
 * image is first deployed, and again when tag or source change, or if the previous deployment stopped before its build
 * had finished.
 *
 * Free-trial and student subscriptions do not allow tasks (`TasksOperationsNotAllowed`): push the image yourself and
 * use `registry.image(...)`.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview
 *
 * @example
 * const image = new AcrImageBuild(stack, 'image', {
 *   registry,
 *   repository: 'web',
 *   tag: 'v1',
 *   source: { repository: 'https://github.com/contoso/web', commit: '1705b1791ea5ba1e2c5b5b8a3f7b1d6c0c8f4e11' },
 * });
 * new Workload(stack, 'web', { name: 'web', image, containerPort: 8080 });
 */
export class AcrImageBuild extends Construct implements IContainerImage {
  /** The reference of the image that is built. */
  public readonly reference: string;
  /** The architecture for which the registry builds it. */
  public readonly architecture?: string = 'amd64';
  private readonly registry: IAcrRegistry;
  private readonly run: ContainerRegistryTaskScheduleRunNow;

  constructor(scope: Construct, id: string, props: AcrImageBuildProps) {
    super(scope, id);
    props = declared(this, 'AcrImageBuildProps', props);
    const { registry, repository, tag, source } = props;
    const name = props.taskName ?? defaultTaskName(repository);
    reportProblems(this, () => [
      ...checkGiven(imageRepository, 'repository', repository),
      ...checkGiven(imageTag, 'tag', tag),
      ...checkGiven(gitRepository, 'source.repository', source.repository),
      ...checkGiven(gitCommit, 'source.commit', source.commit),
      ...check(gitFolder, 'source.folder', source.folder),
      ...(isKnown(repository) || isStandIn(repository)
        ? check(taskName, 'taskName', name)
        : givenTaskName(props.taskName)),
      ...registryProblems(registry),
      ...agentProblems(registry, props.agentPool),
    ]);
    claimUnique(this, 'taskName', azureNames.task(name, registry.registryName));
    reportWarnings(
      this,
      when(
        isKnown(source.commit) && source.commit.length < FULL_COMMIT,
        'abbreviated-commit',
        () => `'source.commit' "${source.commit}" is an abbreviation, which may become ambiguous: use all 40 digits`,
      ),
    );

    this.registry = registry;
    this.reference = `${registry.loginServer}/${repository}:${tag}`;
    const task = new ContainerRegistryTask(this, 'Resource', {
      name,
      containerRegistryId: registry.registryId,
      platform: { os: 'Linux', architecture: this.architecture },
      ...(props.agentPool === undefined ? {} : { agentPoolName: props.agentPool.agentPoolName }),
      encodedStep: { contextPath: contextPath(source), taskContent: taskContent(repository, tag) },
    });
    createAfter(task, () => [
      ...(props.agentPool === undefined ? [] : [props.agentPool]),
      ...(props.prerequisites ?? []),
    ]);
    this.run = new ContainerRegistryTaskScheduleRunNow(this, 'run', {
      containerRegistryTaskId: task.id,
      // The key of the run stores in the state what was built, so that the next deployment makes up for one that
      // stopped between the task and the run. A trigger applies only to the deployment in which it occurs.
      forEach: TerraformIterator.fromList([Fn.sha1(stepText(task))]),
      lifecycle: {
        // cdktf would write a construct as "${...}", which Terraform rejects, and only the step of the task matters
        replaceTriggeredBy: [
          Lazy.stringValue({ produce: () => `${task.terraformResourceType}.${task.friendlyUniqueId}.encoded_step` }),
        ],
      },
    });
  }

  /** The finished build and the registry's grants. */
  public prerequisitesFor(consumer: IConstruct): IConstruct[] {
    return [this.run, ...endpointsFor(this.registry, consumer), ...this.registry.grantsFor(consumer)];
  }
}

checkArguments(AcrImageBuild);

/** The problems of the task name if the repository, from which its default is derived, is a token. */
function givenTaskName(name: string | undefined): Violation[] {
  return name === undefined
    ? [
        violation(
          'task-name',
          "'taskName' must be given, got nothing: its default comes from 'repository', which only Terraform knows",
        ),
      ]
    : checkLiteral(taskName, 'taskName', name);
}

function registryProblems({ node, roleAssignmentMode }: IAcrRegistry): Violation[] {
  return when(
    roleAssignmentMode === AcrRoleAssignmentMode.REPOSITORIES,
    'image-build-needs-push',
    () =>
      `'registry' must allow its tasks to push, got ${node.path} with permissions by repository, where tasks are not allowed to push: build the image elsewhere` +
      ', push it, and use registry.image(...)',
  );
}

/**
 * The problem of a restricted registry without an agent pool: since June 2025, the shared machines of Azure cannot
 * reach it.
 */
function agentProblems(registry: IAcrRegistry, agentPool: IAcrAgentPool | undefined): Violation[] {
  const isOutside = agentPool === undefined || (agentPool instanceof AcrAgentPool && agentPool.subnet === undefined);
  return when(
    isRestricted(registry) && isOutside,
    'image-build-needs-agent-pool',
    () =>
      `'agentPool' must be an AcrAgentPool with a subnet that reaches ${registry.node.path}, whose public access is ` +
      `restricted, got ${agentPool === undefined ? 'none' : `${agentPool.node.path}, which has no subnet`}: make one, or ` +
      'build the image elsewhere and use registry.image(...)',
  );
}

/** Everything that a task builds from, as attributes of the task. */
function stepText({ encodedStep }: ContainerRegistryTask): string {
  return Fn.join('\n', [encodedStep.contextPath, encodedStep.taskContent]);
}

/** The number of digits of a commit. */
const FULL_COMMIT = 40;

/** An address of Azure DevOps, which may have the organization before the host, as shown on its pages. */
const AZURE_DEVOPS = /^https:\/\/(?:[^@/]+@)?((?:dev\.azure\.com|[^/]+\.visualstudio\.com)\/.*_git\/.*)$/i;

/**
 * The location of the files for the registry. It treats an address as a Git repository only if it ends with ".git" or
 * belongs to Azure DevOps.
 *
 * @see https://github.com/Azure/acr-builder/blob/main/util/url.go
 */
function contextPath({ repository, commit, folder }: GitSource): string {
  const [, devOps] = AZURE_DEVOPS.exec(repository) ?? [];
  const plain = devOps === undefined ? repository : `https://${devOps}`;
  const address = devOps !== undefined || repository.endsWith('.git') ? plain : `${plain}.git`;
  return folder === undefined ? `${address}#${commit}` : `${address}#${commit}:${folder}`;
}

/** The steps of the task, in the language of ACR tasks; "$Registry" is the registry that runs it. */
function taskContent(repository: string, tag: string): string {
  const image = `$Registry/${repository}:${tag}`;
  return `version: v1.1.0\nsteps:\n  - build: -t ${image} .\n  - push:\n      - ${image}\n`;
}

/** The longest name that a task may have. */
const MAX_TASK_NAME = 50;

function defaultTaskName(repository: string): string {
  return `build-${orExample(imageRepository, repository).replace(/[^a-zA-Z0-9_-]/g, '-')}`.slice(0, MAX_TASK_NAME);
}
