import type { TerraformProvider } from 'cdktf';
import type { WorkloadNames } from './workload-names';
import type { WorkloadProps } from './workload-props';

/** What all Kubernetes objects of a workload have in common. */
export interface ObjectContext {
  readonly provider: TerraformProvider | undefined;
  /** The metadata of all objects but those that have a name of their own. */
  readonly metadata: { name: string; namespace: string | undefined; labels: { [label: string]: string } };
  /** The labels that tell the pods of this workload from all others. They never change: a selector cannot. */
  readonly selector: { [label: string]: string };
  readonly names: Required<WorkloadNames>;
}

/**
 * The labels say what Kubernetes' tools look for. None carries the tag of the image: a new one would change every object.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function objectContext(props: WorkloadProps): ObjectContext {
  const { name, namespace, provider, partOf } = props;
  const selector = { app: name };
  const labels = {
    ...selector,
    'app.kubernetes.io/name': name,
    ...(partOf === undefined ? {} : { 'app.kubernetes.io/part-of': partOf }),
    'app.kubernetes.io/managed-by': 'terraform',
  };
  return { provider, metadata: { name, namespace, labels }, selector, names: workloadNames(props) };
}

/** The name of each object that can have one of its own. */
export function workloadNames({
  name,
  deploymentName = name,
  containerName = name,
  serviceName = name,
}: WorkloadProps): Required<WorkloadNames> {
  return { deploymentName, containerName, serviceName };
}
