import type { DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { TerraformResource } from 'cdktf';
import { type Violation, violation, when } from '../core/problems/violation';
import { isKnown } from '../core/values/known';
import { namespaceKey, objectNamespaceKey } from '../kubernetes/namespaces';
import { objectMetadata, objectSpec } from '../kubernetes/object-metadata';
import { podMakerOf } from '../kubernetes/pod-makers';
import { quantityValue } from '../kubernetes/quantity';
import { containersOf, refusedBy } from './pod-security-standards';
import { append, ownerPath } from './pods-of-stack';
import { quotaObjectProblems } from './quota-objects';

/** Pods of one kind in a namespace. */
interface Pods {
  readonly resource: TerraformResource;
  readonly spec: DeploymentV1SpecTemplateSpec;
  /** The fewest pods that there are. */
  readonly count: number;
}

type Amounts = { readonly [resource: string]: string } | undefined;

/** The limits of a limit range for each container. */
interface ContainerLimits {
  readonly default?: Amounts;
  readonly defaultRequest?: Amounts;
  readonly min?: Amounts;
  readonly max?: Amounts;
}

/** The problems of pods that violate limits of their namespace, wherever in the stack either is created. */
export function namespaceProblems(resources: readonly TerraformResource[]): Violation[] {
  const restrictions = resources.filter(({ terraformResourceType }) => RESTRICTION.test(terraformResourceType));
  if (restrictions.length === 0) {
    return [];
  }
  const objects = new Map<string, TerraformResource[]>();
  resources.forEach((resource) => append(objects, objectNamespaceKey(resource), resource));
  return restrictions.flatMap((resource) => {
    if (isOfType(resource, 'namespace')) {
      const { name } = objectMetadata(resource);
      return standardProblems(resource, objects.get(namespaceKey(resource, name)) ?? []);
    }
    const here = objects.get(objectNamespaceKey(resource)) ?? [];
    return isOfType(resource, 'resource_quota') ? quotaProblems(resource, here) : limitRangeProblems(resource, here);
  });
}

const RESTRICTION = /^kubernetes_(namespace|resource_quota|limit_range)(_v1)?$/;

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** @param objects The objects in the namespace */
function standardProblems(namespace: TerraformResource, objects: readonly TerraformResource[]): Violation[] {
  const { name, labels } = objectMetadata(namespace);
  const level = labels?.[ENFORCE];
  if (!isKnown(level)) {
    return [];
  }
  return objects.flatMap(readPods).flatMap((one) => {
    const refused = refusedBy(level, one.spec);
    return when(
      refused.length > 0,
      'pod-security-of-namespace',
      () =>
        `the pods of ${ownerPath(one.resource)} must meet the standard "${level}" that their namespace ${String(name)} ` +
        `enforces, got ${refused.join(', ')}: the API server would reject them. Change 'security', or enforce a less strict standard in 'podSecurity'`,
    );
  });
}

const COUNTED = ['requests.cpu', 'limits.cpu', 'requests.memory', 'limits.memory'] as const;

/** @param objects The objects in the namespace of the quota */
function quotaProblems(quota: TerraformResource, objects: readonly TerraformResource[]): Violation[] {
  const hard = (objectSpec(quota) as { readonly hard?: Amounts }).hard ?? {};
  const pods = objects.flatMap(readPods);
  const limits = objects.filter((one) => isOfType(one, 'limit_range')).flatMap(readLimits);
  return [
    ...COUNTED.flatMap((name) => amountProblems(quota, name, hard[name], pods, limits)),
    ...podCountProblems(quota, hard.pods, pods),
    ...quotaObjectProblems(hard, ownerPath(quota), objects),
  ];
}

function amountProblems(
  quota: TerraformResource,
  name: (typeof COUNTED)[number],
  most: string | undefined,
  pods: readonly Pods[],
  limits: readonly ContainerLimits[],
): Violation[] {
  if (!isKnown(most)) {
    return [];
  }
  const property = propertyOf(name);
  const silent = pods.filter(({ spec }) => containersOf(spec).some((one) => amountOf(one, name, limits) === undefined));
  if (silent.length > 0) {
    return silent.map(({ resource }) =>
      violation(
        'quota-needs-resources',
        `'resources.${property}' must be given for every container of ${ownerPath(resource)}, whose namespace has a quota ` +
          `of it in ${ownerPath(quota)}, got none: the API server would reject the pods. Give it, or 'containerLimits.defaults' ` +
          'to the namespace',
      ),
    );
  }
  const amounts = pods.map(({ spec, count }) => podAmount(spec, name, limits) * BigInt(count));
  const total = amounts.reduce((sum, one) => sum + one, 0n);
  return when(
    total > quantityValue(most),
    'quota-holds-workloads',
    () =>
      `'quota.${property}' of ${ownerPath(quota)} must be at least the sum for the pods of the namespace, got ${most} for ` +
      `${pods.map(({ resource, count }) => `${count} of ${ownerPath(resource)}`).join(', ')}: some would never start`,
  );
}

function podCountProblems(quota: TerraformResource, most: string | undefined, pods: readonly Pods[]): Violation[] {
  const count = pods.reduce((sum, one) => sum + one.count, 0);
  return when(
    isKnown(most) && BigInt(count) * quantityValue('1') > quantityValue(String(most)),
    'quota-holds-pods',
    () =>
      `'quota.pods' of ${ownerPath(quota)} must be at least the ${count} pods of the namespace, got ${most}: some would ` +
      'never start',
  );
}

/** @param objects The objects in the namespace of the limit range */
function limitRangeProblems(range: TerraformResource, objects: readonly TerraformResource[]): Violation[] {
  const pods = objects.flatMap(readPods);
  return readLimits(range).flatMap((limits) =>
    pods.flatMap((one) =>
      COUNTED.flatMap((name) => {
        const [kind, unit] = name.split('.') as ['requests' | 'limits', string];
        const bound = kind === 'requests' ? limits.min?.[unit] : limits.max?.[unit];
        const found = containersOf(one.spec).map((container) => amountOf(container, name, [limits]));
        const isBroken = (amount: string | undefined): amount is string =>
          isKnown(bound) &&
          isKnown(amount) &&
          (kind === 'requests'
            ? quantityValue(amount) < quantityValue(bound)
            : quantityValue(amount) > quantityValue(bound));
        const broken = found.filter(isBroken);
        return when(
          broken.length > 0,
          'container-within-limits',
          () =>
            `'resources.${propertyOf(name)}' of ${ownerPath(one.resource)} must be ${kind === 'requests' ? 'at least' : 'at most'} ` +
            `${bound}, as ${ownerPath(range)} says for its namespace, got ${broken.join(', ')}: the API server would reject the pods`,
        );
      }),
    ),
  );
}

function propertyOf(name: (typeof COUNTED)[number]): string {
  const [kind, unit] = name.split('.') as [string, string];
  return `${unit}${kind === 'requests' ? 'Request' : 'Limit'}`;
}

interface Resources {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

/**
 * The amount of a container after the API server has set the defaults. A request defaults to the limit.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/v1/defaults.go
 */
function amountOf(
  container: object,
  name: (typeof COUNTED)[number],
  ranges: readonly ContainerLimits[],
): string | undefined {
  const { resources = {} } = container as { readonly resources?: Resources };
  const [kind, unit] = name.split('.') as ['requests' | 'limits', string];
  const byDefault = (key: keyof ContainerLimits): string | undefined =>
    ranges.map((range) => range[key]?.[unit]).find((amount) => amount !== undefined);
  const limit = resources.limits?.[unit];
  const limitByDefault = byDefault('default') ?? byDefault('max');
  return kind === 'limits'
    ? (limit ?? limitByDefault)
    : (resources.requests?.[unit] ?? limit ?? byDefault('defaultRequest') ?? limitByDefault ?? byDefault('min'));
}

/** The amount of a pod: the sum of its containers, or the largest init container. */
function podAmount(
  spec: DeploymentV1SpecTemplateSpec,
  name: (typeof COUNTED)[number],
  limits: readonly ContainerLimits[],
): bigint {
  const valuesOf = (list: unknown): bigint[] =>
    (Array.isArray(list) ? (list as object[]) : [])
      .map((one) => amountOf(one, name, limits))
      .map((amount) => (isKnown(amount) ? quantityValue(amount) : 0n));
  const running = valuesOf(spec.container).reduce((sum, one) => sum + one, 0n);
  return valuesOf(spec.initContainer).reduce((largest, one) => (one > largest ? one : largest), running);
}

function readLimits(resource: TerraformResource): ContainerLimits[] {
  const { limit } = objectSpec(resource) as { readonly limit?: unknown };
  return (Array.isArray(limit) ? (limit as (ContainerLimits & { readonly type?: string })[]) : []).filter(
    ({ type }) => type === undefined || type === 'Container',
  );
}

function readPods(resource: TerraformResource): Pods[] {
  const { template, count = 1 } = podMakerOf(resource) ?? {};
  return template?.spec === undefined ? [] : [{ resource, spec: template.spec, count }];
}

function isOfType({ terraformResourceType }: TerraformResource, name: string): boolean {
  return terraformResourceType === `kubernetes_${name}` || terraformResourceType === `kubernetes_${name}_v1`;
}
