import type { TerraformResource } from 'cdktf';
import { questionable, type Violation } from '../core/problems/violation';
import { resolvedText } from '../core/names/resolved-text';
import { objectMetadata } from '../kubernetes/object-metadata';
import { append, listed, ownerPath, placeOf } from './pods-of-stack';

/** An autoscaler, which changes the number of pods of a controller, or their requests. */
interface Scaler {
  readonly resource: TerraformResource;
  readonly kind: 'HorizontalPodAutoscaler' | 'ScaledObject' | 'VerticalPodAutoscaler';
  /** The controller: its place, its kind and its name. */
  readonly target: string;
  /** The resources on whose requests it is based, or whose requests it changes. */
  readonly requests: readonly string[];
}

/** The resources whose requests autoscalers use. */
const REQUESTS = ['cpu', 'memory'];

interface Target {
  readonly kind?: string;
  readonly name?: string;
}

interface Metric {
  readonly type?: string;
  readonly resource?: { readonly name?: string } | null;
  readonly containerResource?: { readonly name?: string } | null;
}

/** The policy of a VerticalPodAutoscaler for containers. */
interface ContainerPolicy {
  readonly mode?: string;
  readonly controlledResources?: readonly string[] | null;
}

/** A custom resource, as far as it is read. */
interface CustomResource {
  readonly kind?: string;
  readonly metadata?: { readonly annotations?: { readonly [name: string]: string } };
  readonly spec?: null | {
    readonly scaleTargetRef?: Target | null;
    readonly targetRef?: Target | null;
    readonly updatePolicy?: { readonly updateMode?: string } | null;
    readonly resourcePolicy?: { readonly containerPolicies?: readonly (ContainerPolicy | null)[] | null } | null;
    readonly triggers?: readonly (Metric | null)[] | null;
  };
}

/** The problems of several autoscalers of one controller, which block or counteract each other. */
export function autoscalerProblems(resources: readonly TerraformResource[]): Violation[] {
  const byTarget = new Map<string, Scaler[]>();
  for (const scaler of resources.flatMap(readScaler)) {
    append(byTarget, scaler.target, scaler);
  }
  return [...byTarget.values()].flatMap((scalers) => {
    const vertical = scalers.filter(({ kind }) => kind === 'VerticalPodAutoscaler');
    const horizontal = scalers.filter((one) => !vertical.includes(one));
    return [...horizontalProblems(horizontal), ...verticalProblems(vertical), ...opposedProblems(horizontal, vertical)];
  });
}

/**
 * The problem of several horizontal autoscalers: Kubernetes does not scale what two of them select, and KEDA rejects a
 * second one.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/podautoscaler/horizontal.go
 * @see https://keda.sh/docs/latest/concepts/admission-webhooks/
 */
function horizontalProblems(scalers: readonly Scaler[]): Violation[] {
  return scalers.length < 2 || areOfOneOwner(scalers) || haveOneName(scalers)
    ? []
    : [
        questionable(
          'autoscaler-once',
          `${targetText(scalers)} must have at most one autoscaler of its number of pods, got ${textOf(scalers)}: with several HorizontalPodAutoscalers, Kubernetes does not scale at all, and KEDA rejects a ScaledObject next to one. Combine their metrics in one of them`,
        ),
      ];
}

/** @see https://github.com/kubernetes/autoscaler/blob/vertical-pod-autoscaler-1.4.1/vertical-pod-autoscaler/docs/known-limitations.md */
function verticalProblems(scalers: readonly Scaler[]): Violation[] {
  return scalers.length < 2 || haveOneName(scalers)
    ? []
    : [
        questionable(
          'vertical-autoscaler-once',
          `${targetText(scalers)} must have at most one VerticalPodAutoscaler, got ${textOf(scalers)}: it is undefined which one applies. Remove one of them`,
        ),
      ];
}

/** @see https://github.com/kubernetes/autoscaler/blob/vertical-pod-autoscaler-1.4.1/vertical-pod-autoscaler/docs/known-limitations.md */
function opposedProblems(horizontal: readonly Scaler[], vertical: readonly Scaler[]): Violation[] {
  const pairs = horizontal.flatMap((one) => vertical.map((other) => [one, other] as const));
  const opposed = pairs.find((pair) => areOpposed(...pair) && !areOfOneOwner(pair));
  return opposed === undefined
    ? []
    : [
        questionable(
          'autoscalers-apart',
          `${targetText(opposed)} must not be scaled by CPU or memory both ways, got ${textOf(opposed)}: one is based on the requests that the other changes. Base the first on another metric, or set the mode of the second to Off`,
        ),
      ];
}

/** Whether one autoscaler is based on requests that the other one changes. */
function areOpposed({ requests }: Scaler, other: Scaler): boolean {
  return requests.some((resource) => other.requests.includes(resource));
}

/** Whether all belong to one construct, which compares its options itself. */
function areOfOneOwner(scalers: readonly Scaler[]): boolean {
  return new Set(scalers.map(({ resource }) => ownerPath(resource))).size === 1;
}

/** Whether all have the same kind and name, which is reported elsewhere. */
function haveOneName(scalers: readonly Scaler[]): boolean {
  return new Set(scalers.map(({ kind, resource }) => `${kind} ${objectMetadata(resource).name}`)).size === 1;
}

function targetText([first]: readonly Scaler[]): string {
  const [, kind, name] = JSON.parse(first?.target ?? '[]') as string[];
  return `the ${kind} ${JSON.stringify(name)}`;
}

function textOf(scalers: readonly Scaler[]): string {
  return scalers.map(({ kind, resource }) => `the ${kind} of ${ownerPath(resource)}`).join(' and ');
}

function readScaler(resource: TerraformResource): Scaler[] {
  if (/^kubernetes_horizontal_pod_autoscaler(_v\d\w*)?$/.test(resource.terraformResourceType)) {
    return readHorizontal(resource);
  }
  const { manifestInput } = resource as { readonly manifestInput?: CustomResource };
  const { kind, metadata, spec: given } = manifestInput ?? {};
  // empty values in YAML are null
  const spec = given ?? {};
  switch (kind) {
    case 'ScaledObject':
      // KEDA takes over the existing autoscaler
      return metadata?.annotations?.['scaledobject.keda.sh/transfer-hpa-ownership'] === 'true'
        ? []
        : scalerOf(
            resource,
            kind,
            spec.scaleTargetRef,
            REQUESTS.filter((resource) => listed<Metric | null>(spec.triggers).some((one) => one?.type === resource)),
          );
    case 'VerticalPodAutoscaler':
      return scalerOf(resource, kind, spec.targetRef, spec.updatePolicy?.updateMode === 'Off' ? [] : changedBy(spec));
    default:
      return [];
  }
}

/** The resources whose requests a VerticalPodAutoscaler changes: both, unless its policies differ. */
function changedBy({ resourcePolicy }: Exclude<CustomResource['spec'], null | undefined>): readonly string[] {
  const policies = listed<ContainerPolicy | null>(resourcePolicy?.containerPolicies);
  return policies.length === 0
    ? REQUESTS
    : policies
        .filter((one) => one?.mode !== 'Off')
        .flatMap((one) => (Array.isArray(one?.controlledResources) ? one.controlledResources : REQUESTS));
}

/** The resources on whose requests a metric is based; none if it cannot be read. */
function requestsOf(metric: Metric | null | undefined): readonly string[] {
  const { type = '', resource, containerResource } = metric ?? {};
  const name = type === 'Resource' ? resource?.name : containerResource?.name;
  const isOfRequests = type === 'Resource' || type === 'ContainerResource';
  return isOfRequests ? REQUESTS.filter((one) => name === undefined || name === one) : [];
}

function readHorizontal(resource: TerraformResource): Scaler[] {
  const { specInput = {} } = resource as {
    readonly specInput?: {
      readonly scaleTargetRef?: Target;
      readonly metric?: (Metric | undefined)[];
      readonly targetCpuUtilizationPercentage?: number;
    };
  };
  const { scaleTargetRef, metric, targetCpuUtilizationPercentage } = specInput;
  // without a metric, it targets 80 percent of the CPU
  const byCpu = targetCpuUtilizationPercentage !== undefined || metric === undefined ? ['cpu'] : [];
  const requests = [...byCpu, ...listed(metric).flatMap(requestsOf)];
  return scalerOf(resource, 'HorizontalPodAutoscaler', scaleTargetRef, requests);
}

function scalerOf(
  resource: TerraformResource,
  kind: Scaler['kind'],
  target: Target | null | undefined,
  requests: readonly string[],
): Scaler[] {
  const { kind: targetKind = 'Deployment', name } = target ?? {};
  if (name === undefined) {
    return [];
  }
  const place = placeOf(resource, objectMetadata(resource).namespace);
  const controller = JSON.stringify([place, targetKind, resolvedText(resource, name)]);
  return [{ resource, kind, target: controller, requests }];
}
