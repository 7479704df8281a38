import { kindOf } from '../../manifests/kinds';
import { blocks, isObject, textAt, type Json } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { Block } from './block';

/** A Kubernetes object, whose arguments are read by their names in Kubernetes however the program declares it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: Block;
  readonly spec: Block;
  /** The whole object. */
  readonly body: Block;
}

/** The names in the provider that differ from the names in Kubernetes in more than underscores. */
const NAMES = new Map([
  ['clusterIP', 'cluster_ip'],
  ['containers', 'container'],
  ['externalIPs', 'external_ips'],
  ['hostIPC', 'host_ipc'],
  ['hostPID', 'host_pid'],
  ['initContainers', 'init_container'],
  ['ports', 'port'],
  ['rules', 'rule'],
  ['subjects', 'subject'],
  ['sysctls', 'sysctl'],
  ['topologySpreadConstraints', 'topology_spread_constraint'],
  ['volumeMounts', 'volume_mount'],
  ['volumes', 'volume'],
]);

/** The name in the provider for a name in Kubernetes. It is cached, since rules ask for few names very often. */
function providerName(name: string): string {
  const known = NAMES.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  NAMES.set(name, known);
  return known;
}

/** The Kubernetes objects that a resource declares, if the code determines them. */
export function objectsOf({ type, attributes, written = attributes }: Resource): KubernetesObject[] {
  if (type === 'kubernetes_manifest') {
    return manifestObjects(written['manifest'] ?? null);
  }
  const found = type.startsWith('kubernetes_') ? kindOf(type) : '';
  return typeof found === 'string' ? [] : [objectOf(found.kind, Block.of(written, providerName))];
}

/** The objects of a manifest, which may be a list. */
function manifestObjects(manifest: Json): KubernetesObject[] {
  const kind = textAt(manifest, 'kind');
  if (!isObject(manifest) || kind === undefined) {
    return [];
  }
  return kind === 'List' ? blocks(manifest['items']).flatMap(manifestObjects) : [objectOf(kind, Block.of(manifest))];
}

function objectOf(kind: string, body: Block): KubernetesObject {
  return { kind, body, metadata: body.block('metadata'), spec: body.block('spec') };
}

/** The namespace of an object as written, which may be an expression. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return textAt(metadata.json, 'namespace') || 'default';
}
