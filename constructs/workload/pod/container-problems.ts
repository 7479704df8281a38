import { type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { containerName } from '../../kubernetes/kubernetes-rules';
import { environmentProblems } from './environment';
import { imageReference } from './image-rules';
import type { OtherContainer } from './other-containers';
import { resourcesProblems } from './resources';

/**
 * The problems of the containers of a pod other than the first one.
 *
 * @param firstName The name of the first one
 */
export function containerProblems(containers: readonly OtherContainer[], firstName: string): Violation[] {
  return containers.flatMap(({ property, options: one }, index) => {
    const taken = [firstName, ...containers.slice(0, index).map(({ options }) => options.name)];
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
