import type { TerraformResource } from 'cdktf';
import { hasRememberedName } from '../core/names/object-name';
import { type Violation, violation } from '../core/problems/violation';
import { isKnown } from '../core/values/known';
import { show } from '../core/values/shown';
import { objectKind, objectMetadata } from '../kubernetes/object-metadata';
import { append, ownerPath, readPods, workloadName } from './pods-of-stack';

/** The problems of names that are not unique, of objects of a kind and of the pods of workloads. */
export function nameProblems(resources: readonly TerraformResource[]): Violation[] {
  const byName = new Map<string, { resource: TerraformResource; property: string }[]>();
  for (const resource of resources) {
    for (const { kind, name, property } of namesOf(resource)) {
      // of two namespaces of one name, which are reported by themselves, what is in them is no second mistake
      const { namespace = 'default' } = objectMetadata(resource);
      const key = JSON.stringify([kind, resource.provider?.fqn, namespace, name]);
      append(byName, key, { resource, property });
    }
  }
  const clashes = [...byName.entries()]
    // resources whose names are remembered compare these themselves
    .filter(([, group]) => group.length > 1 && !group.every(({ resource }) => hasRememberedName(resource)))
    .map(([key, group]) => {
      const [, , , name] = JSON.parse(key) as string[];
      const [property = 'name'] = group.map((one) => one.property).filter((one) => one !== 'name');
      return violation(
        'object-name-unique',
        `'${property}' must be unique in a namespace, got ${show(name)} for ` +
          `${group.map(({ resource }) => ownerPath(resource)).join(' and ')}: give them different names or namespaces`,
      );
    });
  // a Deployment and its Service with the same name are a single mistake
  return clashes.filter(({ message }, index) => clashes.findIndex((one) => one.message === message) === index);
}

/** The names of a resource that must be unique for the kind, and the properties that contain them. */
function namesOf(resource: TerraformResource): { kind: string; name: string; property: string }[] {
  const { name, labels } = objectMetadata(resource);
  const kind = objectKind(resource);
  const isOwn = labels?.app !== undefined && labels.app !== name;
  const property = NAMED_BY[kind] ?? (isOwn ? OWN_NAMES[kind] : undefined) ?? 'name';
  const workloads = readPods(resource).map(workloadName).filter(isKnown);
  // the name of a run begins with that of its job, which is compared below
  const isRun = kind === 'kubernetes_job_v1' && workloads.length > 0;
  return [
    ...(isKnown(name) && !isRun ? [{ kind, name, property }] : []),
    ...workloads.map((workload) => ({ kind: 'pods', name: workload, property: 'name' })),
  ];
}

/** The arguments that contain the names of objects, where they are not called `name`. */
const NAMED_BY: { readonly [type: string]: string } = {
  'kubernetes_manifest Gateway': 'gatewayName',
  kubernetes_role_v1: 'role',
  kubernetes_role_binding_v1: 'role',
  kubernetes_cluster_role_v1: 'role',
  kubernetes_cluster_role_binding_v1: 'role',
};

/** The properties that give objects of a workload a different name than that of the workload. */
const OWN_NAMES: { readonly [type: string]: string } = {
  kubernetes_deployment_v1: 'deploymentName',
  kubernetes_stateful_set_v1: 'deploymentName',
  kubernetes_service_v1: 'serviceName',
};
