import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { checkArguments } from '../core/declared';
import { addAspect } from '../core/order/aspects-above';
import { reportProblems, reportWarningsLate } from '../core/problems/report';
import { type Violation, violation, when } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkEachLiteral, checkLiteral, isUnknownList } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { ignoreTags } from './ignored-tags';
import { MAX_TAGS, taggedType, tagName, tagPriority, tagValue } from './tag-rules';
import {
  ADD_PRIORITY,
  applyTags,
  countTags,
  isFor,
  outermostScope,
  rememberChange,
  REMOVE_PRIORITY,
  type TagChange,
  type TagOptions,
} from './tag-changes';
import { taggablesOf } from './tagged-resource';

/**
 * The Azure tags of all resources at and below a construct, of this library and others, also of those that are added later.
 *
 * Resources that do not support tags in Azure are skipped: subnets, role assignments, Kubernetes objects. A cluster
 * hands its tags on to the load balancer, the addresses and the identities that Azure creates for it, and a pool hands
 * its tags on to its nodes and their disks. Names are compared case-insensitively, as Azure does. Tags are visible to
 * everyone who can see the resource, and in bills: never put a secret there.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
 * @see https://learn.microsoft.com/azure/aks/use-tags
 *
 * @example
 * Tags.of(app).add('costCenter', '4711');
 * Tags.of(stack).add('team', 'web', { excludeResourceTypes: ['azurerm_container_registry'] });
 * Tags.of(app).ignore('createdBy');
 */
export class Tags {
  /**
   * The tags of a construct and everything below it: an app, a stack, a cluster.
   *
   * @alias tags
   */
  public static of(scope: IConstruct): Tags {
    return new Tags(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * The construct that reports mistakes in calls.
   *
   * @internal
   */
  public get _reportsAt(): IConstruct {
    return this.scope;
  }

  /**
   * Adds a tag.
   *
   * @param name The name of the tag: 1 to 512 bytes without control characters and <, >, %, &, \, ?, /
   * @param value The value of the tag: at most 256 bytes
   */
  public add(name: string, value: string, options: TagOptions = {}): void {
    const problems = check(tagValue, `value of the tag ${show(name)}`, value);
    this.change({ name, value, priority: options.priority ?? ADD_PRIORITY, options }, problems);
  }

  /**
   * Removes a tag that was added at a higher level, or that is set in the arguments of the resources.
   *
   * @param name The name of the tag
   */
  public remove(name: string, options: TagOptions = {}): void {
    this.change({ name, priority: options.priority ?? REMOVE_PRIORITY, options }, []);
  }

  /**
   * Leaves a tag as others, such as Azure Policy, set it: otherwise each deployment removes it again.
   *
   * @param name The name of the tag, in the spelling that it has in Azure
   */
  public ignore(name: string): void {
    const problems = checkLiteral(tagName, 'name', name);
    reportProblems(this.scope, () => problems);
    if (problems.length === 0) {
      addAspect(this.scope, { visit: (node) => visitTagged(node, (resource) => ignoreTags(resource, name)) });
    }
  }

  private change(change: TagChange, problems: Violation[]): void {
    const { name, options, priority } = change;
    const all = [
      ...checkLiteral(tagName, 'name', name),
      ...problems,
      ...checkLiteral(tagPriority, 'priority', priority),
      ...emptyProblems('includeResourceTypes', options.includeResourceTypes, 'type', 'leave it out for all types'),
      ...typeProblems('includeResourceTypes', options.includeResourceTypes),
      ...typeProblems('excludeResourceTypes', options.excludeResourceTypes),
    ];
    reportProblems(this.scope, () => all);
    if (all.length > 0) {
      return;
    }
    if (rememberChange(this.scope, change)) {
      addAspect(this.scope, { visit: (node) => visitTagged(node, applyTags) });
      reportProblems(this.scope, () => this.tooMany());
    }
    reportWarningsLate(this.scope, () => [...reservedPrefix(change), ...this.unused(change)]);
  }

  /** The resources with more tags than Azure allows, reported where the outermost of the tags is added. */
  private tooMany(): Violation[] {
    return this.taggedBelow()
      .filter((resource) => outermostScope(resource) === this.scope)
      .flatMap((resource) => {
        const count = countTags(resource);
        return when(
          count > MAX_TAGS,
          'tag-count',
          () =>
            `${resource.node.path} must have at most ${MAX_TAGS} tags, got ${count}: combine several values in one tag, or exclude some with 'excludeResourceTypes'`,
        );
      });
  }

  /** The warning for a tag that no resource gets. */
  private unused({ name, value, options }: TagChange): Violation[] {
    return when(
      value !== undefined && !this.taggedBelow().some((resource) => isFor(resource, options)),
      'tag-without-resource',
      () =>
        `the tag ${show(name)} applies to no resource: none of the resources here supports Azure tags` +
        `${options.includeResourceTypes === undefined && options.excludeResourceTypes === undefined ? '' : ' and is of these types'}. ` +
        'Add it to a construct above the resources, such as the stack',
    );
  }

  private taggedBelow(): TerraformResource[] {
    return this.scope.node
      .findAll()
      .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
      .filter((one) => taggablesOf(one).length > 0);
  }
}

checkArguments(Tags);

/** The problems of a list of types, which is needed when the program runs. */
function typeProblems(property: string, types: readonly string[] = []): Violation[] {
  if (isUnknownList(types)) {
    return [violation(taggedType.id, `'${property}' must be known when the program runs: give a literal list`)];
  }
  return checkEachLiteral(taggedType, property, types);
}

function visitTagged(node: IConstruct, visit: (resource: TerraformResource) => void): void {
  if (TerraformResource.isTerraformResource(node)) {
    visit(node);
  }
}

/**
 * The warning for a name that Azure reserves: it is rejected as a predefined tag, and by some services everywhere.
 *
 * @see https://learn.microsoft.com/rest/api/resources/tags/create-or-update
 */
function reservedPrefix({ name }: TagChange): Violation[] {
  return when(
    /^(microsoft|azure|windows)/i.test(name),
    'tag-name-prefix',
    () =>
      `the name of the tag ${show(name)} begins with "microsoft", "azure" or "windows", which is reserved by Azure: rename it`,
  );
}
