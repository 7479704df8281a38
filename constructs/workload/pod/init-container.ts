import { environmentProblems } from './environment';
import { imageReference } from './image-rules';
import { containerName } from '../../kubernetes/kubernetes-rules';
import { emptyProblems } from '../../core/rules/restriction';
import { check } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import type { ContainerOptions } from './container-options';
import { resourcesProblems } from './resources';
import { type Violation, when } from '../../core/problems/violation';

/** A container that runs to completion before the container of the pod starts, such as a migration or a wait. */
export interface InitContainer extends ContainerOptions {
  /** Its name: 1 to 63 lower-case letters, digits and "-", different from those of the other containers of the pod. */
  readonly name: string;
}

export function initContainerProblems(containers: readonly InitContainer[], mainContainer: string): Violation[] {
  return containers.flatMap((one, index) => {
    const property = `initContainers[${index}]`;
    const taken = [mainContainer, ...containers.slice(0, index).map(({ name }) => name)];
    return [
      ...check(containerName, `${property}.name`, one.name),
      ...when(
        taken.includes(one.name),
        'container-name-unique',
        () =>
          `'${property}.name' must differ from the names of the other containers of the pod, got ${show(one.name)} again`,
      ),
      ...check(imageReference, `${property}.image`, one.image.reference),
      ...emptyProblems(`${property}.command`, one.command, 'word', "leave it out for the image's own"),
      ...environmentProblems(`${property}.environment`, one.environment ?? {}),
      ...resourcesProblems(`${property}.resources`, one.resources ?? {}),
      ...(one.security?._problems(`${property}.security`) ?? []),
    ];
  });
}
