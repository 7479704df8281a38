import type { IConstruct } from 'constructs';
import { checkArguments } from '../../core/declared';

/** An image for containers, with the constructs on which a pull depends. */
export interface IContainerImage {
  /** The reference in the manifest: registry, repository, and tag or digest. */
  readonly reference: string;
  /** The architecture for which it is built, "amd64" or "arm64"; undefined if it is not known or there are several. */
  readonly architecture?: string;
  /**
   * The constructs that must exist before a node can pull the image, such as grants and a build.
   *
   * @param consumer The workload that runs the image. The result is complete only when the program is, at synthesis
   */
  prerequisitesFor(consumer: IConstruct): IConstruct[];
}

/**
 * An image by its reference.
 *
 * For an image in your own registry, use `registry.image(...)`, and for one that the registry builds, use
 * `AcrImageBuild`: workloads then wait for the grant and for the build.
 *
 * @example
 * new Workload(stack, 'cache', { name: 'cache', image: ContainerImage.fromReference('redis:7.2'), containerPort: 6379 });
 */
export class ContainerImage implements IContainerImage {
  /**
   * An image that nodes can pull without a grant of this program.
   *
   * The workload that runs it reports a malformed reference, and warns about one without a tag or with the tag
   * "latest".
   *
   * @param reference Such as "redis:7.2" or "ghcr.io/owner/name@sha256:..."
   */
  public static fromReference(reference: string): ContainerImage {
    return new ContainerImage(reference, () => []);
  }

  /**
   * An image that can be pulled after other constructs exist.
   *
   * @internal
   */
  public static _after(reference: string, findPrerequisites: (consumer: IConstruct) => IConstruct[]): ContainerImage {
    return new ContainerImage(reference, findPrerequisites);
  }

  private constructor(
    public readonly reference: string,
    private readonly findPrerequisites: (consumer: IConstruct) => IConstruct[],
  ) {}

  public prerequisitesFor(consumer: IConstruct): IConstruct[] {
    return this.findPrerequisites(consumer);
  }
}

checkArguments(ContainerImage);
