import { type IConstruct } from 'constructs';
import { type IContainerImage } from '../workload/pod/container-image';
import { AcrRoleAssignmentMode } from './acr-role-assignment-mode';
import type { IGrantable, IImagePuller } from '../identity/grants';
import { Grant } from '../identity/grant';

/** A container registry, created here or elsewhere. */
export interface IAcrRegistry extends IConstruct {
  /** The Azure resource id of the registry. */
  readonly registryId: string;
  /** The name of the registry. */
  readonly registryName: string;
  /** The host from which images are pulled, such as "jminnacr.azurecr.io". */
  readonly loginServer: string;
  /** The name of the resource group of the registry. */
  readonly resourceGroupName: string;
  /** The region of the registry; undefined if it is not known. */
  readonly location?: string;
  /** The scope of the roles on the registry. */
  readonly roleAssignmentMode: AcrRoleAssignmentMode;
  /**
   * An image in this registry. A workload that runs it is created after the grants on the registry.
   *
   * @param repository The repository in the registry, such as "team/app"
   * @param tag The tag of the image; a workload warns about "latest"
   */
  image(repository: string, tag: string): IContainerImage;

  /**
   * An image in this registry, by its digest, which does not change when tags are moved.
   *
   * @param repository The repository in the registry, such as "team/app"
   * @param digest The digest, such as "sha256:..."
   */
  imageByDigest(repository: string, digest: string): IContainerImage;

  /**
   * An image of another registry that this one caches: it is pulled from there once, and from here afterwards, with the
   * same name below the host of this registry. A workload that runs it is created after the rule that caches its
   * repository, and after the grants on this registry. The rule is created once for a repository.
   *
   * Docker Hub requires `AcrUpstreamCredentials`, for which a free account is enough; so do private images of ghcr.io,
   * quay.io, gcr.io and registry.k8s.io. A tag that moves there does not move here.
   *
   * @see https://learn.microsoft.com/azure/container-registry/artifact-cache-overview
   *
   * @param upstream The repository with its registry, such as "docker.io/library/redis": of docker.io, mcr.microsoft.com,
   * public.ecr.aws, ghcr.io, quay.io, registry.k8s.io, gcr.io, or "<region>-docker.pkg.dev"
   * @param tag The tag of the image
   */
  cached(upstream: string, tag: string): IContainerImage;

  /**
   * Like `cached`, for an image by its digest.
   *
   * @param upstream The repository with its registry, such as "ghcr.io/owner/name"
   * @param digest The digest, such as "sha256:..."
   */
  cachedByDigest(upstream: string, digest: string): IContainerImage;

  /**
   * Lets a cluster pull images: AcrPull on this registry for the identity with which its nodes pull, or, for a registry
   * with permissions by repository, Container Registry Repository Reader.
   *
   * The role assignment belongs to the cluster's stack, so that a registry can serve clusters of many stacks.
   *
   * @param puller The cluster; granting it again, or through another construct for the registry, has no effect
   * @alias attachAcr, acr, imagePullSecrets
   */
  grantPull(puller: IImagePuller): Grant;

  /**
   * Lets a program or people push images, and pull them: AcrPush on this registry, or, for a registry with permissions
   * by repository, Container Registry Repository Writer.
   *
   * @param pusher The principal, such as the identity of a build pipeline; granting it again has no effect
   */
  grantPush(pusher: IGrantable): Grant;

  /**
   * The grants for a consumer of images: those of its own stack or, if there are none, all.
   *
   * @param consumer The workload. The result is complete only when the program is, at synthesis
   */
  grantsFor(consumer: IConstruct): IConstruct[];
}
