import { type Violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { isAbove } from '../kubernetes/quantity';
import { orderProblems } from '../workload/namespace/container-limits';
import * as pods from '../workload/pod/pod-rules';
import { type Fields, isFields, isNothing, missingField } from './object-reader';
import { objectsOf } from './pod-templates';

/** The problems of the requests and limits of a container or a claim. */
export function requestProblems(property: string, resources: unknown): Violation[] {
  const { requests, limits } = isFields(resources) ? resources : {};
  return [
    ...amountsOf(requests).flatMap(([name, request]) => {
      const limit = amountsOf(limits).find(([other]) => other === name)?.[1];
      return when(
        limit !== undefined && isAbove(request, limit),
        'request-within-limit',
        () =>
          `'${property}.requests.${name}' must not be greater than '${property}.limits.${name}' (${show(limit)}), got ${show(request)}`,
      );
    }),
    ...deviceProblems(property, requests, limits),
  ];
}

/**
 * The problems of devices and huge pages, which are not shared: the limit must be a whole number and equal the request.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/extended-resource/
 */
function deviceProblems(property: string, requests: unknown, limits: unknown): Violation[] {
  const given = Object.fromEntries(amountsOf(limits));
  return amountsOf(requests)
    .concat(amountsOf(limits))
    .filter(([name], index, all) => isOwned(name) && all.findIndex(([other]) => other === name) === index)
    .flatMap(([name, amount]) => [
      ...when(
        isDevice(name) && !/^\+?\d+([kMGTPE]i?)?$/.test(amount),
        'device-whole',
        () =>
          `'${property}.limits.${name}' must be a whole number, got ${show(amount)}: a container cannot have part of a device`,
      ),
      ...when(
        given[name] === undefined || isAbove(given[name], amount),
        'device-limit',
        () =>
          `'${property}.limits.${name}' must equal its request, since devices are not shared, got ` +
          `${given[name] === undefined ? 'none' : show(given[name])} for ${show(amount)}`,
      ),
    ]);
}

function isDevice(name: string): boolean {
  return name.includes('/') && !/kubernetes\.io\//.test(name);
}

function isOwned(name: string): boolean {
  return isDevice(name) || name.startsWith('hugepages-');
}

/** The problems of the size of a claim. */
export function claimProblems(property: string, spec: unknown): Violation[] {
  const { resources } = isFields(spec) ? spec : {};
  const { requests } = isFields(resources) ? resources : {};
  return [
    ...(isFields(resources) && (!isFields(requests) || isNothing(requests.storage))
      ? [missingField(`${property}.resources.requests`, 'storage')]
      : []),
    ...requestProblems(`${property}.resources`, resources),
  ];
}

/** The problems of a claim, or of the claims that an object creates for its pods. */
export function claimsOfObjectProblems(kind: string, { spec }: Fields): Violation[] {
  if (kind === 'PersistentVolumeClaim') {
    return isFields(spec) ? claimProblems('spec', spec) : [];
  }
  return kind === 'StatefulSet' && isFields(spec)
    ? objectsOf(spec.volumeClaimTemplates).flatMap((template, index) =>
        claimProblems(`spec.volumeClaimTemplates[${index}].spec`, template.spec),
      )
    : [];
}

const IN_ORDER = ['min', 'defaultRequest', 'default', 'max'];

/** The problems of the amounts of a limit range, each of which must not be greater than the next one. */
export function limitRangeProblems(kind: string, { spec }: Fields): Violation[] {
  const limits = kind === 'LimitRange' && isFields(spec) ? objectsOf(spec.limits) : [];
  return limits.flatMap((limit, index) => {
    const names = [...new Set(IN_ORDER.flatMap((field) => amountsOf(limit[field]).map(([name]) => name)))];
    return names.flatMap((name) => {
      const given = IN_ORDER.map((field) => [`${field}.${name}`, new Map(amountsOf(limit[field])).get(name)] as const);
      return orderProblems(given, `spec.limits[${index}].`);
    });
  });
}

/** The well-formed amounts of a map; others are reported elsewhere. */
function amountsOf(map: unknown): [string, string][] {
  return Object.entries(isFields(map) ? map : {})
    .map(([name, amount]): [string, string] => [name, String(amount)])
    .filter(([, amount]) => pods.quantity.holds(amount));
}
