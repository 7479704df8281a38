import { isExpression, parseReference } from '../../terraform-json/expression';
import { at, blocks, textAt } from '../../terraform-json/json';
import { contentsOfType, type Contents } from '../knowledge/contents';
import type { Resource, Stack } from '../read/program';

/**
 * The built-in storage classes of AKS clusters, which all delete the volume together with its claim.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes
 */
const AKS_CLASSES = [
  ...['default', 'managed', 'managed-premium', 'managed-csi', 'managed-csi-premium'],
  ...['azurefile', 'azurefile-premium', 'azurefile-csi', 'azurefile-csi-premium'],
  ...['azureblob-nfs-premium', 'azureblob-fuse-premium'],
];

/** What is lost with a resource of a stack; undefined if nothing is known to be lost. */
export function contentsOf(resource: Resource, stack: Stack): Contents | undefined {
  const { type, attributes } = resource;
  const usual = contentsOfType(type);
  if (isOfKind(type, 'persistent_volume_claim')) {
    const text = claimContents(textAt(attributes, 'spec.storage_class_name'), stack);
    return {
      consequences: [text.includes('keeps the data') ? 'outage' : 'data'],
      text,
      save: 'create its volume from a snapshot of this one',
    };
  }
  if (isOfKind(type, 'stateful_set') && blocks(at(attributes, 'spec.volume_claim_template')).length > 0) {
    const text = setContents(textAt(attributes, 'spec.persistent_volume_claim_retention_policy.when_deleted'));
    return text.includes('stay')
      ? { consequences: ['minute'], text, forGood: { consequences: ['outage'], text } }
      : { consequences: ['data', 'outage'], text, save: 'copy the data' };
  }
  const kind = textAt(attributes, 'spec.type') ?? 'ClusterIP';
  if (usual !== undefined && isOfKind(type, 'service') && kind !== 'LoadBalancer' && !isExpression(kind)) {
    const text = 'the address of the service in the cluster';
    return {
      consequences: ['minute'],
      text: `${text}, until it exists again`,
      forGood: { consequences: ['outage'], text },
    };
  }
  return usual;
}

/** Whether a resource type is one of the two names of a kind. */
export function isOfKind(type: string, kind: string): boolean {
  return type === `kubernetes_${kind}` || type === `kubernetes_${kind}_v1`;
}

function claimContents(className: string | undefined, stack: Stack): string {
  const policy = className === undefined ? undefined : reclaimPolicyOf(className, stack);
  if (policy === 'Delete') {
    return 'the data of the volume: its class deletes the disk or the share';
  }
  return policy === 'Retain'
    ? 'the claim of the volume; its class keeps the data, which a new claim does not find by itself'
    : 'the data of the volume, unless its class retains it';
}

/** The reclaim policy of a storage class; undefined if the program does not show it. */
function reclaimPolicyOf(className: string, stack: Stack): string | undefined {
  const found = classOf(className, stack);
  if (found !== undefined) {
    const policy = textAt(found.attributes, 'reclaim_policy') ?? 'Delete';
    return isExpression(policy) ? undefined : policy;
  }
  return AKS_CLASSES.includes(className) ? 'Delete' : undefined;
}

/** The storage class of a claim, if the program declares it. */
export function classOf(className: string, stack: Stack): Resource | undefined {
  const address = isExpression(className) ? parseReference(className)?.address : undefined;
  const classes = [...stack.resources.values()].filter(
    (one) => one.mode === 'resource' && isOfKind(one.type, 'storage_class'),
  );
  return classes.find((one) =>
    address === undefined ? textAt(one.attributes, 'metadata.name') === className : one.address === address,
  );
}

function setContents(whenDeleted = 'Retain'): string {
  if (isExpression(whenDeleted)) {
    return 'the running pods of the set, and the data of their claims, unless these are retained';
  }
  return whenDeleted === 'Delete'
    ? 'the running pods of the set, and the data of their claims, unless the class of these retains it'
    : 'the running pods of the set; their claims stay, with the data';
}
