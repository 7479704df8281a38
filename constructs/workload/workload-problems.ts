import { autoscalingProblems } from './scaling/autoscaling';
import { initContainerProblems } from './pod/init-container';
import { probeSetProblems, probeSetWarnings } from './pod/probe';
import { resourcesProblems, resourcesWarnings } from './pod/resources';
import type { Rollout } from './scaling/rollout';
import type { WorkloadProps } from './workload-props';
import { fewestReplicas } from './controller';
import { configProblems, folderProblems } from './config-problems';
import { environmentProblems, environmentWarnings } from './pod/environment';
import { imageReference, imageWarnings } from './pod/image-rules';
import * as rules from '../kubernetes/kubernetes-rules';
import { workloadNames } from './object-context';
import { gracePeriodOf, preStopOf, probesOf } from './pod-template';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkGiven } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { isKnown, isText } from '../core/values/known';
import { type Violation, violation, when } from '../core/problems/violation';

/** The problems of a workload. */
export function workloadProblems(props: WorkloadProps, rollout: Rollout): Violation[] {
  return [
    ...checkGiven(rules.workloadName, 'name', props.name),
    ...check(rules.namespaceName, 'namespace', props.namespace),
    ...nameProblems(props),
    ...serviceAccountProblems(props),
    ...check(rules.labelValue, 'partOf', props.partOf),
    ...checkGiven(imageReference, 'image', props.image.reference),
    ...emptyProblems('command', props.command, 'word', "leave it out for the image's own"),
    ...portProblems(props),
    ...environmentProblems('environment', props.environment ?? {}),
    ...configProblems(props),
    ...folderProblems(props),
    ...initContainerProblems(props.initContainers ?? [], workloadNames(props).containerName),
    ...resourcesProblems('resources', props.resources ?? {}),
    ...probeSetProblems(probesOf(props), [props.containerPort, ...Object.values(props.additionalPorts ?? {})]),
    ...(props.security?._problems('security') ?? []),
    ...(props.spread?._problems('spread') ?? []),
    ...endProblems(props),
    ...rollout.problems(probesOf(props)),
    ...scalingProblems(props),
    ...(props.exposure?._problems(props.servicePort ?? props.containerPort) ?? []),
  ];
}

/** The warnings of a workload. */
export function workloadWarnings(props: WorkloadProps, rollout: Rollout): Violation[] {
  const images = [props.image, ...(props.initContainers ?? []).map(({ image }) => image)];
  return [
    ...images.flatMap(({ reference }) => imageWarnings(reference)),
    ...((props.security?._refusesRootImages ?? true) ? rootImageWarnings(props.image.reference) : []),
    ...environmentWarnings('environment', props.environment ?? {}),
    ...resourcesWarnings('resources', props.resources ?? {}),
    ...(props.initContainers ?? []).flatMap(({ resources }, index) =>
      resourcesWarnings(`initContainers[${index}].resources`, resources ?? {}),
    ),
    ...endWarnings(props),
    ...probeSetWarnings(probesOf(props)),
    ...rollout.warnings(fewestReplicas(props)),
    ...(props.replicas === 0
      ? [violation('no-replicas', "'replicas' is 0: nothing runs, and nobody gets an answer")]
      : []),
    ...(props.exposure?._warnings ?? []),
    ...(props.isolated === true && props.clusterNetwork?.enforcesNetworkPolicies === false
      ? [
          violation(
            'isolated-without-policies',
            "'isolated' has no effect: the network of the cluster ignores network policies. Use a network profile that " +
              'enforces them, or leave it out',
          ),
        ]
      : []),
  ];
}

/** @see https://kubernetes.io/docs/concepts/security/service-accounts/ */
function serviceAccountProblems({ namespace = 'default', serviceAccount }: WorkloadProps): Violation[] {
  return serviceAccount === undefined ||
    !isKnown(namespace) ||
    !isKnown(serviceAccount.namespace) ||
    serviceAccount.namespace === namespace
    ? []
    : [
        violation(
          'service-account-namespace',
          `'serviceAccount' must be of the namespace of the pods, ${show(namespace)}, got ${serviceAccount.node.path} of ` +
            `${show(serviceAccount.namespace)}: make one with this 'namespace'`,
        ),
      ];
}

/** The names of the objects that can have one of their own. */
function nameProblems(props: WorkloadProps): Violation[] {
  const { deploymentName, containerName, serviceName, namespace = 'default', _dataVolume } = props;
  const controllerName = _dataVolume === undefined ? rules.deploymentName : rules.statefulSetName;
  return [
    ...check(controllerName, 'deploymentName', deploymentName),
    ...check(rules.containerName, 'containerName', containerName),
    ...check(rules.serviceName, 'serviceName', serviceName),
    // the Service of the API server, which every cluster has
    ...(workloadNames(props).serviceName === 'kubernetes' && namespace === 'default'
      ? [
          violation(
            'service-name-taken',
            `'${serviceName === undefined ? 'name' : 'serviceName'}' must not be that of a Service that every cluster ` +
              'has, got "kubernetes": take another name or namespace',
          ),
        ]
      : []),
  ];
}

function portProblems({ containerPort, portName, servicePort, additionalPorts = {} }: WorkloadProps): Violation[] {
  const names = [portName ?? 'main', ...Object.keys(additionalPorts)];
  const ports = [containerPort, ...Object.values(additionalPorts)];
  return [
    ...checkGiven(rules.port, 'containerPort', containerPort),
    ...check(rules.port, 'servicePort', servicePort),
    ...check(rules.portName, 'portName', portName),
    ...Object.entries(additionalPorts).flatMap(([name, port]) => [
      ...check(rules.portName, 'additionalPorts', name),
      ...check(rules.port, `additionalPorts.${name}`, port),
    ]),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) =>
        violation(
          'additional-port-names-unique',
          `'additionalPorts' must have names of their own, got ${show(name)}, which the container's port has`,
        ),
      ),
    ...Object.entries(additionalPorts)
      .filter(([, port], index) => isKnown(port) && rules.port.holds(port) && ports.indexOf(port) < index + 1)
      .map(([name, port]) =>
        violation(
          'additional-ports-unique',
          `'additionalPorts.${name}' must be a port that no other name has, got ${port} again`,
        ),
      ),
  ];
}

function endProblems(props: WorkloadProps): Violation[] {
  const { preStopSeconds, terminationGracePeriodSeconds } = props;
  const problems = [
    ...check(rules.seconds, 'preStopSeconds', preStopSeconds),
    ...check(rules.graceSeconds, 'terminationGracePeriodSeconds', terminationGracePeriodSeconds),
  ];
  const [stop, grace] = [preStopOf(props), gracePeriodOf(props)];
  return problems.length > 0 || !isKnown(stop) || !isKnown(grace) || stop < grace || (stop === 0 && grace === 0)
    ? problems
    : [
        violation(
          'pre-stop-within-grace-period',
          `'preStopSeconds' must be less than 'terminationGracePeriodSeconds' (${grace}), got ${stop}: the container would be killed ` +
            'before it is told to end',
        ),
      ];
}

/** The seconds that AKS waits for the pods of a node that it drains. */
const DRAIN_SECONDS = 1800;

/** @see https://learn.microsoft.com/azure/aks/upgrade-aks-cluster#set-node-drain-time-out-value */
function endWarnings({ terminationGracePeriodSeconds: grace }: WorkloadProps): Violation[] {
  if (!isKnown(grace) || (grace !== 0 && !(grace > DRAIN_SECONDS))) {
    return [];
  }
  return [
    grace === 0
      ? violation(
          'no-grace-period',
          "'terminationGracePeriodSeconds' is 0: pods are killed at once, and with them the requests that they answer",
        )
      : violation(
          'grace-period-longer-than-drain',
          `'terminationGracePeriodSeconds' is ${grace}, and AKS waits ${DRAIN_SECONDS} seconds when it drains a node: an upgrade of ` +
            'the cluster may fail. Raise the drain time-out of its pools, or end sooner',
        ),
  ];
}

function scalingProblems(props: WorkloadProps): Violation[] {
  const { replicas, autoscaling, disruptionBudget } = props;
  return [
    ...check(rules.replicas, 'replicas', replicas),
    ...(autoscaling === undefined ? [] : autoscalingProblems(autoscaling, props.resources ?? {})),
    ...(autoscaling !== undefined && replicas !== undefined
      ? [
          violation(
            'replicas-or-autoscaling',
            `'replicas' must not be given with 'autoscaling', got ${isKnown(replicas) ? replicas : 'a value'}: each deploy ` +
              "would undo the autoscaler's work. Set 'autoscaling.minReplicas'",
          ),
        ]
      : []),
    ...(disruptionBudget?._problems('disruptionBudget', fewestReplicas(props)) ?? []),
  ];
}

/** Official images that start as root, and so not where root is refused. */
const ROOT_IMAGES = ['nginx', 'httpd', 'redis', 'postgres', 'mysql', 'caddy', 'haproxy', 'traefik', 'wordpress'];

function rootImageWarnings(reference: string): Violation[] {
  const name = /^(?:docker\.io\/)?(?:library\/)?([a-z0-9]+)(?:[:@].*)?$/.exec(reference)?.[1] ?? '';
  return when(
    isText(reference) && ROOT_IMAGES.includes(name),
    'image-needs-root',
    () =>
      `'security' refuses root, and the image ${show(reference)} starts as root: it will not run. Use the image's own ` +
      "user as 'userId', or an image that does not need root",
  );
}
