import { createHash } from 'node:crypto';
import { linuxNodePoolName } from './node-pool-rules';
import type { IConstruct } from 'constructs';
import { azureNames } from '../../azure/azure-names';
import { check, orExample } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { claimUnique } from '../../core/names/unique';

/** The longest name of a Linux pool. */
const MAX_NAME = 12;
const ENDING = 'tmp';

/**
 * The name that a pool has while its nodes are replaced.
 *
 * It is derived from the name of the pool, so that every run gives the same and two pools can be replaced at once.
 */
export function rotationName(poolName: string): string {
  if (!isKnown(poolName)) {
    return 'temporary';
  }
  const name = orExample(linuxNodePoolName, poolName);
  if (name.length + ENDING.length <= MAX_NAME) {
    return name + ENDING;
  }
  const digits = createHash('sha256').update(name).digest('hex');
  return ENDING + digits.slice(0, MAX_NAME - ENDING.length);
}

/** Claims the name of a pool in its cluster, and the name that it has while its nodes are replaced. */
export function claimPoolNames(scope: IConstruct, property: string, poolName: string, clusterId: string): void {
  const isSound = isKnown(poolName) && check(linuxNodePoolName, property, poolName).length === 0;
  claimUnique(
    scope,
    property,
    azureNames.nodePool(poolName, clusterId),
    ...(isSound
      ? [{ ...azureNames.nodePool(rotationName(poolName), clusterId), when: 'while its nodes are replaced' }]
      : []),
  );
}
