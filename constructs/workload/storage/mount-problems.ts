import { type Violation, when } from '../../core/problems/violation';
import { check, checkGiven } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import { show } from '../../core/values/shown';
import { type ContainerMounts, volumesOf } from './volumes-of';
import { mountPath, subPath } from './volume-rules';

/** The names of volumes that the library adds to pods. */
const OWN_VOLUMES = ['config-files', 'writable'];

/** The problems of the mounts of the containers of a pod. */
export function mountProblems(containers: readonly ContainerMounts[]): Violation[] {
  return [...containers.flatMap(pathProblems), ...volumeProblems(containers)];
}

/** The warnings for the mounts of the containers of a pod. */
export function mountWarnings(containers: readonly ContainerMounts[]): Violation[] {
  return [
    ...volumesOf(containers).flatMap(({ property, volume }) => volume._warnings(property)),
    ...containers.flatMap(writableHostWarnings),
  ];
}

/** The warnings for writable mounts of files of a node, which an attacker in the container could change. */
function writableHostWarnings({ property, mounts }: ContainerMounts): Violation[] {
  return mounts.flatMap(({ volume, mountPath, readOnly }, index) =>
    when(
      volume._hasHostFiles && readOnly !== true,
      'host-path-read-only',
      () =>
        `'${property}[${index}].readOnly' is not true for files of the node, mounted at ${show(mountPath)}: an attacker in the container can modify the node. Set it to true if the container only reads them`,
    ),
  );
}

function pathProblems({ property, mounts, otherPaths }: ContainerMounts): Violation[] {
  return mounts.flatMap((mount, index) => {
    const taken = [...otherPaths, ...mounts.slice(0, index).map((one) => one.mountPath)];
    return [
      ...checkGiven(mountPath, `${property}[${index}].mountPath`, mount.mountPath),
      ...check(subPath, `${property}[${index}].subPath`, mount.subPath),
      ...when(
        isText(mount.mountPath) && taken.includes(mount.mountPath),
        'mount-path-unique',
        () =>
          `'${property}[${index}].mountPath' must be unique in the container, got ${show(mount.mountPath)} again: ` +
          'use another one',
      ),
    ];
  });
}

/** The problems of the volumes, each at its first mount. */
function volumeProblems(containers: readonly ContainerMounts[]): Violation[] {
  const volumes = volumesOf(containers);
  const own = [...OWN_VOLUMES, ...containers.flatMap(({ otherVolumes }) => otherVolumes)];
  return volumes.flatMap(({ property, volume }, index) => {
    const taken = [...own, ...volumes.slice(0, index).map((one) => one.volume._name)];
    return [
      ...volume._problems(property),
      ...when(
        isText(volume._name) && taken.includes(volume._name),
        'volume-name-unique',
        () =>
          `'${property}.name' must differ from every other volume of the pod, got ${show(volume._name)} again: ` +
          'use one Volume for all containers that share it, or choose another name',
      ),
    ];
  });
}
