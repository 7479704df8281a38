import { type Violation, when } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { checkGiven } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { EnvValue } from '../workload/pod/env-value';
import { environmentWarnings } from '../workload/pod/environment';
import { imageReference, imageWarnings } from '../workload/pod/image-rules';
import { nodeLabelValue } from '../kubernetes/kubernetes-rules';
import { volumeName } from '../workload/storage/volume-rules';
import { type Fields, isFields, isNothing } from './object-reader';
import { requestProblems } from './quantity-checks';
import { type Container, containersOf, objectsOf, type PodTemplate, templateOf } from './pod-templates';

/** The problems of the pods of an object that concern several of their values. */
export function podProblems(kind: string, object: Fields): Violation[] {
  const template = templateOf(kind, object);
  if (template === undefined) {
    return [];
  }
  const containers = containersOf(template);
  return [
    ...containers.flatMap(({ property, fields }) => [
      ...(isNothing(fields.image) || fields.image === ''
        ? checkGiven(imageReference, `${property}.image`, undefined)
        : []),
      ...requestProblems(`${property}.resources`, fields.resources),
      ...securityProblems(property, fields),
      ...probePortProblems(property, fields),
    ]),
    ...repeated(
      containers.map(({ property, fields }) => [`${property}.name`, fields.name]),
      'container-name-unique',
      'in its pod',
    ),
    ...volumeProblems(template, containers, claimTemplates(object)),
    ...selectorProblems(object, template),
    ...restartProblems(kind, template),
    ...deadlineProblems(kind, template),
    ...tolerationProblems(template),
  ];
}

/** The warnings of the pods of an object. */
export function podWarnings(kind: string, object: Fields): Violation[] {
  const template = templateOf(kind, object);
  return (template === undefined ? [] : containersOf(template)).flatMap(({ property, fields }) => {
    const variables = objectsOf(fields.env).filter(
      ({ name, value }) => typeof name === 'string' && typeof value === 'string',
    );
    const environment = variables.map(({ name, value }) => [name, EnvValue.fromValue(value as string)] as const);
    return [
      ...(typeof fields.image === 'string' && imageReference.holds(fields.image) ? imageWarnings(fields.image) : []),
      ...environmentWarnings(`${property}.env`, Object.fromEntries(environment)),
    ];
  });
}

function volumeProblems(
  { property, spec }: PodTemplate,
  containers: readonly Container[],
  claims: readonly unknown[],
): Violation[] {
  const volumes = objectsOf(spec.volumes).map(({ name }) => name);
  return [
    ...repeated(
      volumes.map((name, index) => [`${property}.volumes[${index}].name`, name]),
      'volume-name-unique',
      'in its pod',
    ),
    ...containers.flatMap(({ property: container, fields }) => {
      const mounts = objectsOf(fields.volumeMounts);
      return [
        ...repeated(
          mounts.map(({ mountPath }, index) => [`${container}.volumeMounts[${index}].mountPath`, mountPath]),
          'mount-path-unique',
          'in its container',
        ),
        ...mounts.flatMap(({ name }, index) =>
          when(
            typeof name === 'string' && volumeName.holds(name) && ![...volumes, ...claims].includes(name),
            'mounted-volume',
            () =>
              `'${container}.volumeMounts[${index}].name' must be the name of a volume of the pod, got ${show(name)}: add it to ` +
              `'${property}.volumes'`,
          ),
        ),
      ];
    }),
  ];
}

function claimTemplates({ spec }: Fields): unknown[] {
  return objectsOf(isFields(spec) ? spec.volumeClaimTemplates : []).map(({ metadata }) =>
    isFields(metadata) ? metadata.name : undefined,
  );
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector */
function selectorProblems({ spec }: Fields, { property, labels }: PodTemplate): Violation[] {
  const selector = isFields(spec) && isFields(spec.selector) ? spec.selector.matchLabels : undefined;
  return Object.entries(isFields(selector) ? selector : {}).flatMap(([label, value]) =>
    when(
      labels[label] !== value && nodeLabelValue.holds(String(labels[label] ?? '')),
      'selector-of-own-pods',
      () =>
        `'spec.selector.matchLabels' must select the pods of the template, got ${label}=${String(value)}, which is not in ` +
        `'${property.replace(/spec$/, 'metadata.labels')}': give both the same label`,
    ),
  );
}

/** @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy */
function restartProblems(kind: string, { property, spec }: PodTemplate): Violation[] {
  const { restartPolicy } = spec;
  const isJob = /Job$/.test(kind);
  const isWrong = isJob ? restartPolicy === 'Always' : ['OnFailure', 'Never'].includes(String(restartPolicy));
  return when(
    isWrong && kind !== 'Pod',
    'restart-policy-of-kind',
    () =>
      `'${property}.restartPolicy' must be ${isJob ? 'Never or OnFailure' : 'Always'} for a ${kind}, got ` +
      `${show(restartPolicy)}`,
  );
}

/** The problem of a deadline for pods that run until they are replaced. */
function deadlineProblems(kind: string, { property, spec }: PodTemplate): Violation[] {
  return when(
    ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind) && !isNothing(spec.activeDeadlineSeconds),
    'pod-deadline-of-job',
    () =>
      `'${property}.activeDeadlineSeconds' must be left out for the pods of a ${kind}, got ${show(spec.activeDeadlineSeconds)}: its pods run until they are replaced`,
  );
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go */
function securityProblems(property: string, { securityContext }: Fields): Violation[] {
  const { privileged, capabilities, allowPrivilegeEscalation, runAsUser, runAsNonRoot } = isFields(securityContext)
    ? securityContext
    : {};
  const added = isFields(capabilities) && Array.isArray(capabilities.add) ? (capabilities.add as unknown[]) : [];
  const escalates = privileged === true || added.includes('SYS_ADMIN');
  return [
    ...when(
      escalates && allowPrivilegeEscalation === false,
      'sys-admin-escalates',
      () =>
        `'${property}.securityContext.allowPrivilegeEscalation' must be true for a container that is privileged or has the ` +
        'capability SYS_ADMIN, which imply it, got false',
    ),
    ...when(
      runAsUser === 0 && runAsNonRoot === true,
      'root-or-non-root',
      () =>
        `'${property}.securityContext.runAsUser' must not be 0, which is root, with 'runAsNonRoot': give another user, or ` +
        'remove one of them',
    ),
  ];
}

/** The problems of probes of port names that the container does not have. */
function probePortProblems(property: string, fields: Fields): Violation[] {
  const names = objectsOf(fields.ports).map(({ name }) => name);
  return ['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((probe) => {
    const actions = isFields(fields[probe]) ? fields[probe] : {};
    return ['httpGet', 'tcpSocket'].flatMap((action) => {
      const port = isFields(actions[action]) ? actions[action].port : undefined;
      return when(
        typeof port === 'string' && isText(port) && !names.includes(port),
        'probe-port-open',
        () =>
          `'${property}.${probe}.${action}.port' must be the name of a port of the container, got ${show(port)}: name it in ` +
          `'${property}.ports'`,
      );
    });
  });
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go */
function tolerationProblems({ property, spec }: PodTemplate): Violation[] {
  return objectsOf(spec.tolerations).flatMap(({ key, operator = 'Equal', value, effect, tolerationSeconds }, index) => [
    ...when(
      isNothing(key) && operator === 'Equal',
      'toleration-value-of-key',
      () =>
        `'${property}.tolerations[${index}].key' must be given with the operator "Equal", got none: specify the key, or use the operator "Exists"`,
    ),
    ...when(
      operator === 'Exists' && !isNothing(value) && value !== '',
      'toleration-value-of-equal',
      () =>
        `'${property}.tolerations[${index}].value' must not be given with the operator "Exists", got ${show(value)}: leave ` +
        'it out',
    ),
    ...when(
      !isNothing(tolerationSeconds) &&
        (isNothing(effect) || ['', 'NoSchedule', 'PreferNoSchedule'].includes(String(effect))),
      'toleration-seconds-of-no-execute',
      () =>
        `'${property}.tolerations[${index}].effect' must be "NoExecute" with 'tolerationSeconds', got ` +
        `${isNothing(effect) ? 'none' : show(effect)}: other taints do not evict pods`,
    ),
  ]);
}

function repeated(named: readonly (readonly [string, unknown])[], rule: string, where: string): Violation[] {
  const values = named.map(([, value]) => value);
  return named.flatMap(([property, value], index) =>
    when(
      typeof value === 'string' && values.indexOf(value) < index,
      rule,
      () => `'${property}' must be unique ${where}, got ${show(value)} again: use another one`,
    ),
  );
}
