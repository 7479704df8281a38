import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, isStandIn } from '../core/declared';
import { askForOrder, nearest } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { type Violation, violation } from '../core/problems/violation';
import { checkGiven, checkLiteral, orExample } from '../core/rules/rule';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import { assignmentsOn, assignRole } from '../identity/assign-role';
import { Grant } from '../identity/grant';
import type { IGrantable, IImagePuller } from '../identity/grants';
import { ContainerImage, type IContainerImage } from '../workload/pod/container-image';
import { imageDigest, imageRepository, imageTag } from '../workload/pod/image-rules';
import { AcrRoleAssignmentMode, PULL, PUSH, type RegistryRole } from './acr-role-assignment-mode';
import { wholeRepository } from './cache-rule-names';
import { cacheRuleFor } from './cached-repository';
import type { IAcrRegistry } from './i-acr-registry';
import { comesFirst, endpointsFor } from './registry-prerequisites';
import { upstreamRepository } from './upstream-rules';

/** The behavior that created and existing registries share. */
export abstract class AcrRegistryBase extends Construct implements IAcrRegistry {
  public abstract readonly registryId: string;
  public abstract readonly registryName: string;
  public abstract readonly loginServer: string;
  public abstract readonly resourceGroupName: string;
  public abstract readonly location?: string;
  public abstract readonly roleAssignmentMode: AcrRoleAssignmentMode;
  private readonly grants = new Set<RoleAssignment>();
  private readonly unserved = new Set<IConstruct>();

  public image(repository: string, tag: string): IContainerImage {
    reportProblems(this, () =>
      inCall(`image(${show(repository)}, ${show(tag)})`, [
        ...checkGiven(imageRepository, 'repository', repository),
        ...checkGiven(imageTag, 'tag', tag),
      ]),
    );
    return this.imageAt(`${repository}:${tag}`);
  }

  public imageByDigest(repository: string, digest: string): IContainerImage {
    reportProblems(this, () =>
      inCall(`imageByDigest(${show(repository)}, ${show(digest)})`, [
        ...checkGiven(imageRepository, 'repository', repository),
        ...checkGiven(imageDigest, 'digest', digest),
      ]),
    );
    return this.imageAt(`${repository}@${digest}`);
  }

  public cached(upstream: string, tag: string): IContainerImage {
    return this.cachedAt(upstream, `:${tag}`, `cached(${show(upstream)}, ${show(tag)})`, () =>
      checkGiven(imageTag, 'tag', tag),
    );
  }

  public cachedByDigest(upstream: string, digest: string): IContainerImage {
    return this.cachedAt(upstream, `@${digest}`, `cachedByDigest(${show(upstream)}, ${show(digest)})`, () =>
      checkGiven(imageDigest, 'digest', digest),
    );
  }

  public grantPull(puller: IImagePuller): Grant {
    const assignment = this.assign(puller.imagePuller, 'pull', PULL);
    this.grants.add(assignment);
    return Grant._of(puller.imagePuller, assignment);
  }

  public grantPush(pusher: IGrantable): Grant {
    return Grant._of(pusher, this.assign(pusher, 'push', PUSH));
  }

  public grantsFor(consumer: IConstruct): IConstruct[] {
    // including those that were created through another construct for the same registry
    const grants = [...new Set([...this.grants, ...assignmentsOn(this.registryId, this.nameOf(PULL), consumer)])];
    if (grants.length === 0) {
      this.unserved.add(consumer);
    }
    return nearest(consumer, grants).filter((grant) => comesFirst(this, consumer, grant));
  }

  /**
   * The warnings for consumers of images of this registry that no cluster may pull.
   *
   * @internal
   */
  protected _missingGrants(): Violation[] {
    if (this.grants.size > 0) {
      return [];
    }
    // a grant may have been created after a consumer asked for it
    this.unserved.clear();
    askForOrder(this.node.root);
    return [...this.unserved].map(({ node }) =>
      violation(
        'pull-not-granted',
        `${node.path} runs an image of this registry, but no cluster of this program can pull from it: unless the role is assigned elsewhere, call` +
          " 'grantPull(cluster)'",
      ),
    );
  }

  private assign(grantee: IGrantable, id: string, role: RegistryRole): RoleAssignment {
    return assignRole(
      grantee,
      `${id}-${this.nameFor(grantee)}`,
      grantee.grantPrincipal,
      this.nameOf(role),
      this.registryId,
    );
  }

  private nameOf({ ofRegistry, ofRepositories }: RegistryRole): string {
    return this.roleAssignmentMode === AcrRoleAssignmentMode.REPOSITORIES ? ofRepositories : ofRegistry;
  }

  private cachedAt(upstream: string, version: string, call: string, check: () => Violation[]): IContainerImage {
    reportProblems(this, () => inCall(call, [...checkLiteral(upstreamRepository, 'upstream', upstream), ...check()]));
    if (!isText(upstream) || isStandIn(upstream) || !upstreamRepository.holds(upstream)) {
      return this.imageAt(`${orExample(upstreamRepository, upstream)}${version}`);
    }
    const repository = wholeRepository(upstream);
    return this.imageAt(`${repository}${version}`, cacheRuleFor(this, repository));
  }

  private imageAt(path: string, ...before: IConstruct[]): IContainerImage {
    return ContainerImage._after(`${this.loginServer}/${path}`, (consumer) => [
      ...before,
      ...endpointsFor(this, consumer),
      ...this.grantsFor(consumer),
    ]);
  }

  /** A name that distinguishes registries for a grantee: the path in its own stack, or with the other stack's id. */
  private nameFor(grantee: IConstruct): string {
    const stack = TerraformStack.of(this);
    const isOwn = stack === TerraformStack.of(grantee);
    const scopes = this.node.scopes.slice(this.node.scopes.indexOf(stack) + (isOwn ? 1 : 0));
    return scopes.map(({ node }) => node.id).join('-');
  }
}

checkArguments(AcrRegistryBase, 'IAcrRegistry');

/** Violations with the call in their messages, since a program may have many such calls. */
function inCall(call: string, violations: readonly Violation[]): Violation[] {
  return violations.map((one) => ({ ...one, message: `${call}: ${one.message}` }));
}
