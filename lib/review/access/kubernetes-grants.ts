import { isExpression } from '../../terraform-json/expression';
import { at, blocks, canonical, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { DEFAULT_CAPABILITIES } from '../knowledge/capabilities';
import { labelOf } from '../names/label';
import { present } from '../names/present';
import { containersOf, podOf, WORKLOADS } from '../read/pods';
import type { Resource } from '../read/program';
import { text, type Grant, type Reader } from './grant';
import { rulesOf } from './permission';

/** The permissions that Kubernetes objects grant, by resource type. */
export const KUBERNETES_GRANTS: Readonly<Record<string, Reader>> = {
  ...both('role', rules),
  ...both('cluster_role', rules),
  ...both('role_binding', bindings),
  ...both('cluster_role_binding', bindings),
  ...both('namespace', podSecurity),
  ...both('secret', accountToken),
  ...Object.fromEntries(WORKLOADS.map((type) => [type, workload])),
};

function both(kind: string, reader: Reader): Record<string, Reader> {
  return { [`kubernetes_${kind}`]: reader, [`kubernetes_${kind}_v1`]: reader };
}

function rules(given: JsonObject, { type }: Resource): Grant[] {
  const [who, on] = [`anyone bound to the role ${text(given, 'metadata.name')}`, placeIn(given, type)];
  const narrower = { text: 'name only the verbs and resources that it needs, in', argument: 'rule' };
  const selectors = blocks(at(given, 'aggregation_rule.cluster_role_selectors'));
  const aggregated = selectors.map((selector) => `what roles allow that match ${canonical(selector)}`);
  return [{ key: 'rules', who, may: [...rulesOf(given), ...aggregated], on, narrower }];
}

function placeIn(given: JsonObject, type: string): string {
  return type.includes('cluster_role')
    ? 'the whole cluster'
    : `namespace ${textAt(given, 'metadata.namespace') ?? 'default'}`;
}

function bindings(given: JsonObject, resource: Resource): Grant[] {
  const role = `${text(given, 'role_ref.kind')} ${text(given, 'role_ref.name')}`;
  const on = placeIn(given, resource.type);
  return blocks(given['subject']).map((subject) => {
    const who = present(text(subject, 'kind'), textAt(subject, 'namespace'), text(subject, 'name')).join(' ');
    return { key: who, who, may: [role], on, by: ['subject', 'role_ref'], narrower: boundTo(resource) };
  });
}

/** How to narrow a binding. */
function boundTo({ type }: Resource): Grant['narrower'] {
  return type.includes('cluster_role')
    ? { text: 'bind the role in the namespaces that it is for (a RoleBinding), with', argument: 'metadata.namespace' }
    : { text: 'bind a role with only the required rights, in', argument: 'role_ref' };
}

/** The token of a service account in a secret, which does not expire. */
function accountToken(given: JsonObject): Grant[] {
  const [annotations = {}] = blocks(at(given, 'metadata.annotations'));
  const account = textAt({ name: annotations['kubernetes.io/service-account.name'] ?? null }, 'name');
  const on = `namespace ${textAt(given, 'metadata.namespace') ?? 'default'}`;
  const may = [`act as the service account ${account ?? 'of its choice'}, for good`];
  return textAt(given, 'type') === 'kubernetes.io/service-account-token'
    ? [{ key: 'token', who: `anyone who can read the secret ${text(given, 'metadata.name')}`, may, on }]
    : [];
}

/** The Pod Security Standard of a namespace. */
export function podSecurity(given: JsonObject): Grant[] {
  const [labels = {}] = blocks(at(given, 'metadata.labels'));
  const level = textAt({ level: labels['pod-security.kubernetes.io/enforce'] ?? 'privileged' }, 'level');
  const may = level === 'privileged' ? [] : [`Pod Security ${level}`];
  const on = `namespace ${text(given, 'metadata.name')}`;
  return [{ key: 'pod-security', who: 'pods', may, on, isGuard: true, isUsual: true, by: ['labels'] }];
}

/** The arguments that give pods access to their nodes. */
const NODE = ['privileged', 'host_pid', 'host_ipc', 'capabilities', 'volume', 'volume_mount', 'host_path'];

/** The arguments that determine the service account of pods. */
const ACCOUNT = ['service_account_name', 'service_account', 'automount_service_account_token', 'metadata.namespace'];

/** The arguments that restrict containers. */
const LIMITS = ['security_context'];

/** The access of the pods of a workload to their nodes, their service account, and restrictions of their containers. */
function workload(_: JsonObject, resource: Resource): Grant[] {
  const who = `pods of ${labelOf(resource)}`;
  const rights = rightsOnNodes(resource);
  return [
    ...(rights.length > 0 ? [{ key: 'node', who, may: rights, on: 'their nodes', by: NODE }] : []),
    accountOf(resource, who),
    ...limitsOf(resource, who),
  ];
}

function accountOf(resource: Resource, who: string): Grant {
  const pod = at(podOf(resource), 'spec');
  const account = textAt(pod, 'service_account_name') ?? textAt(pod, 'service_account') ?? 'default';
  const isMounted = textAt(pod, 'automount_service_account_token') !== 'false';
  const on = `namespace ${textAt(resource.attributes, 'metadata.namespace') ?? 'default'}`;
  const may = [`act as the service account ${account}`];
  return { key: 'account', who, may, on, limits: isMounted ? [] : ['without its token'], isUsual: true, by: ACCOUNT };
}

/** The capabilities that a container adds or drops, without the prefix CAP_. */
function capabilities(container: JsonObject, verb: 'add' | 'drop'): string[] {
  return listAt(container, `security_context.capabilities.${verb}`).map((name) => name.replace(/^CAP_/, ''));
}

/** The permissions of pods on their nodes. */
function rightsOnNodes(resource: Resource): string[] {
  const pod = at(podOf(resource), 'spec');
  const containers = containersOf(resource);
  const isOn = (value: JsonObject, path: string) => !['false', undefined].includes(textAt(value, path));
  const [spec = {}] = blocks(pod);
  return [
    ...containers
      .filter((one) => isOn(one, 'security_context.privileged'))
      .map((one) => `everything, as the privileged container ${text(one, 'name')}`),
    ...present(
      isOn(spec, 'host_pid') && 'see and signal every process',
      isOn(spec, 'host_ipc') && 'use the shared memory of every process',
    ),
    ...containers.flatMap((one) =>
      capabilities(one, 'add')
        .filter((name) => !DEFAULT_CAPABILITIES.includes(name))
        .map((name) => `${name}, as the container ${text(one, 'name')}`),
    ),
    ...blocks(spec['volume']).flatMap((volume) => pathsOf(volume, containers)),
  ];
}

/** The path on the node that a volume exposes to the containers that mount it. */
function pathsOf(volume: JsonObject, containers: readonly JsonObject[]): string[] {
  if (at(volume, 'host_path') === undefined) {
    return [];
  }
  const mounts = containers
    .flatMap((one) => blocks(one['volume_mount']))
    .filter((one) => one['name'] === volume['name']);
  const isRead = mounts.length > 0 && mounts.every((mount) => textAt(mount, 'read_only') === 'true');
  return [`${isRead ? 'read' : 'read and write'} ${text(volume, 'host_path.path')}`];
}

/** The restrictions of the containers of a workload. */
function limitsOf(resource: Resource, who: string): Grant[] {
  const pod = at(podOf(resource), 'spec.security_context');
  return containersOf(resource).map((container) => {
    const own = at(container, 'security_context');
    const either = (path: string) => textAt(own, path) ?? textAt(pod, path);
    const user = either('run_as_user');
    const isOther = either('run_as_non_root') === 'true' || (user !== undefined && user !== '0' && !isExpression(user));
    const again = capabilities(container, 'add').filter((name) => DEFAULT_CAPABILITIES.includes(name));
    const kept = again.length > 0 ? ` but ${again.join(', ')}` : '';
    const profile = either('seccomp_profile.type');
    const may = present(
      isOther && 'must not run as root',
      textAt(own, 'read_only_root_filesystem') === 'true' && 'cannot write its file system',
      textAt(own, 'allow_privilege_escalation') === 'false' && 'cannot gain privileges',
      profile !== undefined && profile !== 'Unconfined' && 'is limited in its system calls',
      ...capabilities(container, 'drop').map((name) =>
        name === 'ALL' ? `has no capabilities${kept}` : `has no ${name}`,
      ),
    );
    const name = text(container, 'name');
    return { key: `limits ${name}`, who, may, on: `container ${name}`, isGuard: true, isUsual: true, by: LIMITS };
  });
}
