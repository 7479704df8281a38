import { type Violation, when } from '../../core/problems/violation';
import { areDifferent } from '../../kubernetes/namespace-names';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkGiven, type Rule } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import { show } from '../../core/values/shown';
import * as rules from '../../kubernetes/kubernetes-rules';
import { verticalScalingProblems } from '../scaling/vertical-scaling';
import { mountProblems, mountWarnings } from '../storage/mount-problems';
import { affinityProblems } from '../placement/affinity';
import { priorityProblems } from '../placement/i-priority-class';
import { configProblems, folderProblems } from './config-problems';
import { containerMounts } from './container-mounts';
import type { ContainerOptions } from './container-options';
import { containerProblems } from './container-problems';
import { environmentProblems, environmentWarnings } from './environment';
import { imageReference, imageWarnings } from './image-rules';
import { lifetimeProblems, lifetimeWarnings } from './lifetime-problems';
import { memoryDirectoryWarnings } from './memory-warnings';
import { otherContainers } from './other-containers';
import type { PodParts } from './pod-parts';
import { PodSecurity } from './pod-security';
import { probeSetProblems, probeSetWarnings } from './probe';
import { resourcesProblems, resourcesWarnings } from './resources';
import { type RunningContainer, runningContainers } from './running-containers';
import { sidecarPortProblems } from './sidecar-problems';

/**
 * The problems of a pod of any controller.
 *
 * @param nameRule The rule for the name of the controller
 */
export function podProblems(props: PodParts, nameRule: Rule<string> = rules.workloadName): Violation[] {
  return [
    ...checkGiven(nameRule, 'name', props.name),
    ...check(rules.namespaceName, 'namespace', props.namespace),
    ...check(rules.containerName, 'containerName', props.containerName),
    ...serviceAccountProblems(props),
    ...check(rules.labelValue, 'partOf', props.partOf),
    ...checkGiven(imageReference, 'image', props.image.reference),
    ...emptyProblems('command', props.command, 'word', "leave it out for the image's own"),
    ...environmentProblems('environment', props.environment ?? {}),
    ...configProblems(props),
    ...folderProblems(props),
    ...mountProblems(containerMounts(props)),
    ...containerProblems(otherContainers(props), props.containerName ?? props.name),
    ...sidecarPortProblems(props),
    ...resourcesProblems('resources', props.resources ?? {}),
    ...(props.verticalScaling === undefined ? [] : verticalScalingProblems(props.verticalScaling)),
    ...runningContainers(props).flatMap(probeProblems),
    ...(props.security?._problems('security') ?? []),
    ...(props.placement?._problems('placement') ?? []),
    ...affinityProblems('affinity', props.affinity),
    ...priorityProblems('priorityClass', props.priorityClass, props.namespace),
    ...(props.spread?._problems('spread') ?? []),
    ...lifetimeProblems(props),
  ];
}

/** The warnings of a pod of any controller. */
export function podWarnings(props: PodParts): Violation[] {
  return [
    ...containerWarnings('', props),
    ...otherContainers(props).flatMap(({ property, options }) => containerWarnings(`${property}.`, options)),
    ...rootWarnings(props),
    ...lifetimeWarnings(props),
    ...mountWarnings(containerMounts(props)),
    ...runningContainers(props).flatMap(({ prefix, probes }) => probeSetWarnings(`${prefix}probes`, probes)),
    ...isolationWarnings(props),
  ];
}

function containerWarnings(prefix: string, one: ContainerOptions): Violation[] {
  return [
    ...imageWarnings(one.image.reference),
    ...environmentWarnings(`${prefix}environment`, one.environment ?? {}),
    ...resourcesWarnings(`${prefix}resources`, one.resources ?? {}),
    ...memoryDirectoryWarnings(prefix, one),
  ];
}

function probeProblems({ prefix, probes, ports, portsProperty }: RunningContainer): Violation[] {
  return probeSetProblems(`${prefix}probes`, probes, {
    numbers: ports.map(({ port }) => port),
    property: portsProperty,
  });
}

function isolationWarnings({ isolated, clusterNetwork }: PodParts): Violation[] {
  return when(
    isolated === true && clusterNetwork?.enforcesNetworkPolicies === false,
    'isolated-without-policies',
    () =>
      "'isolated' has no effect: the network of the cluster ignores network policies. Use a network profile that " +
      'enforces them, or leave it out',
  );
}

/** @see https://kubernetes.io/docs/concepts/security/service-accounts/ */
function serviceAccountProblems({ namespace = 'default', serviceAccount }: PodParts): Violation[] {
  if (serviceAccount === undefined) {
    return [];
  }
  return when(
    areDifferent(serviceAccount, serviceAccount.namespace, namespace),
    'service-account-namespace',
    () =>
      `'serviceAccount' must be of the namespace of the pods, ${show(namespace)}, got ${serviceAccount.node.path} of ` +
      `${show(serviceAccount.namespace)}: create one with this 'namespace'`,
  );
}

/** Official images that start as root, and so fail where root is not allowed. */
const ROOT_IMAGES = ['nginx', 'httpd', 'redis', 'postgres', 'mysql', 'caddy', 'haproxy', 'traefik', 'wordpress'];

/** The warnings for images that cannot start with the rights of their container. */
function rootWarnings(props: PodParts): Violation[] {
  const { image, security = PodSecurity.restricted() } = props;
  return [
    ...rootImageWarnings('security', security, image.reference),
    ...otherContainers(props).flatMap(({ property, options: one }) =>
      one.security === undefined
        ? rootImageWarnings('security', security, one.image.reference)
        : rootImageWarnings(`${property}.security`, one.security, one.image.reference),
    ),
  ];
}

function rootImageWarnings(property: string, security: PodSecurity, reference: string): Violation[] {
  const name = /^(?:docker\.io\/)?(?:library\/)?([a-z0-9]+)(?:[:@].*)?$/.exec(reference)?.[1] ?? '';
  return when(
    security._refusesRootImages && isText(reference) && ROOT_IMAGES.includes(name),
    'image-needs-root',
    () =>
      `'${property}' does not allow root, but the image ${show(reference)} starts as root: it will not run. Use the image's own ` +
      "user as 'userId', or an image that does not need root",
  );
}
