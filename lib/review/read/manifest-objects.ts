import { parseAllDocuments } from 'yaml';
import { hasExpression } from '../../terraform-json/expression';
import { blocks, isObject, own, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import type { Resource } from './program';

/** The names of the provider that are not the Kubernetes names in snake case. */
const NAMES: Readonly<Record<string, string>> = {
  containers: 'container',
  externalIPs: 'external_ips',
  hostIPC: 'host_ipc',
  hostPID: 'host_pid',
  initContainers: 'init_container',
  nonResourceURLs: 'non_resource_urls',
  ports: 'port',
  rules: 'rule',
  subjects: 'subject',
  volumeMounts: 'volume_mount',
  volumes: 'volume',
  webhooks: 'webhook',
};

/** The fields whose keys the user chooses. */
const MAPS = ['labels', 'annotations', 'matchLabels', 'selector', 'data', 'nodeSelector'];

/** The length of the longest YAML text that is read. */
const LONGEST = 200_000;

/** The Kubernetes objects in a manifest, as the provider's resources for their kinds; none for other resources. */
export function objectsIn(resource: Resource): Resource[] {
  const { type, attributes } = resource;
  if (type === 'kubernetes_manifest') {
    return listed(blocks(attributes['manifest'])).flatMap((object) => typed(object, resource));
  }
  const yaml = type === 'kubectl_manifest' ? attributes['yaml_body'] : undefined;
  return typeof yaml === 'string' && !hasExpression(yaml) && yaml.length <= LONGEST
    ? listed(documentsIn(yaml)).flatMap((object) => typed(object, resource))
    : [];
}

function listed(objects: readonly JsonObject[]): JsonObject[] {
  return objects.flatMap((object) => (textAt(object, 'kind') === 'List' ? listed(blocks(object['items'])) : [object]));
}

/** The YAML documents in a text; none if it is not valid. */
function documentsIn(text: string): JsonObject[] {
  return [parseAllDocuments(text)].flat().flatMap((document) => {
    // an alias may be recursive, or expand to very much.
    const value: unknown = document.errors.length > 0 || /[&*]\w/.test(text) ? null : document.toJS();
    return isObject(value) ? [value] : [];
  });
}

function typed(object: JsonObject, resource: Resource): Resource[] {
  const kind = textAt(object, 'kind');
  return kind === undefined || hasExpression(kind)
    ? []
    : [
        {
          ...resource,
          type: `kubernetes${kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_v1`,
          attributes: named(object, kind) as JsonObject,
        },
      ];
}

/** A value with the provider's names for its fields. */
function named(value: Json, kind: string, isMap = false): Json {
  if (Array.isArray(value)) {
    return value.map((item) => named(item, kind));
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([key, child]): [string, Json] => {
    const isKept = isMap || (key === 'ports' && kind === 'NetworkPolicy');
    const name = isKept ? key : (own(NAMES, key) ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    return [name, named(child, kind, MAPS.includes(key))];
  });
  return Object.fromEntries(entries);
}
