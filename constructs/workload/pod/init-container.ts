import { environmentProblems } from './environment';
import { imageReference } from './image-rules';
import { containerName } from '../../kubernetes/kubernetes-rules';
import { emptyProblems } from '../../core/rules/restriction';
import { check } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import type { IContainerImage } from './container-image';
import type { EnvValue } from './env-value';
import type { PodSecurity } from './pod-security';
import { type ContainerResources, resourcesProblems } from './resources';
import { type Violation, violation } from '../../core/problems/violation';

/** A container that runs to completion before the container of the pod starts, such as a migration or a wait. */
export interface InitContainer {
  /** Its name: 1 to 63 lower-case letters, digits and "-", unlike that of any other container of the pod. */
  readonly name: string;
  /** The image that it runs. */
  readonly image: IContainerImage;
  /**
   * The command of the container.
   *
   * @default - the command of the image
   */
  readonly command?: string[];
  /**
   * Its environment variables.
   *
   * @default - none
   */
  readonly environment?: { readonly [name: string]: EnvValue };
  /**
   * The CPU and memory that it requests, and its limits.
   *
   * @default - no requests and no limits
   */
  readonly resources?: ContainerResources;
  /**
   * The rights of the container.
   *
   * @default - the rights of the workload's container
   */
  readonly security?: PodSecurity;
}

export function initContainerProblems(containers: readonly InitContainer[], mainContainer: string): Violation[] {
  return containers.flatMap((one, index) => {
    const property = `initContainers[${index}]`;
    const taken = [mainContainer, ...containers.slice(0, index).map(({ name }) => name)];
    return [
      ...check(containerName, `${property}.name`, one.name),
      ...(taken.includes(one.name)
        ? [
            violation(
              'container-name-unique',
              `'${property}.name' must be unlike that of every other container of the pod, got ${show(one.name)} again`,
            ),
          ]
        : []),
      ...check(imageReference, `${property}.image`, one.image.reference),
      ...emptyProblems(`${property}.command`, one.command, 'word', "leave it out for the image's own"),
      ...environmentProblems(`${property}.environment`, one.environment ?? {}),
      ...resourcesProblems(`${property}.resources`, one.resources ?? {}),
      ...(one.security?._problems(`${property}.security`) ?? []),
    ];
  });
}
