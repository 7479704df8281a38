import type { Violation } from '../core/problems/violation';
import { check, type Rule } from '../core/rules/rule';
import * as kubernetes from '../kubernetes/kubernetes-rules';
import { hostName } from '../routing/http-route-rules';
import { nodePort, sourceRange } from '../workload/exposure/exposure-rules';
import { appProtocol, externalName, servicePortName, sessionAffinitySeconds } from '../workload/exposure/service-rules';
import * as jobs from '../workload/jobs/job-rules';
import { imageReference } from '../workload/pod/image-rules';
import * as pods from '../workload/pod/pod-rules';
import { anyId, capability } from '../workload/pod/pod-security';
import { probeCount, probeDelay, probePath, successOnce } from '../workload/pod/probe-rules';
import { maxSkew } from '../workload/pod/spread';
import { newPriorityClassName, priorityValue } from '../workload/priority-class';
import * as scaling from '../workload/scaling/scaling-rules';
import { mountPath, subPath, volumeName } from '../workload/storage/volume-rules';
import { CHOICES } from './manifest-choices';
import { accessName, base64 } from './manifest-rules';
import { type Fields, isFields } from './object-reader';
import type { PathRule } from './path-rule';

const CONTAINER = String.raw`^(?:.*\.)?(?:initC|c)ontainers\.`;

function inContainer(path: string): RegExp {
  return new RegExp(`${CONTAINER}${path}$`);
}

const PROBE = '(?:readiness|liveness|startup)Probe';
const LABELS = { keys: [kubernetes.labelKey], text: [kubernetes.nodeLabelValue] };
const CAPABILITY = { ...capability, holds: (value: string) => value === 'ALL' || capability.holds(value) };

/** The rules about single values that the constructs of this library hold to. */
const RULES: readonly PathRule[] = [
  { end: /^(.*\.)?metadata\.namespace$/, text: [kubernetes.namespaceName] },
  { end: /(^|\.)(labels|matchLabels|nodeSelector)$/, ...LABELS },
  { end: /^(binaryData|data|stringData)$/, keys: [pods.configKey] },
  { end: /^binaryData$/, text: [base64] },
  { end: inContainer('image'), text: [imageReference] },
  { end: inContainer('name'), text: [kubernetes.containerName] },
  { end: inContainer('ports\\.(containerPort|hostPort)'), number: [kubernetes.port] },
  { end: inContainer('ports\\.name'), text: [kubernetes.portName] },
  { end: inContainer('env\\.name'), text: [pods.environmentName] },
  { end: inContainer('env\\.valueFrom\\.(configMap|secret)KeyRef\\.name'), text: [kubernetes.objectName] },
  { end: inContainer('env\\.valueFrom\\.(configMap|secret)KeyRef\\.key'), text: [pods.configKey] },
  { end: inContainer('env\\.valueFrom\\.fieldRef\\.fieldPath'), text: [pods.fieldPath] },
  { end: inContainer('envFrom\\.(configMap|secret)Ref\\.name'), text: [kubernetes.objectName] },
  { end: inContainer('resources\\.(requests|limits)'), isQuantity: true },
  { end: inContainer('volumeMounts\\.name'), text: [volumeName] },
  { end: inContainer('volumeMounts\\.mountPath'), text: [mountPath] },
  { end: inContainer('volumeMounts\\.subPath'), text: [subPath] },
  { end: inContainer('securityContext\\.capabilities\\.(add|drop)'), text: [CAPABILITY] },
  { end: inContainer('(liveness|startup)Probe\\.successThreshold'), number: [successOnce] },
  {
    end: inContainer(`${PROBE}\\.(httpGet|tcpSocket|grpc)\\.port`),
    number: [kubernetes.port],
    text: [kubernetes.portName],
  },
  { end: inContainer(`${PROBE}\\.httpGet\\.path`), text: [probePath] },
  {
    end: inContainer(`${PROBE}\\.(periodSeconds|timeoutSeconds|successThreshold|failureThreshold)`),
    number: [probeCount],
  },
  { end: inContainer(`${PROBE}\\.initialDelaySeconds`), number: [probeDelay] },
  { end: /(^|\.)spec\.volumes\.name$/, text: [volumeName] },
  { end: /(^|\.)emptyDir\.sizeLimit$/, isQuantity: true },
  {
    end: /(^|\.)(serviceAccountName|priorityClassName|storageClassName|claimName|secretName)$/,
    text: [kubernetes.objectName],
  },
  { end: /(^|\.)(runAs(User|Group)|fsGroup|supplementalGroups)$/, number: [anyId] },
  { end: /(^|\.)topologySpreadConstraints\.maxSkew$/, number: [maxSkew] },
  { end: /(^|\.)tolerations\.key$/, text: [kubernetes.labelKey] },
  { end: /(^|\.)tolerations\.value$/, text: [kubernetes.nodeLabelValue] },
  { end: /(^|\.)terminationGracePeriodSeconds$/, number: [kubernetes.graceSeconds] },
  { end: /^spec\.(replicas)$/, number: [kubernetes.replicas] },
  { end: /^spec\.(minReadySeconds|progressDeadlineSeconds)$/, number: [kubernetes.seconds] },
  { end: /(^|\.)backoffLimit$/, number: [jobs.backoffLimit] },
  { end: /(^|\.)activeDeadlineSeconds$/, number: [jobs.activeDeadlineSeconds] },
  { end: /(^|\.)completions$/, number: [jobs.completions] },
  { end: /(^|\.)parallelism$/, number: [jobs.parallelism] },
  { end: /(^|\.)ttlSecondsAfterFinished$/, number: [jobs.ttlSecondsAfterFinished] },
  { end: /^spec\.schedule$/, text: [jobs.cronSchedule, jobs.cronScheduleComes] },
  { end: /^spec\.timeZone$/, text: [jobs.timeZone] },
  { end: /^spec\.startingDeadlineSeconds$/, number: [jobs.startingDeadlineSeconds] },
  { end: /^spec\.(successful|failed)JobsHistoryLimit$/, number: [jobs.historyLimit] },
  { end: /^spec\.(min|max)Replicas$/, number: [scaling.autoscaledReplicas] },
  { end: /\.averageUtilization$/, number: [scaling.utilizationPercent] },
  { end: /\.stabilizationWindowSeconds$/, number: [scaling.stabilizationSeconds] },
  { end: /\.policies\.periodSeconds$/, number: [scaling.policyPeriodSeconds] },
  { end: /\.policies\.value$/, number: [scaling.podsPerPeriod] },
  { end: /\.(averageValue|target\.value)$/, isQuantity: true },
  { end: /^spec\.hard$/, isQuantity: true },
  { end: /^spec\.limits\.(default|defaultRequest|max|min)$/, isQuantity: true },
  { end: /^spec\.(volumeClaimTemplates\.spec\.)?resources\.requests$/, isQuantity: true },
];

/** The rules that only hold for objects of a kind. */
const RULES_OF_KINDS: { readonly [kind: string]: readonly PathRule[] } = {
  Service: [
    { end: /^spec\.selector$/, ...LABELS },
    { end: /^spec\.ports\.port$/, number: [kubernetes.port] },
    { end: /^spec\.ports\.targetPort$/, number: [kubernetes.port], text: [kubernetes.portName] },
    { end: /^spec\.ports\.nodePort$/, number: [nodePort] },
    { end: /^spec\.ports\.name$/, text: [servicePortName] },
    { end: /^spec\.ports\.appProtocol$/, text: [appProtocol] },
    { end: /^spec\.externalName$/, text: [externalName] },
    { end: /^spec\.sessionAffinityConfig\.clientIP\.timeoutSeconds$/, number: [sessionAffinitySeconds] },
    { end: /^spec\.loadBalancerSourceRanges$/, text: [sourceRange] },
  ],
  NetworkPolicy: [{ end: /\.ports\.port$/, number: [kubernetes.port], text: [kubernetes.portName] }],
  Ingress: [{ end: /^spec\.rules\.host$/, text: [hostName] }],
  PriorityClass: [{ end: /^value$/, number: [priorityValue] }],
};

/** The rules for the names of kinds that have one of their own. */
const NAME_RULES: { readonly [kind: string]: Rule<string> } = {
  ...{ Service: kubernetes.serviceName, Namespace: kubernetes.namespaceName },
  ...{ StatefulSet: kubernetes.statefulSetName, CronJob: jobs.cronJobName, PriorityClass: newPriorityClassName },
  ...{ Role: accessName, RoleBinding: accessName, ClusterRole: accessName, ClusterRoleBinding: accessName },
};

/** The problems of the single values of an object, each by the rule that the constructs of this library hold to. */
export function valueProblems(kind: string, object: Fields): Violation[] {
  const own = RULES_OF_KINDS[kind] ?? [];
  const name = { end: /^metadata\.name$/, text: [NAME_RULES[kind] ?? kubernetes.objectName] };
  return problemsAt(object, '', '', [name, ...own, ...CHOICES, ...RULES]);
}

/**
 * @param property The path of the value, as a message has it
 * @param path The path without the positions in lists
 */
function problemsAt(value: unknown, property: string, path: string, rules: readonly PathRule[]): Violation[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => problemsAt(item, `${property}[${index}]`, path, rules));
  }
  const here = rules.filter(({ end }) => end.test(path));
  if (isFields(value)) {
    const isMap = here.length > 0;
    return Object.entries(value).flatMap(([key, one]) => [
      ...here.flatMap(({ keys = [] }) => keys.flatMap((rule) => check(rule, property, key))),
      ...(isMap
        ? here.flatMap((rule) => scalarProblems(one, `${property}[${JSON.stringify(key)}]`, rule))
        : problemsAt(one, property === '' ? key : `${property}.${key}`, path === '' ? key : `${path}.${key}`, rules)),
    ]);
  }
  return here.flatMap((rule) => scalarProblems(value, property, rule));
}

function scalarProblems(
  value: unknown,
  property: string,
  { text = [], number = [], isQuantity }: PathRule,
): Violation[] {
  if (isQuantity === true && (typeof value === 'string' || typeof value === 'number')) {
    return firstProblem(quantityRules(property), property, String(value));
  }
  if (typeof value === 'string') {
    return firstProblem(text, property, value);
  }
  return typeof value === 'number' ? firstProblem(number, property, value) : [];
}

/** The problem of the first rule that is broken: the others build on it. */
function firstProblem<T>(rules: readonly Rule<T>[], property: string, value: T): Violation[] {
  return rules.map((rule) => check(rule, property, value)).find((problems) => problems.length > 0) ?? [];
}

/** The rules for an amount, by the end of its property. */
function quantityRules(property: string): Rule<string>[] {
  if (!property.endsWith('["memory"]')) {
    return [pods.quantity];
  }
  return [pods.memoryQuantity, ...(/\.resources\.limits\[/.test(property) ? [pods.memoryLimit] : [])];
}
