/** A rule for the fields of an object at the end of a path, without the positions in lists. */
export interface StructureRule {
  readonly at: RegExp;
  /** Fields that must be given, and not be empty. */
  readonly given?: readonly string[];
  /** Fields of which there must be exactly one. */
  readonly one?: readonly string[];
  /** Fields of which there must be at least one. */
  readonly any?: readonly string[];
  /** Fields whose combination must be unique in the list. */
  readonly unique?: readonly string[];
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket'];

/** The rules for the specification of pods. */
export const POD_STRUCTURE: readonly StructureRule[] = [
  { at: /^$/, given: ['containers'] },
  { at: /^(initC|c)ontainers$/, given: ['name'] },
  { at: /ontainers\.ports$/, given: ['containerPort'], unique: ['name'] },
  { at: /\.env$/, given: ['name'] },
  { at: /\.env\.valueFrom$/, one: ['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef'] },
  { at: /\.(configMap|secret)KeyRef$/, given: ['name', 'key'] },
  { at: /\.fieldRef$/, given: ['fieldPath'] },
  { at: /\.resourceFieldRef$/, given: ['resource'] },
  { at: /\.envFrom$/, one: ['configMapRef', 'secretRef'] },
  { at: /\.envFrom\.(configMap|secret)Ref$/, given: ['name'] },
  { at: /\.volumeMounts$/, given: ['name', 'mountPath'] },
  { at: /\.(startup|readiness|liveness)Probe$/, one: [...HANDLERS, 'grpc'] },
  { at: /\.(preStop|postStart)$/, one: [...HANDLERS, 'sleep'] },
  { at: /\.exec$/, given: ['command'] },
  { at: /\.(httpGet|tcpSocket|grpc)$/, given: ['port'] },
  { at: /\.httpHeaders$/, given: ['name'] },
  { at: /^volumes$/, given: ['name'] },
  { at: /^volumes(\.projected\.sources)?\.configMap$/, given: ['name'] },
  { at: /^volumes\.projected\.sources\.secret$/, given: ['name'] },
  { at: /^volumes\.secret$/, given: ['secretName'] },
  { at: /^volumes\.persistentVolumeClaim$/, given: ['claimName'] },
  { at: /^volumes\.hostPath$/, given: ['path'] },
  { at: /^volumes\.nfs$/, given: ['server', 'path'] },
  { at: /^volumes\.csi$/, given: ['driver'] },
  { at: /^volumes\..*(configMap|secret)\.items$/, given: ['key', 'path'] },
  { at: /\.downwardAPI\.items$/, given: ['path'], one: ['fieldRef', 'resourceFieldRef'] },
  { at: /\.serviceAccountToken$/, given: ['path'] },
  {
    at: /^topologySpreadConstraints$/,
    given: ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
    unique: ['topologyKey', 'whenUnsatisfiable'],
  },
  { at: /^affinity\.nodeAffinity\.required\w+$/, given: ['nodeSelectorTerms'] },
  { at: /^affinity\.pod(Anti)?Affinity\.(required\w+|preferred\w+\.podAffinityTerm)$/, given: ['topologyKey'] },
  { at: /^dnsConfig\.options$/, given: ['name'] },
  { at: /^hostAliases$/, given: ['ip'] },
  { at: /^securityContext\.sysctls$/, given: ['name'], unique: ['name'] },
  { at: /^readinessGates$/, given: ['conditionType'] },
];

const TEMPLATE = { at: /(^|\.)spec\.template$/, given: ['spec'] };
const SELECTED = [{ at: /^spec$/, given: ['selector', 'template'] }, TEMPLATE];
const SCHEDULED = ['schedule', 'jobTemplate'];
const CLAIM = { given: ['accessModes', 'resources'] };
const BINDING = [
  { at: /^roleRef$/, given: ['kind', 'name'] },
  { at: /^subjects$/, given: ['kind', 'name'] },
];
const ROLE = [{ at: /^rules$/, given: ['verbs'] }];

/** The rules for objects of any kind. */
export const STRUCTURE: readonly StructureRule[] = [{ at: /(^|\.)matchExpressions$/, given: ['key', 'operator'] }];

/** The rules for objects of a kind. */
export const STRUCTURE_OF_KINDS: { readonly [kind: string]: readonly StructureRule[] } = {
  Deployment: SELECTED,
  DaemonSet: SELECTED,
  StatefulSet: [...SELECTED, { at: /^spec\.volumeClaimTemplates\.spec$/, ...CLAIM }],
  Job: [TEMPLATE],
  CronJob: [{ at: /^spec$/, given: SCHEDULED }, TEMPLATE],
  PersistentVolumeClaim: [{ at: /^spec$/, ...CLAIM }],
  LimitRange: [{ at: /^spec\.limits$/, given: ['type'], unique: ['type'] }],
  Ingress: [
    { at: /^spec$/, any: ['defaultBackend', 'rules'] },
    { at: /^spec\.rules\.http$/, given: ['paths'] },
    { at: /^spec\.rules\.http\.paths$/, given: ['pathType', 'backend'] },
    { at: /(\.backend|^spec\.defaultBackend)$/, one: ['service', 'resource'] },
    { at: /(\.backend|^spec\.defaultBackend)\.service$/, given: ['name', 'port'] },
    { at: /(\.backend|^spec\.defaultBackend)\.service\.port$/, one: ['name', 'number'] },
  ],
  IngressClass: [{ at: /^spec$/, given: ['controller'] }],
  NetworkPolicy: [
    { at: /^spec\.(ingress\.from|egress\.to)$/, any: ['podSelector', 'namespaceSelector', 'ipBlock'] },
    { at: /\.ipBlock$/, given: ['cidr'] },
  ],
  HorizontalPodAutoscaler: [
    { at: /^spec$/, given: ['scaleTargetRef', 'maxReplicas'] },
    { at: /(^spec\.scaleTargetRef|\.describedObject)$/, given: ['kind', 'name'] },
    { at: /\.metric$/, given: ['name'] },
    { at: /^spec\.metrics$/, given: ['type'] },
    { at: /^spec\.metrics\.(resource|containerResource)$/, given: ['name'] },
    { at: /^spec\.metrics\.containerResource$/, given: ['container'] },
    { at: /^spec\.metrics\.\w+$/, given: ['target'] },
    { at: /^spec\.metrics\.\w+\.target$/, given: ['type'], one: ['averageUtilization', 'averageValue', 'value'] },
    { at: /\.scale(Up|Down)\.policies$/, given: ['type', 'value', 'periodSeconds'] },
  ],
  Role: ROLE,
  ClusterRole: ROLE,
  RoleBinding: BINDING,
  ClusterRoleBinding: BINDING,
  StorageClass: [{ at: /^$/, given: ['provisioner'] }],
  RuntimeClass: [{ at: /^$/, given: ['handler'] }],
};
