import type { Rule } from '../core/rules/rule';
import type { PathRule } from './path-rule';

const SETS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** The fields with a fixed set of texts, by the ends of their paths. */
const FIELDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^spec\.type$/, ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']],
  [/(^|\.)(ports\.protocol)$/, ['TCP', 'UDP', 'SCTP']],
  [/(^|\.)imagePullPolicy$/, ['Always', 'IfNotPresent', 'Never']],
  [/(^|\.)restartPolicy$/, ['Always', 'OnFailure', 'Never']],
  [/(^|\.)dnsPolicy$/, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']],
  [/(^|\.)whenUnsatisfiable$/, ['DoNotSchedule', 'ScheduleAnyway']],
  [/(^|\.)tolerations\.operator$/, ['Exists', 'Equal']],
  [/(^|\.)(tolerations|taints)\.effect$/, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']],
  [/(^|\.)(nodeSelectorTerms|preference)\.match(Expressions|Fields)\.operator$/, [...SETS, 'Gt', 'Lt']],
  [/(^|\.)(?<!(nodeSelectorTerms|preference)\.)matchExpressions\.operator$/, SETS],
  [
    /(^|\.)hostPath\.type$/,
    ['DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
  ],
  [/(^|\.)fsGroupChangePolicy$/, ['OnRootMismatch', 'Always']],
  [/(^|\.)terminationMessagePolicy$/, ['File', 'FallbackToLogsOnError']],
  [/(^|\.)mountPropagation$/, ['None', 'HostToContainer', 'Bidirectional']],
  [/(^|\.)httpGet\.scheme$/, ['HTTP', 'HTTPS']],
  [/(^|\.)emptyDir\.medium$/, ['Memory', 'HugePages', 'HugePages-2Mi', 'HugePages-1Gi']],
  [/(^|\.)seccompProfile\.type$/, ['RuntimeDefault', 'Unconfined', 'Localhost']],
  [/(^|\.)accessModes$/, ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']],
  [/(^|\.)volumeMode$/, ['Filesystem', 'Block']],
  [/^reclaimPolicy$/, ['Delete', 'Retain']],
  [/^volumeBindingMode$/, ['Immediate', 'WaitForFirstConsumer']],
  [/^spec\.sessionAffinity$/, ['None', 'ClientIP']],
  [/^spec\.(external|internal)TrafficPolicy$/, ['Cluster', 'Local']],
  [/^spec\.concurrencyPolicy$/, ['Allow', 'Forbid', 'Replace']],
  [/(^|\.)completionMode$/, ['NonIndexed', 'Indexed']],
  [/^spec\.policyTypes$/, ['Ingress', 'Egress']],
  [/(^|\.)paths\.pathType$/, ['Exact', 'Prefix', 'ImplementationSpecific']],
  [/^spec\.metrics\.type$/, ['Resource', 'ContainerResource', 'Pods', 'Object', 'External']],
  [/^spec\.metrics\.[a-z]+\.target\.type$/i, ['Utilization', 'Value', 'AverageValue']],
  [/(^|\.)scale(Up|Down)\.selectPolicy$/, ['Max', 'Min', 'Disabled']],
  [/(^|\.)scale(Up|Down)\.policies\.type$/, ['Pods', 'Percent']],
  [/^spec\.limits\.type$/, ['Container', 'Pod', 'PersistentVolumeClaim']],
  [/^subjects\.kind$/, ['User', 'Group', 'ServiceAccount']],
];

/** The rules for fields with a fixed set of texts. */
export const CHOICES: readonly PathRule[] = FIELDS.map(([end, texts]) => ({ end, text: [choice(texts)] }));

/** A rule for a text from a fixed set. */
export function choice(texts: readonly string[]): Rule<string> {
  const quoted = texts.map((one) => JSON.stringify(one));
  return {
    id: 'manifest-choice',
    must: `must be ${[quoted.slice(0, -1).join(', '), quoted.at(-1)].filter((one) => one !== '').join(' or ')}`,
    source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
    example: texts[0] ?? '',
    holds: (value) => texts.includes(value),
  };
}
