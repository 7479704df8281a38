import type { Resource } from '../read/program';
import type { Answer } from '../objects/answer';
import type { Questions } from './asked';
import { Block } from '../objects/block';
import { objectsOf, type KubernetesObject } from '../objects/kubernetes-object';
import { podOf, POD_KINDS, type Container, type Pod } from '../objects/pod';
import type { Profile, Severity } from './severity';

/** The names of a rule in other scanners. */
export interface Equivalents {
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly kubeScore?: readonly string[];
}

/** The judgement of a rule about a resource or a part of it. */
export interface Judgement {
  /** The block of the resource, such as "container[web]"; absent for the whole resource. */
  readonly part?: string;
  readonly fails: Answer;
}

/** Applies a rule to a resource. */
export interface Judge {
  /** The Azure resource types, or the Kubernetes kinds, that the rule is about. */
  readonly types?: readonly string[];
  readonly kinds?: readonly string[];
  readonly judge: (subject: Subject) => readonly Judgement[];
}

/** The properties of a rule. */
export interface RuleProps {
  /** The problem, as the predicate of a sentence about the resource, such as "has no memory limit". */
  readonly title: string;
  /** The reason why it matters. */
  readonly reason: string;
  /** The fix: with the constructs of this library, if they support it, and in Terraform. */
  readonly fix: { readonly typescript?: string; readonly terraform: string };
  readonly severity: Severity;
  readonly profile: Profile;
  readonly equivalents: Equivalents;
  /** The documentation of the problem. */
  readonly source: string;
  readonly over: Judge;
}

/** A resource as rules see it. */
export interface Subject {
  readonly resource: Resource;
  readonly surroundings: Questions;
  /** The arguments, as a block. */
  readonly given: Block;
  readonly objects: readonly KubernetesObject[];
  readonly pods: readonly Pod[];
}

/** A resource as rules see it, which is read once for all rules. */
export function subjectOf(resource: Resource, surroundings: Questions): Subject {
  const objects = objectsOf(resource);
  const given = Block.of(resource.written ?? resource.attributes);
  return { resource, surroundings, given, objects, pods: objects.flatMap((object) => podOf(object) ?? []) };
}

/** A rule about resources of some types. */
export function onResources(types: readonly string[], fails: (given: Block, subject: Subject) => Answer): Judge {
  return { types, judge: (subject) => [{ fails: fails(subject.given, subject) }] };
}

/** A rule about objects of some kinds. */
export function onObjects(
  kinds: readonly string[],
  fails: (object: KubernetesObject, subject: Subject) => Answer,
): Judge {
  return { kinds, judge: (subject) => subject.objects.map((object) => ({ fails: fails(object, subject) })) };
}

/** A rule about pods, including those of workloads. */
export function onPods(fails: (pod: Pod, subject: Subject) => Answer, kinds = POD_KINDS): Judge {
  return { kinds, judge: (subject) => subject.pods.map((pod) => ({ fails: fails(pod, subject) })) };
}

/** A rule about each container of a pod, including init containers. */
export function onContainers(fails: (container: Block, pod: Pod) => Answer): Judge {
  return {
    kinds: POD_KINDS,
    judge: ({ pods }) => pods.flatMap((pod) => overContainers(pod, pod.allContainers, fails)),
  };
}

/** A rule about each container of a pod that does not run to completion, without init containers. */
export function onRunningContainers(fails: (container: Block, pod: Pod) => Answer): Judge {
  return {
    kinds: POD_KINDS,
    judge: ({ pods }) =>
      pods.filter(({ isJob }) => !isJob).flatMap((pod) => overContainers(pod, pod.containers, fails)),
  };
}

function overContainers(
  pod: Pod,
  { known, isComplete }: Pod['containers'],
  fails: (container: Block, pod: Pod) => Answer,
): Judgement[] {
  const found = known.map(({ block, part }: Container) => ({ part, fails: fails(block, pod) }));
  return isComplete ? found : [...found, { fails: undefined }];
}
