import type { TerraformProvider } from 'cdktf';
import type { WorkloadProps } from '../kubernetes/workload-props';

/** What all Kubernetes objects of a workload have in common. */
export interface ObjectContext {
  readonly provider: TerraformProvider | undefined;
  readonly metadata: { name: string; namespace: string | undefined; labels: { [label: string]: string } };
  /** The labels that tell the pods of this workload from all others. They never change: a selector cannot. */
  readonly selector: { [label: string]: string };
}

/**
 * The labels say what Kubernetes' tools look for. None carries the tag of the image: a new one would change every object.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function objectContext({ name, namespace, provider, partOf }: WorkloadProps): ObjectContext {
  const selector = { app: name };
  const labels = {
    ...selector,
    'app.kubernetes.io/name': name,
    ...(partOf === undefined ? {} : { 'app.kubernetes.io/part-of': partOf }),
    'app.kubernetes.io/managed-by': 'terraform',
  };
  return { provider, metadata: { name, namespace, labels }, selector };
}
