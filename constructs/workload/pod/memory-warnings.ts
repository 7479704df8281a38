import { type Violation, when } from '../../core/problems/violation';
import { isKnown, itemsOf } from '../../core/values/known';
import { sizeLimitMebibytes } from '../storage/volume-rules';
import type { ContainerOptions } from './container-options';
import * as podRules from './pod-rules';
import { isAbove } from '../../kubernetes/quantity';

/**
 * The warnings for directories in memory that are not smaller than the memory limit of a container, which would be
 * killed before the directory is full.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export function memoryDirectoryWarnings(
  prefix: string,
  { volumes, resources }: Pick<ContainerOptions, 'volumes' | 'resources'>,
): Violation[] {
  const limit = resources?.memoryLimit?.quantity;
  if (!isKnown(limit) || !podRules.memoryQuantity.holds(limit)) {
    return [];
  }
  return itemsOf(volumes).flatMap(({ volume, readOnly }, index) => {
    const size = volume._memoryMebibytes;
    return when(
      readOnly !== true && isKnown(size) && sizeLimitMebibytes.holds(size) && !isAbove(limit, `${size}Mi`),
      'memory-directory-within-limit',
      () =>
        `'${prefix}volumes[${index}].volume.sizeLimitMebibytes' is ${size}, and '${prefix}resources.memoryLimit' is ${limit}: the directory counts as memory of the container, which is killed before the directory is full. Lower it, or raise the limit`,
    );
  });
}
