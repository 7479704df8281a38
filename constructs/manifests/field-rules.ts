import type { Rule } from '../core/rules/rule';
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
import { choice } from './manifest-choices';
import * as own from './manifest-rules';
import type { PathRule } from './path-rule';

const CONTAINER = String.raw`^(?:.*\.)?(?:initC|c)ontainers\.`;

function inContainer(path: string): RegExp {
  return new RegExp(`${CONTAINER}${path}$`);
}

/** A rule that also allows 0, which Kubernetes treats as not set. */
function orNone(rule: Rule<number>): Rule<number> {
  return { ...rule, holds: (value) => value === 0 || rule.holds(value) };
}

const PROBE = '(?:readiness|liveness|startup)Probe';
const LABELS = { keys: [kubernetes.labelKey], text: [kubernetes.nodeLabelValue] };
const CAPABILITY = { ...capability, holds: (value: string) => value === 'ALL' || capability.holds(value) };

/** The rules for single values, which are those of the constructs of this library. */
export const RULES: readonly PathRule[] = [
  { end: /^(.*\.)?metadata\.namespace$/, text: [kubernetes.namespaceName] },
  { end: /(^|\.)(labels|matchLabels|nodeSelector)$/, ...LABELS },
  { end: /^(binaryData|data|stringData)$/, keys: [pods.configKey] },
  { end: /^binaryData$/, text: [own.base64] },
  { end: inContainer('image'), text: [imageReference] },
  { end: inContainer('name'), text: [kubernetes.containerName] },
  { end: inContainer('ports\\.containerPort'), number: [kubernetes.port] },
  { end: inContainer('ports\\.hostPort'), number: [orNone(kubernetes.port)] },
  { end: inContainer('ports\\.name'), text: [kubernetes.portName] },
  { end: inContainer('env\\.name'), text: [pods.environmentName] },
  { end: inContainer('env\\.valueFrom\\.(configMap|secret)KeyRef\\.name'), text: [kubernetes.objectName] },
  { end: inContainer('env\\.valueFrom\\.(configMap|secret)KeyRef\\.key'), text: [pods.configKey] },
  { end: inContainer('env\\.valueFrom\\.fieldRef\\.fieldPath'), text: [pods.fieldPath] },
  { end: inContainer('envFrom\\.(configMap|secret)Ref\\.name'), text: [kubernetes.objectName] },
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
  {
    end: inContainer('lifecycle\\.(preStop|postStart)\\.(httpGet|tcpSocket)\\.port'),
    number: [kubernetes.port],
    text: [kubernetes.portName],
  },
  { end: /(^|\.)spec\.volumes\.name$/, text: [volumeName] },
  { end: /(^|\.)matchExpressions\.key$/, text: [kubernetes.labelKey] },
  { end: /(^|\.)matchExpressions\.values$/, text: [kubernetes.nodeLabelValue] },
  { end: /(^|\.)topologyKey$/, text: [kubernetes.labelKey] },
  { end: /(^|\.)preferredDuringSchedulingIgnoredDuringExecution\.weight$/, number: [own.affinityWeight] },
  { end: /(^|\.)(hostname|subdomain|serviceName)$/, text: [own.hostLabel] },
  { end: /(^|\.)(dnsConfig\.nameservers|hostAliases\.ip)$/, text: [own.ipAddress], isRefusedEmpty: true },
  { end: /(^|\.)(dnsConfig\.searches|hostAliases\.hostnames)$/, text: [kubernetes.objectName], isRefusedEmpty: true },
  { end: /(^|\.)(defaultMode|items\.mode)$/, number: [own.fileMode] },
  { end: /(^|\.)serviceAccountToken\.expirationSeconds$/, number: [own.tokenSeconds] },
  { end: /(^|\.)rollingUpdate\.(maxSurge|maxUnavailable)$/, number: [kubernetes.replicas], text: [own.percent] },
  { end: /^spec\.(minAvailable|maxUnavailable)$/, number: [kubernetes.replicas], text: [own.percent] },
  { end: /(^|\.)rollingUpdate\.partition$/, number: [kubernetes.replicas] },
  { end: /^spec\.revisionHistoryLimit$/, number: [jobs.historyLimit] },
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
  { end: /(^|\.)completions$/, number: [orNone(jobs.completions)] },
  { end: /(^|\.)parallelism$/, number: [orNone(jobs.parallelism)] },
  { end: /(^|\.)ttlSecondsAfterFinished$/, number: [jobs.ttlSecondsAfterFinished] },
  { end: /^spec\.schedule$/, text: [jobs.cronSchedule] },
  { end: /^spec\.timeZone$/, text: [jobs.timeZone], isRefusedEmpty: true },
  { end: /^spec\.startingDeadlineSeconds$/, number: [jobs.startingDeadlineSeconds] },
  { end: /^spec\.(successful|failed)JobsHistoryLimit$/, number: [jobs.historyLimit] },
  { end: /^spec\.(min|max)Replicas$/, number: [scaling.autoscaledReplicas] },
  { end: /\.averageUtilization$/, number: [scaling.utilizationPercent] },
  { end: /\.stabilizationWindowSeconds$/, number: [scaling.stabilizationSeconds] },
  { end: /\.policies\.periodSeconds$/, number: [scaling.policyPeriodSeconds] },
  { end: /\.policies\.value$/, number: [scaling.podsPerPeriod] },
];

const API_GROUP: PathRule = {
  end: /^(roleRef|subjects)\.apiGroup$/,
  text: [choice(['rbac.authorization.k8s.io'])],
};

/** The rules that apply only to objects of a kind. */
export const RULES_OF_KINDS: { readonly [kind: string]: readonly PathRule[] } = {
  Service: [
    { end: /^spec\.selector$/, ...LABELS },
    { end: /^spec\.ports\.port$/, number: [kubernetes.port] },
    { end: /^spec\.ports\.targetPort$/, number: [orNone(kubernetes.port)], text: [kubernetes.portName] },
    { end: /^spec\.ports\.nodePort$/, number: [orNone(nodePort)] },
    { end: /^spec\.healthCheckNodePort$/, number: [orNone(nodePort)] },
    { end: /^spec\.ports\.name$/, text: [servicePortName] },
    { end: /^spec\.ports\.appProtocol$/, text: [appProtocol] },
    { end: /^spec\.externalName$/, text: [externalName] },
    { end: /^spec\.sessionAffinityConfig\.clientIP\.timeoutSeconds$/, number: [sessionAffinitySeconds] },
    { end: /^spec\.loadBalancerSourceRanges$/, text: [sourceRange], isRefusedEmpty: true },
    {
      end: /^spec\.ipFamilyPolicy$/,
      text: [choice(['SingleStack', 'PreferDualStack', 'RequireDualStack'])],
      isRefusedEmpty: true,
    },
    { end: /^spec\.ipFamilies$/, text: [choice(['IPv4', 'IPv6'])], isRefusedEmpty: true },
  ],
  Deployment: [{ end: /^spec\.strategy\.type$/, text: [choice(['RollingUpdate', 'Recreate'])] }],
  StatefulSet: [
    { end: /^spec\.updateStrategy\.type$/, text: [choice(['RollingUpdate', 'OnDelete'])] },
    { end: /^spec\.podManagementPolicy$/, text: [choice(['OrderedReady', 'Parallel'])] },
    { end: /\.when(Deleted|Scaled)$/, text: [choice(['Retain', 'Delete'])] },
  ],
  DaemonSet: [{ end: /^spec\.updateStrategy\.type$/, text: [choice(['RollingUpdate', 'OnDelete'])] }],
  NetworkPolicy: [
    { end: /\.ports\.port$/, number: [kubernetes.port], text: [kubernetes.portName] },
    { end: /\.ports\.endPort$/, number: [kubernetes.port] },
    { end: /\.ipBlock\.(cidr|except)$/, text: [own.ipRange] },
  ],
  Ingress: [
    { end: /^spec\.(rules\.host|tls\.hosts)$/, text: [hostName] },
    { end: /^spec\.ingressClassName$/, text: [kubernetes.objectName], isRefusedEmpty: true },
    { end: /\.service\.name$/, text: [kubernetes.serviceName] },
    { end: /\.service\.port\.number$/, number: [kubernetes.port] },
    { end: /\.service\.port\.name$/, text: [kubernetes.portName] },
    { end: /^spec\.rules\.http\.paths\.path$/, text: [own.absolutePath] },
  ],
  HorizontalPodAutoscaler: [{ end: /^spec\.metrics\.containerResource\.container$/, text: [kubernetes.containerName] }],
  ResourceQuota: [
    {
      end: /^spec\.scopes$/,
      text: [
        choice([
          ...['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort', 'PriorityClass'],
          ...['CrossNamespacePodAffinity', 'VolumeAttributesClass'],
        ]),
      ],
      isRefusedEmpty: true,
    },
  ],
  RoleBinding: [{ end: /^roleRef\.kind$/, text: [choice(['Role', 'ClusterRole'])] }, API_GROUP],
  ClusterRoleBinding: [{ end: /^roleRef\.kind$/, text: [choice(['ClusterRole'])] }, API_GROUP],
  PriorityClass: [
    { end: /^value$/, number: [priorityValue] },
    { end: /^preemptionPolicy$/, text: [choice(['PreemptLowerPriority', 'Never'])], isRefusedEmpty: true },
  ],
};

/** The rules for names, for kinds with a rule of their own. */
export const NAME_RULES: { readonly [kind: string]: Rule<string> } = {
  ...{ Service: kubernetes.serviceName, Namespace: kubernetes.namespaceName },
  ...{ StatefulSet: kubernetes.statefulSetName, CronJob: jobs.cronJobName, PriorityClass: newPriorityClassName },
  ...{
    Role: own.accessName,
    RoleBinding: own.accessName,
    ClusterRole: own.accessName,
    ClusterRoleBinding: own.accessName,
  },
};
