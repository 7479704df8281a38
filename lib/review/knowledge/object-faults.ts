import { isExpression } from '../../terraform-json/expression';
import { isScalar, own, type Json } from '../../terraform-json/json';
import type { Block, Items } from '../objects/block';
import type { KubernetesObject } from '../objects/kubernetes-object';
import { podOf, type Container, type Pod } from '../objects/pod';
import { quantityOf } from './quantity';

/** What the API server rejects in an object. */
export interface ObjectFault {
  /** Where it is: "container[web].resources.limits.memory". */
  readonly at: string;
  readonly text: string;
  /** How to mend it: "raise the limit, or lower the request". */
  readonly remedy: string;
}

type Rule = (object: KubernetesObject) => ObjectFault[];

/**
 * The faults that an API server rejects an object for, among values that each are valid.
 *
 * A value that only Terraform knows is no fault.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.34.0/pkg/apis (validation.go of each group)
 */
export function faultsOfObject(object: KubernetesObject): ObjectFault[] {
  const pod = podOf(object);
  return [
    ...(RULES.get(object.kind) ?? []).flatMap((rule) => rule(object)),
    ...(pod === undefined ? [] : [...podFaults(pod), ...pod.allContainers.known.flatMap(containerFaults)]),
  ];
}

const RULES: ReadonlyMap<string, readonly Rule[]> = new Map([
  ['Deployment', [selectsItsPods, replacesPods, endsAfterReady]],
  ['StatefulSet', [selectsItsPods]],
  ['DaemonSet', [selectsItsPods]],
  ['HorizontalPodAutoscaler', [scalesUpwards]],
  ['PodDisruptionBudget', [hasOneLimit]],
  ['Service', [namesItsPorts, hasAddress]],
]);

/** The pods of a controller have the labels that it selects. */
function selectsItsPods({ spec }: KubernetesObject): ObjectFault[] {
  const selected = spec.block('selector').map('matchLabels');
  const labels = spec.block('template').block('metadata').map('labels');
  const isOther = ([key, value]: [string, Json]) => isKnown(value) && isOtherThan(own(labels ?? {}, key), value);
  const [key] = labels === undefined ? [] : (Object.entries(selected ?? {}).find(isOther) ?? []);
  return when(key !== undefined, {
    at: `spec.selector.match_labels.${key}`,
    text: 'its pods do not have this label',
    remedy: `set the same ${key} in spec.template.metadata.labels`,
  });
}

function isOtherThan(found: Json | undefined, value: Json): boolean {
  return found === undefined || (isKnown(found) && String(found) !== String(value));
}

/** A rollout may add a pod, or take one away. */
function replacesPods({ spec }: KubernetesObject): ObjectFault[] {
  const rolling = spec.block('strategy').block('rollingUpdate');
  const none = (name: string) => rolling.is(name, (amount) => /^0%?$/.test(amount)) === true;
  return when(none('maxSurge') && none('maxUnavailable'), {
    at: 'spec.strategy.rolling_update',
    text: 'with 0 for max_surge and max_unavailable, no pod can be replaced',
    remedy: 'raise one of them',
  });
}

/** A rollout has more time than a pod needs to count as available; 10 minutes unless it says otherwise. */
function endsAfterReady({ spec }: KubernetesObject): ObjectFault[] {
  const ready = spec.number('minReadySeconds') ?? 0;
  const end = spec.is('progressDeadlineSeconds', (seconds) => Number(seconds) <= ready, ready >= 600);
  return when(end === true, {
    at: 'spec.progress_deadline_seconds',
    text: `it is not longer than min_ready_seconds (${ready})`,
    remedy: 'raise progress_deadline_seconds',
  });
}

function scalesUpwards({ spec }: KubernetesObject): ObjectFault[] {
  const [least, most] = [spec.number('minReplicas'), spec.number('maxReplicas')];
  return when(typeof most === 'number' && least !== undefined && most < (least ?? 1), {
    at: 'spec.max_replicas',
    text: `${most} is less than min_replicas (${least ?? 1})`,
    remedy: 'raise max_replicas, or lower min_replicas',
  });
}

function hasOneLimit({ spec }: KubernetesObject): ObjectFault[] {
  return when(spec.has('minAvailable') === true && spec.has('maxUnavailable') === true, {
    at: 'spec.max_unavailable',
    text: 'a budget has this or min_available, not both',
    remedy: 'leave out one of them',
  });
}

/** Several ports of a Service have names, and differ. */
function namesItsPorts({ spec }: KubernetesObject): ObjectFault[] {
  const ports = spec.blocks('ports').known;
  const isNameless = ports.length > 1 && ports.some((port) => port.text('name') === null);
  const pair = repeated(ports, (port) => {
    const [number, protocol] = [port.text('port'), port.text('protocol')];
    return number && protocol !== undefined ? `${number}/${protocol ?? 'TCP'}` : undefined;
  });
  const name = repeated(ports, (port) => port.text('name'));
  return [
    ...when(isNameless, {
      at: 'spec.port',
      text: 'a Service with several ports must name each of them',
      remedy: 'name them',
    }),
    ...when(pair !== undefined, {
      at: 'spec.port',
      text: `it has the port ${pair} twice`,
      remedy: 'remove one of them',
    }),
    ...when(name !== undefined, {
      at: 'spec.port',
      text: `two of its ports have the name "${name}"`,
      remedy: 'rename one of them',
    }),
  ];
}

function hasAddress({ spec }: KubernetesObject): ObjectFault[] {
  const type = spec.text('type');
  const isHeadless = spec.is('clusterIP', (address) => address === 'None') === true;
  return when(isHeadless && (type === 'LoadBalancer' || type === 'NodePort'), {
    at: 'spec.cluster_ip',
    text: `a Service of the type ${type} cannot be headless ("None")`,
    remedy: 'leave it out, or set spec.type to ClusterIP',
  });
}

/** The pods of a controller restart, those of a job do not; names are unique; what is mounted is there. */
function podFaults({ object, spec, allContainers, isJob }: Pod): ObjectFault[] {
  const policy = spec.text('restartPolicy');
  const isRestarted = isJob ? policy !== 'Always' : policy !== 'OnFailure' && policy !== 'Never';
  const name = repeated(allContainers.known, ({ block }) => block.text('name'));
  return [
    ...when(typeof policy === 'string' && !isRestarted && object.kind !== 'Pod', {
      at: 'restart_policy',
      text: `the pods of a ${object.kind} cannot have the restart policy ${policy}`,
      remedy: `set it to ${isJob ? 'Never or OnFailure' : 'Always'}`,
    }),
    ...when(name !== undefined, {
      at: `container[${name}]`,
      text: 'two containers of its pods have this name',
      remedy: 'rename one of them',
    }),
    ...allContainers.known.flatMap((container) => mountFaults(container, volumesOf(object, spec))),
  ];
}

/** The volumes of a pod, with the claims that a StatefulSet makes for it. */
function volumesOf(object: KubernetesObject, spec: Block): Items<string | null | undefined> {
  const [volumes, claims] = [spec.blocks('volumes'), object.spec.blocks('volumeClaimTemplates')];
  const single = object.spec.blocks('volumeClaimTemplate');
  return {
    known: [
      ...volumes.known.map((volume) => volume.text('name')),
      ...[...claims.known, ...single.known].map((claim) => claim.block('metadata').text('name')),
    ],
    isComplete: volumes.isComplete && claims.isComplete && single.isComplete,
  };
}

function mountFaults(
  { block, part }: Container,
  { known, isComplete }: Items<string | null | undefined>,
): ObjectFault[] {
  const mounts = block.blocks('volumeMounts').known;
  const isDecided = isComplete && !known.includes(undefined);
  const missing = mounts.map((mount) => mount.text('name')).find((name) => name && isDecided && !known.includes(name));
  const path = repeated(mounts, (mount) => mount.text('mountPath'));
  return [
    ...when(typeof missing === 'string', {
      at: `${part}.volume_mount`,
      text: `its pods have no volume "${missing}"`,
      remedy: 'add the volume, or leave out the mount',
    }),
    ...when(path !== undefined, {
      at: `${part}.volume_mount`,
      text: `two volumes are mounted to ${path}`,
      remedy: 'mount one of them elsewhere',
    }),
  ];
}

function containerFaults({ block, part }: Container): ObjectFault[] {
  return [
    ...limitFaults(block.block('resources'), part),
    ...rightFaults(block.block('securityContext'), part),
    ...['livenessProbe', 'startupProbe'].flatMap((probe) => {
      const successes = block.block(probe).number('successThreshold') ?? 1;
      return when(successes !== 1, {
        at: `${part}.${probe === 'livenessProbe' ? 'liveness_probe' : 'startup_probe'}.success_threshold`,
        text: `it must be 1, and is ${successes}`,
        remedy: 'leave it out',
      });
    }),
    ...block.blocks('env').known.flatMap((variable) =>
      when(variable.has('value') === true && variable.block('valueFrom').exists === true, {
        at: `${part}.env[${variable.text('name') ?? ''}]`,
        text: 'a variable has a value or a source, not both',
        remedy: 'leave out one of them',
      }),
    ),
  ];
}

/** A container may use at least what it requests. */
function limitFaults(resources: Block, part: string): ObjectFault[] {
  const [requests, limits] = [resources.map('requests') ?? {}, resources.map('limits') ?? {}];
  return Object.entries(requests).flatMap(([name, request]) => {
    const limit = own(limits, name);
    const [least, most] = [quantityOf(request), quantityOf(limit)];
    return when(least !== undefined && most !== undefined && least > most, {
      at: `${part}.resources.limits.${name}`,
      text: `the limit (${String(limit)}) is less than the request (${String(request)})`,
      remedy: 'raise the limit, or lower the request',
    });
  });
}

/** Who has all rights can also get more; the server compares the name of the capability as it is written. */
function rightFaults(security: Block, part: string): ObjectFault[] {
  const isAdmin = security.block('capabilities').list('add').known.includes('CAP_SYS_ADMIN');
  const hasAll = security.isTrue('privileged') === true || isAdmin;
  return when(hasAll && security.is('allowPrivilegeEscalation', (text) => text === 'false') === true, {
    at: `${part}.security_context.allow_privilege_escalation`,
    text: 'a container that is privileged or has CAP_SYS_ADMIN cannot forbid it',
    remedy: 'leave it out, or take these rights away',
  });
}

/** What several items have in common; undefined if nothing. */
function repeated<T>(items: readonly T[], valueOf: (item: T) => string | null | undefined): string | undefined {
  const values = items.flatMap((item) => valueOf(item) ?? []);
  return values.find((value, index) => values.indexOf(value) < index);
}

function isKnown(value: Json): boolean {
  return isScalar(value) && !isExpression(value);
}

function when(isFault: boolean, fault: ObjectFault): ObjectFault[] {
  return isFault ? [fault] : [];
}
