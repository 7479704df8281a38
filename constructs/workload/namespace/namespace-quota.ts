import type { ResourceQuotaV1Spec } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { Fn, Token } from 'cdktf';
import { numberText } from '../../core/values/number-text';
import { type Violation } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkGiven } from '../../core/rules/rule';
import type { Cpu, Memory } from '../pod/resources';
import * as podRules from '../pod/pod-rules';
import * as rules from './namespace-rules';

/** Limits for the sum of all objects of a namespace. */
export interface NamespaceQuota {
  /**
   * The maximum sum of the CPU requests of all containers, such as `Cpu.cores(4)`. Every container must then have one.
   *
   * @default - no limit
   */
  readonly cpuRequest?: Cpu;
  /**
   * The maximum sum of the CPU limits of all containers, such as `Cpu.cores(8)`. Every container must then have one.
   *
   * @default - no limit
   */
  readonly cpuLimit?: Cpu;
  /**
   * The maximum sum of the memory requests of all containers, such as `Memory.gibibytes(8)`. Every container must then
   * have one.
   *
   * @default - no limit
   */
  readonly memoryRequest?: Memory;
  /**
   * The maximum sum of the memory limits of all containers, such as `Memory.gibibytes(16)`. Every container must then
   * have one.
   *
   * @default - no limit
   */
  readonly memoryLimit?: Memory;
  /**
   * The maximum number of pods that have not terminated, 0 or more.
   *
   * @default - no limit
   */
  readonly pods?: number;
  /**
   * The maximum number of Services of type LoadBalancer, 0 or more: each has an address in Azure.
   *
   * @default - no limit
   */
  readonly loadBalancers?: number;
  /**
   * The maximum number of ports on every node, 0 or more: one for each port of a Service of type NodePort or LoadBalancer.
   *
   * @default - no limit
   */
  readonly nodePorts?: number;
  /**
   * The maximum number of volume claims, 0 or more.
   *
   * @default - no limit
   */
  readonly persistentVolumeClaims?: number;
  /**
   * The maximum sum of the requests of all volume claims, in GiB.
   *
   * @default - no limit
   */
  readonly storageGibibytes?: number;
  /**
   * Other resources by their names, with the maximum sum as a quantity, such as { "count/jobs.batch": "20" }.
   *
   * @default - none
   */
  readonly otherResources?: { readonly [name: string]: string };
}

/** The specification of the quota. */
export function renderQuota(quota: NamespaceQuota): ResourceQuotaV1Spec {
  const hard: { [name: string]: string | undefined } = {
    'requests.cpu': quota.cpuRequest?.quantity,
    'limits.cpu': quota.cpuLimit?.quantity,
    'requests.memory': quota.memoryRequest?.quantity,
    'limits.memory': quota.memoryLimit?.quantity,
    pods: text(quota.pods),
    'services.loadbalancers': text(quota.loadBalancers),
    'services.nodeports': text(quota.nodePorts),
    persistentvolumeclaims: text(quota.persistentVolumeClaims),
    'requests.storage': quota.storageGibibytes === undefined ? undefined : `${numberText(quota.storageGibibytes)}Gi`,
  };
  const given = Object.entries(hard).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { hard: withOthers(Object.fromEntries(given), quota.otherResources) };
}

function withOthers(
  hard: { [name: string]: string },
  others: { readonly [name: string]: string } = {},
): { [name: string]: string } {
  return Token.isUnresolved(others) ? Token.asStringMap(Fn.merge([hard, others])) : { ...hard, ...others };
}

export function quotaProblems(property: string, quota: NamespaceQuota | undefined): Violation[] {
  if (quota === undefined) {
    return [];
  }
  return [
    ...emptyProblems(property, { ...quota }, 'limit', 'leave it out for no quota'),
    ...check(podRules.quantity, `${property}.cpuRequest`, quota.cpuRequest?.quantity),
    ...check(podRules.quantity, `${property}.cpuLimit`, quota.cpuLimit?.quantity),
    ...check(podRules.memoryQuantity, `${property}.memoryRequest`, quota.memoryRequest?.quantity),
    ...check(podRules.memoryQuantity, `${property}.memoryLimit`, quota.memoryLimit?.quantity),
    ...check(rules.objectCount, `${property}.pods`, quota.pods),
    ...check(rules.objectCount, `${property}.loadBalancers`, quota.loadBalancers),
    ...check(rules.objectCount, `${property}.nodePorts`, quota.nodePorts),
    ...check(rules.objectCount, `${property}.persistentVolumeClaims`, quota.persistentVolumeClaims),
    ...check(rules.objectCount, `${property}.storageGibibytes`, quota.storageGibibytes),
    ...emptyProblems(`${property}.otherResources`, quota.otherResources, 'resource', 'leave it out'),
    ...otherProblems(`${property}.otherResources`, quota.otherResources),
  ];
}

function otherProblems(property: string, others: { readonly [name: string]: string } = {}): Violation[] {
  if (Token.isUnresolved(others)) {
    return [];
  }
  return Object.entries(others).flatMap(([name, quantity]) => [
    ...checkGiven(rules.quotaResource, property, name),
    ...checkGiven(podRules.quantity, `${property}.${name}`, quantity),
  ]);
}

function text(count: number | undefined): string | undefined {
  return count === undefined ? undefined : numberText(count);
}
