import { kindOf } from '../../manifests/kinds';
import { blocks, isObject, textAt, type Json } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { Block } from './block';

/** An object of Kubernetes, whose arguments have the names of Kubernetes however the program writes them. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: Block;
  readonly spec: Block;
  /** All of it. */
  readonly body: Block;
}

/** The names of the provider that are not those of Kubernetes with underscores. */
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

/** The name of the provider for a name of Kubernetes; rules ask for a few names, very often. */
function providerName(name: string): string {
  const known = NAMES.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  NAMES.set(name, known);
  return known;
}

/** The objects of Kubernetes that a resource makes; none if it makes others, or only Terraform knows which. */
export function objectsOf({ type, attributes, written = attributes }: Resource): KubernetesObject[] {
  if (type === 'kubernetes_manifest') {
    return manifestObjects(written['manifest'] ?? null);
  }
  const found = type.startsWith('kubernetes_') ? kindOf(type) : '';
  return typeof found === 'string' ? [] : [objectOf(found.kind, Block.of(written, providerName))];
}

/** The objects of a manifest, which may be a list of them. */
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

/** The namespace of an object as it is written, which may be an expression. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return textAt(metadata.json, 'namespace') || 'default';
}
