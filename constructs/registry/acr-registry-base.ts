import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments } from '../core/declared';
import { nearest } from '../core/order/order';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { type Violation, violation } from '../core/problems/violation';
import { checkGiven } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { assignmentsOn, assignRole } from '../identity/assign-role';
import { Grant } from '../identity/grant';
import type { IImagePuller } from '../identity/grants';
import { ContainerImage, type IContainerImage } from '../workload/pod/container-image';
import { imageDigest, imageRepository, imageTag } from '../workload/pod/image-rules';
import { AcrRoleAssignmentMode, REPOSITORY_READER } from './acr-role-assignment-mode';
import type { IAcrRegistry } from './i-acr-registry';

/** The behavior that created and existing registries share. */
export abstract class AcrRegistryBase extends Construct implements IAcrRegistry {
  public abstract readonly registryId: string;
  public abstract readonly registryName: string;
  public abstract readonly loginServer: string;
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

  public grantPull(puller: IImagePuller): Grant {
    const grantee = puller.imagePuller;
    const id = `pull-${this.nameFor(grantee)}`;
    const isByRepository = this.roleAssignmentMode === AcrRoleAssignmentMode.REPOSITORIES;
    const assignment = isByRepository
      ? assignRole(grantee, id, grantee.grantPrincipal, REPOSITORY_READER, this.registryId)
      : assignRole(grantee, id, grantee.grantPrincipal, 'AcrPull', this.registryId);
    this.grants.add(assignment);
    return Grant._of(grantee, assignment);
  }

  public grantsFor(consumer: IConstruct): IConstruct[] {
    // also those that were made through another construct for the same registry
    const grants = [...new Set([...this.grants, ...assignmentsOn(this.registryId, consumer)])];
    if (grants.length === 0) {
      this.unserved.add(consumer);
    }
    const stack = TerraformStack.of(consumer);
    // a stack that grants on a registry of this one comes after this one
    const isBefore = (grant: IConstruct): boolean =>
      TerraformStack.of(grant) === stack || TerraformStack.of(this) !== stack;
    return nearest(consumer, grants).filter(isBefore);
  }

  /**
   * Warns of those who run images of a registry that nobody may pull from. Asked last, when all grants are made.
   *
   * @internal
   */
  protected _warnOfMissingGrants(): void {
    for (const { node } of this.unserved) {
      reportWarnings(this, [
        violation(
          'pull-not-granted',
          `${node.path} runs an image of this registry, and no cluster of this program may pull from it: ` +
            "unless the role is given elsewhere, call 'grantPull(cluster)'",
        ),
      ]);
    }
  }

  private imageAt(path: string): IContainerImage {
    return ContainerImage._after(`${this.loginServer}/${path}`, (consumer) => this.grantsFor(consumer));
  }

  /** What tells registries apart in the eyes of a grantee: the path in its own stack, or with the other stack's id. */
  private nameFor(grantee: IConstruct): string {
    const stack = TerraformStack.of(this);
    const isOwn = stack === TerraformStack.of(grantee);
    const scopes = this.node.scopes.slice(this.node.scopes.indexOf(stack) + (isOwn ? 1 : 0));
    return scopes.map(({ node }) => node.id).join('-');
  }
}

checkArguments(AcrRegistryBase, 'IAcrRegistry');

/** What is wrong with the arguments of a call, of which a program has many. */
function inCall(call: string, violations: readonly Violation[]): Violation[] {
  return violations.map((one) => ({ ...one, message: `${call}: ${one.message}` }));
}
